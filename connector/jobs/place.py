"""Where the jobs are kept: beside the application's SQLite file, or in its PostgreSQL."""

from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from dbos import DBOS

from connector.storage.engines import Database, open_database, parsed
from connector.storage.faults import answering

APPLICATION = "okr-connector"
# Pinned: the engine's own default is a digest of the code, and work queued under another
# version would wait for ever. Raise it only when old payloads can no longer be handled.
VERSION = "1"
QUEUE = "events"
WORKFLOW = "handle_event"


@dataclass(frozen=True, slots=True)
class Place:
    """`url` is the engine's database; `lock` the file only one process may hold (SQLite)."""

    url: str = field(repr=False)  # may carry a password
    lock: Path | None

    def open(self) -> Database:
        """For queueing: what was accepted must survive a power cut, hence FULL."""
        return open_database(self.url, synchronous="FULL")


def place_of(database_url: str) -> Place:
    """
    >>> place_of("sqlite:////srv/okr.sqlite").url
    'sqlite:////srv/okr.jobs.sqlite'
    """
    url = parsed(database_url)
    if url.get_backend_name() != "sqlite":
        plain = url.set(drivername="postgresql")
        return Place(plain.render_as_string(hide_password=False), None)
    file = Path(url.database or "")
    beside = file.with_name(f"{file.stem}.jobs.sqlite")
    return Place(str(url.set(database=str(beside))), file.with_name(f"{file.name}.lock"))


def prepare(place: Place, database: Database) -> None:
    """Create or bring up to date the engine's tables. Raises Unavailable."""
    with database.read() as connection:
        # the first connection sets the file to WAL, which it then stays
        connection.execute(sa.select(1))
    with answering():
        DBOS.migrate(place.url)
