"""One sandbox site: its stores, and the switches that only a sandbox has."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask import current_app

from sandbox.clock import SettableClock, utc_now
from sandbox.database import Database
from sandbox.directory import User
from sandbox.hooks.delivery import Webhooks
from sandbox.hooks.payloads import issue_event, page_event
from sandbox.jira.changes import Desk
from sandbox.jira.model import FieldChange, Issue
from sandbox.jira.store import IssueStore
from sandbox.traffic.faults import Faults
from sandbox.traffic.limits import Limits
from sandbox.traffic.meters import Meters
from sandbox.wiki.model import Page
from sandbox.wiki.store import PageStore

PRODUCTS = ("jira", "confluence")


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
) -> Site:
    database = Database()
    return Site(
        base=base,
        pages=PageStore(database),
        issues=IssueStore(database, search_lag=timedelta(seconds=search_lag)),
        hooks=hooks or Webhooks(),
        now=SettableClock(now),
    )


def current_site() -> Site:
    found: Site = current_app.extensions["sandbox"]
    return found
