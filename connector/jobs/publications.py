"""Announcing pages at which something may have to change, once in an interval each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from connector.core.events import PropertyDue
from connector.core.okr import PageId, SiteId
from connector.jobs.sweeps import utc_now
from connector.ports import JobQueue

LOOK_SECONDS = 5.0

Due = Callable[[], Iterable[tuple[SiteId, PageId]]]


@dataclass(frozen=True, slots=True)
class PublishTimer:
    """Any number of processes may run one: a job is known by its page and interval.

    What is due is kept in the database, so nothing is lost when a process ends. It looks more
    often than once in an interval, so that a first change is not kept waiting.
    """

    queue: JobQueue
    due: Due
    every_seconds: int
    now: Callable[[], datetime] = utc_now

    def announce(self) -> float:
        """Seconds until the next look. Raises Unavailable."""
        now = self.now()
        slot = int(now.timestamp() // self.every_seconds)
        for site, page in self.due():
            self.queue.enqueue(PropertyDue(site, page, slot, now))
        return LOOK_SECONDS
