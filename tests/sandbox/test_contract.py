"""Every successful answer is one that Atlassian's published description allows.

Stricter than the description is: unknown keys, keys that clients cannot do without, and forms of
times and addresses count too (`required_keys`, `unknown_keys`, `amendments`).
"""

import copy
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from sandbox.directory import BOT, TOM
from sandbox.routes import api_routes
from tests.sandbox import amendments
from tests.sandbox.agile_calls import UNDESCRIBED, UNDESCRIBED_CALLS
from tests.sandbox.conftest import Caller, app_of_a_fresh_site, json_of
from tests.sandbox.jira_calls import JIRA_CALLS, in_version
from tests.sandbox.plan_calls import PLAN_CALLS
from tests.sandbox.published import CONTRACTS, JIRA_TIME, Call, Description
from tests.sandbox.required_keys import NEEDED, NOTHING_NEEDED, missing_keys, untouched
from tests.sandbox.wiki_calls import WIKI_CALLS
from tests.sandbox.wiki_v1_calls import V1_CALLS

PAGE = "131073"
STORED = {"representation": "storage", "value": "<p>Hello</p>"}


JQL = "/rest/api/3/search/jql"
ISSUE = "/rest/api/3/issue/{issueIdOrKey}"
PAGES = "/wiki/api/v2/pages"
PROPERTIES = f"{PAGES}/{{page-id}}/properties"
NEW_ISSUE = {
    "fields": {"project": {"key": "HBR"}, "issuetype": {"name": "Task"}, "summary": "Tidy up"}
}
CALLS = [
    Call("GET", JQL, query={"jql": "project = HBR"}),
    Call("GET", JQL, query={"jql": "project = YUN", "fields": "*all", "expand": "names,changelog"}),
    Call("POST", JQL, body={"jql": "parent = HBR-1", "fields": ["*navigable"], "maxResults": 2}),
    Call("POST", "/rest/api/3/search/approximate-count", body={"jql": "project = HBR"}),
    Call(
        "POST",
        "/rest/api/3/jql/match",
        body={"jqls": ["parent = HBR-1", "x ="], "issueIds": [10022]},
    ),
    Call("GET", "/rest/api/3/search", 410),
    Call("POST", "/rest/api/3/search", 410, body={}),
    Call("POST", "/rest/api/3/issue", 201, body=NEW_ISSUE),
    Call(
        "POST",
        "/rest/api/3/issue/bulkfetch",
        body={"issueIdsOrKeys": ["HBR-1", "NO-1"], "fields": ["*all"]},
    ),
    Call(
        "GET", ISSUE, values={"issueIdOrKey": "HBR-24"}, query={"expand": "changelog,transitions"}
    ),
    Call("PUT", ISSUE, 204, {"issueIdOrKey": "HBR-24"}, body={"fields": {"summary": "Shorter"}}),
    Call(
        "PUT",
        ISSUE,
        200,
        {"issueIdOrKey": "HBR-24"},
        {"returnIssue": "true"},
        {"update": {"labels": [{"add": "x"}]}},
    ),
    Call("DELETE", ISSUE, 204, {"issueIdOrKey": "HBR-29"}),
    Call("GET", f"{ISSUE}/transitions", values={"issueIdOrKey": "HBR-24"}),
    Call(
        "POST",
        f"{ISSUE}/transitions",
        204,
        {"issueIdOrKey": "HBR-24"},
        body={"transition": {"id": "31"}},
    ),
    Call("GET", "/rest/api/3/field"),
    Call("GET", "/rest/api/3/myself"),
    Call("GET", "/rest/api/3/serverInfo"),
    Call("GET", "/rest/api/3/project/search"),
    Call("GET", "/wiki/api/v2/spaces"),
    Call("POST", "/wiki/api/v2/users-bulk", body={"accountIds": [TOM.account_id, "712020:gone"]}),
    Call("GET", PAGES, query={"limit": 2, "body-format": "storage"}),
    Call(
        "POST",
        PAGES,
        body={"spaceId": "65538", "status": "current", "title": "New", "body": STORED},
    ),
    Call(
        "GET",
        f"{PAGES}/{{id}}",
        values={"id": PAGE},
        query={"body-format": "storage", "include-labels": "true", "include-properties": "true"},
    ),
    Call("GET", f"{PAGES}/{{id}}", values={"id": PAGE}, query={"body-format": "view"}),
    Call(
        "PUT",
        f"{PAGES}/{{id}}",
        values={"id": PAGE},
        body={
            "id": PAGE,
            "status": "current",
            "title": "T",
            "body": STORED,
            "version": {"number": 2},
        },
    ),
    Call("DELETE", f"{PAGES}/{{id}}", 204, {"id": PAGE}),
    Call("GET", f"{PAGES}/{{id}}/labels", values={"id": PAGE}),
    Call("GET", f"{PAGES}/{{id}}/attachments", values={"id": PAGE}),
    Call("GET", PROPERTIES, values={"page-id": PAGE}),
    Call("POST", PROPERTIES, values={"page-id": PAGE}, body={"key": "k", "value": [1]}),
    Call("GET", f"{PROPERTIES}/{{property-id}}", values={"page-id": PAGE, "property-id": "1"}),
    Call(
        "PUT",
        f"{PROPERTIES}/{{property-id}}",
        values={"page-id": PAGE, "property-id": "1"},
        body={"key": "okr", "value": 2, "version": {"number": 2}},
    ),
    Call("DELETE", f"{PROPERTIES}/{{property-id}}", 204, {"page-id": PAGE, "property-id": "1"}),
    Call(
        "GET",
        "/wiki/rest/api/search",
        query={"cql": "label = okr", "expand": "content.version,content.space", "limit": 2},
    ),
    Call("GET", "/wiki/rest/api/user/current"),
    Call(
        "POST",
        "/wiki/rest/api/content/{id}/label",
        values={"id": PAGE},
        body=[{"prefix": "global", "name": "q4"}],
    ),
    Call("GET", "/wiki/rest/api/space", query={"limit": 1}),
    Call("GET", "/wiki/rest/api/space/{spaceKey}", values={"spaceKey": "HARBOUR"}),
    *V1_CALLS,
    *WIKI_CALLS,
    *JIRA_CALLS,
    *PLAN_CALLS,
]
JIRA_VERSION_3 = [call for call in CALLS if call.path.startswith("/rest/api/3/")]
CALLS += [in_version(version, call) for version in ("2", "latest") for call in JIRA_VERSION_3]


JIRA = Description(
    "jira-cloud-v3.openapi.json",
    renamed=(("/rest/api/2/", "/rest/api/3/"), ("/rest/api/latest/", "/rest/api/3/")),
    amendments=amendments.JIRA,
    time=JIRA_TIME,
)
WIKI = Description("confluence-cloud-v2.openapi.json", "/wiki/api/v2", amendments=amendments.WIKI)
WIKI_V1 = Description("confluence-cloud-v1.openapi.json", amendments=amendments.WIKI_V1)


def description(call: Call) -> Description:
    if call.path.startswith("/rest/"):
        return JIRA
    return WIKI if call.path.startswith("/wiki/api/v2/") else WIKI_V1


WITH_CONTRACTS = pytest.mark.skipif(not CONTRACTS.is_dir(), reason="contracts folder is absent")


@cache
def answered(number: int) -> TestResponse:
    """What a fresh site answers to one of the calls."""
    bot = Caller(app_of_a_fresh_site().test_client(), BOT)
    bot.post(f"{PAGES}/{PAGE}/properties", {"key": "okr", "value": {"a": 1}})
    return CALLS[number].made(bot)


def faults(call: Call, body: object) -> list[str]:
    """Everything wrong with the body of a successful answer."""
    missing = [f"{key} is missing" for key in missing_keys(operation(call), body)]
    return [*description(call).faults(call, body), *missing]


def operation(call: Call) -> str:
    """One name for all versions of an API that share a description."""
    return f"{call.method} {call.path}".replace("/api/2/", "/api/3/").replace("/latest/", "/3/")


@WITH_CONTRACTS
@pytest.mark.parametrize("number", range(len(CALLS)), ids=lambda number: CALLS[number].name)
def test_an_answer_is_as_published(number: int) -> None:
    call, answer = CALLS[number], answered(number)

    assert answer.status_code == call.status, answer.get_data(as_text=True)
    if call.status < 300:
        if description(call).describes_body(call):
            assert faults(call, json_of(answer)) == []
        else:
            assert not answer.data


@WITH_CONTRACTS
def test_something_is_asked_of_every_answer() -> None:
    """No list that is asked for its members' keys is empty in all the answers compared."""
    bodies: dict[str, list[object]] = {}
    for number, call in enumerate(CALLS):
        if call.status < 300 and description(call).describes_body(call):
            bodies.setdefault(operation(call), []).append(json_of(answered(number)))

    assert set(bodies) == set(NEEDED) | set(NOTHING_NEEDED)
    assert {name: untouched(name, found) for name, found in bodies.items()} == {
        name: [] for name in bodies
    }


def test_every_route_is_checked_and_every_check_has_a_route(app: Flask) -> None:
    """A route that nobody compares with the contract must not be served."""
    undescribed = [call for call, _ in UNDESCRIBED_CALLS]

    assert {(call.method, call.path) for call in (*CALLS, *undescribed)} == api_routes(app)
    assert all(call.path.startswith(tuple(UNDESCRIBED)) for call in undescribed)


Harm = Callable[[Any], object]
HARMS: list[tuple[str, Harm, str]] = [
    (f"{PAGES}/{{id}}", lambda page: page.pop("spaceId"), "spaceId is missing"),
    (f"{PAGES}/{{id}}", lambda page: page["version"].pop("number"), "version.number is missing"),
    (f"{PAGES}/{{id}}", lambda page: page.update(title=None), "$.title: None"),
    (f"{PAGES}/{{id}}", lambda page: page.update(colour="red"), "$.colour: is not described"),
    (f"{PAGES}/{{id}}", lambda page: page.update(id=131073), "$.id: 131073 is not of type"),
    (f"{PAGES}/{{id}}", lambda page: page.update(status="live"), "$.status: 'live' is not one of"),
    (f"{PAGES}/{{id}}", lambda page: page.update(createdAt="today"), "is not a 'date-time'"),
    (PAGES, lambda found: found["results"][1].pop("title"), "results[1].title is missing"),
    (JQL, lambda found: found["issues"][0].pop("id"), "issues[0].id is missing"),
    (JQL, lambda found: found.update(total=7), "$.total: is not described"),
    (JQL, lambda found: found.update(isLast="yes"), "$.isLast: 'yes' is not of type"),
    (JQL, lambda found: found.update(issues=None), "$.issues: None"),
    ("/rest/api/3/myself", lambda me: me.update(self="here"), "is not a 'uri'"),
    ("/rest/api/3/field", lambda found: found[0].update(scope=[]), "$[0].scope"),
    ("/wiki/rest/api/search", lambda found: found.pop("totalSize"), "totalSize is missing"),
    ("/wiki/rest/api/search", lambda found: found.update(page=1), "$.page: is not described"),
    (
        "/wiki/rest/api/search",
        lambda found: found["results"][0]["content"].update(owner={}),
        "$.results[].content.owner: is not described",
    ),
]


@WITH_CONTRACTS
@pytest.mark.parametrize(("path", "harm", "expected"), HARMS, ids=lambda value: str(value)[:40])
def test_a_wrong_answer_is_seen(path: str, harm: Harm, expected: str) -> None:
    """The comparison itself can fail: keys lost, added, emptied, of another type or form."""
    number = next(n for n, c in enumerate(CALLS) if (c.method, c.path) == ("GET", path))
    body = copy.deepcopy(json_of(answered(number)))

    harm(body)

    assert [fault for fault in faults(CALLS[number], body) if expected in fault]
