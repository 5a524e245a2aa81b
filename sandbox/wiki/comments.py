"""Comments at the foot of a page, and the answers to them."""

from dataclasses import dataclass, replace
from datetime import datetime
from sqlite3 import Row

from sandbox.database import Database
from sandbox.wiki.model import LARGEST_ID, Version

_COMMENT = """
SELECT c.id, c.page_id, c.parent_id, v.number, v.body, v.author, v.created, v.message
FROM comments c JOIN comment_versions v ON v.comment_id = c.id
"""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as it was in one of its versions; `body` is storage format."""

    id: int
    page_id: int
    parent_id: int | None
    version: Version
    body: str


class Comments:
    def __init__(self, database: Database) -> None:
        self._db = database

    def on_page(self, page_id: int) -> list[Comment]:
        """Those that answer no other."""
        return self._current("c.page_id = ? AND c.parent_id IS NULL", page_id)

    def answers(self, comment: Comment) -> list[Comment]:
        return self._current("c.parent_id = ?", comment.id)

    def find(self, comment_id: int, *, version: int | None = None) -> Comment | None:
        if max(comment_id, version or 0) > LARGEST_ID:
            return None
        clause = "v.number = c.version" if version is None else "v.number = :version"
        rows = self._db.rows(
            f"{_COMMENT} WHERE c.id = :id AND {clause}", {"id": comment_id, "version": version}
        )
        return next(iter(_comment(row) for row in rows), None)

    def add(self, page_id: int, parent_id: int | None, body: str, version: Version) -> Comment:
        with self._db.transaction():
            created = self._db.execute(
                "INSERT INTO comments (page_id, parent_id, version) VALUES (?, ?, ?)",
                (page_id, parent_id, version.number),
            )
            comment = Comment(created, page_id, parent_id, version, body)
            self._add_version(comment)
        return comment

    def change(self, comment: Comment, body: str, version: Version) -> Comment:
        after = replace(comment, body=body, version=version)
        with self._db.transaction():
            self._add_version(after)
            self._db.execute(
                "UPDATE comments SET version = ? WHERE id = ?", (version.number, after.id)
            )
        return after

    def remove(self, comment: Comment) -> None:
        """Its answers go with it."""
        with self._db.transaction():
            for answer in self.answers(comment):
                self.remove(answer)
            self._db.execute("DELETE FROM comment_versions WHERE comment_id = ?", (comment.id,))
            self._db.execute("DELETE FROM comments WHERE id = ?", (comment.id,))

    def _current(self, clause: str, value: int) -> list[Comment]:
        rows = self._db.rows(
            f"{_COMMENT} WHERE v.number = c.version AND {clause} ORDER BY c.id", (value,)
        )
        return [_comment(row) for row in rows]

    def _add_version(self, comment: Comment) -> None:
        version = comment.version
        self._db.execute(
            "INSERT INTO comment_versions VALUES (?, ?, ?, ?, ?, ?)",
            (
                comment.id,
                version.number,
                comment.body,
                version.author,
                version.created.isoformat(),
                version.message,
            ),
        )


def _comment(row: Row) -> Comment:
    created = datetime.fromisoformat(row["created"])
    version = Version(row["number"], row["author"], created, row["message"], minor=False)
    return Comment(row["id"], row["page_id"], row["parent_id"], version, row["body"])
