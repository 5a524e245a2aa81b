"""One sandbox site: its stores, and the switches that only a sandbox has."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import current_app

from sandbox.clock import SettableClock, utc_now
from sandbox.database import Database
from sandbox.datacenter.jira.wire import DataCenterWriter
from sandbox.datacenter.state import DataCenter, new_data_center
from sandbox.directory import User
from sandbox.hooks.delivery import Webhooks
from sandbox.hooks.payloads import issue_event, page_event
from sandbox.jira.changes import Desk
from sandbox.jira.model import FieldChange, Issue
from sandbox.jira.store import IssueStore
from sandbox.jira.wire import IssueWriter
from sandbox.traffic.faults import Faults
from sandbox.traffic.limits import Limits
from sandbox.traffic.meters import Meters
from sandbox.wiki.model import Page
from sandbox.wiki.store import PageStore

PRODUCTS = ("jira", "confluence")
FLAVORS = ("cloud", "dc")


@dataclass(slots=True)
class Site:
    base: str
    pages: PageStore
    issues: IssueStore
    hooks: Webhooks
    now: SettableClock = field(default_factory=SettableClock)
    meters: Meters = field(default_factory=Meters)
    limits: Limits = field(default_factory=Limits)
    faults: Faults = field(default_factory=Faults)
    down: set[str] = field(default_factory=set)
    macros: dict[str, str] = field(default_factory=dict)
    data_center: DataCenter | None = None

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
            base=self.base,
            store=self.issues,
        )
        self.hooks.send("jira", payload)

    def announce_page(self, event: str, page: Page, author: User) -> None:
        payload = page_event(event, page, author=author, at=self.now(), base=self.base)
        self.hooks.send("confluence", payload)


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
    return Site(
        base=base,
        pages=PageStore(database),
        issues=IssueStore(database, search_lag=timedelta(seconds=search_lag)),
        hooks=hooks or Webhooks(),
        now=SettableClock(now),
        data_center=data_center,
    )


def current_site() -> Site:
    found: Site = current_app.extensions["sandbox"]
    return found
