"""Who may see and who may edit a page: restrictions by operation."""

from sandbox.database import Database
from sandbox.directory import User
from sandbox.wiki.model import Page

OPERATIONS = ("read", "update")


class Rights:
    def __init__(self, database: Database) -> None:
        self._db = database

    def restricted(self, page_id: int, operation: str) -> list[str]:
        """The accounts an operation is restricted to; none when everybody may."""
        rows = self._db.rows(
            "SELECT account_id FROM page_restrictions WHERE page_id = ? AND operation = ?"
            " ORDER BY rowid",
            (page_id, operation),
        )
        return [row["account_id"] for row in rows]

    def restrict(self, page_id: int, operation: str, account_id: str) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO page_restrictions VALUES (?, ?, ?)",
            (page_id, operation, account_id),
        )

    def lift(self, page_id: int, operation: str, account_id: str) -> None:
        self._db.execute(
            "DELETE FROM page_restrictions WHERE page_id = ? AND operation = ? AND account_id = ?",
            (page_id, operation, account_id),
        )

    def lift_all(self, page_id: int) -> None:
        self._db.execute("DELETE FROM page_restrictions WHERE page_id = ?", (page_id,))

    def may_read(self, page: Page, user: User) -> bool:
        """Being hidden is inherited: who may not see a page sees no page below it."""
        if page.status == "draft" and page.author != user.account_id:
            return False
        return all(self._open(place, "read", user) for place in self._upwards(page))

    def may_edit(self, page: Page, user: User) -> bool:
        """Restrictions of editing are the page's own; they are not inherited."""
        return self.may_read(page, user) and self._open(page.id, "update", user)

    def _open(self, page_id: int, operation: str, user: User) -> bool:
        allowed = self.restricted(page_id, operation)
        return not allowed or user.account_id in allowed

    def _upwards(self, page: Page) -> list[int]:
        """The page and its ancestors, nearest first."""
        found, above = [page.id], page.parent_id
        while above is not None and above not in found:
            found.append(above)
            row = self._db.row("SELECT parent_id FROM pages WHERE id = ?", (above,))
            above = row["parent_id"] if row else None
        return found
