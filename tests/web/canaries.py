"""
A service with every door open, OKRs on a page that few may read, and everybody who might ask.

What stands on that page, and on issues that only our own account can read, are canaries: words and
numbers that appear nowhere else.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
from flask import Flask
from flask.testing import FlaskClient
from jwt.types import Options
from werkzeug.test import TestResponse

from connector.catalogue import words
from connector.core.findings import Finding, Place, Severity
from connector.core.grant import Grant
from connector.core.okr import (
    CountedIssue,
    Delivery,
    DependencyRef,
    EpicLink,
    IssueKey,
    JqlLink,
    KeyResult,
    KrKey,
    Level,
    Metric,
    MetricKind,
    Objective,
    ObjectiveKey,
    OkrPage,
    PageId,
    PageState,
    ParentRef,
    Person,
    SiteId,
    StoredPage,
    Verdict,
)
from connector.core.policy import Policy
from connector.ports import StoredDelivery, WikiPage
from connector.storage.keyring import Keyring, new_key
from connector.usecases.align import SiteNetwork
from connector.usecases.handle import Ports
from connector.usecases.sites import NotConnected, Site
from connector.web.app import create_app
from connector.web.connect import load_descriptor
from connector.web.services import WebServices
from connector.web.sessions import KeptInMemory, Session, Sessions
from connector.web.signatures import sign_macro
from connector.web.signin import SignIn, open_sign_in
from macros.registry import MACROS
from tests.fakes.installations import FakeInstallations
from tests.fakes.queue import FakeQueue
from tests.fakes.rights import FakeIssueRights, FakeRights
from tests.fakes.store import FakeStore
from tests.fakes.tracker import FakeTracker
from tests.fakes.wiki import FakeWiki
from tests.usecases.world import NoTurns
from tests.web.conftest import BEARER, NOW, SECRET, SITE, TOKEN, StoppedClock
from tests.web.hosts import CLOUD, ConnectHost, ForgeHost, connect_door, forge_door
from tests.web.test_signin import FakeHost

ACME = SiteId("acme.atlassian.net")
SITES = (SITE, ACME, SiteId(CLOUD))
OPEN, CLOSED = PageId("101"), PageId("730516842")
OUTSIDER, INSIDER = "account-outside", "account-inside"

# Of the closed page; `{0}` is filled so that two worlds differ in nothing else.
PAGE_CANARIES = {
    "page title": "Canary-Merger-{0}",
    "objective": "Canary-Acquire-{0}",
    "key result": "Canary-Sign-{0}",
    "owner": "Canary-Person-{0}",
    "account": "canary-account-{0}",
    "address": "canary-address-{0}",
    "space": "CANARYSPACE{0}",
    "unit": "canaryunit{0}",
    "finding": "Canary-Remark-{0}",
    "epic": "CANARY-{0}",
    "query": "canaryfield{0}",
}
NUMBER = "73{0}51"
COPIED = "Support answers every caller within the very same day"
# Of issues below what the open page links; everybody may read the page, few the issues.
ISSUE_CANARIES = {
    "issue key": "HUSH-{0}",
    "issue summary": "Canary-Layoffs-{0}",
    "issue state": "Canary-State-{0}",
}


def canaries(of: Mapping[str, str], variant: int) -> dict[str, str]:
    return {name: text.format(variant) for name, text in of.items()}


@dataclass(frozen=True)
class Call:
    """One request; `page` and `issue` are what a host's token names beside it."""

    method: str
    path: str
    body: Mapping[str, str] = field(default_factory=dict)
    page: PageId = OPEN
    issue: str = ""

    @property
    def said(self) -> str:
        """All that the caller said, which an answer may repeat."""
        return f"{self.path} {dict(self.body)} {self.page} {self.issue}"


_AS_THEY_ARE: Options = {"verify_exp": False, "verify_iat": False}
Ask = Callable[[Call], TestResponse]


@dataclass
class World:
    """Everything behind the application. `variant` is written into every canary."""

    variant: int = 4096
    store: FakeStore = field(default_factory=FakeStore)
    wiki: FakeWiki = field(default_factory=FakeWiki)
    rights: FakeRights = field(default_factory=FakeRights)
    issue_rights: FakeIssueRights = field(default_factory=FakeIssueRights)
    installations: FakeInstallations = field(default_factory=FakeInstallations)
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        for site in SITES:
            for page in (self.open_page(), self.closed_page()):
                self.store.save_page(replace(page, site=site))
            SiteNetwork().align(site, store=self.store, policy=Policy())
            self.store.save_deliveries(site, [self._work()])
            self.store.note_sweep(site, NOW)
        self.wiki.save(self._written())
        self.rights.show(OPEN, OUTSIDER, INSIDER, "")
        self.rights.show(CLOSED, INSIDER)
        hidden = canaries(ISSUE_CANARIES, self.variant)["issue key"]
        self.issue_rights.show(IssueKey(hidden), INSIDER)
        self.app = create_app(self._services())
        self._install()

    @property
    def client(self) -> FlaskClient:
        return self.app.test_client()

    def of(self, site: SiteId) -> Site:
        if site not in SITES:
            raise NotConnected("no such site")
        ports = Ports(self.wiki, FakeTracker(), self.store, StoppedClock(), Policy(), NoTurns())
        found = Site(site, ports, "https://wiki.example/wiki", "https://jira.example", self.rights)
        # Whoever signs in with Confluence lends us no token for Jira.
        return found if site == SITE else replace(found, issue_rights=self.issue_rights)

    def names(self) -> list[SiteId]:
        return list(SITES)

    def open_page(self) -> StoredPage:
        result = KeyResult(
            KrKey(f"{OPEN}-1"), "Answer in a day", 1, Place(), links=(EpicLink(IssueKey("OPS-1")),)
        )
        page = _page(OPEN, "Support", "OKR", result, Person("Mia"), ())
        there = (ParentRef("there", "", CLOSED),)
        assert page.okrs is not None
        [first] = page.okrs.objectives
        first = replace(first, parents=there, dependencies=(DependencyRef("them", "", CLOSED),))
        second = Objective(ObjectiveKey(f"{OPEN}-O2"), COPIED, Place(), (), parents=there)
        return replace(page, okrs=replace(page.okrs, objectives=(first, second)))

    @property
    def closed_objective(self) -> str:
        okrs = self.closed_page().okrs
        assert okrs is not None
        return okrs.objectives[0].title

    def closed_page(self) -> StoredPage:
        mine = canaries(PAGE_CANARIES, self.variant)
        number = Fraction(NUMBER.format(self.variant))
        result = KeyResult(
            KrKey(f"{CLOSED}-1"),
            mine["key result"],
            1,
            Place(heading=mine["finding"]),
            metric=Metric(MetricKind.INCREASE, Fraction(0), number, number / 2, mine["unit"]),
            reported_progress=Fraction(1, 2),
            links=(EpicLink(IssueKey(mine["epic"])), JqlLink(f"{mine['query']} = 1")),
            measure_method=mine["finding"],
        )
        owner = Person(mine["owner"], mine["account"])
        remark = Finding(
            "F-07",
            Severity.W,
            Place(heading=mine["finding"]),
            mine["objective"],
            mine["key result"],
            (("text", mine["finding"]), ("column", "Target")),
        )
        page = _page(CLOSED, mine["page title"], mine["space"], result, owner, (remark,))
        [objective] = page.okrs.objectives if page.okrs else ()
        # It supports the open page, which supports it; in one of two worlds its words are there.
        title = f"{mine['objective']} {COPIED}" if self.variant == 4096 else mine["objective"]
        renamed = replace(objective, title=title, parents=(ParentRef("here", "", OPEN),))
        assert page.okrs is not None
        url = f"https://wiki.example/{mine['address']}"
        return replace(page, url=url, okrs=replace(page.okrs, objectives=(renamed,)))

    def _work(self) -> StoredDelivery:
        mine = canaries(ISSUE_CANARIES, self.variant)
        issue = CountedIssue(
            IssueKey(mine["issue key"]), mine["issue summary"], mine["issue state"], Verdict.DONE
        )
        return StoredDelivery(KrKey(f"{OPEN}-1"), Delivery(1, 1, 0, Fraction(1), (issue,), NOW))

    def _written(self) -> WikiPage:
        page = self.closed_page()
        body = f"<h1>{page.title}</h1><p>{canaries(PAGE_CANARIES, self.variant)['objective']}</p>"
        return WikiPage(CLOSED, page.title, page.space, page.url, 3, frozenset({"okr"}), body, NOW)

    def _services(self) -> WebServices:
        return WebServices(
            sites=self,
            site=SITE,
            store=self.store,
            queue=FakeQueue(),
            clock=StoppedClock(),
            policy=Policy(),
            words=words,
            locale="en",
            base_url="http://localhost:8090",
            descriptor=load_descriptor(),
            ready=lambda: {"store": True, "jobs": True},
            webhook_secret=SECRET,
            api_token=TOKEN,
            connect=connect_door(self.installations),
            forge=forge_door(self.installations),
            frame_keys=(b"k" * 32,),
            form_key=b"f" * 32,
        )

    def _install(self) -> None:
        assert ConnectHost(self.client).tell("installed").status_code == 204
        forge = ForgeHost(self.client)
        lent = forge.call("/forge/lifecycle", module="lifecycle", system_token="lent-to-us")
        assert lent.status_code == 200


def _page(
    page: PageId,
    title: str,
    space: str,
    result: KeyResult,
    owner: Person,
    findings: tuple[Finding, ...],
) -> StoredPage:
    objective = Objective(ObjectiveKey(f"{page}-O1"), "Be quick", Place(), (result,), (owner,))
    okrs = OkrPage(page, title, "2026-Q4", Level.TEAM, (owner,), (objective,))
    return StoredPage(
        SITE,
        page,
        title,
        space,
        f"https://wiki.example/{page}",
        3,
        3,
        PageState.READ,
        okrs,
        findings,
        NOW,
        saved_at=NOW,
    )


def stranger(world: World) -> Ask:
    return lambda call: _send(world, call)


def keeper(world: World) -> Ask:
    return lambda call: _send(world, call, BEARER)


def holder_of_a_link(world: World) -> Ask:
    """The link opens a macro on the open page; its holder tries it everywhere."""

    def ask(call: Call) -> TestResponse:
        key = urlsplit(call.path).path.split("/")[2:3]
        sig = sign_macro(TOKEN, site=SITE, page=OPEN, macro=(key or ["objective"])[0])
        return _send(world, replace(call, path=_with(call.path, sig=sig)))

    return ask


def connect_viewer(account: str) -> Callable[[World], Ask]:
    def asker(world: World) -> Ask:
        host = ConnectHost(world.client)

        def ask(call: Call) -> TestResponse:
            token = host.token(call.method, call.path, sub=account)
            if not account:
                claims = jwt.decode(token, host.secret, algorithms=["HS256"], options=_AS_THEY_ARE)
                del claims["sub"]
                token = jwt.encode(claims, host.secret, algorithm="HS256")
            return _send(world, call, {"Authorization": f"JWT {token}"})

        return ask

    return asker


def framed_viewer(account: str) -> Callable[[World], Ask]:
    """What pages of ours in a host's frame ask again with, tried on everything."""
    begins = [f"/macros/{key}?page={OPEN}" for key in MACROS]
    begins += [f"/connect/byline?page={OPEN}", "/connect/issue-panel?issue=OPS-1", "/okr"]

    def asker(world: World) -> Ask:
        first = connect_viewer(account)(world)
        frames = {
            path.partition("?")[0]: first(Call("GET", path)).headers.get("X-OKR-Frame", "none")
            for path in begins
        }

        def ask(call: Call) -> TestResponse:
            mine = frames.get(call.path.partition("?")[0], next(iter(frames.values())))
            return _send(world, call, {"X-OKR-Frame": mine})

        return ask

    return asker


def forge_viewer(account: str, *, lent: bool = False) -> Callable[[World], Ask]:
    """`lent`: the host gives us the viewer's own token too."""

    def asker(world: World) -> Ask:
        host = ForgeHost(world.client)

        def ask(call: Call) -> TestResponse:
            place = {"issue": call.issue} if call.issue else {"page": call.page}
            token = host.token("frame", **place, account=account)
            more = {"X-Forge-OAuth-User": f"token-of-{account}"} if lent else {}
            return _send(world, call, {"Authorization": f"Bearer {token}", **more})

        return ask

    return asker


def signed_in(account: str) -> Callable[[World], Ask]:
    """Somebody who signed in with Confluence, by the cookie of the frame."""

    def asker(world: World) -> Ask:
        ring, clock = Keyring([new_key()]), StoppedClock()
        here = SignIn(
            site=SITE,
            host=FakeHost(),
            sessions=Sessions(KeptInMemory(), ring, clock),
            seal=ring,
            clock=clock,
            base_url="http://localhost:8090",
        )
        open_sign_in(world.app, here)
        grant = Grant("access", "refresh", timedelta(hours=1))
        cookie = here.sessions.begin(Session.of(SITE, account, grant, NOW))

        def ask(call: Call) -> TestResponse:
            client = world.client
            client.set_cookie("okr", cookie)
            return _send(world, call, client=client)

        return ask

    return asker


def _send(
    world: World,
    call: Call,
    headers: Mapping[str, str] | None = None,
    client: FlaskClient | None = None,
) -> TestResponse:
    more: dict[str, Any] = {"json": dict(call.body)} if call.method == "POST" else {}
    asked = client or world.client
    return asked.open(call.path, method=call.method, headers=dict(headers or {}), **more)


def _with(path: str, **query: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{urlencode(query)}"
