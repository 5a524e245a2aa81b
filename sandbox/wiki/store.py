"""Pages, labels and content properties in SQLite."""

from contextlib import AbstractContextManager
from datetime import datetime
from sqlite3 import Row

from sandbox.access import EDIT, SPACE, VIEW, Access
from sandbox.database import Database
from sandbox.directory import User
from sandbox.wiki.comments import Comments
from sandbox.wiki.drafts import Drafts
from sandbox.wiki.extractions import Extractions
from sandbox.wiki.model import LARGEST_ID, Label, Page, Property, Space
from sandbox.wiki.page_rows import packed, page_of, property_of, space_of
from sandbox.wiki.rights import Rights
from sandbox.wiki.watches import Watches

_PAGE = """
SELECT p.id, p.space_id, p.status, p.parent_id, p.author, p.created,
       v.number, v.title, v.body, v.author AS editor, v.created AS edited, v.message, v.minor
FROM pages p JOIN page_versions v ON v.page_id = p.id
"""


class PageStore:
    def __init__(self, database: Database) -> None:
        self._db = database
        self.access = Access(database, SPACE)
        self.rights = Rights(database, self.access)
        self.watches = Watches(database)
        self.drafts = Drafts(database)
        self.comments = Comments(database)
        self.extractions = Extractions()

    def transaction(self) -> AbstractContextManager[None]:
        return self._db.transaction()

    def spaces(self) -> list[Space]:
        rows = self._db.rows(
            "SELECT id, key, name, author, created, public FROM spaces ORDER BY id"
        )
        return [space_of(row) for row in rows]

    def space(self, id_or_key: str) -> Space | None:
        return next((s for s in self.spaces() if id_or_key in {s.key, str(s.id)}), None)

    def add_space(self, space: Space) -> None:
        self._db.execute(
            "INSERT INTO spaces VALUES (?, ?, ?, ?, ?, ?)",
            (
                space.id,
                space.key,
                space.name,
                space.author,
                space.created.isoformat(),
                space.public,
            ),
        )
        self.access.found(space.key, public=space.public)

    def may_view(self, space: Space, user: User | None) -> bool:
        return self.access.may(space.key, VIEW, user)

    def may_work(self, space: Space, user: User | None) -> bool:
        """To create pages and to comment."""
        return self.access.may(space.key, EDIT, user)

    def open_to_strangers(self) -> bool:
        """Whether anything here is for those without an account."""
        return self.access.public(space.key for space in self.spaces())

    def all(self) -> list[Page]:
        rows = self._db.rows(f"{_PAGE} WHERE v.number = p.version ORDER BY p.id")
        return self._pages(rows)

    def find(self, page_id: int, *, version: int | None = None) -> Page | None:
        if max(page_id, version or 0) > LARGEST_ID:
            return None
        clause = "v.number = p.version" if version is None else "v.number = :version"
        rows = self._db.rows(
            f"{_PAGE} WHERE p.id = :id AND {clause}", {"id": page_id, "version": version}
        )
        return next(iter(self._pages(rows)), None)

    def versions(self, page: Page) -> list[Page]:
        """The page as it was in each of its versions, the oldest first."""
        rows = self._db.rows(f"{_PAGE} WHERE p.id = ? ORDER BY v.number", (page.id,))
        return self._pages(rows)

    def ancestors(self, page: Page) -> list[Page]:
        """The highest first."""
        found: list[Page] = []
        above = self.find(page.parent_id) if page.parent_id else None
        while above is not None and above not in found:
            found.insert(0, above)
            above = self.find(above.parent_id) if above.parent_id else None
        return found

    def next_id(self) -> int:
        """Ids are large and apart, as on a real site, but the same in every run."""
        row = self._db.row("SELECT coalesce(max(id), 131000) AS id FROM pages")
        assert row is not None
        return int(row["id"]) + 73

    def add(self, page: Page) -> None:
        with self._db.transaction():
            self._db.execute(
                "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    page.id,
                    page.space.id,
                    page.status,
                    page.parent_id,
                    page.author,
                    page.created.isoformat(),
                    page.version.number,
                ),
            )
            self._add_version(page)

    def add_version(self, page: Page) -> None:
        """Store this version and make it the current one."""
        with self._db.transaction():
            self._add_version(page)
            self._db.execute(
                "UPDATE pages SET version = ?, status = ?, parent_id = ? WHERE id = ?",
                (page.version.number, page.status, page.parent_id, page.id),
            )

    def put_body(self, page: Page) -> None:
        """Another text for the same version, as when a comment is put into it."""
        self._db.execute(
            "UPDATE page_versions SET body = ? WHERE page_id = ? AND number = ?",
            (page.body, page.id, page.version.number),
        )

    def set_status(self, page: Page, status: str) -> None:
        self._db.execute("UPDATE pages SET status = ? WHERE id = ?", (status, page.id))

    def purge(self, page: Page) -> None:
        with self._db.transaction():
            self._db.execute("DELETE FROM page_versions WHERE page_id = ?", (page.id,))
            self._db.execute("DELETE FROM page_labels WHERE page_id = ?", (page.id,))
            self._db.execute("DELETE FROM properties WHERE page_id = ?", (page.id,))
            for comment in self.comments.on_page(page.id) + self.comments.in_text(page.id):
                self.comments.remove(comment)
            self._db.execute("DELETE FROM page_drafts WHERE page_id = ?", (page.id,))
            self.rights.lift_all(page.id)
            self._db.execute("DELETE FROM pages WHERE id = ?", (page.id,))

    def restrict(self, page: Page, user: User, *, may_edit: bool) -> None:
        """From the first call on, only the users named so may read the page, and some edit it."""
        for operation in ("read", "update") if may_edit else ("read",):
            self.rights.restrict(page.id, operation, user.account_id)

    def may_read(self, page: Page, user: User | None) -> bool:
        return self.rights.may_read(page, user)

    def may_edit(self, page: Page, user: User | None) -> bool:
        return self.rights.may_edit(page, user)

    def labels(self, page: Page) -> list[Label]:
        rows = self._db.rows(
            "SELECT id, prefix, name FROM page_labels WHERE page_id = ? ORDER BY id", (page.id,)
        )
        return [Label(*row) for row in rows]

    def label_name(self, label_id: int) -> tuple[str, str] | None:
        """The prefix and the name behind an id."""
        row = self._db.row(
            "SELECT prefix, name FROM page_labels WHERE id = ?", (min(label_id, LARGEST_ID),)
        )
        return (row["prefix"], row["name"]) if row else None

    def add_label(self, page: Page, name: str, prefix: str = "global") -> None:
        with self._db.transaction():
            if not any((lb.prefix, lb.name) == (prefix, name) for lb in self.labels(page)):
                self._db.execute(
                    "INSERT INTO page_labels (page_id, prefix, name) VALUES (?, ?, ?)",
                    (page.id, prefix, name),
                )

    def remove_label(self, page: Page, name: str) -> None:
        self._db.execute("DELETE FROM page_labels WHERE page_id = ? AND name = ?", (page.id, name))

    def properties(self, page: Page, key: str | None = None) -> list[Property]:
        rows = self._db.rows(
            "SELECT * FROM properties WHERE page_id = :page AND (:key IS NULL OR key = :key)"
            " ORDER BY id",
            {"page": page.id, "key": key},
        )
        return [property_of(row) for row in rows]

    def property(self, page: Page, property_id: int) -> Property | None:
        return next((p for p in self.properties(page) if p.id == property_id), None)

    def add_property(self, page: Page, key: str, value: object, *, by: User, at: datetime) -> int:
        return self._db.execute(
            "INSERT INTO properties (page_id, key, value, number, author, created, message)"
            " VALUES (?, ?, ?, 1, ?, ?, '')",
            (page.id, key, packed(value), by.account_id, at.isoformat()),
        )

    def put_property(self, page: Page, after: Property) -> None:
        self._db.execute(
            "UPDATE properties SET value = ?, number = ?, author = ?, created = ?, message = ?"
            " WHERE id = ? AND page_id = ?",
            (
                packed(after.value),
                after.version.number,
                after.version.author,
                after.version.created.isoformat(),
                after.version.message,
                after.id,
                page.id,
            ),
        )

    def remove_property(self, page: Page, found: Property) -> None:
        self._db.execute("DELETE FROM properties WHERE id = ? AND page_id = ?", (found.id, page.id))

    def _add_version(self, page: Page) -> None:
        version = page.version
        self._db.execute(
            "INSERT INTO page_versions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                page.id,
                version.number,
                page.title,
                page.body,
                version.author,
                version.created.isoformat(),
                version.message,
                version.minor,
            ),
        )

    def _pages(self, rows: list[Row]) -> list[Page]:
        spaces = {space.id: space for space in self.spaces()} if rows else {}
        return [page_of(row, spaces[row["space_id"]]) for row in rows]
