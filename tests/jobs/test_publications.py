"""When pages are announced whose properties may have to change."""

from datetime import timedelta

import schemas
from connector.core.events import PropertyDue
from connector.core.okr import PageId, SiteId
from connector.jobs.publications import PublishTimer
from connector.jobs.retries import patience_with
from tests.fakes.queue import FakeQueue
from tests.jobs.events import NOON, SITE
from tests.jobs.test_sweeps import FakeClock

PAGE, OTHER = (SITE, PageId("101")), (SiteId("https://other.example"), PageId("101"))


def announced(queue: FakeQueue) -> list[tuple[SiteId, PageId]]:
    return [(one.site, one.page) for one in queue.events if isinstance(one, PropertyDue)]


def test_a_page_is_announced_once_in_an_interval_whoever_looks() -> None:
    queue, clock = FakeQueue(), FakeClock(NOON)

    for _ in range(30):
        for _process in range(2):
            PublishTimer(queue, lambda: [PAGE, OTHER], 60, clock.now).announce()
        clock.moment += timedelta(seconds=4)

    assert announced(queue) == [PAGE, OTHER] * 2


def test_where_nothing_is_due_nothing_is_announced() -> None:
    queue = FakeQueue()

    PublishTimer(queue, list, 60, FakeClock(NOON).now).announce()

    assert announced(queue) == []


def test_a_first_change_does_not_wait_for_the_next_interval() -> None:
    assert PublishTimer(FakeQueue(), list, 3600, FakeClock(NOON).now).announce() <= 5


def test_a_job_that_gets_nowhere_is_over_before_the_next_one_about_its_page() -> None:
    shortest = schemas.load("policy")["properties"]["publish_every_seconds"]["minimum"]

    assert patience_with(PropertyDue(*PAGE, slot=1, received_at=NOON)) < shortest
