"""Calls and points by route."""

from collections import Counter
from threading import Lock

from sandbox.wire import JsonObject


class Meters:
    """How often each API route was called, what that cost, and what the limits refused."""

    def __init__(self) -> None:
        self._calls: Counter[str] = Counter()
        self._points: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._lock = Lock()

    def count(self, call: str) -> None:
        with self._lock:
            self._calls[call] += 1

    def charge(self, call: str, points: int) -> None:
        with self._lock:
            self._points[call] += points

    def refuse(self, reason: str) -> None:
        with self._lock:
            self._refused[reason] += 1

    def read(self) -> JsonObject:
        with self._lock:
            return {
                "total": sum(self._calls.values()),
                "calls": dict(sorted(self._calls.items())),
                "points": {
                    "total": sum(self._points.values()),
                    "calls": dict(sorted(self._points.items())),
                },
                "refused": dict(sorted(self._refused.items())),
            }

    def reset(self) -> None:
        with self._lock:
            for counter in (self._calls, self._points, self._refused):
                counter.clear()
