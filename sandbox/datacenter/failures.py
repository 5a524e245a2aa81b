"""
Wrong passwords are counted.

After three, both products answer 403 to the right password too, until an administrator clears it
(here: until the right token signs in).
"""

from collections import Counter
from threading import Lock

MOST_FAILURES = 3


class Failures:
    def __init__(self) -> None:
        self._lock = Lock()
        self._failed: Counter[tuple[str, str]] = Counter()

    def denied(self, product: str, username: str) -> bool:
        with self._lock:
            return self._failed[product, username] >= MOST_FAILURES

    def count(self, product: str, username: str) -> None:
        with self._lock:
            self._failed[product, username] += 1

    def forget(self, product: str, username: str) -> None:
        with self._lock:
            self._failed.pop((product, username), None)
