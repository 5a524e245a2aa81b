"""What a page would mean to us, without keeping anything: a dry run."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from connector.core.alignment_findings import in_words
from connector.core.completion import count_work
from connector.core.errors import NotFound, Refused
from connector.core.json import JsonObject
from connector.core.okr import Delivery, KrKey, OkrPage, PageId, SiteId, StoredPage
from connector.core.page_address import PageById, page_meant
from connector.core.policy import Policy
from connector.core.publishing import PropertyKey
from connector.ports import Clock, IssueTracker, MeasuredPage, OkrStore, WikiPages
from connector.usecases.align import NAMELESS, NOT_ALIGNED, SiteNetwork
from connector.usecases.name_people import name_people
from connector.usecases.publish_page import Publishing, values_of
from connector.usecases.sync_pages import read_page
from connector.usecases.watching import SILENT


@dataclass(frozen=True, slots=True)
class Preview:
    """The page as it would be kept, and what its Jira work counts to at the moment.

    `labelled`: it takes part by its labels; `linked`: a person linked it before. `counted` is
    false where Jira did not answer. `body` is the storage format that was read. `properties` are
    what would be written at the page once it takes part; None where nothing is ever written.
    """

    page: StoredPage
    deliveries: dict[KrKey, Delivery]
    counted: bool
    labelled: bool
    linked: bool
    body: str
    properties: Mapping[PropertyKey, JsonObject] | None = None


def find_page(text: str, *, wiki: WikiPages, wiki_url: str) -> PageId:
    """The page that an id or a pasted address means.

    Raises NoPageMeant for a text that names none, and NotFound for a title that the wiki does not
    show us in that space, whether it is hidden or was never there.
    """
    meant = page_meant(text, wiki_url=wiki_url)
    if isinstance(meant, PageById):
        return meant.page
    try:
        found = wiki.find_page(meant.space, meant.title)
    except Refused:  # the query is ours and well-formed, so its names are what was refused
        found = None
    if found is None:
        raise NotFound(f"page {meant.title!r} in {meant.space}")
    return found


def preview_page(
    site: SiteId,
    page: PageId,
    *,
    wiki: WikiPages,
    tracker: IssueTracker,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
    publishing: Publishing | None = None,
    network: SiteNetwork | None = None,
) -> Preview:
    """Read the page and count its Jira work; raises NotFound where the wiki shows us no page.

    A page that is kept already is shown with the keys that its key results have. With a
    `network` its alignment is looked at too, in words for those who may know every page.
    """
    found = next(iter(wiki.read_pages([page])), None)
    if found is None:
        raise NotFound(f"page {page}")
    before = store.page(site, page)
    linked = before is not None and before.linked
    read = read_page(
        found,
        before,
        site=site,
        clock=clock,
        policy=policy,
        linked=linked,
        remembered=publishing.properties if publishing and publishing.reads else None,
    )
    (kept,) = name_people([read], wiki=wiki)
    labelled = bool(found.labels & set(policy.labels))
    try:
        deliveries = {} if kept.shown is None else _count(kept.shown, tracker, clock, policy)
        counted = True
    except SILENT:
        deliveries, counted = {}, False
    aligned = network.preview(kept, store=store, policy=policy) if network else NOT_ALIGNED
    values = _values(MeasuredPage(kept, 0, deliveries, aligned.found), publishing, clock, policy)
    if kept.shown:
        more = in_words(aligned.found, kept.shown, aligned.names, hidden=NAMELESS)
        kept = replace(kept, findings=(*kept.findings, *more))
    return Preview(kept, deliveries, counted, labelled, linked, found.body, values)


def _values(
    measured: MeasuredPage, publishing: Publishing | None, clock: Clock, policy: Policy
) -> dict[PropertyKey, JsonObject] | None:
    if publishing is None or not publishing.writes:
        return None
    values = values_of(measured, badge=publishing.badge, clock=clock, policy=policy)
    return {key: value for key, value in values.items() if value is not None}


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
