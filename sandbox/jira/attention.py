"""Who watches an issue and who voted for it."""

from typing import Literal

from sandbox.database import Database

TABLES = tuple(
    f"CREATE TABLE {table} (issue_id INTEGER, account_id TEXT, PRIMARY KEY (issue_id, account_id))"
    for table in ("issue_watchers", "issue_votes")
)


class Marks:
    """Accounts at issues, each at most once."""

    def __init__(self, database: Database, table: Literal["issue_watchers", "issue_votes"]) -> None:
        self._db = database
        self._insert = f"INSERT OR IGNORE INTO {table} VALUES (?, ?)"  # noqa: S608 - a name of ours
        self._select = f"SELECT account_id FROM {table} WHERE issue_id = ? ORDER BY rowid"  # noqa: S608 - a name of ours
        self._every = f"SELECT issue_id, account_id FROM {table}"  # noqa: S608 - a name of ours
        self._delete = f"DELETE FROM {table} WHERE issue_id = ? AND account_id = ?"  # noqa: S608 - a name of ours
        self._forget = f"DELETE FROM {table} WHERE issue_id = ?"  # noqa: S608 - a name of ours

    def add(self, issue_id: int, account_id: str) -> None:
        self._db.execute(self._insert, (issue_id, account_id))

    def of(self, issue_id: int) -> list[str]:
        return [row["account_id"] for row in self._db.rows(self._select, (issue_id,))]

    def everywhere(self) -> dict[int, frozenset[str]]:
        """All of them, by issue."""
        found: dict[int, set[str]] = {}
        for row in self._db.rows(self._every):
            found.setdefault(row["issue_id"], set()).add(row["account_id"])
        return {issue_id: frozenset(accounts) for issue_id, accounts in found.items()}

    def remove(self, issue_id: int, account_id: str) -> None:
        self._db.execute(self._delete, (issue_id, account_id))

    def forget(self, issue_id: int) -> None:
        self._db.execute(self._forget, (issue_id,))
