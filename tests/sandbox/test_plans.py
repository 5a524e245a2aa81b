"""Versions, components, priorities, security, watchers, votes and time, and JQL about them."""

from typing import Any

import pytest

from sandbox.app import create_app
from sandbox.directory import BOT, TOM
from tests.sandbox.conftest import Caller, json_of

API = "/rest/api/3"
ISSUE = f"{API}/issue/HBR-24"


@pytest.fixture
def planned(bot: Caller) -> Caller:
    """Two versions, a component, and HBR-24 and HBR-29 that have them."""
    bot.post(f"{API}/version", {"name": "1.0", "projectId": 10001, "released": True})
    bot.post(f"{API}/version", {"name": "2.0", "projectId": 10001})
    bot.post(f"{API}/component", {"name": "Web", "project": "HBR", "leadAccountId": BOT.account_id})
    both = {"fixVersions": [{"name": "1.0"}], "components": [{"name": "Web"}]}
    assert bot.put(ISSUE, {"fields": both | {"priority": {"name": "High"}}}).status_code == 204
    low = {"fixVersions": [{"name": "2.0"}], "priority": {"id": "5"}}
    assert bot.put(f"{API}/issue/HBR-29", {"fields": low}).status_code == 204
    return bot


@pytest.mark.parametrize(
    ("jql", "found"),
    [
        ("parent = HBR-1 and fixVersion = 1.0", {"HBR-24"}),
        ("parent = HBR-1 and fixVersion in unreleasedVersions(HBR)", {"HBR-29"}),
        ("parent = HBR-1 and fixVersion = latestReleasedVersion(HBR)", {"HBR-24"}),
        ("parent = HBR-1 and fixVersion > 1.0", {"HBR-29"}),
        ("parent = HBR-1 and fixVersion != 1.0", {"HBR-29"}),
        ("parent = HBR-1 and component = web", {"HBR-24"}),
        ("parent = HBR-1 and component in componentsLeadByUser()", {"HBR-24"}),
        ("parent = HBR-1 and priority > Medium", {"HBR-24"}),
        ("parent = HBR-1 and priority <= Low", {"HBR-29"}),
        ("parent = HBR-1 and priority was Medium and priority changed to High", {"HBR-24"}),
        ("parent = HBR-1 and fixVersion was 1.0", {"HBR-24"}),
        ("parent = HBR-1 and fixVersion changed to 2.0 by currentUser()", {"HBR-29"}),
        ("parentEpic = HBR-1 and type in subtaskIssueTypes()", {"HBR-25", "HBR-26"}),
        ("issue in childIssuesOf(HBR-24)", {"HBR-25", "HBR-26"}),
        ("parent = HBR-1 and statusCategoryChangedDate >= startOfYear(10)", set()),
        ("parent = HBR-1 and level = Planning", set()),
        ("parent = HBR-1 and sprint is not empty", set()),
    ],
)
def test_a_query_about_plans_finds(planned: Caller, jql: str, found: set[str]) -> None:
    assert planned.found(jql) == found


@pytest.mark.parametrize(
    ("jql", "message"),
    [
        ("fixVersion = 9.9", "The value '9.9' does not exist for the field 'fixVersion'."),
        ("component = x", "The value 'x' does not exist for the field 'component'."),
        ("sprint = 77", "The value '77' does not exist for the field 'sprint'."),
        ("priority > Urgent", "The value 'Urgent' does not exist for the field 'priority'."),
        ("watcher = x", "The value 'x' does not exist for the field 'watcher'."),
        (
            "colour = red",
            "Field 'colour' does not exist or you do not have permission to view it.",
        ),
        ("component was x", "History searches do not support the 'component' field."),
        ("comment = x", "The operator '=' is not supported by the 'comment' field."),
        ("timespent > soon", "'soon' is not a valid duration for the field 'timespent'."),
    ],
)
def test_a_query_about_what_is_not_there_says_so(bot: Caller, jql: str, message: str) -> None:
    answer = bot.search(jql)

    assert (answer.status_code, json_of(answer)["errorMessages"]) == (400, [message])


def test_a_changelog_tells_of_plans_in_jiras_form(planned: Caller) -> None:
    planned.put(ISSUE, {"fields": {"customfield_10036": 21, "fixVersions": []}})
    history = json_of(planned.get(f"{ISSUE}/changelog"))["values"]
    items = {item["field"]: item for entry in history[-2:] for item in entry["items"]}

    assert items["Story Points"] == {
        "field": "Story Points",
        "fieldtype": "custom",
        "fieldId": "customfield_10036",
        "from": None,
        "fromString": items["Story Points"]["fromString"],
        "to": None,
        "toString": "21",
    }
    assert (items["Fix Version"]["fieldId"], items["Fix Version"]["fromString"]) == (
        "fixVersions",
        "1.0",
    )
    assert (items["Component"]["fieldId"], items["Component"]["toString"]) == ("components", "Web")
    assert items["priority"]["toString"] == "High"
    assert planned.found("key = HBR-24 and fixVersion was 1.0 and fixVersion is empty") == {
        "HBR-24"
    }


def test_lists_are_added_to_and_taken_from(planned: Caller) -> None:
    update = {"fixVersions": [{"add": {"name": "2.0"}}, {"remove": {"name": "1.0"}}]}
    assert planned.put(ISSUE, {"update": update}).status_code == 204

    fields = json_of(planned.get(ISSUE))["fields"]
    assert [version["name"] for version in fields["fixVersions"]] == ["2.0"]
    refused = planned.put(ISSUE, {"fields": {"components": [{"name": "Nowhere"}]}})
    assert json_of(refused)["errors"] == {"components": "Component name 'Nowhere' is not valid"}
    twice = planned.put(ISSUE, {"fields": {"labels": []}, "update": {"labels": [{"add": "x"}]}})
    assert twice.status_code == 400


def test_a_deleted_version_leaves_its_issues_or_hands_them_on(planned: Caller) -> None:
    versions = {v["name"]: v["id"] for v in json_of(planned.get(f"{API}/project/HBR/versions"))}
    gone = f"{API}/version/{versions['1.0']}"
    assert planned.call(
        "DELETE", gone, query_string={"moveFixIssuesTo": versions["2.0"]}
    ).status_code == (204)

    assert planned.found("fixVersion = 2.0") == {"HBR-24", "HBR-29"}
    assert planned.get(gone).status_code == 404


def test_a_security_level_hides_an_issue(bot: Caller, tom: Caller) -> None:
    assert bot.put(ISSUE, {"fields": {"security": {"name": "Planning"}}}).status_code == 204

    assert tom.get(ISSUE).status_code == 404
    assert json_of(bot.get(ISSUE))["fields"]["security"]["id"] == "10000"
    levels = [
        json_of(caller.get(f"{API}/project/HBR/securitylevel"))["levels"] for caller in (bot, tom)
    ]
    assert [[level["name"] for level in known] for known in levels] == [["Planning"], []]


def test_time_votes_watchers_and_comments_are_searched(bot: Caller, tom: Caller) -> None:
    said = {"type": "paragraph", "content": [{"type": "text", "text": "Zanzibar ahoy"}]}
    document = {"type": "doc", "version": 1, "content": [said]}
    bot.post(f"{ISSUE}/comment", {"body": document})
    tom.post(f"{ISSUE}/worklog", {"timeSpent": "1d 2h", "started": "2026-11-03T09:00:00.000+0000"})
    assert tom.post(f"{ISSUE}/votes", None).status_code == 204
    bot.post(f"{ISSUE}/watchers", TOM.account_id)

    for jql in (
        "comment ~ zanzibar",
        "text ~ zanzibar",
        "worklogAuthor = 'Tom Becker'",
        "worklogDate = 2026-11-03",
        "timespent >= 10h",
        "voter = 'Tom Becker'",
        "votes > 0",
        "watcher = 'Tom Becker'",
        "watchers = 1 and key = HBR-24",
    ):
        assert "HBR-24" in bot.found(jql), jql
    assert tom.found("issue in watchedIssues() and issue in votedIssues()") == {"HBR-24"}
    fields = json_of(bot.get(ISSUE))["fields"]
    assert fields["timetracking"] == {"timeSpent": "1d 2h", "timeSpentSeconds": 36000}
    assert (fields["votes"]["votes"], fields["watches"]["watchCount"]) == (1, 1)
    assert bot.post(f"{ISSUE}/votes", None).status_code == 404


def test_properties_are_searched_by_their_paths(bot: Caller) -> None:
    value = {"objective": {"id": "O-1", "weight": 3}, "tags": ["a", "b"]}
    bot.put(f"{ISSUE}/properties/okr", value)

    assert bot.found("issue.property[okr].objective.id = O-1") == {"HBR-24"}
    assert bot.found("issue.property[okr].objective.weight > 2") == {"HBR-24"}
    assert bot.found("issue.property[okr].tags in (b, c)") == {"HBR-24"}
    assert bot.found("issue.property[okr].objective.weight < 3") == set()
    assert bot.found("project = HBR and issue.property[okr].tags is not empty") == {"HBR-24"}


def test_search_is_late_about_what_hangs_on_issues_too() -> None:
    late = Caller(create_app("company", search_lag=3600).test_client(), BOT)
    late.put(f"{ISSUE}/properties/okr", {"a": 1})
    late.post(f"{ISSUE}/watchers", TOM.account_id)
    issue_id = json_of(late.get(ISSUE))["id"]

    for jql in ("issue.property[okr].a = 1", "watcher = 'Tom Becker' and key = HBR-24"):
        assert late.found(jql) == set()
        fresh: Any = json_of(late.search(jql, reconcileIssues=issue_id))["issues"]
        assert [issue["id"] for issue in fresh] == [issue_id]


def test_bulk_work_tells_what_became_of_it(bot: Caller, tom: Caller) -> None:
    chosen = ["HBR-24", "HBR-29", "NO-1"]
    inputs = [{"selectedIssueIdsOrKeys": chosen, "transitionId": "31"}]
    task = json_of(bot.post(f"{API}/bulk/issues/transition", {"bulkTransitionInputs": inputs}))
    told = json_of(bot.get(f"{API}/bulk/queue/{task['taskId']}"))

    assert told["status"] == "COMPLETE"
    assert (len(told["processedAccessibleIssues"]), told["invalidOrInaccessibleIssueCount"]) == (
        2,
        1,
    )
    assert bot.found("key in (HBR-24, HBR-29) and statusCategory = Done") == {"HBR-24", "HBR-29"}
    assert tom.get(f"{API}/bulk/queue/{task['taskId']}").status_code == 400
    many = {"selectedIssueIdsOrKeys": [f"HBR-{n}" for n in range(1001)]}
    assert bot.post(f"{API}/bulk/issues/watch", many).status_code == 400
