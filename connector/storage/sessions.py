"""Who signed in, in SQL: shared by processes, and there after a restart; locked texts alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from connector.core.errors import OkrError
from connector.storage.engines import Database
from connector.storage.tables import sessions

SCOPE = "sessions"


@dataclass(frozen=True, slots=True)
class SqlKept:
    """The port `connector.web.sessions.Kept`; every method may raise Unavailable."""

    database: Database

    def put(self, key: str, locked: str, *, group: str, until: datetime) -> None:
        values = {"key": key, "locked": locked, "site": group, "until": until}
        with self.database.write(SCOPE) as connection:
            connection.execute(sessions.delete().where(sessions.c.key == key))
            connection.execute(sessions.insert().values(values))

    def get(self, key: str, now: datetime) -> tuple[str, datetime] | None:
        query = sa.select(sessions.c.locked, sessions.c.until).where(sessions.c.key == key)
        with self.database.read() as connection:
            row = connection.execute(query).first()
        return (row.locked, row.until) if row and row.until > now else None

    def take(self, key: str, now: datetime) -> str | None:
        """Takers stand in line, so that of two who come at once the second finds nothing."""
        mine = sessions.c.key == key
        query = sa.select(sessions.c.locked, sessions.c.until).where(mine)
        with self.database.write(SCOPE) as connection:
            row = connection.execute(query).first()
            connection.execute(sessions.delete().where(mine))
        return str(row.locked) if row and row.until > now else None

    def drop_group(self, group: str) -> None:
        with self.database.write(SCOPE) as connection:
            connection.execute(sessions.delete().where(sessions.c.site == group))

    def sweep(self, now: datetime) -> None:
        with self.database.write(SCOPE) as connection:
            connection.execute(sessions.delete().where(sessions.c.until <= now))

    def relock(self, rewrite: Callable[[str], str]) -> int:
        """All under another key; how many. What no key opens any more is of no use and goes."""
        count = 0
        with self.database.write(SCOPE) as connection:
            for row in connection.execute(sa.select(sessions)).all():
                mine = sessions.c.key == row.key
                try:
                    again = rewrite(row.locked)
                except OkrError:
                    connection.execute(sessions.delete().where(mine))
                    continue
                connection.execute(sessions.update().where(mine).values(locked=again))
                count += 1
        return count
