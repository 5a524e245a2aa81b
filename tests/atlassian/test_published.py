"""Everything we ask is in Atlassian's published descriptions, by path, parameter and body."""

import json
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import flask
import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from connector.atlassian.endpoints import Operation, Read, Write
from sandbox.app import create_app
from sandbox.directory import BOT
from tests.atlassian.everything import read_everything, write_everything
from tests.atlassian.planted import Connection, StillClock
from tests.atlassian.serving import served

ROOT = Path(__file__).parents[2]
CONTRACTS = Path(os.environ.get("OKR_CONTRACTS_DIR", ROOT / "../shared/contracts"))

pytestmark = pytest.mark.skipif(not CONTRACTS.is_dir(), reason="contracts folder is absent")

JsonObject = dict[str, Any]


@cache
def description(name: str) -> JsonObject:
    found: JsonObject = json.loads((CONTRACTS / f"{name}.openapi.json").read_text("utf-8"))
    return found


# Atlassian documents these elsewhere, as the list of operations says.
UNDESCRIBED = frozenset({Read.DC_MANIFEST, Read.DC_TOKENS, Read.DC_JIRA_WEBHOOKS})
OPERATIONS: tuple[Operation, ...] = (*Read, *Write)
DESCRIBED = [what for what in OPERATIONS if what not in UNDESCRIBED]


def operation(what: Operation, flavor: str = "cloud") -> tuple[str, JsonObject]:
    """The description that has the operation, and the operation."""
    path = "/" + what.value[1]
    if path.startswith("/rest/api/2/"):
        named = {"{part}": "{issueIdOrKey}"}
        return "jira-dc", _find("jira-dc", path.removeprefix("/rest"), named, what)
    if what.name.startswith("DC_") or flavor == "dc":
        named = {"property/{part}": "property/{key}", "{part}": "{id}"}
        return "confluence-dc", _find("confluence-dc", path, named, what)
    if path.startswith("/rest/api/3/"):
        named = {"{part}": "{issueIdOrKey}"}
        return "jira-cloud-v3", _find("jira-cloud-v3", path, named, what)
    if path.startswith("/api/v2/"):
        path = path.removeprefix("/api/v2")
        of_page = "{page-id}" if "properties" in path else "{id}"
        named = {"properties/{part}": "properties/{property-id}", "{part}": of_page}
        return "confluence-cloud-v2", _find("confluence-cloud-v2", path, named, what)
    return "confluence-cloud-v1", _find(
        "confluence-cloud-v1", f"/wiki{path}", {"{part}": "{id}"}, what
    )


def _find(name: str, path: str, renamed: dict[str, str], what: Operation) -> JsonObject:
    for ours, theirs in renamed.items():
        path = path.replace(ours, theirs)
    found: JsonObject = description(name)["paths"][path][what.method.lower()]
    return found


@pytest.mark.parametrize("what", DESCRIBED)
def test_every_operation_is_published(what: Operation) -> None:
    _, found = operation(what)

    assert found["responses"]
    assert not found.get("deprecated", False)


@dataclass(frozen=True)
class Asked:
    what: Operation
    flavor: str
    names: frozenset[str]
    body: Any


@pytest.fixture(scope="module", params=["cloud", "dc"])
def asked(request: pytest.FixtureRequest) -> list[Asked]:
    """What the adapters of a deployment send while they do everything they can."""
    flavor: str = request.param
    seen: list[Asked] = []
    app = create_app("company", now=StillClock().now, flavor=flavor)

    @app.before_request
    def note() -> None:
        names = frozenset(flask.request.args)
        seen.append(Asked(_named(flavor), flavor, names, flask.request.get_json(silent=True)))

    with served(app) as address:
        site = Connection(app.extensions["sandbox"], address, BOT, StillClock(), flavor)
        read_everything(site)
        write_everything(site)
    return seen


def _named(flavor: str) -> Operation:
    path = flask.request.path
    for context in ("/wiki", "/confluence", "/jira"):
        path = path.removeprefix(context)
    path = path.lstrip("/")
    for what in OPERATIONS:
        pattern = re.escape(what.value[1]).replace(r"\{part\}", "[^/]+")
        known = flavor == "dc" or not what.name.startswith("DC_")
        if known and what.method == flask.request.method and re.fullmatch(pattern, path):
            return what
    raise AssertionError(f"not an operation of ours: {flask.request.method} {flask.request.path}")


def test_no_parameter_is_our_own_invention(asked: list[Asked]) -> None:
    assert len({one.what for one in asked}) >= 9
    for one in asked:
        if one.what in UNDESCRIBED:
            assert not one.names
            continue
        name, found = operation(one.what, one.flavor)
        listed = [_resolved(name, parameter) for parameter in found.get("parameters", ())]

        assert one.names <= {known["name"] for known in listed if known["in"] == "query"}


def test_every_body_fits_its_published_schema(asked: list[Asked]) -> None:
    bodies = [one for one in asked if one.body is not None]

    reads = {one.what.name for one in bodies if isinstance(one.what, Read)}
    assert reads in (
        {"ISSUE_SEARCH", "ISSUES", "JQL_MATCH", "USERS", "PAGE_CHECK"},
        {"DC_ISSUE_SEARCH"},
    )
    writes = {one.what.name.removeprefix("DC_") for one in bodies if isinstance(one.what, Write)}
    assert writes == {"PROPERTY_CREATE", "PROPERTY_UPDATE"}
    for one in bodies:
        name, found = operation(one.what, one.flavor)
        schema = _body(name, found)["content"]["application/json"]["schema"]
        Draft202012Validator(_located(name, schema), registry=_registry(name)).validate(one.body)


def _resolved(name: str, parameter: JsonObject) -> JsonObject:
    if "$ref" not in parameter:
        return parameter
    found: JsonObject = description(name)["components"]["parameters"][
        parameter["$ref"].rsplit("/", 1)[-1]
    ]
    return found


def _body(name: str, found: JsonObject) -> JsonObject:
    body: JsonObject = found["requestBody"]
    if "$ref" in body:
        body = description(name)["components"]["requestBodies"][body["$ref"].rsplit("/", 1)[-1]]
    return body


def _located(name: str, schema: JsonObject) -> JsonObject:
    return {"$ref": f"urn:{name}{schema['$ref']}"} if "$ref" in schema else schema


@cache
def _registry(name: str) -> Registry[Any]:
    resource = Resource.from_contents(description(name), default_specification=DRAFT202012)
    found: Registry[Any] = Registry().with_resource(f"urn:{name}", resource)
    return found
