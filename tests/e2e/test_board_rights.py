"""A board over real HTTP on both sides: each person of the company sees of it what the wiki shows
that person, and nothing of the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
import requests

from connector.atlassian.auth import Credentials
from connector.atlassian.http import Door
from connector.atlassian.rights_cloud import CloudRights
from connector.atlassian.site import confluence_door
from connector.atlassian.viewer_doors import VIEWER_LIMITS, ViewerDoors
from connector.catalogue import words
from connector.core.okr import SiteId, StoredPage
from connector.core.policy import Policy
from connector.storage.engines import open_database
from connector.storage.migrations import upgrade
from connector.storage.okrs import SqlOkrStore
from connector.turns import LinkTurns
from connector.usecases.handle import Ports, sweep_site
from connector.usecases.sites import OneSite, Site
from connector.web.app import create_app
from connector.web.connect import load_descriptor
from connector.web.services import WebServices
from sandbox.directory import AMARA, DANIEL, GRACE, LI_NA, TOM, User
from tests.atlassian.planted import Connection, StillClock, planted
from tests.atlassian.serving import served
from tests.fakes.installations import FakeInstallations
from tests.fakes.queue import FakeQueue
from tests.web.hosts import ConnectHost, connect_door

ACME = SiteId("acme.atlassian.net")
CLOCK = StillClock()
CYCLES = ("2026-Q3", "2026-Q4", "2026")
PEOPLE: dict[str, User | None] = {
    "Tom": TOM,
    "Li Na": LI_NA,
    "Daniel": DANIEL,
    "Amara": AMARA,
    "a stranger": None,
}


@dataclass
class Company:
    """The company's wiki, our service beside it, and a Connect host that speaks for its people."""

    connection: Connection
    store: SqlOkrStore
    host: ConnectHost
    address: str

    def get(self, user: User | None, path: str, **query: str) -> str:
        """Status, headers and body of what a person is answered."""
        now = int(CLOCK.now().timestamp())
        account = user.account_id if user else None
        url = f"{path}?{urlencode(query)}"
        token = self.host.token("GET", url, sub=account, iat=now, exp=now + 180)
        answer = requests.get(
            f"{self.address}{url}", headers={"Authorization": f"JWT {token}"}, timeout=20
        )
        return f"{answer.status_code}\n{answer.headers}\n{answer.text}"

    def everything(self, user: User | None) -> str:
        """Every macro and every export, of every page and every cycle."""
        found = [
            self.get(user, f"/macros/board{form}", page=page.page, cycle=cycle)
            for form in ("", "/static")
            for cycle in CYCLES
            for page in self.pages[:1]
        ]
        found += [
            self.get(user, f"/macros/objective{form}", page=page.page)
            for form in ("", "/static")
            for page in self.pages
        ]
        return "\n".join(found)

    @property
    def pages(self) -> list[StoredPage]:
        return [page for page in self.store.pages(ACME) if page.shown]

    def may_read(self, page: StoredPage, user: User | None) -> bool:
        """As the wiki itself decides."""
        pages = self.connection.site.pages
        kept = pages.find(int(page.page))
        assert kept is not None
        return pages.may_read(kept, user)

    def boards(self, user: User | None) -> str:
        page = self.pages[0].page
        return "\n".join(self.get(user, "/macros/board", page=page, cycle=one) for one in CYCLES)


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    folder: Path = tmp_path_factory.mktemp("company")
    database = open_database(f"sqlite:///{folder / 'okr.sqlite'}")
    upgrade(database)
    store, installations = SqlOkrStore(database), FakeInstallations()
    with planted("company", clock=CLOCK) as connection:
        ports = Ports(connection.wiki, connection.jira, store, CLOCK, Policy(), LinkTurns())
        sweep_site(ACME, ports, full=True)
        rights = CloudRights(connection.wiki_door, ViewerDoors(_no_tokens))
        site = Site(ACME, ports, connection.address, connection.address, rights)
        app = create_app(_services(site, store, installations))
        host = ConnectHost(app.test_client())
        now = int(CLOCK.now().timestamp())
        token = host.lifecycle_token("/connect/installed", iat=now, exp=now + 180)
        assert host.tell("installed", token).status_code == 204
        with served(app) as address:
            yield Company(connection, store, host, address)
    database.close()


def _no_tokens(_token: str) -> Door:
    """A Connect host lends none."""
    return confluence_door("http://127.0.0.1:1", Credentials(""), limits=VIEWER_LIMITS)


def _services(site: Site, store: SqlOkrStore, installations: FakeInstallations) -> WebServices:
    return WebServices(
        sites=OneSite(site),
        site=None,
        store=store,
        queue=FakeQueue(),
        clock=CLOCK,
        policy=Policy(),
        words=words,
        locale="en",
        base_url="http://localhost:8090",
        descriptor=load_descriptor(),
        ready=lambda: {"store": True, "jobs": True},
        connect=connect_door(installations),
    )


def _told(page: StoredPage) -> list[str]:
    """What only readers of a page may know: its name, and what its objectives and results are."""
    okrs = page.shown
    objectives = okrs.objectives if okrs else ()
    results = [row for one in objectives for row in one.key_results]
    return [page.title, *(one.title for one in objectives), *(row.title for row in results)]


@pytest.mark.parametrize("person", PEOPLE)
def test_nobody_is_told_of_pages_that_the_wiki_hides_from_them(
    company: Company, person: str
) -> None:
    user = PEOPLE[person]
    text = company.everything(user)
    open_words = {
        one for page in company.pages if company.may_read(page, user) for one in _told(page)
    }
    hidden = [page for page in company.pages if not company.may_read(page, user)]

    leaked = {one for page in hidden for one in _told(page) if one in text} - open_words

    assert leaked == set()
    assert len(hidden) == {"Li Na": 0, "Daniel": 1, "a stranger": len(company.pages)}.get(person, 2)


@pytest.mark.parametrize("person", ["Tom", "Li Na", "Daniel"])
def test_everybody_finds_what_the_wiki_shows_them(company: Company, person: str) -> None:
    """All of their cycles' objectives are on one of the three boards."""
    user = PEOPLE[person]
    boards = company.boards(user)
    cycles = {page.page: page.shown.cycle for page in company.pages if page.shown}
    shown = [page for page in company.pages if cycles[page.page] in CYCLES]
    escaped = boards.replace("&amp;", "&").replace("&#39;", "'").replace("&#34;", '"')

    missing = [
        page.title for page in shown if company.may_read(page, user) and page.title not in escaped
    ]

    assert len(shown) >= 15
    assert missing == []


def test_the_number_of_hidden_ones_is_told_to_people(company: Company) -> None:
    page = company.pages[0].page
    hidden = {
        name: sum(
            len(one.shown.objectives)
            for one in company.pages
            if one.shown and one.shown.cycle == "2026-Q4" and not company.may_read(one, user)
        )
        for name, user in PEOPLE.items()
    }
    told = {
        name: company.get(user, "/macros/board", page=page, cycle="2026-Q4")
        for name, user in PEOPLE.items()
    }

    assert hidden["Tom"] > hidden["Daniel"] > hidden["Li Na"] == 0
    assert f">{hidden['Tom']} not visible to you<" in told["Tom"]
    assert f">{hidden['Daniel']} not visible to you<" in told["Daniel"]
    assert "not visible to you" not in told["Li Na"]
    assert "not visible to you" not in told["a stranger"]


def test_a_wiki_that_is_away_shows_nobody_anything(company: Company) -> None:
    """Somebody whose rights were not asked before; nothing is guessed."""
    company.connection.site.down.add("confluence")
    try:
        text = company.boards(GRACE)
    finally:
        company.connection.site.down.discard("confluence")

    assert text.count("cannot be checked right now") >= len(CYCLES)
    assert all(one not in text for page in company.pages for one in _told(page))
