"""How many events went well, badly, or once more, since this process began."""

import threading
from collections import Counter
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Counts:
    """`retried` counts attempts that will be repeated; the other two count events."""

    handled: int = 0
    failed: int = 0
    retried: int = 0


@dataclass(slots=True)
class Tally:
    """Counted by many threads, read by the metrics."""

    _counts: Counter[str] = field(default_factory=Counter)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def add(self, outcome: str) -> None:
        with self._turn:
            self._counts[outcome] += 1

    def read(self) -> Counts:
        with self._turn:
            return Counts(**self._counts)
