"""Pages that are being written: those nobody has seen yet, and changes not yet published."""

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sandbox import errors
from sandbox.database import Database
from sandbox.directory import User
from sandbox.wiki.model import Page, Version

if TYPE_CHECKING:
    from sandbox.site import Site

DRAFT_VERSION = 1


class Drafts:
    def __init__(self, database: Database) -> None:
        self._db = database

    def of(self, page: Page) -> Page:
        """The page as its draft has it; the page itself when there is none."""
        row = self._db.row("SELECT * FROM page_drafts WHERE page_id = ?", (page.id,))
        if row is None:
            return page
        edited = datetime.fromisoformat(row["edited"])
        version = Version(DRAFT_VERSION, row["author"], edited, "", minor=False)
        return replace(page, title=row["title"], body=row["body"], status="draft", version=version)

    def keep(self, page: Page, title: str, body: str, *, by: User, at: datetime) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO page_drafts VALUES (?, ?, ?, ?, ?)",
            (page.id, title, body, by.account_id, at.isoformat()),
        )

    def drop(self, page: Page) -> None:
        self._db.execute("DELETE FROM page_drafts WHERE page_id = ?", (page.id,))

    def rewrite(self, page: Page) -> None:
        """A page that was never published has one version, which changes in place."""
        with self._db.transaction():
            self._db.execute(
                "UPDATE page_versions SET title = ?, body = ?, created = ?, message = ?"
                " WHERE page_id = ?",
                (
                    page.title,
                    page.body,
                    page.version.created.isoformat(),
                    page.version.message,
                    page.id,
                ),
            )
            self._db.execute(
                "UPDATE pages SET status = ?, parent_id = ? WHERE id = ?",
                (page.status, page.parent_id, page.id),
            )


def save_draft(
    site: "Site", page: Page, *, title: str, body: str, number: int | None, author: User
) -> Page:
    """Nobody is told, and the published page stays as it is."""
    _check_number(number)
    drafts = site.pages.drafts
    if page.status != "draft":
        drafts.keep(page, title, body, by=author, at=site.now())
        return drafts.of(page)
    version = replace(page.version, created=site.now())
    after = replace(page, title=title, body=body, version=version)
    drafts.rewrite(after)
    return after


def publish_draft(
    site: "Site", page: Page, *, title: str, body: str, number: int | None, author: User
) -> Page:
    _check_number(number)
    version = replace(page.version, created=site.now())
    after = replace(page, title=title, body=body, status="current", version=version)
    site.pages.drafts.rewrite(after)
    site.announce_page("page_created", after, author)
    return after


def discard_draft(site: "Site", page: Page) -> None:
    """Drafts do not go to the trash."""
    if page.status == "draft":
        site.pages.purge(page)
    else:
        site.pages.drafts.drop(page)


def _check_number(number: int | None) -> None:
    if number != DRAFT_VERSION:
        raise errors.wiki_invalid(f"The version number of a draft must be {DRAFT_VERSION}")
