"""
What was read from a database, kept for as long as nobody has written to it.

A macro is asked for each second by everybody who looks, and nearly always nothing has happened.
Our own writes are known at once. Those of other processes are asked about now and then: SQLite
tells a connection whether others have written (https://www.sqlite.org/pragma.html#pragma_data_version);
on PostgreSQL everything is read again after a while.
"""

import time
from collections.abc import Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar, cast

import sqlalchemy as sa

Found = TypeVar("Found")

# Of scopes, and of values in each.
MOST_KEPT = 10_000
# Seconds until what another process wrote is seen.
LOOKS_AGAIN = 0.5


class Changes:
    """
    Numbers that grow with every write to a database, by whomever.

    Of our own writes we know the scope. A write that is only noticed may have changed anything;
    SQLite does not tell ours from those of others, so ours are noticed once more.
    """

    def __init__(self, engine: sa.Engine, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._engine = engine
        self._clock = clock
        self._sqlite = engine.dialect.name == "sqlite"
        self._guard = Lock()
        self._own: dict[str, int] = {}
        self._noticed = 0
        self._look_at = 0.0
        self._watch: sa.PoolProxiedConnection | None = None
        self._seen: object = None

    def note(self, scope: str) -> None:
        """We have written. Scopes that nobody asked about need no number."""
        with self._guard:
            if scope in self._own:
                self._own[scope] += 1

    def count(self, scope: str) -> int:
        if self._clock() >= self._look_at:
            with self._guard:
                if self._clock() >= self._look_at:
                    self._look()
        return self._own.setdefault(scope, 0) + self._noticed

    def close(self) -> None:
        with self._guard:
            self._forget_watch()

    def _look(self) -> None:
        self._look_at = self._clock() + LOOKS_AGAIN
        seen = self._data_version() if self._sqlite else None
        if seen is None or seen != self._seen:
            self._noticed += 1
        self._seen = seen

    def _data_version(self) -> object:
        """None when the database does not say: whoever reads next hears why."""
        try:
            if self._watch is None:
                self._watch = self._engine.raw_connection()
                self._watch.detach()  # numbers of two connections cannot be compared
            cursor = self._watch.cursor()
            try:
                cursor.execute("PRAGMA data_version")
                return cursor.fetchone()
            finally:
                cursor.close()
        except Exception:  # noqa: BLE001 - the driver's own kinds; every one of them means: not known
            self._forget_watch()
            return None

    def _forget_watch(self) -> None:
        if self._watch is not None:
            with suppress(Exception):
                self._watch.close()
        self._watch, self._seen = None, None


@dataclass(slots=True)
class _Shelf:
    """What is kept of one scope since its last write."""

    count: int
    kept: dict[Hashable, object] = field(default_factory=dict)


class Remembered:
    """
    What was found, by scope and key. The first write to a scope takes all of it away.

    Values are shared by threads: whoever keeps one here never changes it.
    """

    def __init__(self, changes: Changes, *, most: int = MOST_KEPT) -> None:
        self._changes = changes
        self._most = most
        self._guard = Lock()
        self._shelves: dict[str, _Shelf] = {}

    def find(self, scope: str, key: Hashable, look: Callable[[], Found]) -> Found:
        """What is kept, else what `look` reads. Raises what `look` raises."""
        count = self._changes.count(scope)  # before looking: nothing older is kept as newer
        shelf = self._shelves.get(scope)
        if shelf is not None and shelf.count == count and key in shelf.kept:
            return cast(Found, shelf.kept[key])
        found = look()
        with self._guard:
            self._keep(scope, count, key, found)
        return found

    def forget(self) -> None:
        with self._guard:
            self._shelves.clear()

    def _keep(self, scope: str, count: int, key: Hashable, found: object) -> None:
        shelf = self._shelves.get(scope)
        if shelf is None or shelf.count < count:
            if len(self._shelves) >= self._most:
                self._shelves.clear()
            shelf = self._shelves[scope] = _Shelf(count)
        if shelf.count == count:
            if len(shelf.kept) >= self._most:
                shelf.kept = {}
            shelf.kept[key] = found
