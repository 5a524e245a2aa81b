"""Time that people logged on issues."""

import json
import re
from dataclasses import dataclass
from datetime import datetime

from sandbox.database import Database
from sandbox.wire import JsonObject

TABLE = (
    "CREATE TABLE worklogs (id INTEGER PRIMARY KEY, issue_id INTEGER, author TEXT, comment TEXT,"
    " started TEXT, seconds INTEGER, created TEXT, editor TEXT, updated TEXT)"
)
_FIRST_ID = 10000
_HOUR = 3600
# A week has five days and a day eight hours, as on a site that nobody changed.
UNITS = {"w": 40 * _HOUR, "d": 8 * _HOUR, "h": _HOUR, "m": 60}
_DURATION = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*([wdhm])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Worklog:
    id: int
    issue_id: int
    author: str
    comment: JsonObject | None
    started: datetime
    seconds: int
    created: datetime
    editor: str
    updated: datetime


class Worklogs:
    def __init__(self, database: Database) -> None:
        self._db = database

    def next_id(self) -> int:
        row = self._db.row("SELECT coalesce(max(id), ?) + 1 AS id FROM worklogs", (_FIRST_ID,))
        assert row is not None
        return int(row["id"])

    def put(self, log: Worklog) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO worklogs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                log.id,
                log.issue_id,
                log.author,
                json.dumps(log.comment),
                log.started.isoformat(),
                log.seconds,
                log.created.isoformat(),
                log.editor,
                log.updated.isoformat(),
            ),
        )

    def of(self, issue_id: int) -> list[Worklog]:
        """The oldest first."""
        return self._read("SELECT * FROM worklogs WHERE issue_id = ? ORDER BY id", issue_id)

    def all(self) -> list[Worklog]:
        return self._read("SELECT * FROM worklogs ORDER BY id")

    def remove(self, log_id: int) -> None:
        self._db.execute("DELETE FROM worklogs WHERE id = ?", (log_id,))

    def forget(self, issue_id: int) -> None:
        self._db.execute("DELETE FROM worklogs WHERE issue_id = ?", (issue_id,))

    def _read(self, sql: str, *parameters: int) -> list[Worklog]:
        return [
            Worklog(
                row["id"],
                row["issue_id"],
                row["author"],
                json.loads(row["comment"]),
                datetime.fromisoformat(row["started"]),
                row["seconds"],
                datetime.fromisoformat(row["created"]),
                row["editor"],
                datetime.fromisoformat(row["updated"]),
            )
            for row in self._db.rows(sql, parameters)
        ]


def seconds_of(text: str) -> int | None:
    """
    What people mean by a duration, None when it is none. A bare number counts minutes.

    >>> seconds_of("1d 2h"), seconds_of("90"), seconds_of("soon")
    (36000, 5400, None)
    """
    text = text.strip()
    if text.isascii() and text.isdecimal():
        return int(text[:9]) * UNITS["m"]
    parts = _DURATION.findall(text)
    if not parts or _DURATION.sub("", text).strip():
        return None
    return int(sum(float(count) * UNITS[unit.casefold()] for count, unit in parts))


def duration(seconds: int) -> str:
    """
    As Jira writes it.

    >>> duration(36000), duration(0)
    ('1d 2h', '0m')
    """
    words = []
    for unit, size in UNITS.items():
        count, seconds = divmod(seconds, size)
        if count:
            words.append(f"{count}{unit}")
    return " ".join(words) or "0m"
