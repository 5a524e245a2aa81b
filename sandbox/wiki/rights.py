"""Who may see and who may edit a page: the space's permissions, then restrictions."""

from sandbox.access import EDIT, VIEW, Access
from sandbox.database import Database
from sandbox.directory import User
from sandbox.jira.groups import GROUPS
from sandbox.wiki.model import Page

OPERATIONS = ("read", "update")


class Rights:
    def __init__(self, database: Database, access: Access) -> None:
        self._db = database
        self._access = access

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
        with self._db.transaction():
            self._db.execute("DELETE FROM page_restrictions WHERE page_id = ?", (page_id,))
            self._db.execute("DELETE FROM page_group_restrictions WHERE page_id = ?", (page_id,))

    def restricted_groups(self, page_id: int, operation: str) -> list[str]:
        """The names of the groups an operation is restricted to."""
        rows = self._db.rows(
            "SELECT name FROM page_group_restrictions WHERE page_id = ? AND operation = ?"
            " ORDER BY rowid",
            (page_id, operation),
        )
        return [row["name"] for row in rows]

    def restrict_group(self, page_id: int, operation: str, name: str) -> None:
        self._db.execute(
            "INSERT OR IGNORE INTO page_group_restrictions VALUES (?, ?, ?)",
            (page_id, operation, name),
        )

    def lift_group(self, page_id: int, operation: str, name: str) -> None:
        self._db.execute(
            "DELETE FROM page_group_restrictions WHERE page_id = ? AND operation = ? AND name = ?",
            (page_id, operation, name),
        )

    def may_read(self, page: Page, user: User | None) -> bool:
        """Being hidden is inherited: who may not see a page sees no page below it."""
        if not self._access.may(page.space.key, VIEW, user):
            return False
        if page.status == "draft" and (user is None or page.author != user.account_id):
            return False
        return all(self._open(place, "read", user) for place in self._upwards(page))

    def may_edit(self, page: Page, user: User | None) -> bool:
        """Restrictions of editing are the page's own; they are not inherited."""
        if not self._access.may(page.space.key, EDIT, user):
            return False
        return self.may_read(page, user) and self._open(page.id, "update", user)

    def hidden_by(self, page: Page) -> list[int]:
        """The page and those above it that name who may see them."""
        return [place for place in self._upwards(page) if self._named(place, "read")]

    def _named(self, page_id: int, operation: str) -> bool:
        return bool(
            self.restricted(page_id, operation) or self.restricted_groups(page_id, operation)
        )

    def _open(self, page_id: int, operation: str, user: User | None) -> bool:
        """Open to everybody until somebody is named; then to those and to members of groups."""
        allowed = self.restricted(page_id, operation)
        groups = self.restricted_groups(page_id, operation)
        if not allowed and not groups:
            return True
        if user is None:
            return False
        return user.account_id in allowed or any(user in GROUPS.get(name, ()) for name in groups)

    def _upwards(self, page: Page) -> list[int]:
        """The page and its ancestors, nearest first."""
        found, above = [page.id], page.parent_id
        while above is not None and above not in found:
            found.append(above)
            row = self._db.row("SELECT parent_id FROM pages WHERE id = ?", (above,))
            above = row["parent_id"] if row else None
        return found
