"""A web application over fakes, and the callers that knock at it."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
from flask.testing import FlaskClient

from connector.catalogue import words
from connector.core.findings import Place
from connector.core.okr import (
    EpicLink,
    IssueKey,
    KeyResult,
    KrKey,
    Objective,
    ObjectiveKey,
    OkrPage,
    PageId,
    PageState,
    SiteId,
    StoredPage,
)
from connector.core.policy import Policy
from connector.log import configure_logging
from connector.ports import IssueTracker, PageRights, WikiPages
from connector.usecases.handle import Ports
from connector.usecases.sites import OneSite, Site
from connector.web.app import create_app
from connector.web.connect import load_descriptor
from connector.web.services import WebServices
from tests.fakes.queue import FakeQueue
from tests.fakes.rights import FakeRights
from tests.fakes.store import FakeStore
from tests.fakes.tracker import FakeTracker
from tests.fakes.wiki import FakeWiki
from tests.usecases.world import NoTurns

SITE = SiteId("wiki.example")
PAGE = PageId("101")
OTHER = PageId("202")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TOKEN = "a-token-for-tests"
SECRET = b"whsec-demo"
CANARY = "Canary-Title-7f3a"
BEARER = {"Authorization": f"Bearer {TOKEN}"}


class StoppedClock:
    def now(self) -> datetime:
        return NOW


def stored_page(page: PageId = PAGE, title: str = CANARY) -> StoredPage:
    result = KeyResult(
        KrKey(f"{page}-1"),
        f"{title} key result",
        1,
        Place(),
        links=(EpicLink(IssueKey("YUN-1")),),
    )
    objective = Objective(ObjectiveKey(f"{page}-O1"), f"{title} objective", Place(), (result,))
    okrs = OkrPage(page, title, "2026-Q4", None, (), (objective,))
    return StoredPage(
        SITE,
        page,
        title,
        "OKR",
        f"https://wiki.example/pages/{page}",
        3,
        3,
        PageState.READ,
        okrs,
        (),
        NOW,
        saved_at=NOW,
    )


@pytest.fixture(autouse=True)
def plain_logs() -> Iterator[None]:
    """Lines as the service writes them; what was set before stands again afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    configure_logging()
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    store.save_page(stored_page())
    store.save_page(stored_page(OTHER, "Other"))
    store.note_sweep(SITE, NOW)
    return store


@pytest.fixture
def queue() -> FakeQueue:
    return FakeQueue()


@pytest.fixture
def wiki() -> FakeWiki:
    return FakeWiki()


def one_site(
    store: FakeStore,
    wiki: WikiPages,
    tracker: IssueTracker,
    *,
    name: SiteId = SITE,
    rights: PageRights | None = None,
) -> Site:
    ports = Ports(wiki, tracker, store, StoppedClock(), Policy(), NoTurns())
    return Site(
        name, ports, "https://wiki.example/wiki", "https://jira.example", rights or FakeRights()
    )


@pytest.fixture
def services(store: FakeStore, queue: FakeQueue, wiki: FakeWiki) -> WebServices:
    """Token mode on this machine, with a token and a webhook secret."""
    return WebServices(
        sites=OneSite(one_site(store, wiki, FakeTracker())),
        site=SITE,
        store=store,
        queue=queue,
        clock=StoppedClock(),
        policy=Policy(),
        words=words,
        locale="en",
        base_url="http://localhost:8090",
        descriptor=load_descriptor(),
        ready=lambda: {"store": True, "jobs": True},
        webhook_secret=SECRET,
        api_token=TOKEN,
    )


Caller = Callable[..., FlaskClient]


@pytest.fixture
def caller(services: WebServices) -> Caller:
    """A client of the application, with some of its services replaced, or the site's ports."""

    def make(**changes: Any) -> FlaskClient:
        site = services.sites.of(SITE)
        of_site = {name: changes.pop(name) for name in ("wiki", "tracker") if name in changes}
        name = changes.get("site", SITE)
        ports = replace(site.ports, **of_site, store=changes.get("store", site.ports.store))
        sites = OneSite(replace(site, name=name, ports=ports))
        return create_app(replace(services, **{"sites": sites, **changes})).test_client()

    return make


@pytest.fixture
def client(caller: Caller) -> FlaskClient:
    return caller()
