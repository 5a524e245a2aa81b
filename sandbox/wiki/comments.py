"""Comments at the foot of a page and in its text, and the answers to them."""

from dataclasses import dataclass, replace
from datetime import datetime
from sqlite3 import Row

from sandbox.database import Database
from sandbox.wiki.model import LARGEST_ID, Version

_COMMENT = """
SELECT c.id, c.page_id, c.parent_id, v.number, v.body, v.author, v.created, v.message,
       m.marker, m.selection, m.status, m.modifier, m.modified
FROM comments c JOIN comment_versions v ON v.comment_id = c.id
LEFT JOIN comment_marks m ON m.comment_id = c.id
"""
_MARKS = """
CREATE TABLE IF NOT EXISTS comment_marks (
    comment_id INTEGER PRIMARY KEY, marker TEXT, selection TEXT, status TEXT, modifier TEXT,
    modified TEXT)
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """
    What a comment in the text stands on. `reference` is the `ac:ref` of its markers.

    `status` is open, resolved or reopened, since `modified` by the account `modifier`.
    """

    reference: str
    selection: str
    status: str = "open"
    modifier: str | None = None
    modified: datetime | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as it was in one of its versions; `body` is storage format."""

    id: int
    page_id: int
    parent_id: int | None
    version: Version
    body: str
    mark: Mark | None = None


class Comments:
    def __init__(self, database: Database) -> None:
        self._db = database
        database.execute(_MARKS)

    def on_page(self, page_id: int) -> list[Comment]:
        """Those at its foot that answer no other."""
        return self._current("c.page_id = ? AND c.parent_id IS NULL AND m.marker IS NULL", page_id)

    def in_text(self, page_id: int) -> list[Comment]:
        """Those in its text that answer no other."""
        return self._current("c.page_id = ? AND m.marker IS NOT NULL", page_id)

    def root(self, comment: Comment) -> Comment:
        """What the comment answers in the end; itself when it answers nothing."""
        while comment.parent_id is not None:
            above = self.find(comment.parent_id)
            assert above is not None
            comment = above
        return comment

    def put_mark(self, comment: Comment, mark: Mark) -> Comment:
        self._db.execute(
            "INSERT OR REPLACE INTO comment_marks VALUES (?, ?, ?, ?, ?, ?)",
            (
                comment.id,
                mark.reference,
                mark.selection,
                mark.status,
                mark.modifier,
                mark.modified.isoformat() if mark.modified else None,
            ),
        )
        return replace(comment, mark=mark)

    def versions(self, comment: Comment) -> list[Comment]:
        """The comment as it was in each of its versions, the oldest first."""
        rows = self._db.rows(f"{_COMMENT} WHERE c.id = ? ORDER BY v.number", (comment.id,))
        return [_comment(row) for row in rows]

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
            self._db.execute("DELETE FROM comment_marks WHERE comment_id = ?", (comment.id,))
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
    return Comment(row["id"], row["page_id"], row["parent_id"], version, row["body"], _mark(row))


def _mark(row: Row) -> Mark | None:
    if row["marker"] is None:
        return None
    modified = datetime.fromisoformat(row["modified"]) if row["modified"] else None
    return Mark(row["marker"], row["selection"], row["status"], row["modifier"], modified)
