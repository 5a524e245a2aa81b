"""Few places for those who wait on somebody else, so that threads are left for all the others."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition


class Places:
    """
    At most `most` wait on somebody else at a time, from any thread.

    Others wait for a place for `patience` seconds, but never behind one who has had it for that
    long already: while answers come quickly nobody is turned away, and while they do not, nobody
    stands in a queue that does not move.
    """

    def __init__(
        self, most: int, *, patience: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._patience = patience
        self._clock = clock
        self._taken: dict[object, float] = {}
        self._change = Condition()

    @contextmanager
    def one(self, refusal: Exception) -> Iterator[None]:
        """Raises `refusal` where there is no place."""
        mine = object()
        if not self._take(mine):
            raise refusal
        try:
            yield
        finally:
            with self._change:
                del self._taken[mine]
                self._change.notify()

    def _take(self, mine: object) -> bool:
        came = self._clock()
        with self._change:
            while len(self._taken) >= self._most:
                # whoever came to a place last leaves it last
                until = min(came, max(self._taken.values())) + self._patience
                left = until - self._clock()
                if left <= 0:
                    return False
                self._change.wait(left)
            self._taken[mine] = self._clock()
            return True
