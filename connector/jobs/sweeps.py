"""Announcing sweeps: every few minutes what changed, every hour everything."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from connector.core.events import SweepDue
from connector.core.okr import SiteId
from connector.ports import JobQueue

FULL_EVERY = 3600


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class SweepTimer:
    """Any number of processes may run one: a sweep is known by its interval and queued once."""

    queue: JobQueue
    sites: Callable[[], Collection[SiteId]]
    poll_seconds: int
    now: Callable[[], datetime] = utc_now

    def announce(self) -> float:
        """Seconds until the next interval begins. Raises Unavailable."""
        now = self.now()
        for site in self.sites():
            self._announce(site, now)
        return self.poll_seconds - now.timestamp() % self.poll_seconds

    def _announce(self, site: SiteId, now: datetime) -> None:
        seconds = now.timestamp()
        full = SweepDue(site, int(seconds // FULL_EVERY), full=True, received_at=now)
        if not self.queue.enqueue(full):
            slot = int(seconds // self.poll_seconds)
            self.queue.enqueue(SweepDue(site, slot, full=False, received_at=now))
