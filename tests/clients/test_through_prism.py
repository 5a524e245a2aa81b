"""The connector's own requests, and the answers to them, before a judge that nobody here wrote."""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from flask import Flask, Response

from connector.atlassian.endpoints import Read, Write
from connector.config import load_settings
from connector.core.events import IssueMoved
from connector.core.okr import IssueId, IssueKey
from connector.usecases.handle import handle, sweep_site
from connector.wiring import check_site, connect
from sandbox.app import create_app
from sandbox.directory import BOT
from tests.atlassian.everything import read_everything, write_everything
from tests.atlassian.planted import Connection, StillClock
from tests.atlassian.serving import served
from tests.clients.checkpoint import Checkpoint, Exchange
from tests.clients.prism import Guarded, await_guard, guarding
from tests.sandbox.conftest import authorization
from tests.sandbox.published import CONTRACTS

pytestmark = [
    pytest.mark.skipif(not CONTRACTS.is_dir(), reason="contracts folder is absent"),
    pytest.mark.timeout(300),  # the first run fetches Prism
]

DESCRIPTIONS = {
    "/wiki/api/v2/": Guarded("confluence-cloud-v2.openapi.json", "/wiki/api/v2"),
    "/wiki/rest/": Guarded("confluence-cloud-v1.openapi.json", cut=("Space",)),
    "/rest/": Guarded("jira-cloud-v3.openapi.json"),
}
# All that the connector may ask of Cloud, where Confluence answers below `/wiki`.
ASKED = {
    (what.method, f"/{path}" if path.startswith("rest/api/3/") else f"/wiki/{path}")
    for what in (*Read, *Write)
    if not what.name.startswith("DC_")
    for path in [what.value[1]]
}
VARIABLE = re.compile(r"(?<=pages/)\d+|(?<=content/)\d+|(?<=properties/)\d+|(?<=issue/)[A-Z]+-\d+")
JQL = "/rest/api/3/search/jql"


@dataclass
class GuardedSite:
    """The sandbox behind a checkpoint; while it is `spoilt` it answers everything with a word."""

    app: Flask
    checkpoint: Checkpoint
    address: str = ""
    spoilt: bool = False

    def ask(self, method: str, path: str, **rest: Any) -> Exchange:
        headers = authorization(BOT) | rest.pop("headers", {})
        requests.request(method, self.address + path, headers=headers, timeout=30, **rest)
        return self.checkpoint.seen[-1]

    def ask_again(self, asked: Exchange) -> Exchange:
        kind = {"Content-Type": "application/json"} if asked.body else {}
        path = f"{asked.path}?{asked.query}".rstrip("?")
        return self.ask(asked.method, path, data=asked.body, headers=kind)


@pytest.fixture(scope="module")
def guarded_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GuardedSite]:
    app = create_app("company", now=StillClock().now)
    site = GuardedSite(app, Checkpoint({}))
    app.after_request(lambda answer: _spoilt(answer) if site.spoilt else answer)
    folder = tmp_path_factory.mktemp("descriptions")
    with ExitStack() as stack:
        upstream = stack.enter_context(served(app))
        site.checkpoint.guards = {
            path: stack.enter_context(guarding(one.written_to(folder, ASKED), upstream))
            for path, one in DESCRIPTIONS.items()
        }
        for guard in site.checkpoint.guards.values():
            await_guard(guard)
        site.address = stack.enter_context(served(site.checkpoint))
        yield site


def _spoilt(answer: Response) -> Response:
    answer.set_data('"spoilt"')
    return answer


@pytest.fixture(autouse=True)
def blank_notes(guarded_site: GuardedSite) -> None:
    guarded_site.checkpoint.seen.clear()
    guarded_site.spoilt = False


def test_everything_the_connector_asks_is_as_published(guarded_site: GuardedSite) -> None:
    """And each of these answers, had it been wrong, would have been seen."""
    site = Connection(
        guarded_site.app.extensions["sandbox"], guarded_site.address, BOT, StillClock()
    )
    seen = guarded_site.checkpoint.seen

    read_everything(site)
    write_everything(site)

    assert guarded_site.checkpoint.objections() == []
    assert {(one.method, VARIABLE.sub("{part}", one.path)) for one in seen} == ASKED
    answered = {(one.method, one.path): one for one in seen if one.status == 200}
    guarded_site.spoilt = True
    assert [one for one in answered.values() if not guarded_site.ask_again(one).objections] == []


def test_a_full_sync_is_as_published(guarded_site: GuardedSite, tmp_path: Path) -> None:
    """Doctor, all pages and numbers, what changed since, and one issue that moves."""
    settings = load_settings(_settings(guarded_site.address, tmp_path), tmp_path)
    services = connect(settings)

    checks = list(check_site(settings))
    swept = sweep_site(services.site, services.ports, full=True)
    sweep_site(services.site, services.ports, full=False)
    handle(_moved(services.site), services.ports)

    assert guarded_site.checkpoint.objections() == []
    assert len(swept.pages) >= 5
    assert swept.measured >= 5
    assert checks
    services.store.database.close()


def _settings(address: str, folder: Path) -> dict[str, str]:
    return {
        "OKR_DATABASE_URL": f"sqlite:///{folder / 'okr.sqlite'}",
        "OKR_CONFLUENCE_URL": f"{address}/wiki",
        "OKR_JIRA_URL": address,
        "OKR_USER": BOT.email,
        "OKR_TOKEN": BOT.token,
    }


def _moved(site: Any) -> IssueMoved:
    now = datetime.now(UTC)
    return IssueMoved(site, IssueKey("HBR-29"), IssueId("10100"), (IssueKey("HBR-1"),), "d", now)


@pytest.mark.parametrize(
    ("method", "path", "rest"),
    [
        ("POST", JQL, {"json": {"jql": "project = HBR", "maxResults": "many"}}),
        ("POST", JQL, {"json": {"jql": "project = HBR", "colour": "red"}}),
        ("GET", f"{JQL}?jql=project%20=%20HBR&maxResults=many", {}),
        ("GET", "/rest/api/3/invented", {}),
        ("GET", "/wiki/api/v2/pages?limit=0", {}),
        ("GET", "/wiki/api/v2/pages/x", {}),
        ("POST", "/wiki/api/v2/users-bulk", {"json": {"accounts": []}}),
        ("GET", "/wiki/rest/api/search", {}),
    ],
)
def test_a_wrong_request_is_seen(
    guarded_site: GuardedSite, method: str, path: str, rest: dict[str, Any]
) -> None:
    assert guarded_site.ask(method, path, **rest).objections
