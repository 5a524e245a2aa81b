"""Keeps to what a site asked for: who was told to slow down waits, in this process."""

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Lock

from connector.atlassian.endpoints import Operation
from connector.atlassian.waits import BLOCKED, BUCKET, told_to_wait
from connector.core.errors import Throttled

PATIENCE = 2.0
# Data Center fills a small bucket once in an interval, mostly a minute: a job that gave up at each
# empty bucket would begin anew each time and never end.
PATIENCE_WITH_BUCKETS = 75.0
MOST_TRIES = 4

# All of the product, an endpoint, or an endpoint for one issue.
Place = tuple[Operation | None, str]
PRODUCT: Place = (None, "")


class Governor:
    """
    Pauses what the reason of a refusal is about.

    Atlassian's advice is to pause all calls for a quota reason, to slow the one endpoint for a
    burst, and the one issue for too many writes to it
    (https://developer.atlassian.com/cloud/jira/platform/build-an-app-that-respects-rate-limits/).
    Data Center's bucket is the account's, for all endpoints. Waits of up to `patience` seconds
    happen here; longer ones raise Throttled, and the job waits instead.
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

    def enter(self, endpoint: Operation, part: str = "") -> None:
        """Returns when the endpoint may be called; raises Throttled when that is far off."""
        left, reason = self._left(endpoint, part)
        if left <= 0:
            return
        if left > self._patience:
            raise told_to_wait(timedelta(seconds=left), reason)
        self._sleep(left)

    def heed(self, endpoint: Operation, told: Throttled, part: str = "") -> bool:
        """Remember what the site said; True when the wait is short enough to try again here."""
        self._pause(_place(endpoint, part, told.reason), told.retry_after, told.reason)
        return told.retry_after.total_seconds() <= self._patience

    def stay_away(self, wait: timedelta) -> None:
        """The whole product is put off, as by a 503 during maintenance."""
        self._pause(PRODUCT, wait, "put off by the site")

    def _pause(self, place: Place, wait: timedelta, reason: str) -> None:
        now = self._clock()
        with self._lock:
            for past in [one for one, (until, _) in self._paused.items() if until <= now]:
                del self._paused[past]
            before = self._paused.get(place, (0.0, ""))
            self._paused[place] = max(before, (now + wait.total_seconds(), reason))

    def _left(self, endpoint: Operation, part: str) -> tuple[float, str]:
        now = self._clock()
        places: tuple[Place, ...] = (PRODUCT, (endpoint, ""), (endpoint, part))
        with self._lock:
            ends = [self._paused[place] for place in places if place in self._paused]
        until, reason = max(ends, default=(now, ""))
        return until - now, reason


def _place(endpoint: Operation, part: str, reason: str) -> Place:
    if "quota" in reason or reason in {BUCKET, BLOCKED}:
        return PRODUCT
    if part and "per-issue" in reason:
        return (endpoint, part)
    return (endpoint, "")
