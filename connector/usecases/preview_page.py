"""What a page would mean to us, without keeping anything: a dry run."""

from dataclasses import dataclass

from connector.core.completion import count_work
from connector.core.errors import NotFound
from connector.core.okr import Delivery, KrKey, OkrPage, PageId, SiteId, StoredPage
from connector.core.policy import Policy
from connector.ports import Clock, IssueTracker, WikiPages
from connector.usecases.name_people import name_people
from connector.usecases.sync_pages import read_page


@dataclass(frozen=True, slots=True)
class Preview:
    """The page as it would be kept, and what its Jira work counts to at the moment."""

    page: StoredPage
    deliveries: dict[KrKey, Delivery]
    labelled: bool


def preview_page(
    site: SiteId,
    page: PageId,
    *,
    wiki: WikiPages,
    tracker: IssueTracker,
    clock: Clock,
    policy: Policy,
) -> Preview:
    """Read the page and count its Jira work; raises NotFound where the wiki shows us no page."""
    found = next(iter(wiki.read_pages([page])), None)
    if found is None:
        raise NotFound(f"page {page}")
    read = read_page(found, None, site=site, clock=clock, policy=policy)
    (kept,) = name_people([read], wiki=wiki)
    labelled = bool(found.labels & set(policy.labels))
    deliveries = {} if kept.okrs is None else _count(kept.okrs, tracker, clock, policy)
    return Preview(kept, deliveries, labelled)


def _count(
    okrs: OkrPage, tracker: IssueTracker, clock: Clock, policy: Policy
) -> dict[KrKey, Delivery]:
    results = [one for objective in okrs.objectives for one in objective.key_results if one.links]
    links = tuple(dict.fromkeys(link for one in results for link in one.links))
    read_at = clock.now()
    works = tracker.fetch_work(links, depth=policy.counting.depth) if links else {}
    return {
        one.key: count_work(
            [works.get(link) for link in one.links], rule=policy.counting, read_at=read_at
        )
        for one in results
    }
