"""Look for what webhooks missed: in every mode, on time or when a person asks."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from connector.core.okr import JiraLink, PageId, PageState, SiteId, StoredPage
from connector.core.policy import Policy
from connector.ports import Clock, IssueTracker, OkrStore, PageProperties, WikiPages
from connector.usecases.align import SiteNetwork
from connector.usecases.find_linked import find_linked
from connector.usecases.measure_links import measure_links
from connector.usecases.sync_pages import sync_pages
from connector.usecases.watching import CONFLUENCE, JIRA, watching

# Search indexes lag and clocks differ; looking back a little further costs next to nothing.
OVERLAP = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep looked at: pages read anew, key results measured anew."""

    pages: tuple[StoredPage, ...]
    measured: int


def sweep(
    site: SiteId,
    *,
    full: bool,
    wiki: WikiPages,
    tracker: IssueTracker,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
    remembered: PageProperties | None = None,
    network: SiteNetwork | None = None,
) -> Swept:
    """Read pages and epics that changed since the last sweep, or all of them; `remembered` and
    `network` as in `sync_pages`."""
    began = clock.now()
    last = store.last_sweep(site)
    since = None if full or last is None else last - OVERLAP
    due = _due_pages(site, since, wiki=wiki, store=store, clock=clock, policy=policy)
    pages = sync_pages(
        site,
        due,
        wiki=wiki,
        store=store,
        clock=clock,
        policy=policy,
        remembered=remembered,
        network=network,
    )
    if since is None and remembered is not None:
        known = {*due, *(one.page for one in store.pages(site))}
        pages += sync_pages(
            site,
            find_linked(known, properties=remembered),
            wiki=wiki,
            store=store,
            clock=clock,
            policy=policy,
            link=True,
            remembered=remembered,
        )
    links = _due_links(site, since, tracker=tracker, store=store, clock=clock)
    measured = measure_links(site, links, tracker=tracker, store=store, clock=clock, policy=policy)
    store.note_sweep(site, began)
    return Swept(tuple(pages), len(measured))


def _due_pages(
    site: SiteId,
    since: datetime | None,
    *,
    wiki: WikiPages,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
) -> list[PageId]:
    """Pages that changed, appeared, vanished, or cannot be told from a list.

    Every labelled page is listed each time, hundreds in a call: a label put on or taken away does
    not count as a change of the page, so a search for recent changes would not show it.
    """
    with watching(CONFLUENCE, site=site, store=store, clock=clock):
        stamps = {one.page: one.version for one in wiki.find_okr_pages(policy.labels, None)}
    kept = {one.page: one for one in store.pages(site)}
    if since is None:
        return list(dict.fromkeys([*stamps, *kept]))
    changed = [
        page
        for page, version in stamps.items()
        if page not in kept or kept[page].version != version or kept[page].state is PageState.GONE
    ]
    unlisted = [
        page for page, one in kept.items() if page not in stamps and one.state is not PageState.GONE
    ]
    return [*changed, *unlisted]


def _due_links(
    site: SiteId,
    since: datetime | None,
    *,
    tracker: IssueTracker,
    store: OkrStore,
    clock: Clock,
) -> set[JiraLink]:
    """Links under which something changed, and those never measured."""
    known = store.links(site)
    if since is None:
        return set(known)
    unmeasured = {
        link
        for link, keys in known.items()
        if any(store.delivery(site, key) is None for key in keys)
    }
    settled = [link for link in known if link not in unmeasured]
    if not settled:
        return unmeasured
    with watching(JIRA, site=site, store=store, clock=clock):
        return unmeasured | set(tracker.changed_links(settled, since=since))
