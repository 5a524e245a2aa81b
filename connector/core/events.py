"""What happened at the site, in the past tense; every event knows its own identity."""

from dataclasses import dataclass
from datetime import datetime

from connector.core.okr import IssueId, IssueKey, PageId, SiteId


@dataclass(frozen=True, slots=True)
class IssueMoved:
    """An issue was created, changed or deleted, so the work it belongs to counts anew.

    `parents` are the epics it is or was under, as far as the delivery says; `delivery` is
    stable over the sender's retries, so that a repeated delivery is the same event.
    """

    site: SiteId
    issue: IssueKey
    issue_id: IssueId
    parents: tuple[IssueKey, ...]
    delivery: str
    received_at: datetime

    @property
    def identity(self) -> str:
        return f"issue-moved:{self.site}:{self.delivery}"


@dataclass(frozen=True, slots=True)
class PageSaved:
    """A page was created, saved, moved, trashed or restored: read it again.

    The names of the webhooks differ between products (trashed and removed are swapped), so
    they are not kept; what became of the page is seen by reading it.
    """

    site: SiteId
    page: PageId
    delivery: str
    received_at: datetime

    @property
    def identity(self) -> str:
        return f"page-saved:{self.site}:{self.page}:{self.delivery}"


@dataclass(frozen=True, slots=True)
class SweepDue:
    """It is time to look for what webhooks missed; `full` reads everything again.

    `slot` numbers the interval, so that any number of processes may announce the same sweep
    and it runs once.
    """

    site: SiteId
    slot: int
    full: bool
    received_at: datetime

    @property
    def identity(self) -> str:
        return f"sweep:{self.site}:{'full' if self.full else 'changed'}:{self.slot}"


@dataclass(frozen=True, slots=True)
class PropertyDue:
    """A page changed since we looked what to leave at it, or that was some time ago.

    `slot` numbers the interval: a page has one such job in it, however much changes.
    """

    site: SiteId
    page: PageId
    slot: int
    received_at: datetime

    @property
    def identity(self) -> str:
        return f"property-due:{self.site}:{self.page}:{self.slot}"


Event = IssueMoved | PageSaved | SweepDue | PropertyDue
