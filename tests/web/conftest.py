"""A web application over fakes, and the callers that knock at it."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

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
from connector.web.app import create_app
from connector.web.connect import load_descriptor
from connector.web.services import WebServices
from tests.fakes.queue import FakeQueue
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


@pytest.fixture
def services(store: FakeStore, queue: FakeQueue, wiki: FakeWiki) -> WebServices:
    """Token mode on this machine, with a token and a webhook secret."""
    return WebServices(
        site=SITE,
        store=store,
        queue=queue,
        wiki=wiki,
        tracker=FakeTracker(),
        turns=NoTurns(),
        clock=StoppedClock(),
        policy=Policy(),
        words=words,
        locale="en",
        base_url="http://localhost:8090",
        confluence_origin="https://wiki.example",
        confluence_url="https://wiki.example/wiki",
        jira_url="https://jira.example",
        descriptor=load_descriptor(),
        ready=lambda: {"store": True, "jobs": True},
        webhook_secret=SECRET,
        api_token=TOKEN,
    )


Caller = Callable[..., FlaskClient]


@pytest.fixture
def caller(services: WebServices) -> Caller:
    """A client of the application, with some of its services replaced."""

    def make(**changes: object) -> FlaskClient:
        return create_app(replace(services, **changes)).test_client()  # type: ignore[arg-type]  # by name

    return make


@pytest.fixture
def client(caller: Caller) -> FlaskClient:
    return caller()
