"""What was learned a short while ago, so that the next cycle need not ask again."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import timedelta
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class ShortMemory(Generic[K, V]):
    """Forgets after `lasting`, and the oldest first beyond `most`."""

    def __init__(
        self,
        *,
        lasting: timedelta = timedelta(minutes=10),
        most: int = 5000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lasting = lasting.total_seconds()
        self._most = most
        self._clock = clock
        self._held: OrderedDict[K, tuple[float, V]] = OrderedDict()
        self._lock = Lock()

    def keep(self, key: K, value: V) -> None:
        with self._lock:
            self._held[key] = (self._clock() + self._lasting, value)
            self._held.move_to_end(key)
            while len(self._held) > self._most:
                self._held.popitem(last=False)

    def recall(self, key: K) -> V | None:
        with self._lock:
            until, value = self._held.get(key, (0.0, None))
            if until > self._clock():
                return value
            self._held.pop(key, None)
            return None

    def forget(self, key: K) -> None:
        with self._lock:
            self._held.pop(key, None)
