"""What the contract test asks of Jira besides search and single issues."""

from dataclasses import replace
from typing import Any

from sandbox.directory import LI_NA, TOM
from tests.sandbox.published import Call

API = "/rest/api/3"
HBR_24 = {"issueIdOrKey": "HBR-24"}
HBR = {"projectIdOrKey": "HBR"}
WIKI_PAGE = {
    "globalId": "system=wiki&id=1",
    "application": {"type": "wiki", "name": "Wiki"},
    "relationship": "mentioned in",
    "object": {"title": "A page", "url": "https://wiki.example/1", "icon": {"title": "Page"}},
}
BLOCKS = {
    "type": {"name": "Blocks"},
    "inwardIssue": {"key": "HBR-24"},
    "outwardIssue": {"key": "HBR-27"},
}


def of_issue(method: str, path: str, status: int = 200, body: Any = None, **query: Any) -> Call:
    return Call(method, f"{API}/issue/{{issueIdOrKey}}/{path}", status, HBR_24, query, body)


def site(method: str, path: str, status: int = 200, body: Any = None, **query: Any) -> Call:
    return Call(method, f"{API}/{path}", status, query=query, body=body)


def given(call: Call, **values: str) -> Call:
    return replace(call, values=call.values | values)


def after(call: Call, *before: Call) -> Call:
    return replace(call, before=before)


def in_version(version: str, call: Call) -> Call:
    """Version 2 answers as version 3 does, but for long texts, which are text."""
    path = call.path.replace("/rest/api/3/", f"/rest/api/{version}/", 1)
    before = tuple(in_version(version, earlier) for earlier in call.before)
    body = call.body
    for long in ("body", "comment"):
        if isinstance(body, dict) and long in body:
            body = body | {long: "Hello"}
    return replace(call, path=path, body=body, before=before)


SET = given(of_issue("PUT", "properties/{propertyKey}", 201, {"a": [1]}), propertyKey="okr")
ONE = {"propertyKey": "okr"}
REMOTE = of_issue("POST", "remotelink", 201, WIKI_PAGE)
HELLO = {"type": "paragraph", "content": [{"type": "text", "text": "Hello"}]}
SAID = {"body": {"type": "doc", "version": 1, "content": [HELLO]}}
COMMENTED = of_issue("POST", "comment", 201, SAID)
BULK = [{"fields": {"project": {"key": "HBR"}, "issuetype": {"id": "10002"}, "summary": "s"}}, {}]
LINKED = site("POST", "issueLink", 201, BLOCKS)
JIRA_CALLS = [
    of_issue("GET", "changelog", startAt=0, maxResults=1),
    of_issue("POST", "changelog/list", 200, {"changelogIds": [1, 5, 9]}),
    site("POST", "changelog/bulkfetch", 200, {"issueIdsOrKeys": ["HBR-24", "HBR-22", "NO-1"]}),
    of_issue("GET", "properties"),
    after(of_issue("GET", "properties"), SET),
    SET,
    after(replace(SET, status=200), SET),
    after(given(of_issue("GET", "properties/{propertyKey}"), **ONE), SET),
    after(given(of_issue("DELETE", "properties/{propertyKey}", 204), **ONE), SET),
    REMOTE,
    after(replace(REMOTE, status=200), REMOTE),
    after(of_issue("GET", "remotelink"), REMOTE),
    after(of_issue("GET", "remotelink", globalId=WIKI_PAGE["globalId"]), REMOTE),
    after(of_issue("DELETE", "remotelink", 204, globalId=WIKI_PAGE["globalId"]), REMOTE),
    after(given(of_issue("GET", "remotelink/{linkId}"), linkId="10001"), REMOTE),
    after(given(of_issue("PUT", "remotelink/{linkId}", 204, WIKI_PAGE), linkId="10001"), REMOTE),
    after(given(of_issue("DELETE", "remotelink/{linkId}", 204), linkId="10001"), REMOTE),
    of_issue("GET", "editmeta"),
    of_issue("PUT", "assignee", 204, {"accountId": LI_NA.account_id}),
    COMMENTED,
    after(of_issue("GET", "comment"), COMMENTED),
    after(given(of_issue("GET", "comment/{id}"), id="10001"), COMMENTED),
    after(given(of_issue("PUT", "comment/{id}", 200, SAID), id="10001"), COMMENTED),
    after(given(of_issue("DELETE", "comment/{id}", 204), id="10001"), COMMENTED),
    site("POST", "issue/bulk", 201, {"issueUpdates": BULK}),
    given(site("GET", "issueLinkType/{issueLinkTypeId}"), issueLinkTypeId="10000"),
    site("GET", "issueLinkType"),
    LINKED,
    after(given(site("GET", "issueLink/{linkId}"), linkId="10001"), LINKED),
    after(given(site("DELETE", "issueLink/{linkId}", 204), linkId="10001"), LINKED),
    after(
        Call("GET", f"{API}/issue/{{issueIdOrKey}}", values=HBR_24, query={"fields": "issuelinks"}),
        LINKED,
    ),
    site("GET", "issuetype"),
    site("GET", "issuetype/project", projectId="10001", level=0),
    given(site("GET", "issuetype/{id}"), id="10000"),
    site("GET", "status"),
    given(site("GET", "status/{idOrName}"), idOrName="进行中"),
    site("GET", "statuses", id=["10000", "10100"]),
    site("GET", "statuses/search", projectId="10002", statusCategory="DONE"),
    site("GET", "statuscategory"),
    given(site("GET", "statuscategory/{idOrKey}"), idOrKey="done"),
    site("GET", "resolution"),
    given(site("GET", "resolution/{id}"), id="10001"),
    site("GET", "priority"),
    given(site("GET", "priority/{id}"), id="3"),
    site("GET", "project"),
    given(site("GET", "project/{projectIdOrKey}/statuses"), **HBR),
    given(site("GET", "project/{projectId}/hierarchy"), projectId="10001"),
    given(site("GET", "issue/createmeta/{projectIdOrKey}/issuetypes"), **HBR),
    given(
        site("GET", "issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}"),
        **HBR,
        issueTypeId="10004",
    ),
    site("GET", "issue/createmeta"),
    site("GET", "issue/createmeta", projectKeys="YUN", expand="projects.issuetypes.fields"),
    site("GET", "user", accountId=TOM.account_id, expand="groups"),
    site("GET", "user/search", query="tom"),
    site("GET", "user/assignable/search", project="HBR"),
    site("GET", "user/viewissue/search", projectKey="HBR"),
    site("GET", "user/bulk", accountId=[TOM.account_id, LI_NA.account_id]),
    site("GET", "users"),
    site("GET", "users/search", maxResults=2),
    site("GET", "mypermissions", permissions="BROWSE_PROJECTS,ADMINISTER", projectKey="HBR"),
    site("GET", "permissions"),
]
