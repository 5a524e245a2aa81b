"""Which of our properties a page has, as far as we know."""

from datetime import datetime

import sqlalchemy as sa

from connector.core.okr import PageId, SiteId
from connector.core.publishing import PropertyKey, Published
from connector.storage.tables import pages, published


def read_published(connection: sa.Connection, site: SiteId, page: PageId) -> Published | None:
    row = connection.execute(sa.select(published).where(_is(site, page))).first()
    if row is None:
        return None
    known = {PropertyKey(key): digest for key, digest in row.digests.items()}
    return Published(page, row.revision, row.checked_at, known)


def keep_published(connection: sa.Connection, site: SiteId, found: Published) -> None:
    """Nothing of a page that is not kept."""
    mine = (pages.c.site == site) & (pages.c.page == found.page)
    if connection.scalar(sa.select(pages.c.page).where(mine)) is None:
        return
    connection.execute(published.delete().where(_is(site, found.page)))
    connection.execute(
        published.insert().values(
            site=site,
            page=found.page,
            revision=found.revision,
            checked_at=found.checked_at,
            digests={key.value: digest for key, digest in found.digests.items()},
        )
    )


def pages_due(
    connection: sa.Connection, site: SiteId, changed: datetime, unchanged: datetime, most: int
) -> list[PageId]:
    both = (pages.c.site == published.c.site) & (pages.c.page == published.c.page)
    new = published.c.page.is_(None)
    moved = (published.c.revision != pages.c.revision) & (published.c.checked_at < changed)
    query = (
        sa.select(pages.c.page)
        .select_from(pages.outerjoin(published, both))
        .where(pages.c.site == site, new | moved | (published.c.checked_at < unchanged))
        .order_by(published.c.checked_at.asc().nulls_first(), pages.c.page)
        .limit(most)
    )
    return [PageId(page) for page in connection.scalars(query)]


def _is(site: SiteId, page: PageId) -> sa.ColumnElement[bool]:
    return (published.c.site == site) & (published.c.page == page)
