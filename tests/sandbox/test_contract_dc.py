"""Every successful answer of the Data Center flavour is one that its description allows."""

import json
import os
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from openapi_schema_validator import OAS30Validator

from sandbox.jira.sprints import Sprint
from sandbox.routes import api_routes
from sandbox.site import Site
from tests.sandbox import conftest, dc_jira_calls, dc_wiki_calls
from tests.sandbox.conftest import app_of_a_fresh_site
from tests.sandbox.data_center import bearer
from tests.sandbox.published import Call

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = Path(os.environ.get("OKR_CONTRACTS_DIR", str(ROOT / "../shared/contracts")))
FILES = {
    "/confluence/rest/api/": ("confluence-dc.openapi.json", "/confluence"),
    "/jira/rest/": ("jira-dc.openapi.json", "/jira/rest"),
}
CALLS = [*dc_wiki_calls.CALLS, *dc_jira_calls.CALLS]
# Routes of plugins, which no description of the two products holds, and where they are told of.
PLUGINS = {
    "/rest/applinks/1.0/manifest": "application links; seen in the field",
    "/rest/pat/latest/tokens": "access tokens; seen in the field",
    "/rest/pat/latest/tokens/{tokenId}": "access tokens; seen in the field",
    "/rest/oauth2/latest/authorize": (
        "https://developer.atlassian.com/server/confluence/confluence-oauth2-provider-api/"
    ),
    "/rest/oauth2/latest/token": "as above",
    "/rest/oauth2/latest/revoke": "RFC 7009; no description tells where it is",
    "/rest/jira-webhook/1.0/webhooks": "webhooks from Jira 10; seen in the field",
    "/rest/jira-webhook/1.0/webhooks/{webhookId}": "webhooks from Jira 10; seen in the field",
    "/rest/webhooks/1.0/webhook": "https://developer.atlassian.com/server/jira/platform/webhooks/",
    "/rest/webhooks/1.0/webhook/{webhookId}": "as above",
}
# The description tells of the class behind a new webhook; sites answer with the form it is read in
# (`createdDate` a number, events by name): https://mrrefactoring.github.io/jira.js/api/.
REGISTERED = ("POST", "/confluence/rest/api/webhooks")
ONE_WEBHOOK = Call("GET", "/confluence/rest/api/webhooks/{webhookId}")
# Where an answer holds several of what the description tells as one.
HELD_IN = ("values", "issues")


@lru_cache
def description(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CONTRACTS / name).read_text(encoding="utf-8"))
    return loaded


def operation(call: Call) -> tuple[dict[str, Any], dict[str, Any]]:
    name, prefix = next(value for start, value in FILES.items() if call.path.startswith(start))
    whole = description(name)
    path = call.path.removeprefix(prefix).replace("/api/latest/", "/api/2/")
    found: dict[str, Any] = whole["paths"][path][call.method.lower()]
    return whole, found


def schema(call: Call) -> dict[str, Any] | None:
    """None when the operation tells of no body for this status."""
    whole, found = operation(call)
    if (call.method, call.path) == REGISTERED:
        found, call = operation(ONE_WEBHOOK)[1], ONE_WEBHOOK
    told = found["responses"].get(str(call.status)) or found["responses"].get("default")
    if told is None and call.status == 201:
        # Older descriptions told 201 of a remote link or property that is new; real sites do it.
        told = found["responses"]["200"]
    content = (told or {}).get("content", {}).get("application/json")
    if content is None:
        return None
    held: dict[str, Any] = content.get("schema", {})
    return held | {"components": whole["components"]}


def comparable(body: Any) -> Any:
    """
    Without what the descriptions get wrong of any site: the fields of an issue are typed as objects
    (they are texts, lists and numbers too), the value of a property as text (it is any JSON), and
    the ends of a change are not said to be null.
    """
    if isinstance(body, list):
        return [comparable(item) for item in body]
    if not isinstance(body, dict):
        return body
    dropped = {"fields"} if {"self", "key"} <= set(body) else set()
    if set(body) == {"key", "value"}:
        dropped.add("value")
    ends = {"from", "fromString", "to", "toString"} if "fieldtype" in body else set()
    return {
        name: comparable(value)
        for name, value in body.items()
        if name not in dropped and not (value is None and name in ends)
    }


def parts(body: Any, told: dict[str, Any]) -> list[Any]:
    """The body, or what it lists when the description tells of one item only."""
    kind = told.get("type")
    if isinstance(body, list) and kind != "array":
        return body
    reference = told.get("$ref", "")
    if isinstance(body, dict) and not reference.endswith(
        ("SearchResultsBean", "TransitionsMetaBean")
    ):
        for name in HELD_IN:
            if name in body and "maxResults" in body:
                return list(body[name])
    return [body]


def faults(call: Call, body: Any) -> list[str]:
    told = schema(call)
    assert told is not None
    return [
        f"{error.json_path}: {error.message[:200]}"
        for part in parts(body, told)
        for error in OAS30Validator(told).iter_errors(comparable(part))
    ]


@pytest.fixture
def data_center() -> Flask:
    app = app_of_a_fresh_site("company", flavor="dc")
    site: Site = app.extensions["sandbox"]
    board = site.issues.annexes.boards.all()[0]
    site.issues.annexes.sprints.add(Sprint(0, board.id, "Sprint", goal="Ship"))
    return app


def signed(call: Call) -> Call:
    before = tuple(signed(earlier) for earlier in call.before)
    return replace(call, headers=bearer(call.path) | call.headers, before=before)


@pytest.mark.skipif(not CONTRACTS.is_dir(), reason="contracts folder is absent")
@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.name)
def test_an_answer_is_as_published(call: Call, data_center: Flask) -> None:
    answer = signed(call).made(conftest.Caller(data_center.test_client(), None))

    assert answer.status_code == call.status, answer.get_data(as_text=True)
    if call.status == 204 or schema(call) is None:
        assert not answer.data
    elif answer.data:
        assert faults(call, answer.get_json()) == []


def test_every_route_is_checked_and_every_check_has_a_route(data_center: Flask) -> None:
    """A route that nobody compares with the contract must not be served."""
    served = {
        (method, path)
        for method, path in api_routes(data_center)
        if path.removeprefix("/confluence").removeprefix("/jira") not in PLUGINS
    }
    assert {(call.method, call.path) for call in CALLS} == served
