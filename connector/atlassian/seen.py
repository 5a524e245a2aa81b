"""What was used once and may not be used again."""

import time
from collections.abc import Callable
from threading import Lock


class Seen:
    """
    Marks of proofs that were used, each until its proof ends anyway; from any thread.

    Only what was verified is marked, so a stranger cannot fill it. Beyond `most` marks those
    that end first are forgotten. One process's memory: a restart forgets, for tokens live for
    minutes and a restart takes seconds.
    """

    def __init__(self, *, most: int = 10_000, now: Callable[[], float] = time.time) -> None:
        self._until: dict[bytes, float] = {}
        self._most = most
        self._now = now
        self._lock = Lock()

    def first(self, mark: bytes, until: float) -> bool:
        """Whether this mark is new; from now on, until `until` in seconds since 1970, it is not."""
        now = self._now()
        with self._lock:
            if self._until.get(mark, 0) > now:
                return False
            if len(self._until) >= self._most:
                self._make_room(now)
            self._until[mark] = until
            return True

    def forget(self, mark: bytes) -> None:
        """For a call that was not carried out, so that its sender may try again."""
        with self._lock:
            self._until.pop(mark, None)

    def _make_room(self, now: float) -> None:
        left = sorted((until, mark) for mark, until in self._until.items() if until > now)
        keep = left[max(0, len(left) - self._most + 1) :]
        self._until = {mark: until for until, mark in keep}
