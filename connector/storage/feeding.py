"""Which Jira links feed which key results, as the pages we keep say."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import datetime, timedelta

import sqlalchemy as sa

from connector.core.okr import (
    FROZEN_STATES,
    EpicLink,
    IssueId,
    IssueKey,
    JiraLink,
    KrKey,
    PageId,
    PageState,
    SiteId,
    StoredPage,
)
from connector.storage.codec import link_of, link_parts
from connector.storage.tables import counted, links, touched

# Longer than any search index lags behind; older marks are of no use to anybody.
TOUCHED_FOR = timedelta(hours=1)


def replace_links(connection: sa.Connection, page: StoredPage) -> None:
    of_page = (links.c.site == page.site) & (links.c.page == page.page)
    connection.execute(links.delete().where(of_page))
    if rows := list(_rows(page)):
        connection.execute(links.insert(), rows)


def live_links(connection: sa.Connection, site: SiteId) -> Mapping[JiraLink, frozenset[KrKey]]:
    query = sa.select(links.c.kind, links.c.value, links.c.key_result).where(
        links.c.site == site, links.c.live
    )
    fed: defaultdict[JiraLink, set[KrKey]] = defaultdict(set)
    for kind, value, key_result in connection.execute(query):
        fed[link_of(kind, value)].add(KrKey(key_result))
    return {link: frozenset(key_results) for link, key_results in fed.items()}


def links_counting(connection: sa.Connection, site: SiteId, issue: IssueKey) -> frozenset[JiraLink]:
    query = (
        sa.select(links.c.kind, links.c.value)
        .join(
            counted,
            (counted.c.site == links.c.site) & (counted.c.key_result == links.c.key_result),
        )
        .where(counted.c.site == site, counted.c.issue == issue, links.c.live)
    )
    return frozenset(link_of(kind, value) for kind, value in connection.execute(query))


def moved_by(
    connection: sa.Connection, site: SiteId, issue: IssueKey
) -> Mapping[PageId, frozenset[KrKey]]:
    kind, value = link_parts(EpicLink(issue))
    of_live = sa.select(links.c.page, links.c.key_result).where(links.c.site == site, links.c.live)
    counting = of_live.join(
        counted,
        (counted.c.site == links.c.site) & (counted.c.key_result == links.c.key_result),
    ).where(counted.c.issue == issue)
    linking = of_live.where(links.c.kind == kind, links.c.value == value)
    moved: defaultdict[PageId, set[KrKey]] = defaultdict(set)
    for page, key_result in connection.execute(sa.union(counting, linking)):
        moved[PageId(page)].add(KrKey(key_result))
    return {page: frozenset(key_results) for page, key_results in moved.items()}


def touch(
    connection: sa.Connection,
    site: SiteId,
    issue: IssueId,
    of: Collection[JiraLink],
    at: datetime,
) -> None:
    connection.execute(
        touched.delete().where(touched.c.site == site, touched.c.at < at - TOUCHED_FOR)
    )
    for link in {digest(link) for link in of}:
        mine = (touched.c.site == site) & (touched.c.link == link) & (touched.c.issue == issue)
        known = connection.scalar(sa.select(touched.c.at).where(mine))
        if known is None:
            values = {"site": site, "link": link, "issue": issue, "at": at}
            connection.execute(touched.insert().values(values))
        elif known < at:
            connection.execute(touched.update().where(mine).values(at=at))


def touched_issues(
    connection: sa.Connection, site: SiteId, of: Collection[JiraLink], since: datetime
) -> list[IssueId]:
    latest = sa.func.max(touched.c.at)
    query = (
        sa.select(touched.c.issue)
        .where(
            touched.c.site == site,
            touched.c.link.in_({digest(link) for link in of}),
            touched.c.at >= since,
        )
        .group_by(touched.c.issue)
        .order_by(latest.desc(), touched.c.issue)
    )
    return [IssueId(issue) for issue in connection.scalars(query)]


def digest(link: JiraLink) -> str:
    return hashlib.sha256(":".join(link_parts(link)).encode()).hexdigest()


def _rows(page: StoredPage) -> Iterator[dict[str, object]]:
    readable = page.state in (PageState.READ, PageState.ERRORS)
    for objective in page.okrs.objectives if page.okrs else ():
        live = readable and objective.state not in FROZEN_STATES
        for key_result in objective.key_results:
            for position, link in enumerate(dict.fromkeys(key_result.links)):
                kind, value = link_parts(link)
                yield {
                    "site": page.site,
                    "page": page.page,
                    "key_result": key_result.key,
                    "position": position,
                    "kind": kind,
                    "value": value,
                    "live": live,
                }
