"""How often somebody may ask: readers within a wide limit; hosts and our keepers always."""

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Lock

from limits import RateLimitItemPerMinute
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter

from connector.core.errors import Throttled

# What Forge lets one user of an app call in a minute; a macro asks once in a second:
# https://developer.atlassian.com/platform/forge/platform-quotas-and-limits
A_MINUTE = 1200
# A link, and a site's readers who are not signed in, stand for many people.
MANY = 20
_MOST_CALLERS = 100_000


class TooOften(Throttled):
    """The caller asks more often than anybody can read."""

    code = "too_often"


class Pace:
    """Counts the calls of each caller in windows of a minute, from any thread."""

    def __init__(
        self,
        a_minute: int = A_MINUTE,
        *,
        clock: Callable[[], float] = time.monotonic,
        most: int = _MOST_CALLERS,
    ) -> None:
        self._clock = clock
        self._counts = _Counts(clock, most)
        self._limiter = FixedWindowRateLimiter(self._counts)
        self._of_one = RateLimitItemPerMinute(a_minute)
        self._of_many = RateLimitItemPerMinute(a_minute * MANY)

    def step(self, *caller: str, many: bool = False) -> None:
        """Raises TooOften, which says how long the caller's window lasts."""
        limit = self._of_many if many else self._of_one
        if not self._limiter.hit(limit, *caller):
            ends = self._counts.get_expiry(limit.key_for(*caller))
            raise TooOften(timedelta(seconds=max(1.0, ends - self._clock())))


class _Counts(Storage):
    """
    At most `most` counters. The library's own storage in memory starts a thread each hundredth of
    a second that looks through all of them: 50 µs a request with 5,000 callers, where this takes 3.
    """

    STORAGE_SCHEME = None

    def __init__(self, clock: Callable[[], float], most: int) -> None:
        super().__init__()
        self._clock = clock
        self._most = most
        self._guard = Lock()
        self._held: dict[str, tuple[int, float]] = {}

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = self._clock()
        with self._guard:
            count, ends = self._held.get(key, (0, 0.0))
            if ends <= now:
                self._held.pop(key, None)
                self._make_room(now)
                count, ends = 0, now + expiry
            self._held[key] = count + amount, ends
            return count + amount

    def get(self, key: str) -> int:
        with self._guard:
            count, ends = self._held.get(key, (0, 0.0))
        return count if ends > self._clock() else 0

    def get_expiry(self, key: str) -> float:
        with self._guard:
            return self._held.get(key, (0, self._clock()))[1]

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        with self._guard:
            count = len(self._held)
            self._held.clear()
        return count

    def clear(self, key: str) -> None:
        with self._guard:
            self._held.pop(key, None)

    def _make_room(self, now: float) -> None:
        """Windows stand in the order in which they began, and so in that in which they end."""
        while self._held:
            first = next(iter(self._held))
            if self._held[first][1] > now and len(self._held) < self._most:
                return
            del self._held[first]
