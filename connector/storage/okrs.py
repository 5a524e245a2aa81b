"""OKR pages, their measurements and what is known about the site, in SQL."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

import sqlalchemy as sa

from connector.core.alignment_findings import AlignmentFinding
from connector.core.okr import (
    Delivery,
    IssueId,
    IssueKey,
    JiraLink,
    KrKey,
    PageId,
    SiteId,
    StoredPage,
)
from connector.core.publishing import Published
from connector.ports import MeasuredPage, StoredDelivery
from connector.storage import aligned, feeding, measured
from connector.storage.engines import Database
from connector.storage.pages import page_of, same_content, values_of
from connector.storage.published import keep_published, pages_due, read_published
from connector.storage.tables import deliveries, links, outages, pages, published, sweeps, touched

# An older SQLite takes 999 values in one statement.
_MOST_NAMED = 900


@dataclass(frozen=True, slots=True)
class SqlOkrStore:
    """The port `OkrStore` over one database; every method may raise Unavailable.

    Writes of one site take turns, so each may read before it decides.
    """

    database: Database

    def ping(self) -> None:
        """Raises Unavailable when the database does not answer or has no tables."""
        with self.database.read() as connection:
            connection.execute(sa.select(pages.c.page).limit(1))

    def page(self, site: SiteId, page: PageId) -> StoredPage | None:
        with self.database.read() as connection:
            row = connection.execute(sa.select(pages).where(_is(site, page))).first()
        return page_of(row) if row else None

    def pages(self, site: SiteId) -> list[StoredPage]:
        with self.database.read() as connection:
            rows = connection.execute(sa.select(pages).where(pages.c.site == site)).all()
        # sorted here, since each database has an order of its own for text
        return sorted(map(page_of, rows), key=lambda kept: (kept.title, kept.page))

    def save_page(self, page: StoredPage) -> bool:
        values = values_of(page)
        with self.database.write(page.site) as connection:
            mine = _is(page.site, page.page)
            kept = connection.execute(sa.select(pages).where(mine)).first()
            if kept is None:
                # begins at the clock, so that it also grows over a rebuild of the cache
                revision = int(page.read_at.timestamp())
                connection.execute(pages.insert().values(values | {"revision": revision}))
            elif kept.version > page.version:
                return False
            else:
                grown = kept.revision + (not same_content(kept, values))
                connection.execute(pages.update().where(mine).values(values | {"revision": grown}))
            feeding.replace_links(connection, page)
            measured.drop_unlinked(connection, page.site, page.page)
        return True

    def links(self, site: SiteId) -> Mapping[JiraLink, frozenset[KrKey]]:
        with self.database.read() as connection:
            return feeding.live_links(connection, site)

    def links_counting(self, site: SiteId, issue: IssueKey) -> frozenset[JiraLink]:
        with self.database.read() as connection:
            return feeding.links_counting(connection, site, issue)

    def moved_by(self, site: SiteId, issue: IssueKey) -> Mapping[PageId, frozenset[KrKey]]:
        with self.database.read() as connection:
            return feeding.moved_by(connection, site, issue)

    def delivery(self, site: SiteId, key_result: KrKey) -> Delivery | None:
        with self.database.read() as connection:
            return measured.read_delivery(connection, site, key_result)

    def deliveries(self, site: SiteId, page: PageId) -> Mapping[KrKey, Delivery]:
        with self.database.read() as connection:
            return measured.deliveries_of(connection, site, page)

    def save_deliveries(self, site: SiteId, found: Collection[StoredDelivery]) -> None:
        with self.database.write(site) as connection:
            shown_on = {measured.keep_delivery(connection, site, one) for one in found}
            for page in shown_on - {None}:
                _grow(connection, (pages.c.site == site) & (pages.c.page == page))

    def touch(
        self, site: SiteId, issue: IssueId, links: Collection[JiraLink], at: datetime
    ) -> None:
        with self.database.write(site) as connection:
            feeding.touch(connection, site, issue, links, at)

    def touched(self, site: SiteId, links: Collection[JiraLink], since: datetime) -> list[IssueId]:
        with self.database.read() as connection:
            return feeding.touched_issues(connection, site, links, since)

    def last_event(self, site: SiteId) -> datetime | None:
        with self.database.read() as connection:
            query = sa.select(touched.c.at).where(touched.c.site == site)
            found: datetime | None = connection.scalar(query.order_by(touched.c.at.desc()).limit(1))
            return found

    def revision(self, site: SiteId, page: PageId) -> int:
        def look() -> int:
            with self.database.read() as connection:
                return connection.scalar(sa.select(pages.c.revision).where(_is(site, page))) or 0

        return self.database.remembered(site, ("revision", page), look)

    def revisions(self, site: SiteId) -> Mapping[PageId, int]:
        query = sa.select(pages.c.page, pages.c.revision).where(pages.c.site == site)
        with self.database.read() as connection:
            return {PageId(row.page): row.revision for row in connection.execute(query)}

    def measured_pages(self, site: SiteId, pages: Collection[PageId]) -> list[MeasuredPage]:
        found: list[MeasuredPage] = []
        wanted = sorted(set(pages))
        with self.database.read() as connection:
            for start in range(0, len(wanted), _MOST_NAMED):
                found += _measured(connection, site, wanted[start : start + _MOST_NAMED])
        return found

    def alignment(self, site: SiteId, page: PageId) -> tuple[AlignmentFinding, ...]:
        def look() -> tuple[AlignmentFinding, ...]:
            with self.database.read() as connection:
                return aligned.read_alignment(connection, site, page)

        return self.database.remembered(site, ("alignment", page), look)

    def keep_alignment(
        self, site: SiteId, found: Mapping[PageId, tuple[AlignmentFinding, ...]]
    ) -> frozenset[PageId]:
        changed: set[PageId] = set()
        wanted = sorted(found)
        for start in range(0, len(wanted), _MOST_NAMED):
            some = wanted[start : start + _MOST_NAMED]
            with self.database.read() as connection:
                before = aligned.alignment_of(connection, site, some)
            if any(found[page] != kept for page, kept in before.items()):
                changed |= self._align(site, some, found)
        return frozenset(changed)

    def _align(
        self,
        site: SiteId,
        some: Sequence[PageId],
        found: Mapping[PageId, tuple[AlignmentFinding, ...]],
    ) -> set[PageId]:
        with self.database.write(site) as connection:
            before = aligned.alignment_of(connection, site, some)
            changed = {page for page, kept in before.items() if found[page] != kept}
            for page in sorted(changed):
                aligned.write_alignment(connection, site, page, before[page], found[page])
        return changed

    def readings(self, site: SiteId) -> Mapping[PageId, int]:
        with self.database.read() as connection:
            return aligned.readings(connection, site)

    def note_outage(self, site: SiteId, product: str, since: datetime | None) -> None:
        mine = (outages.c.site == site) & (outages.c.product == product)
        with self.database.write(site) as connection:
            kept = connection.scalar(sa.select(outages.c.since).where(mine))
            if kept == since:
                return
            connection.execute(outages.delete().where(mine))
            if since is not None:
                values = {"site": site, "product": product, "since": since}
                connection.execute(outages.insert().values(values))
            _grow(connection, pages.c.site == site)

    def outages(self, site: SiteId) -> Mapping[str, datetime]:
        def look() -> Mapping[str, datetime]:
            query = sa.select(outages.c.product, outages.c.since).where(outages.c.site == site)
            with self.database.read() as connection:
                found = {row.product: row.since for row in connection.execute(query)}
            return MappingProxyType(found)

        return self.database.remembered(site, "outages", look)

    def last_sweep(self, site: SiteId) -> datetime | None:
        def look() -> datetime | None:
            with self.database.read() as connection:
                return connection.scalar(sa.select(sweeps.c.began).where(sweeps.c.site == site))

        return self.database.remembered(site, "sweep", look)

    def note_sweep(self, site: SiteId, began: datetime) -> None:
        with self.database.write(site) as connection:
            kept = connection.scalar(sa.select(sweeps.c.began).where(sweeps.c.site == site))
            if kept is None:
                connection.execute(sweeps.insert().values(site=site, began=began))
            elif kept < began:
                connection.execute(sweeps.update().where(sweeps.c.site == site).values(began=began))

    def published(self, site: SiteId, page: PageId) -> Published | None:
        with self.database.read() as connection:
            return read_published(connection, site, page)

    def note_published(self, site: SiteId, found: Published) -> None:
        with self.database.write(site) as connection:
            keep_published(connection, site, found)

    def pages_to_publish(
        self, site: SiteId, *, changed: datetime, unchanged: datetime, most: int
    ) -> list[PageId]:
        with self.database.read() as connection:
            return pages_due(connection, site, changed, unchanged, most)

    def forget_all(self, site: SiteId) -> None:
        """Everything that can be read again from the site."""
        with self.database.write(site) as connection:
            for table in (published, deliveries, links, pages, touched, outages, sweeps):
                connection.execute(table.delete().where(table.c.site == site))


def _measured(
    connection: sa.Connection, site: SiteId, wanted: Sequence[PageId]
) -> Iterator[MeasuredPage]:
    mine = (pages.c.site == site) & pages.c.page.in_(wanted)
    work = measured.deliveries_by_page(connection, site, wanted)
    for row in connection.execute(sa.select(pages).where(mine)):
        page = page_of(row)
        alignment = aligned.load_alignment(row.alignment)
        yield MeasuredPage(page, row.revision, work.get(page.page, {}), alignment)


def _is(site: SiteId, page: PageId) -> sa.ColumnElement[bool]:
    return (pages.c.site == site) & (pages.c.page == page)


def _grow(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    connection.execute(pages.update().where(which).values(revision=pages.c.revision + 1))
