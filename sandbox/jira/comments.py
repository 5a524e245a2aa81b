"""Comments on issues, as Atlassian documents."""

import json
from dataclasses import dataclass
from datetime import datetime

from sandbox.database import Database
from sandbox.wire import JsonObject

TABLE = (
    "CREATE TABLE issue_comments (id INTEGER PRIMARY KEY, issue_id INTEGER, author TEXT,"
    " body TEXT, created TEXT, editor TEXT, updated TEXT)"
)
_FIRST_ID = 10000


@dataclass(frozen=True, slots=True)
class Comment:
    id: int
    author: str
    body: JsonObject
    created: datetime
    editor: str
    updated: datetime


class Comments:
    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, issue_id: int, body: JsonObject, *, author: str, at: datetime) -> int:
        when = at.isoformat()
        return self._db.execute(
            "INSERT INTO issue_comments SELECT coalesce(max(id), ?) + 1, ?, ?, ?, ?, ?, ?"
            " FROM issue_comments",
            (_FIRST_ID, issue_id, author, json.dumps(body), when, author, when),
        )

    def edit(self, comment_id: int, body: JsonObject, *, editor: str, at: datetime) -> None:
        self._db.execute(
            "UPDATE issue_comments SET body = ?, editor = ?, updated = ? WHERE id = ?",
            (json.dumps(body), editor, at.isoformat(), comment_id),
        )

    def of(self, issue_id: int) -> list[Comment]:
        """The oldest first."""
        rows = self._db.rows(
            "SELECT * FROM issue_comments WHERE issue_id = ? ORDER BY id", (issue_id,)
        )
        return [
            Comment(
                row["id"],
                row["author"],
                json.loads(row["body"]),
                datetime.fromisoformat(row["created"]),
                row["editor"],
                datetime.fromisoformat(row["updated"]),
            )
            for row in rows
        ]

    def texts(self) -> dict[int, list[JsonObject]]:
        """The bodies of all comments, by issue."""
        found: dict[int, list[JsonObject]] = {}
        for row in self._db.rows("SELECT issue_id, body FROM issue_comments ORDER BY id"):
            found.setdefault(row["issue_id"], []).append(json.loads(row["body"]))
        return found

    def remove(self, comment_id: int) -> None:
        self._db.execute("DELETE FROM issue_comments WHERE id = ?", (comment_id,))

    def forget(self, issue_id: int) -> None:
        self._db.execute("DELETE FROM issue_comments WHERE issue_id = ?", (issue_id,))
