"""Events to queue, in few words."""

from datetime import UTC, datetime

from connector.core.events import Event, IssueMoved, PageSaved, PropertyDue, SweepDue
from connector.core.okr import IssueId, IssueKey, PageId, SiteId

SITE = SiteId("https://acme.example")
NOON = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)


def issue_moved(delivery: str) -> IssueMoved:
    parents = (IssueKey("PAY-1"), IssueKey("PAY-2"))
    return IssueMoved(SITE, IssueKey("PAY-7"), IssueId("10007"), parents, delivery, NOON)


def page_saved(delivery: str) -> PageSaved:
    return PageSaved(SITE, PageId("101"), delivery, NOON)


ONE_OF_EACH: list[Event] = [
    issue_moved("d1"),
    page_saved("d1"),
    SweepDue(SITE, 9_876_543, full=False, received_at=NOON),
    SweepDue(SITE, 493_827, full=True, received_at=NOON),
    PropertyDue(SITE, PageId("101"), 29_629_630, NOON),
]
