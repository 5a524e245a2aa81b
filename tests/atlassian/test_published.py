"""Everything we ask is in Atlassian's published descriptions, by path, parameter and body."""

import json
import os
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from connector.atlassian.doctor import examine
from connector.atlassian.endpoints import Read
from connector.atlassian.jira_search import JiraSearch
from connector.core.okr import EpicLink, IssueId, IssueKey, JiraLink, JqlLink, PageId
from connector.core.policy import Depth
from sandbox.app import create_app
from sandbox.directory import BOT
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


def operation(what: Read) -> tuple[str, JsonObject]:
    """The description that has the operation, and the operation."""
    path = "/" + what.value[1]
    if path.startswith("/rest/api/3/"):
        named = {"{part}": "{issueIdOrKey}"}
        return "jira-cloud-v3", _find("jira-cloud-v3", path, named, what)
    if path.startswith("/api/v2/"):
        path = path.removeprefix("/api/v2")
        return "confluence-cloud-v2", _find("confluence-cloud-v2", path, {"{part}": "{id}"}, what)
    return "confluence-cloud-v1", _find("confluence-cloud-v1", f"/wiki{path}", {}, what)


def _find(name: str, path: str, renamed: dict[str, str], what: Read) -> JsonObject:
    for ours, theirs in renamed.items():
        path = path.replace(ours, theirs)
    found: JsonObject = description(name)["paths"][path][what.method.lower()]
    return found


@pytest.mark.parametrize("what", list(Read))
def test_every_operation_is_published(what: Read) -> None:
    _, found = operation(what)

    assert found["responses"]
    assert not found.get("deprecated", False)


@pytest.fixture(scope="module")
def asked() -> list[tuple[Read, set[str], Any]]:
    """What the adapters send while they do everything they can."""
    seen: list[tuple[Read, set[str], Any]] = []
    app = create_app("company", now=StillClock().now)

    @app.before_request
    def note() -> None:
        seen.append((_named(), set(request.args), request.get_json(silent=True)))

    _everything(app)
    return seen


def _named() -> Read:
    path = request.path.removeprefix("/wiki").lstrip("/")
    for what in Read:
        before, variable, after = what.value[1].partition("{part}")
        part = path.removeprefix(before).removesuffix(after)
        same = path == before if not variable else path == f"{before}{part}{after}"
        if same and "/" not in part.strip("/") and what.method == request.method:
            return what
    raise AssertionError(f"not an operation of ours: {request.method} {request.path}")


def _everything(app: Flask) -> None:
    links: list[JiraLink] = [EpicLink(IssueKey(key)) for key in ("HBR-1", "HBR-2", "GONE-1")]
    queries = [JqlLink(f"project = {name}") for name in ("HBR", "YUN")]
    with served(app) as address:
        site = Connection(app.extensions["sandbox"], address, BOT, StillClock())
        site.jira.fetch_work([*links, *queries], depth=Depth.SUBTASKS, reconcile=[IssueId("10030")])
        site.jira.changed_links([*links, *queries], since=StillClock().now() - timedelta(days=300))
        site.jira.links_matching(IssueId("10030"), IssueKey("HBR-30"), queries)
        list(JiraSearch(site.jira_door).fetch([IssueKey("HBR-1")], ["parent"]))
        stamps = site.wiki.find_okr_pages(["okr"], StillClock().now() - timedelta(days=300))
        site.wiki.read_pages([stamp.page for stamp in stamps])
        site.wiki.read_pages([PageId("131073")])
        site.wiki.name_people([BOT.account_id, "712020:gone"])
        list(
            examine(
                wiki_door=site.wiki_door, jira_door=site.jira_door, wiki=site.wiki, labels=["okr"]
            )
        )


def test_no_parameter_is_our_own_invention(asked: list[tuple[Read, set[str], Any]]) -> None:
    assert len({what for what, _, _ in asked}) >= 9
    for what, names, _ in asked:
        name, found = operation(what)
        listed = [_resolved(name, parameter) for parameter in found.get("parameters", ())]

        assert names <= {parameter["name"] for parameter in listed if parameter["in"] == "query"}


def test_every_body_fits_its_published_schema(asked: list[tuple[Read, set[str], Any]]) -> None:
    bodies = [(what, body) for what, _, body in asked if body is not None]

    assert {what.name for what, _ in bodies} == {"ISSUE_SEARCH", "ISSUES", "JQL_MATCH", "USERS"}
    for what, body in bodies:
        name, found = operation(what)
        schema = _body(name, found)["content"]["application/json"]["schema"]
        Draft202012Validator(_located(name, schema), registry=_registry(name)).validate(body)


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
