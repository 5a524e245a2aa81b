"""The last measurement of each key result, and the issues it counted."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from connector.core.okr import Delivery, KrKey, PageId, SiteId
from connector.ports import StoredDelivery
from connector.storage.codec import dump_delivery, load_delivery
from connector.storage.tables import counted, deliveries, links


def read_delivery(connection: sa.Connection, site: SiteId, key_result: KrKey) -> Delivery | None:
    query = sa.select(deliveries.c.content, deliveries.c.read_at).where(
        deliveries.c.site == site, deliveries.c.key_result == key_result
    )
    row = connection.execute(query).first()
    return load_delivery(row.content, row.read_at) if row else None


def deliveries_of(
    connection: sa.Connection, site: SiteId, page: PageId
) -> Mapping[KrKey, Delivery]:
    query = sa.select(deliveries.c.key_result, deliveries.c.content, deliveries.c.read_at).where(
        deliveries.c.site == site, deliveries.c.page == page
    )
    return {
        KrKey(key_result): load_delivery(content, read_at)
        for key_result, content, read_at in connection.execute(query)
    }


def deliveries_by_page(
    connection: sa.Connection, site: SiteId, pages: Sequence[PageId]
) -> Mapping[PageId, Mapping[KrKey, Delivery]]:
    query = sa.select(deliveries).where(deliveries.c.site == site, deliveries.c.page.in_(pages))
    found: dict[PageId, dict[KrKey, Delivery]] = {}
    for row in connection.execute(query):
        of_page = found.setdefault(PageId(row.page), {})
        of_page[KrKey(row.key_result)] = load_delivery(row.content, row.read_at)
    return found


def keep_delivery(connection: sa.Connection, site: SiteId, found: StoredDelivery) -> PageId | None:
    """The page that shows it; None when it is late news or its key result is gone."""
    mine = (deliveries.c.site == site) & (deliveries.c.key_result == found.key_result)
    page = connection.scalar(
        sa.select(links.c.page)
        .where(links.c.site == site, links.c.key_result == found.key_result)
        .order_by(links.c.page)
        .limit(1)
    )
    kept = connection.scalar(sa.select(deliveries.c.read_at).where(mine))
    if page is None or (kept is not None and kept >= found.delivery.read_at):
        return None
    connection.execute(deliveries.delete().where(mine))
    values = {
        "site": site,
        "key_result": found.key_result,
        "page": page,
        "content": dump_delivery(found.delivery),
        "read_at": found.delivery.read_at,
    }
    connection.execute(deliveries.insert().values(values))
    issues = sorted({issue.key for issue in found.delivery.issues})
    if issues:
        rows = [{"site": site, "issue": i, "key_result": found.key_result} for i in issues]
        connection.execute(counted.insert(), rows)
    return PageId(page)


def drop_unlinked(connection: sa.Connection, site: SiteId, page: PageId) -> None:
    """Measurements of key results that left the page, or whose last link left them."""
    linked = sa.select(links.c.key_result).where(links.c.site == site, links.c.page == page)
    connection.execute(
        deliveries.delete().where(
            deliveries.c.site == site,
            deliveries.c.page == page,
            deliveries.c.key_result.not_in(linked),
        )
    )
