"""What the contract test asks of Jira Data Center."""

from dataclasses import replace
from typing import Any

from sandbox.datacenter.jira.fields import EPIC_LINK, EPIC_NAME, STORY_POINTS
from tests.sandbox.jira_calls import BLOCKS, WIKI_PAGE
from tests.sandbox.published import Call

API = "/jira/rest/api/2"
AGILE = "/jira/rest/agile/1.0"
ISSUE = f"{API}/issue/{{issueIdOrKey}}"
HBR_24 = {"issueIdOrKey": "HBR-24"}
HBR = {"projectIdOrKey": "HBR"}
HOOK = {
    "name": "Hook",
    "url": "http://127.0.0.1:9/hook",
    "events": ["jira:issue_updated"],
    "filters": {"issue-related-events-section": "project = HBR"},
}


def site(method: str, path: str, status: int = 200, body: Any = None, **query: Any) -> Call:
    return Call(method, f"{API}/{path}", status, query=query, body=body)


def of_issue(method: str, path: str, status: int = 200, body: Any = None, **query: Any) -> Call:
    return Call(method, f"{ISSUE}{path}", status, HBR_24, query, body)


def agile(
    method: str,
    path: str,
    values: dict[str, str] | None = None,
    status: int = 200,
    body: Any = None,
) -> Call:
    return Call(method, f"{AGILE}/{path}", status, values or {}, body=body)


def given(call: Call, **values: str) -> Call:
    return replace(call, values=call.values | values)


def after(call: Call, *before: Call) -> Call:
    return replace(call, before=before)


def fields(kind: str, **more: Any) -> dict[str, Any]:
    about = {"project": {"key": "HBR"}, "issuetype": {"name": kind}, "summary": "New"}
    return {"fields": about | more}


SET = given(of_issue("PUT", "/properties/{propertyKey}", 201, {"a": [1]}), propertyKey="okr")
REMOTE = of_issue("POST", "/remotelink", 201, WIKI_PAGE)
COMMENTED = of_issue("POST", "/comment", 201, {"body": "Hello"})
FIRST = {"id": "10001"}
LINKED = site("POST", "issueLink", 201, BLOCKS)
STORY = fields("Story", **{EPIC_LINK: "HBR-1", STORY_POINTS: 3, "description": "Why"})
VERSION_2 = [
    site("GET", "search", jql='"Epic Link" = HBR-1', expand="names,schema,changelog"),
    site("POST", "search", body={"jql": "cf[10100] = HBR-1", "maxResults": 2, "fields": ["*all"]}),
    site("POST", "issue", 201, STORY),
    site("POST", "issue", 201, fields("Epic", **{EPIC_NAME: "Short"})),
    site("POST", "issue/bulk", 201, {"issueUpdates": [STORY, {}]}),
    of_issue("GET", "", expand="changelog,transitions,names"),
    of_issue("PUT", "", 204, {"fields": {EPIC_LINK: "HBR-2"}}),
    Call("DELETE", ISSUE, 204, {"issueIdOrKey": "HBR-29"}),
    of_issue("GET", "/transitions"),
    of_issue("POST", "/transitions", 204, {"transition": {"id": "31"}}),
    of_issue("PUT", "/assignee", 204, {"name": "li.na"}),
    of_issue("GET", "/subtask"),
    of_issue("GET", "/editmeta"),
    SET,
    after(replace(SET, status=200), SET),
    after(of_issue("GET", "/properties"), SET),
    after(given(of_issue("GET", "/properties/{propertyKey}"), propertyKey="okr"), SET),
    after(given(of_issue("DELETE", "/properties/{propertyKey}", 204), propertyKey="okr"), SET),
    REMOTE,
    after(replace(REMOTE, status=200), REMOTE),
    after(of_issue("GET", "/remotelink"), REMOTE),
    after(of_issue("DELETE", "/remotelink", 204, globalId=WIKI_PAGE["globalId"]), REMOTE),
    after(given(of_issue("GET", "/remotelink/{linkId}"), linkId="10001"), REMOTE),
    after(given(of_issue("PUT", "/remotelink/{linkId}", 204, WIKI_PAGE), linkId="10001"), REMOTE),
    after(given(of_issue("DELETE", "/remotelink/{linkId}", 204), linkId="10001"), REMOTE),
    COMMENTED,
    after(of_issue("GET", "/comment"), COMMENTED),
    after(given(of_issue("GET", "/comment/{id}"), **FIRST), COMMENTED),
    after(given(of_issue("PUT", "/comment/{id}", 200, {"body": "Bye"}), **FIRST), COMMENTED),
    after(given(of_issue("DELETE", "/comment/{id}", 204), **FIRST), COMMENTED),
    site("GET", "issueLinkType"),
    given(site("GET", "issueLinkType/{issueLinkTypeId}"), issueLinkTypeId="10000"),
    LINKED,
    after(given(site("GET", "issueLink/{linkId}"), linkId="10001"), LINKED),
    after(given(site("DELETE", "issueLink/{linkId}", 204), linkId="10001"), LINKED),
    given(site("GET", "issue/createmeta/{projectIdOrKey}/issuetypes"), **HBR),
    given(
        site("GET", "issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}"),
        **HBR,
        issueTypeId="10000",
    ),
    site("GET", "field"),
    site("GET", "issuetype"),
    given(site("GET", "issuetype/{id}"), id="10000"),
    site("GET", "status"),
    given(site("GET", "status/{idOrName}"), idOrName="10000"),
    site("GET", "statuscategory"),
    given(site("GET", "statuscategory/{idOrKey}"), idOrKey="done"),
    site("GET", "resolution"),
    given(site("GET", "resolution/{id}"), id="10001"),
    site("GET", "priority"),
    given(site("GET", "priority/{id}"), id="3"),
    site("GET", "project"),
    given(site("GET", "project/{projectIdOrKey}"), **HBR),
    given(site("GET", "project/{projectIdOrKey}/statuses"), **HBR),
    site("GET", "mypermissions", projectKey="HBR"),
    site("GET", "permissions"),
    site("GET", "myself"),
    site("GET", "serverInfo"),
    site("GET", "user", username="li.na"),
    site("GET", "user/search", username="tom"),
    site("GET", "user/assignable/search", project="HBR"),
]
BOARD = {"boardId": "3"}
EPIC = {"epicIdOrKey": "HBR-1"}
AGILE_CALLS = [
    agile("GET", "board"),
    agile("GET", "board/{boardId}", BOARD),
    agile("GET", "board/{boardId}/issue", BOARD),
    agile("GET", "board/{boardId}/epic", BOARD),
    agile("GET", "board/{boardId}/epic/none/issue", BOARD),
    agile("GET", "board/{boardId}/epic/{epicId}/issue", BOARD | {"epicId": "10001"}),
    agile("GET", "board/{boardId}/sprint", BOARD),
    agile("GET", "epic/none/issue"),
    agile("POST", "epic/none/issue", {}, 204, {"issues": ["HBR-24"]}),
    agile("GET", "epic/{epicIdOrKey}", EPIC),
    agile("POST", "epic/{epicIdOrKey}", EPIC, body={"name": "Shorter", "done": True}),
    agile("GET", "epic/{epicIdOrKey}/issue", EPIC),
    agile("POST", "epic/{epicIdOrKey}/issue", EPIC, 204, {"issues": ["HBR-24"]}),
    agile("GET", "issue/{issueIdOrKey}", HBR_24),
    agile("GET", "sprint/{sprintId}", {"sprintId": "1"}),
    agile("GET", "sprint/{sprintId}/issue", {"sprintId": "1"}),
]


def latest(call: Call) -> Call:
    """`latest` is version 2."""
    before = tuple(latest(earlier) for earlier in call.before)
    path = call.path.replace("/rest/api/2/", "/rest/api/latest/", 1)
    return replace(call, path=path, before=before)


CALLS = [*VERSION_2, *map(latest, VERSION_2), *AGILE_CALLS]
