"""Every successful answer is one that Atlassian's published description allows."""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openapi_schema_validator import OAS30Validator

from sandbox.directory import TOM
from sandbox.routes import api_routes
from tests.sandbox.conftest import Caller, json_of
from tests.sandbox.jira_calls import JIRA_CALLS, in_version
from tests.sandbox.published import Call
from tests.sandbox.wiki_calls import WIKI_CALLS

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = Path(os.environ.get("OKR_CONTRACTS_DIR", str(ROOT / "../shared/contracts")))
FILES = {
    "/rest/": ("jira-cloud-v3.openapi.json", ""),
    "/wiki/api/v2": ("confluence-cloud-v2.openapi.json", "/wiki/api/v2"),
    "/wiki/rest/": ("confluence-cloud-v1.openapi.json", ""),
}
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
    *WIKI_CALLS,
    *JIRA_CALLS,
]
JIRA_VERSION_3 = [call for call in CALLS if call.path.startswith("/rest/api/3/")]
CALLS += [in_version(version, call) for version in ("2", "latest") for call in JIRA_VERSION_3]


@lru_cache
def description(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CONTRACTS / name).read_text(encoding="utf-8"))
    return loaded


def operation(call: Call) -> tuple[dict[str, Any], dict[str, Any]]:
    """The description a call belongs to, and its operation there."""
    name, prefix = next(value for start, value in FILES.items() if call.path.startswith(start))
    whole = description(name)
    path = call.path.removeprefix(prefix)
    path = path.replace("/rest/api/2/", "/rest/api/3/").replace("/rest/api/latest/", "/rest/api/3/")
    found: dict[str, Any] = whole["paths"][path][call.method.lower()]
    return whole, found


def without_null_ends(body: Any) -> Any:
    """
    A changelog's `from` and `to` are null on a real site (the recorded webhooks show it), and the
    description forgets to say so; nothing else is forgiven.
    """
    if isinstance(body, list):
        return [without_null_ends(item) for item in body]
    if isinstance(body, dict):
        ends = {"from", "fromString", "to", "toString"} if "fieldtype" in body else set()
        return {
            name: without_null_ends(value)
            for name, value in body.items()
            if value is not None or name not in ends
        }
    return body


def faults(call: Call, body: Any) -> list[str]:
    """What the published schema of the call's operation says against the body."""
    whole, found = operation(call)
    content = found["responses"][str(call.status)]["content"]["application/json"]
    schema = content["schema"] | {"components": whole["components"]}
    return [
        f"{error.json_path}: {error.message[:200]}"
        for error in OAS30Validator(schema).iter_errors(without_null_ends(body))
    ]


@pytest.mark.skipif(not CONTRACTS.is_dir(), reason="contracts folder is absent")
@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_an_answer_is_as_published(call: Call, bot: Caller) -> None:
    bot.post(f"{PAGES}/{PAGE}/properties", {"key": "okr", "value": {"a": 1}})

    answer = call.made(bot)

    assert answer.status_code == call.status, answer.get_data(as_text=True)
    _, published = operation(call)
    if call.status == 204:
        assert "204" in published["responses"]
        assert not answer.data
    elif call.status in {200, 201}:
        if published["responses"][str(call.status)].get("content"):
            assert faults(call, json_of(answer)) == []
        else:
            assert not answer.data


def test_every_route_is_checked_and_every_check_has_a_route(app: Flask) -> None:
    """A route that nobody compares with the contract must not be served."""
    assert {(call.method, call.path) for call in CALLS} == api_routes(app)
