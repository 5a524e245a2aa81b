"""Who wants to hear about what."""

from sandbox.database import Database

_VIEWS = """
CREATE TABLE IF NOT EXISTS page_views (
    account_id TEXT, page_id INTEGER, place INTEGER PRIMARY KEY AUTOINCREMENT,
    UNIQUE (account_id, page_id))
"""


class Watches:
    """
    `kind` is content, space or label; `target` its id, key or name.

    What somebody likes to find again (`favourite`, `favourite-space`) and what they looked at is
    kept beside it.
    """

    def __init__(self, database: Database) -> None:
        self._db = database
        database.execute(_VIEWS)

    def watching(self, kind: str, target: str, account_id: str) -> bool:
        row = self._db.row(
            "SELECT 1 FROM watches WHERE kind = ? AND target = ? AND account_id = ?",
            (kind, target, account_id),
        )
        return row is not None

    def watch(self, kind: str, target: str, account_id: str) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO watches VALUES (?, ?, ?)", (kind, target, account_id)
        )

    def unwatch(self, kind: str, target: str, account_id: str) -> None:
        self._db.execute(
            "DELETE FROM watches WHERE kind = ? AND target = ? AND account_id = ?",
            (kind, target, account_id),
        )

    def targets(self, kind: str, account_id: str) -> list[str]:
        """Everything of a kind that somebody watches."""
        rows = self._db.rows(
            "SELECT target FROM watches WHERE kind = ? AND account_id = ? ORDER BY rowid",
            (kind, account_id),
        )
        return [row["target"] for row in rows]

    def view(self, page_id: int, account_id: str) -> None:
        with self._db.transaction():
            self._db.execute(
                "DELETE FROM page_views WHERE account_id = ? AND page_id = ?",
                (account_id, page_id),
            )
            self._db.execute(
                "INSERT INTO page_views (account_id, page_id) VALUES (?, ?)",
                (account_id, page_id),
            )

    def viewed(self, account_id: str) -> list[int]:
        """The pages somebody looked at, the latest first."""
        rows = self._db.rows(
            "SELECT page_id FROM page_views WHERE account_id = ? ORDER BY place DESC",
            (account_id,),
        )
        return [row["page_id"] for row in rows]
