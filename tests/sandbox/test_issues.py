"""One issue: created, edited, moved, deleted, and by whom it is seen."""

from typing import Any

import pytest

from tests.sandbox.conftest import Caller, json_of

ISSUE = "/rest/api/3/issue"


def created(caller: Caller, **fields: Any) -> Any:
    given = {"project": {"key": "HBR"}, "issuetype": {"name": "Task"}, "summary": "New"} | fields
    return caller.post(ISSUE, {"fields": given})


def test_a_new_issue_can_be_read_and_found(bot: Caller) -> None:
    answer = created(bot, parent={"key": "HBR-1"}, labels=["q4"], customfield_10036=3)

    key = json_of(answer)["key"]
    assert answer.status_code == 201
    fields = json_of(bot.get(f"{ISSUE}/{key}"))["fields"]
    assert (fields["parent"]["key"], fields["labels"], fields["customfield_10036"]) == (
        "HBR-1",
        ["q4"],
        3,
    )
    assert fields["status"]["statusCategory"]["key"] == "new"
    assert key in bot.found("parent = HBR-1")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"summary": ""}, "summary"),
        ({"project": {"key": "NOPE"}}, "project"),
        ({"issuetype": {"name": "Wish"}}, "issuetype"),
        ({"parent": {"key": "HBR-999"}}, "parent"),
        ({"parent": {"key": "HBR-24"}}, "parentId"),
        ({"issuetype": {"name": "Sub-task"}}, "parent"),
        ({"labels": ["two words"]}, "labels"),
        ({"duedate": "soon"}, "duedate"),
        ({"description": "text"}, "description"),
        ({"assignee": {"accountId": "nobody"}}, "assignee"),
        ({"customfield_99": 1}, "customfield_99"),
    ],
)
def test_a_wrong_field_is_named(bot: Caller, fields: dict[str, Any], wrong: str) -> None:
    answer = created(bot, **fields)

    assert answer.status_code == 400
    assert list(json_of(answer)["errors"]) == [wrong]


def test_finishing_resolves_and_reopening_takes_it_back(bot: Caller) -> None:
    path = f"{ISSUE}/HBR-29"
    offered = json_of(bot.get(f"{path}/transitions"))["transitions"]
    assert [(t["id"], t["name"]) for t in offered] == [("21", "In Progress"), ("31", "Done")]

    assert bot.post(f"{path}/transitions", {"transition": {"id": "31"}}).status_code == 204
    fields = json_of(bot.get(path))["fields"]
    assert fields["resolution"]["name"] == "Done"
    assert fields["resolutiondate"]

    bot.post(f"{path}/transitions", {"transition": {"id": "11"}})
    fields = json_of(bot.get(path))["fields"]
    assert (fields["resolution"], fields["resolutiondate"]) == (None, None)
    changes = json_of(bot.get(path, expand="changelog"))["changelog"]["histories"]
    assert len(changes) == 2
    assert {item["field"] for item in changes[0]["items"]} == {"resolution", "status"}


def test_a_transition_may_name_its_resolution(bot: Caller) -> None:
    body = {"transition": {"id": "31"}, "fields": {"resolution": {"name": "Won't Do"}}}

    bot.post(f"{ISSUE}/HBR-29/transitions", body)

    assert json_of(bot.get(f"{ISSUE}/HBR-29"))["fields"]["resolution"]["name"] == "Won't Do"


@pytest.mark.parametrize("body", [{}, {"transition": {"id": "99"}}, {"transition": {"id": "11"}}])
def test_a_transition_that_is_not_offered_is_refused(bot: Caller, body: dict[str, Any]) -> None:
    assert bot.post(f"{ISSUE}/HBR-29/transitions", body).status_code == 400


def test_chinese_status_names_have_the_usual_categories(bot: Caller) -> None:
    status = json_of(bot.get(f"{ISSUE}/YUN-14"))["fields"]["status"]

    assert (status["name"], status["statusCategory"]["key"]) == ("已完成", "done")


def test_edit_changes_only_what_it_names(bot: Caller) -> None:
    before = json_of(bot.get(f"{ISSUE}/HBR-24"))["fields"]

    body = {"fields": {"duedate": "2026-12-01"}, "update": {"labels": [{"add": "late"}]}}
    assert bot.put(f"{ISSUE}/HBR-24", body).status_code == 204

    after = json_of(bot.get(f"{ISSUE}/HBR-24"))["fields"]
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"duedate", "labels", "updated"}


def test_subtasks_go_only_when_they_are_mentioned(bot: Caller) -> None:
    assert bot.delete(f"{ISSUE}/HBR-24").status_code == 400
    assert bot.delete(f"{ISSUE}/HBR-24?deleteSubtasks=true").status_code == 204
    assert bot.get(f"{ISSUE}/HBR-25").status_code == 404


def test_a_restricted_issue_is_hidden_from_others(bot: Caller, tom: Caller) -> None:
    seen, hidden = bot.found("parent = HBR-9"), tom.found("parent = HBR-9")
    (key,) = seen - hidden

    answer = tom.get(f"{ISSUE}/{key}")
    assert answer.status_code == 404
    assert json_of(answer) == {
        "errorMessages": ["Issue does not exist or you do not have permission to see it."],
        "errors": {},
    }
    assert tom.search(f"key = {key}").status_code == 400
    fetched = json_of(tom.post(f"{ISSUE}/bulkfetch", {"issueIdsOrKeys": [key]}))
    assert fetched["issues"] == []


def test_nobody_gets_what_cloud_gives_to_the_anonymous(nobody: Caller) -> None:
    assert nobody.get("/rest/api/3/myself").status_code == 401
    assert nobody.get(f"{ISSUE}/HBR-1").status_code == 404
    assert nobody.search("project = HBR").status_code == 400
    assert json_of(nobody.get("/rest/api/3/project/search"))["total"] == 1, "one is public"
    assert nobody.get("/rest/api/3/serverInfo").status_code == 200


def test_a_wrong_token_is_refused_not_taken_for_nobody(bot: Caller) -> None:
    answer = bot.client.get(
        "/rest/api/3/serverInfo", headers={"Authorization": "Basic bm9ib2R5Om5vdGhpbmc="}
    )

    assert answer.status_code == 401
    assert json_of(answer)["message"] == "Client must be authenticated to access this resource."
