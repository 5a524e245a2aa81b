"""Who wants to hear about what."""

from sandbox.database import Database


class Watches:
    """`kind` is content, space or label; `target` its id, key or name."""

    def __init__(self, database: Database) -> None:
        self._db = database

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
