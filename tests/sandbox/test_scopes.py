"""What apps need for each route is what Atlassian's descriptions say."""

import json
from typing import Any

import pytest
from flask import Flask

from sandbox.routes import api_routes
from sandbox.scopes import INACCESSIBLE, needed
from tests.sandbox.published import CONTRACTS
from tests.sandbox.test_contract import JIRA_VERSION_3

WITH_CONTRACTS = pytest.mark.skipif(not CONTRACTS.is_dir(), reason="contracts folder is absent")
DESCRIBED = (
    ("/rest/api/3/", "jira-cloud-v3.openapi.json", ""),
    ("/wiki/api/v2/", "confluence-cloud-v2.openapi.json", "/wiki/api/v2"),
    ("/wiki/rest/", "confluence-cloud-v1.openapi.json", ""),
)


def operations() -> dict[tuple[str, str], Any]:
    found = {}
    for _, file, prefix in DESCRIBED:
        paths = json.loads((CONTRACTS / file).read_text(encoding="utf-8"))["paths"]
        for path, held in paths.items():
            for method, operation in held.items():
                found[method.upper(), prefix + path] = operation
    return found


def groups(operation: Any) -> set[frozenset[str]]:
    """Every set of scopes that a description names as enough."""
    named = [one["scopes"] for one in operation.get("x-atlassian-oauth2-scopes", [])]
    for requirement in operation.get("security", []):
        named += [held for name, held in requirement.items() if name != "basicAuth"]
    return {frozenset(one) for one in named}


@WITH_CONTRACTS
def test_every_described_route_asks_for_the_described_scopes(app: Flask) -> None:
    described = operations()
    routes = {route for route in api_routes(app) if route in described}

    wrong = [
        (method, path)
        for method, path in sorted(routes)
        if needed(method, path).connect != described[method, path]["x-atlassian-connect-scope"]
        or set(needed(method, path).groups) != groups(described[method, path])
    ]

    assert len(routes) > 200
    assert wrong == []


def test_routes_that_no_description_has_are_those_of_boards_and_administrators(app: Flask) -> None:
    closed = {
        path.split("/")[2] for method, path in api_routes(app) if not needed(method, path).groups
    }

    assert closed == {"webhooks"}
    assert needed("GET", "/rest/webhooks/1.0/webhook").connect == INACCESSIBLE
    assert needed("GET", "/rest/agile/1.0/board").connect == "READ"


def test_other_versions_of_jira_ask_for_the_same() -> None:
    for call in JIRA_VERSION_3:
        for version in ("2", "latest"):
            other = call.path.replace("/rest/api/3/", f"/rest/api/{version}/")
            assert needed(call.method, other) == needed(call.method, call.path)


IMPLIED = [
    ("READ", "GET", True),
    ("READ", "PUT", False),
    ("WRITE", "GET", True),
    ("WRITE", "DELETE", False),
    ("DELETE", "PUT", True),
    ("ADMIN", "DELETE", True),
    ("NONE", "GET", False),
]


@pytest.mark.parametrize(("held", "method", "expected"), IMPLIED)
def test_a_higher_scope_implies_the_lower(held: str, method: str, expected: bool) -> None:
    route = "/wiki/api/v2/pages/{id}"

    assert needed(method, route).lets_connect(frozenset({held})) is expected
