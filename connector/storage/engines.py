"""The two engines of a database: one that writes in turn, one that only reads.

SQLite transactions begin by event: with the driver's own ways of beginning, reads run outside
the transaction and two writers overwrite each other.
https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-sqlite-transactional-ddl
"""

import hashlib
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

from connector.core.errors import ConfigError, Unavailable
from connector.storage.faults import answering
from connector.storage.remembered import Changes, Remembered

Found = TypeVar("Found")

BUSY_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Database:
    """Where everything is kept; on PostgreSQL both engines are the same one."""

    writing: sa.Engine
    reading: sa.Engine
    busy_seconds: float = BUSY_SECONDS
    # SQLite serves waiting writers in no order, so one of them may starve: they queue here.
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _changes: Changes = field(init=False, repr=False)
    _remembered: Remembered = field(init=False, repr=False)

    def __post_init__(self) -> None:
        changes = Changes(self.reading)
        object.__setattr__(self, "_changes", changes)  # as a frozen dataclass sets its own fields
        object.__setattr__(self, "_remembered", Remembered(changes))

    @contextmanager
    def write(self, scope: str) -> Iterator[sa.Connection]:
        """A transaction that no other of the same scope overlaps, so it may read, then write.

        Raises Unavailable when the database is locked, full or away.
        """
        try:
            with answering(), self._alone(), self.writing.begin() as connection:
                if connection.dialect.name == "postgresql":
                    number = _lock_number(scope)
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))
                yield connection
        finally:  # also after a failure: what became of a broken commit is not known
            self._changes.note(scope)

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """One consistent look; waits for no writer. Raises Unavailable."""
        with answering(), self.reading.begin() as connection:
            yield connection

    def remembered(self, scope: str, key: Hashable, look: Callable[[], Found]) -> Found:
        """
        What `look` reads, or read when nothing had been written to `scope` since.

        Other processes' writes are seen after half a second at the latest. The value is shared
        and must not change. Raises what `look` raises.
        """
        return self._remembered.find(scope, key, look)

    def close(self) -> None:
        self._remembered.forget()
        self._changes.close()
        self.writing.dispose()
        self.reading.dispose()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if self.writing.dialect.name != "sqlite":
            yield
            return
        if not self._turn.acquire(timeout=self.busy_seconds):
            raise Unavailable("database: other writers take too long")
        try:
            yield
        finally:
            self._turn.release()


def open_database(
    url: str, *, busy_seconds: float = BUSY_SECONDS, synchronous: str = "NORMAL"
) -> Database:
    """`sqlite:///file` or `postgresql://…`; connects only when first used.

    `synchronous` is SQLite's: NORMAL may lose the last transactions when the power fails, which
    a cache can bear; FULL does not. Raises ConfigError for an address that cannot be meant.
    """
    address = parsed(url)
    if address.get_backend_name() == "sqlite":
        writing, reading = (
            _sqlite(address, begin, busy_seconds, synchronous)
            for begin in ("BEGIN IMMEDIATE", "BEGIN")
        )
        return Database(writing, reading, busy_seconds)
    # pre-ping, so that a server restarted in between costs a reconnect and not an error
    engine = sa.create_engine(
        address.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_timeout=busy_seconds
    )
    return Database(engine, engine, busy_seconds)


def parsed(url: str) -> sa.URL:
    """
    The address of a database. Raises ConfigError, which never repeats it: there may be a password
    in it.
    """
    try:
        found = sa.make_url(url)
        backend = found.get_backend_name()
    except (sa.exc.ArgumentError, ValueError):
        raise ConfigError("OKR_DATABASE_URL: no address of a database") from None
    if backend == "sqlite" and found.database in (None, "", ":memory:"):
        # two engines and other processes look at the same data, which only a file can hold
        raise ConfigError("OKR_DATABASE_URL: a file is needed, such as sqlite:///okr.sqlite")
    return found


def _sqlite(url: sa.URL, begin: str, busy_seconds: float, synchronous: str) -> sa.Engine:
    engine = sa.create_engine(url, pool_timeout=busy_seconds)

    # Any: the driver's own connection, which SQLAlchemy does not type
    def connected(connection: Any, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={round(busy_seconds * 1000)}",
            "journal_mode=WAL",
            f"synchronous={synchronous}",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    def began(connection: sa.Connection) -> None:
        connection.exec_driver_sql(begin)

    sa.event.listen(engine, "connect", connected)
    sa.event.listen(engine, "begin", began)
    return engine


def _lock_number(scope: str) -> int:
    """A signed 64-bit number, as PostgreSQL names its advisory locks."""
    return int.from_bytes(hashlib.sha256(scope.encode()).digest()[:8], signed=True)
