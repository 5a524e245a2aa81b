"""What is remarked about alignment, beside the pages it is said of."""

from collections.abc import Sequence

import sqlalchemy as sa

from connector.core.alignment_findings import AlignmentFinding, Mention, told_to_all
from connector.core.findings import Severity
from connector.core.json import JsonObject
from connector.core.okr import ObjectiveKey, PageId, SiteId
from connector.storage.tables import pages

Found = tuple[AlignmentFinding, ...]


def read_alignment(connection: sa.Connection, site: SiteId, page: PageId) -> Found:
    query = sa.select(pages.c.alignment).where(pages.c.site == site, pages.c.page == page)
    return load_alignment(connection.scalar(query))


def alignment_of(
    connection: sa.Connection, site: SiteId, wanted: Sequence[PageId]
) -> dict[PageId, Found]:
    """Of those that are kept; () where nothing is remarked."""
    query = sa.select(pages.c.page, pages.c.alignment).where(
        pages.c.site == site, pages.c.page.in_(wanted)
    )
    return {PageId(row.page): load_alignment(row.alignment) for row in connection.execute(query)}


def write_alignment(
    connection: sa.Connection, site: SiteId, page: PageId, before: Found, now: Found
) -> None:
    """The revision grows with what everybody is told: the rest changes what some are told, who
    see that by themselves, and must not show to others."""
    grows = told_to_all(before) != told_to_all(now)
    connection.execute(
        pages.update()
        .where(pages.c.site == site, pages.c.page == page)
        .values(
            alignment=[_dump(one) for one in now] or None,
            revision=pages.c.revision + int(grows),
        )
    )


def readings(connection: sa.Connection, site: SiteId) -> dict[PageId, int]:
    """Bare microseconds: thousands of them are asked for whenever a page was saved."""
    moment = sa.type_coerce(pages.c.read_at, sa.BigInteger)
    query = sa.select(pages.c.page, moment).where(pages.c.site == site)
    return {PageId(page): at for page, at in connection.execute(query).all()}


def load_alignment(body: list[JsonObject] | None) -> Found:
    return tuple(map(_load, body or ()))


def _dump(one: AlignmentFinding) -> JsonObject:
    return {
        "rule": one.rule,
        "severity": one.severity.value,
        "objective": one.objective,
        "facts": [list(fact) for fact in one.facts],
        "others": [[other.page, other.objective] for other in one.others],
    }


def _load(body: JsonObject) -> AlignmentFinding:
    return AlignmentFinding(
        body["rule"],
        Severity(body["severity"]),
        ObjectiveKey(body["objective"]),
        tuple((name, value) for name, value in body["facts"]),
        tuple(Mention(PageId(page), ObjectiveKey(key)) for page, key in body["others"]),
    )
