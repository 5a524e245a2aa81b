"""One sandbox site: its stores, and the switches that only a sandbox has."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import current_app

from sandbox.clock import SettableClock, epoch_ms, utc_now
from sandbox.connect.host import ConnectHost
from sandbox.connect.tenancy import Tenancy
from sandbox.connect.webhooks import listening
from sandbox.database import Database
from sandbox.datacenter import payloads
from sandbox.datacenter.deliveries import data_center_headers
from sandbox.datacenter.jira.wire import DataCenterWriter
from sandbox.datacenter.state import DataCenter, new_data_center
from sandbox.directory import ADMIN, User
from sandbox.forge import events as forge_events
from sandbox.forge.host import ForgeHost
from sandbox.hooks.admin import AdminHooks, passes
from sandbox.hooks.delivery import Webhooks
from sandbox.hooks.payloads import issue_event, page_event
from sandbox.jira.changes import Desk
from sandbox.jira.model import FieldChange, Issue
from sandbox.jira.store import IssueStore
from sandbox.jira.tasks import Tasks
from sandbox.jira.wire import IssueWriter
from sandbox.traffic.faults import Faults
from sandbox.traffic.limits import Limits
from sandbox.traffic.meters import Meters
from sandbox.wiki.model import Page
from sandbox.wiki.store import PageStore
from sandbox.wire import JsonObject

PRODUCTS = ("jira", "confluence")
FLAVORS = ("cloud", "dc")


@dataclass(slots=True)
class Site:
    base: str
    pages: PageStore
    issues: IssueStore
    hooks: Webhooks
    connect: ConnectHost
    forge: ForgeHost
    now: SettableClock = field(default_factory=SettableClock)
    meters: Meters = field(default_factory=Meters)
    limits: Limits = field(default_factory=Limits)
    faults: Faults = field(default_factory=Faults)
    down: set[str] = field(default_factory=set)
    macros: dict[str, str] = field(default_factory=dict)
    data_center: DataCenter | None = None
    admin_hooks: AdminHooks = field(default_factory=AdminHooks)
    tasks: Tasks = field(default_factory=Tasks)

    @property
    def flavor(self) -> str:
        return "cloud" if self.data_center is None else "dc"

    @property
    def dc(self) -> DataCenter:
        """What only a Data Center site has."""
        assert self.data_center is not None
        return self.data_center

    @property
    def wiki_base(self) -> str:
        return f"{self.base}/wiki" if self.data_center is None else f"{self.base}/confluence"

    @property
    def jira_base(self) -> str:
        return self.base if self.data_center is None else f"{self.base}/jira"

    def writer(self, reader: User | None, version: int) -> IssueWriter:
        if self.data_center is None:
            return IssueWriter(self.base, self.issues, reader, version)
        return DataCenterWriter(
            self.jira_base, self.issues, reader, 2, self.dc.words, self.dc.epics
        )

    @property
    def desk(self) -> Desk:
        return Desk(self.issues, self.now, self.announce_issue)

    def announce_issue(
        self, event: str, issue: Issue, author: User, change_id: int, items: list[FieldChange]
    ) -> None:
        payload = issue_event(
            event,
            issue,
            author=author,
            at=self.now(),
            change_id=change_id,
            items=items,
            writer=self.writer(ADMIN, 2),
        )
        self._send(payload, issue)
        if forge_event := forge_events.ISSUES.get(event):
            told = forge_events.issue_event(
                forge_event, issue, author=author, items=items, writer=self.writer(ADMIN, 3)
            )
            self.forge.tell("jira", told)

    def announce(self, told: JsonObject, *, issue: Issue | None = None) -> None:
        """What happened to something that is no issue itself, and to which issue it belongs."""
        if self.data_center is None:
            self._send({"timestamp": epoch_ms(self.now())} | told, issue)
            if event := forge_events.LINKS.get(str(told["webhookEvent"])):
                self.forge.tell("jira", forge_events.link_event(event, told))

    def _send(self, payload: JsonObject, issue: Issue | None) -> None:
        self.hooks.send("jira", payload)
        event, now = str(payload["webhookEvent"]), self.now()
        if self.data_center is None:
            targets = self.admin_hooks.targets(event, issue, now=now, store=self.issues)
            targets += [
                target
                for target, jql in listening(self.connect, "jira", event)
                if passes(jql, issue, now, self.issues)
            ]
        else:
            assert issue is not None, "Data Center tells of issues alone"
            targets = self.dc.jira_targets(event, issue, now=now, store=self.issues)
        self.hooks.send_to(targets, payload)

    def announce_page(self, event: str, page: Page, author: User) -> None:
        if self.data_center is not None:
            told = payloads.page_event(event, page, author=author, at=self.now())
            self.hooks.send("confluence", told)
            self.hooks.send_to(self.dc.wiki_targets(told["event"]), told)
            return
        payload = page_event(event, page, author=author, at=self.now(), base=self.base)
        self.hooks.send("confluence", payload)
        apps = [target for target, _ in listening(self.connect, "confluence", event)]
        self.hooks.send_to(apps, payload)
        if forge_event := forge_events.PAGES.get(event):
            news = forge_events.page_event(forge_event, page, author=author, at=self.now())
            self.forge.tell("confluence", news)

    def app_changed(self, tenancy: Tenancy, there: bool) -> None:
        """An app came or went, and with it what its descriptor declares."""
        declared = [
            module
            for module in tenancy.descriptor.listed("confluenceContentProperties")
            if tenancy.product == "confluence"
        ]
        if declared:
            held = self.pages.extractions
            (held.declare if there else held.withdraw)(declared)


def new_site(
    base: str,
    *,
    search_lag: float = 0.0,
    now: Callable[[], datetime] = utc_now,
    hooks: Webhooks | None = None,
    flavor: str = "cloud",
    locale: str = "en",
) -> Site:
    """`flavor` is cloud or dc; `locale` the language of Data Center's own names, en or zh."""
    database = Database()
    data_center = new_data_center(locale, database, at=now()) if flavor == "dc" else None
    hooks = hooks or Webhooks()
    if data_center is not None:
        hooks.told, hooks.pauses = data_center_headers, ()
    clock = SettableClock(now)
    site = Site(
        base=base,
        pages=PageStore(database),
        issues=IssueStore(database, search_lag=timedelta(seconds=search_lag)),
        hooks=hooks,
        connect=ConnectHost({"confluence": f"{base}/wiki", "jira": base}),
        forge=ForgeHost(base, clock),
        now=clock,
        data_center=data_center,
    )
    site.connect.on_change = site.app_changed
    return site


def current_site() -> Site:
    found: Site = current_app.extensions["sandbox"]
    return found
