"""Count the Jira work of key results anew, many links in few calls."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from connector.core.completion import count_work
from connector.core.okr import IssueId, JiraLink, KrKey, SiteId
from connector.core.policy import Policy
from connector.ports import Clock, IssueTracker, OkrStore, StoredDelivery
from connector.usecases.watching import JIRA, watching

# Jira's search index may lag behind a change; issues that changed this recently are named in the
# query so that they are given as they are now (`reconcileIssues`).
RECENT = timedelta(minutes=2)


def measure_links(
    site: SiteId,
    links: Collection[JiraLink],
    *,
    tracker: IssueTracker,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
) -> list[StoredDelivery]:
    """Every key result that one of the links feeds, measured over all of its links."""
    feeds = store.links(site)
    affected = {key for link in links for key in feeds.get(link, ())}
    wanted = {link: keys & affected for link, keys in feeds.items() if keys & affected}
    if not wanted:
        return []
    read_at = clock.now()
    with watching(JIRA, site=site, store=store, clock=clock):
        works = tracker.fetch_work(
            tuple(wanted),
            depth=policy.counting.depth,
            reconcile=_recent(site, tuple(wanted), store=store, clock=clock),
        )
    found = [
        StoredDelivery(
            key,
            count_work(
                [works.get(link) for link in links_of],
                rule=policy.counting,
                read_at=read_at,
            ),
        )
        for key, links_of in _by_key_result(wanted).items()
    ]
    store.save_deliveries(site, found)
    return found


def _recent(
    site: SiteId, links: tuple[JiraLink, ...], *, store: OkrStore, clock: Clock
) -> list[IssueId]:
    return store.touched(site, links, clock.now() - RECENT)


def _by_key_result(
    wanted: Mapping[JiraLink, Collection[KrKey]],
) -> dict[KrKey, list[JiraLink]]:
    links_of: dict[KrKey, list[JiraLink]] = {}
    for link, keys in wanted.items():
        for key in keys:
            links_of.setdefault(key, []).append(link)
    return links_of
