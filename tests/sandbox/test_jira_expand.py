"""What `expand`, `properties` and `fieldsByKeys` add to a search."""

import pytest

from tests.sandbox.conftest import Caller, json_of

SEARCH = "/rest/api/3/search/jql"


def test_names_and_schema_are_those_of_the_fields_asked_for(bot: Caller) -> None:
    answer = json_of(bot.search("key = HBR-1", fields="status,labels", expand="names,schema"))

    assert answer["names"] == {"labels": "Labels", "status": "Status"}
    assert answer["schema"]["labels"] == {"type": "array", "system": "labels", "items": "string"}
    assert set(answer["schema"]) == {"labels", "status"}


def test_a_changelog_comes_even_when_no_field_does(bot: Caller) -> None:
    (issue,) = json_of(bot.search("key = HBR-24", expand="changelog"))["issues"]

    assert issue["key"] == "HBR-24"
    assert issue["changelog"]["histories"][0]["items"][0]["toString"] == "In Progress"


def test_other_expansions(bot: Caller) -> None:
    body = {"jql": "key = HBR-24", "expand": "transitions,editmeta,renderedFields,wings"}
    (issue,) = json_of(bot.post(SEARCH, body))["issues"]

    assert [t["name"] for t in issue["transitions"]] == ["To Do", "Done"]
    assert issue["editmeta"]["fields"]["labels"]["operations"] == ["add", "set", "remove"]
    assert issue["renderedFields"] == {"description": ""}
    assert "wings" not in issue


def test_properties_come_with_the_issues_that_have_them(bot: Caller) -> None:
    bot.put("/rest/api/3/issue/HBR-1/properties/okr", {"kr": 1})

    found = json_of(bot.search("key in (HBR-1, HBR-2) order by key", properties="okr,none"))

    assert [issue["properties"] for issue in found["issues"]] == [{"okr": {"kr": 1}}, {}]
    assert bot.search("key = HBR-1", properties="a,b,c,d,e,f").status_code == 400


@pytest.mark.parametrize(
    "odd", [{"expand": ["names"]}, {"fieldsByKeys": "yes"}, {"properties": list("abcdef")}]
)
def test_a_body_of_the_wrong_shape_is_refused(bot: Caller, odd: dict[str, object]) -> None:
    assert bot.post(SEARCH, {"jql": "key = HBR-1", "fieldsByKeys": True}).status_code == 200
    assert bot.post(SEARCH, {"jql": "key = HBR-1"} | odd).status_code == 400


def test_bulk_fetch_takes_more_when_little_is_asked_for(bot: Caller) -> None:
    many = [str(10000 + n) for n in range(1, 151)]

    for fields, status in ((["summary", "status"], 200), (["labels"], 400), (["*all"], 400)):
        body = {"issueIdsOrKeys": many, "fields": fields}
        assert bot.post("/rest/api/3/issue/bulkfetch", body).status_code == status
