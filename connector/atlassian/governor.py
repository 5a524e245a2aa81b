"""Keeps to what a site asked for: who was told to slow down waits, in this process."""

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Lock

from connector.atlassian.endpoints import Read
from connector.core.errors import Throttled

PATIENCE = 2.0

Place = Read | None


class Governor:
    """
    Pauses one endpoint, or the whole product when a quota is spent.

    Atlassian's advice is to pause all calls for a quota reason and to slow the one endpoint for
    a burst (https://developer.atlassian.com/cloud/jira/platform/rate-limiting/). Waits of up to
    `patience` seconds happen here; longer ones raise Throttled, and the job waits instead.
    """

    def __init__(
        self,
        *,
        patience: float = PATIENCE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._patience = patience
        self._clock = clock
        self._sleep = sleep
        self._paused: dict[Place, tuple[float, str]] = {}
        self._lock = Lock()

    def enter(self, endpoint: Read) -> None:
        """Returns when the endpoint may be called; raises Throttled when that is far off."""
        left, reason = self._left(endpoint)
        if left <= 0:
            return
        if left > self._patience:
            raise Throttled(timedelta(seconds=left), reason)
        self._sleep(left)

    def heed(self, endpoint: Read, told: Throttled) -> bool:
        """Remember what the site said; True when the wait is short enough to try again here."""
        place = None if "quota" in told.reason else endpoint
        until = self._clock() + told.retry_after.total_seconds()
        with self._lock:
            before = self._paused.get(place, (0.0, ""))
            self._paused[place] = max(before, (until, told.reason))
        return told.retry_after.total_seconds() <= self._patience

    def _left(self, endpoint: Read) -> tuple[float, str]:
        now = self._clock()
        with self._lock:
            ends = [self._paused[place] for place in (None, endpoint) if place in self._paused]
        until, reason = max(ends, default=(now, ""))
        return until - now, reason
