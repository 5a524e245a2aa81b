"""Issues and their epics, as Jira Data Center knows them."""

from typing import Any

import pytest

from sandbox.datacenter.jira.fields import EPIC_LINK, EPIC_NAME, EPIC_STATUS, STORY_POINTS
from tests.sandbox.conftest import app_of_a_fresh_site
from tests.sandbox.data_center import JIRA, Caller, account, json_of

AGILE = "/jira/rest/agile/1.0"


@pytest.fixture
def bot() -> Caller:
    return Caller(app_of_a_fresh_site("company", flavor="dc").test_client())


@pytest.fixture
def chinese() -> Caller:
    return Caller(app_of_a_fresh_site("company", flavor="dc", locale="zh").test_client())


def create(caller: Caller, kind: str = "Story", project: str = "HBR", **fields: Any) -> Any:
    about = {"project": {"key": project}, "issuetype": {"name": kind}, "summary": "New"}
    return caller.post(f"{JIRA}/issue", {"fields": about | fields})


def fields_of(caller: Caller, key: str) -> Any:
    return json_of(caller.get(f"{JIRA}/issue/{key}"))["fields"]


def errors_of(answer: Any) -> Any:
    assert answer.status_code == 400, answer.get_data(as_text=True)
    return json_of(answer)["errors"]


def test_epics_hold_issues_by_a_custom_field(bot: Caller) -> None:
    story, epic = fields_of(bot, "HBR-24"), fields_of(bot, "HBR-1")

    assert story[EPIC_LINK] == "HBR-1"
    assert "parent" not in story
    assert "hierarchyLevel" not in story["issuetype"]
    assert epic[EPIC_NAME] == epic["summary"]
    assert epic[EPIC_STATUS]["value"] == "To Do"
    assert epic[EPIC_LINK] is None


def test_the_custom_fields_are_told_by_their_types(bot: Caller) -> None:
    custom = {
        field["schema"]["custom"]: field
        for field in json_of(bot.get(f"{JIRA}/field"))
        if field["custom"]
    }

    assert custom["com.pyxis.greenhopper.jira:gh-epic-link"]["id"] == EPIC_LINK
    assert custom["com.pyxis.greenhopper.jira:gh-epic-label"]["id"] == EPIC_NAME
    points = custom["com.atlassian.jira.plugin.system.customfieldtypes:float"]
    assert (points["id"], points["name"]) == (STORY_POINTS, "Story Points")
    assert not {"customfield_10014", "customfield_10016"} & {f["id"] for f in custom.values()}


def test_sub_tasks_keep_their_parent(bot: Caller) -> None:
    made = create(bot, "Sub-task", parent={"key": "HBR-24"})
    key = json_of(made)["key"]

    assert fields_of(bot, key)["parent"]["key"] == "HBR-24"
    assert fields_of(bot, key)[EPIC_LINK] is None
    assert key in bot.keys("parent = HBR-24")


def test_parent_finds_sub_tasks_only(bot: Caller) -> None:
    linked = bot.keys('"Epic Link" = HBR-1')

    assert linked
    assert bot.keys("cf[10100] = HBR-1") == linked
    assert bot.keys("parent = HBR-1") == set()
    assert bot.keys("issuekey in (HBR-24) and 'Epic Link' is empty") == set()


@pytest.mark.parametrize(
    "jql",
    [
        "hierarchyLevel = 1",
        "cf[10014] = HBR-1",
        '"Story point estimate" > 1',
        "assignee = '712020:0a61c1e2-5b0e-4b4e-9d57-6f0000000002'",
        "status changed by '712020:0a61c1e2-5b0e-4b4e-9d57-6f0000000001'",
        "史诗链接 = HBR-1",
        "project =",
    ],
)
def test_what_only_cloud_understands_is_no_query(bot: Caller, jql: str) -> None:
    answer = bot.get(f"{JIRA}/search", jql=jql)

    assert answer.status_code == 400
    assert json_of(answer)["errorMessages"]


def test_a_query_that_is_not_validated_only_warns(bot: Caller) -> None:
    asked = {"jql": "project = NOWHERE", "validateQuery": False}
    answer = json_of(bot.post(f"{JIRA}/search", asked))

    assert (answer["total"], answer["issues"]) == (0, [])
    assert "NOWHERE" in answer["warningMessages"][0]
    assert bot.get(f"{JIRA}/search", jql="x =", validateQuery="false").status_code == 200


def test_people_go_by_user_name_key_or_full_name(bot: Caller) -> None:
    tom = account("tom.becker")
    found = bot.keys("assignee = tom.becker")

    assert found
    assert bot.keys(f"assignee = {tom.jira_key}") == found
    assert bot.keys('assignee = "Tom Becker"') == found
    assert bot.keys("assignee = currentUser()") == bot.keys("assignee = okr-bot")


def test_an_epic_needs_a_name(bot: Caller) -> None:
    refused = errors_of(create(bot, "Epic"))
    key = json_of(create(bot, "Epic", **{EPIC_NAME: "Short"}))["key"]

    assert refused == {EPIC_NAME: "Epic Name is required."}
    assert fields_of(bot, key)[EPIC_NAME] == "Short"


@pytest.mark.parametrize(
    ("kind", "fields", "wrong"),
    [
        ("Story", {"parent": {"key": "HBR-1"}}, "issuetype"),
        ("Story", {EPIC_LINK: "HBR-24"}, EPIC_LINK),
        ("Story", {EPIC_LINK: "NO-1"}, EPIC_LINK),
        ("Story", {EPIC_LINK: {"key": "HBR-1"}}, EPIC_LINK),
        ("Sub-task", {"parent": {"key": "HBR-24"}, EPIC_LINK: "HBR-1"}, EPIC_LINK),
        ("Story", {EPIC_NAME: "Short"}, EPIC_NAME),
        ("Story", {STORY_POINTS: "three"}, STORY_POINTS),
        ("Story", {"customfield_10016": 3}, "customfield_10016"),
        ("Story", {"customfield_10014": "HBR-1"}, "customfield_10014"),
        ("Story", {"assignee": {"accountId": "712020:x"}}, "assignee"),
        ("Story", {"assignee": {"name": "nobody"}}, "assignee"),
        ("Story", {"description": {"type": "doc"}}, "description"),
        ("Story", {"summary": ""}, "summary"),
    ],
)
def test_wrong_values_are_named_as_the_client_named_them(
    bot: Caller, kind: str, fields: dict[str, Any], wrong: str
) -> None:
    assert wrong in errors_of(create(bot, kind, **fields))


def test_a_change_of_epic_is_in_the_history(bot: Caller) -> None:
    before = bot.keys('"Epic Link" = HBR-2')

    edited = bot.put(f"{JIRA}/issue/HBR-24", {"fields": {EPIC_LINK: "HBR-2", STORY_POINTS: 13}})

    assert edited.status_code == 204
    assert bot.keys('"Epic Link" = HBR-2') == before | {"HBR-24"}
    answer = json_of(bot.get(f"{JIRA}/issue/HBR-24", expand="changelog"))
    items = {item["field"]: item for item in answer["changelog"]["histories"][-1]["items"]}
    assert items["Epic Link"] == {
        "field": "Epic Link",
        "fieldtype": "custom",
        "from": "10001",
        "fromString": "HBR-1",
        "to": "10002",
        "toString": "HBR-2",
    }
    assert items["Story Points"]["toString"] == "13"


def test_an_issue_leaves_its_epic(bot: Caller) -> None:
    bot.put(f"{JIRA}/issue/HBR-24", {"update": {EPIC_LINK: [{"set": None}]}})

    assert fields_of(bot, "HBR-24")[EPIC_LINK] is None


def test_a_comment_comes_with_an_edit(bot: Caller) -> None:
    bot.put(f"{JIRA}/issue/HBR-24", {"update": {"comment": [{"add": {"body": "Why"}}]}})

    said = json_of(bot.get(f"{JIRA}/issue/HBR-24/comment"))["comments"]
    assert [one["body"] for one in said] == ["Why"]


def test_search_pages_by_offset_and_has_no_bound(bot: Caller) -> None:
    first = json_of(bot.get(f"{JIRA}/search", jql="order by key", maxResults=2))
    second = json_of(bot.get(f"{JIRA}/search", jql="order by key", maxResults=2, startAt=2))
    count = json_of(bot.get(f"{JIRA}/search", jql="", maxResults=0))
    most = json_of(bot.get(f"{JIRA}/search", jql="", maxResults=5000, fields="key"))

    assert first["total"] == second["total"] == count["total"] > 4
    assert {issue["key"] for issue in first["issues"]}.isdisjoint(
        issue["key"] for issue in second["issues"]
    )
    assert first["issues"][0]["fields"]["status"]["statusCategory"]["key"]
    assert count["issues"] == []
    assert most["maxResults"] == 1000
    assert "nextPageToken" not in first


def test_a_search_names_its_fields(bot: Caller) -> None:
    asked = {"jql": "key = HBR-24", "fields": [EPIC_LINK], "expand": ["names", "schema"]}
    answer = json_of(bot.post(f"{JIRA}/search", asked))

    assert answer["names"] == {EPIC_LINK: "Epic Link"}
    assert answer["schema"][EPIC_LINK]["customId"] == 10100
    assert answer["issues"][0]["fields"] == {EPIC_LINK: "HBR-1"}


def test_a_site_in_another_language_translates_names_and_no_ids(
    bot: Caller, chinese: Caller
) -> None:
    ours, theirs = fields_of(bot, "HBR-24"), fields_of(chinese, "HBR-24")
    named = {field["id"]: field["name"] for field in json_of(chinese.get(f"{JIRA}/field"))}

    assert (theirs["status"]["name"], theirs["issuetype"]["name"]) == ("处理中", "故事")
    assert theirs["status"]["id"] == ours["status"]["id"]
    assert theirs["status"]["statusCategory"]["key"] == "indeterminate"
    assert (named[EPIC_LINK], named[STORY_POINTS]) == ("史诗链接", "故事点")


def test_queries_may_use_either_language(bot: Caller, chinese: Caller) -> None:
    expected = bot.keys('status = "In Progress" and issuetype = Story and "Epic Link" = HBR-1')

    assert expected
    assert chinese.keys("状态 = 处理中 and issuetype = 故事 and 史诗链接 = HBR-1") == expected
    assert chinese.keys('status = "In Progress" and type = Story and cf[10100] = HBR-1') == expected
    assert json_of(create(chinese, "故事", **{EPIC_LINK: "HBR-1"}))["key"]


def test_there_are_no_team_managed_projects(bot: Caller) -> None:
    kinds = {issue["id"] for issue in json_of(bot.get(f"{JIRA}/issuetype"))}
    projects = json_of(bot.get(f"{JIRA}/project"))

    assert fields_of(bot, "YUN-1")["issuetype"]["id"] in kinds
    assert all("style" not in one and "simplified" not in one for one in projects)


def test_an_agile_board_knows_its_epics(bot: Caller) -> None:
    (board,) = json_of(bot.get(f"{AGILE}/board", projectKeyOrId="HBR"))["values"]
    issues = json_of(bot.get(f"{AGILE}/epic/HBR-1/issue", fields="key"))["issues"]
    moved = bot.post(f"{AGILE}/epic/HBR-2/issue", {"issues": ["HBR-24"]})
    epics = json_of(bot.get(f"{AGILE}/board/{board['id']}/epic"))["values"]
    done = json_of(bot.post(f"{AGILE}/epic/HBR-1", {"done": True}))

    assert "HBR-24" in {issue["key"] for issue in issues}
    assert moved.status_code == 204
    assert fields_of(bot, "HBR-24")[EPIC_LINK] == "HBR-2"
    assert "HBR-1" in {epic["key"] for epic in epics}
    assert done["done"] is True
    assert fields_of(bot, "HBR-1")[EPIC_STATUS]["value"] == "Done"


def test_create_meta_requires_the_name_of_an_epic(bot: Caller) -> None:
    path = f"{JIRA}/issue/createmeta/HBR/issuetypes"
    kinds = {kind["name"]: kind["id"] for kind in json_of(bot.get(path))["values"]}
    fields = json_of(bot.get(f"{path}/{kinds['Epic']}"))["values"]

    required = {field["fieldId"] for field in fields if field["required"]}
    assert {EPIC_NAME, "summary", "project", "issuetype"} <= required


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "api/2/issue/NO-1", None),
        ("GET", "api/2/search?jql=nonsense", None),
        ("POST", "api/2/search", [1]),
        ("POST", "api/2/search", {"fields": 3}),
        ("POST", "api/2/issue", {}),
        ("POST", "api/2/issue", {"fields": []}),
        ("POST", "api/2/issue/bulk", {"issueUpdates": [None]}),
        ("PUT", "api/2/issue/HBR-24", {"update": {"summary": [{"add": "x"}]}}),
        ("PUT", "api/2/issue/HBR-24", {"update": {"summary": "x"}}),
        ("POST", "api/2/issue/HBR-24/transitions", {"transition": {"id": "9"}}),
        ("PUT", "api/2/issue/HBR-24/assignee", {"name": "nobody"}),
        ("GET", "api/2/user", None),
        ("GET", "api/2/user/search", None),
        ("GET", "api/2/project/NO", None),
        ("GET", "api/2/status/99", None),
        ("GET", "api/2/issue/createmeta/HBR/issuetypes/1", None),
        ("GET", "agile/1.0/board/99", None),
        ("GET", "agile/1.0/epic/HBR-24", None),
        ("POST", "agile/1.0/epic/HBR-1/issue", {"issues": ["HBR-2"]}),
        ("GET", "agile/1.0/sprint/99", None),
        ("POST", "jira-webhook/1.0/webhooks", {"name": "w"}),
        ("GET", "webhooks/1.0/webhook/99", None),
        ("GET", "api/3/myself", None),
        ("GET", "api/2/nothing", None),
    ],
)
def test_odd_requests_are_the_clients_fault(bot: Caller, method: str, path: str, body: Any) -> None:
    answer = bot.call(method, f"/jira/rest/{path}", json=body)

    assert 400 <= answer.status_code < 500, answer.get_data(as_text=True)
