"""One event, one verb; and the verbs over one set of ports."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from connector.core.events import Event, IssueMoved, PageSaved, PropertyDue, SweepDue
from connector.core.okr import JiraLink, PageId, SiteId
from connector.core.policy import Policy
from connector.ports import Clock, IssueTracker, OkrStore, PageProperties, WikiPages
from connector.usecases.align import SiteNetwork
from connector.usecases.measure_links import measure_links
from connector.usecases.publish_page import Publishing, publish_page
from connector.usecases.sweep import Swept, sweep
from connector.usecases.sync_pages import sync_pages
from connector.usecases.update_progress import Turns, update_progress


@dataclass(frozen=True, slots=True)
class Ports:
    """The world as the use cases of one site see it."""

    wiki: WikiPages
    tracker: IssueTracker
    store: OkrStore
    clock: Clock
    policy: Policy
    turns: Turns
    publishing: Publishing | None = None
    network: SiteNetwork = field(default_factory=SiteNetwork)

    @property
    def remembered(self) -> PageProperties | None:
        """Where keys of an earlier database are looked up; None: nowhere."""
        return self.publishing.properties if self.publishing and self.publishing.reads else None


def handle(event: Event, ports: Ports) -> None:
    """Do what the event asks for; raises what the verbs raise, so that jobs may try again."""
    match event:
        case IssueMoved():
            update_progress(
                event,
                tracker=ports.tracker,
                store=ports.store,
                clock=ports.clock,
                policy=ports.policy,
                turns=ports.turns,
            )
        case PageSaved(site=site, page=page):
            sync_and_measure(site, [page], ports)
        case SweepDue(site=site, full=full):
            sweep_site(site, ports, full=full)
        case PropertyDue(site=site, page=page):
            if ports.publishing is not None:
                publish_page(
                    site,
                    page,
                    publishing=ports.publishing,
                    store=ports.store,
                    clock=ports.clock,
                    policy=ports.policy,
                )


def sync_and_measure(
    site: SiteId, pages: Sequence[PageId], ports: Ports, *, link: bool = False
) -> Swept:
    """These pages as they are now, and the Jira work that they name; `link` as in `sync_pages`."""
    kept = sync_pages(
        site,
        pages,
        wiki=ports.wiki,
        store=ports.store,
        clock=ports.clock,
        policy=ports.policy,
        link=link,
        remembered=ports.remembered,
        network=ports.network,
    )
    measured = measure_links(
        site,
        {one for page in pages for one in links_of_page(site, page, store=ports.store)},
        tracker=ports.tracker,
        store=ports.store,
        clock=ports.clock,
        policy=ports.policy,
    )
    return Swept(tuple(kept), len(measured))


def sweep_site(site: SiteId, ports: Ports, *, full: bool) -> Swept:
    """What changed since the last sweep, or everything."""
    return sweep(
        site,
        full=full,
        wiki=ports.wiki,
        tracker=ports.tracker,
        store=ports.store,
        clock=ports.clock,
        policy=ports.policy,
        remembered=ports.remembered,
        network=ports.network,
    )


def links_of_page(site: SiteId, page: PageId, *, store: OkrStore) -> set[JiraLink]:
    """Every link that a key result of the page names."""
    kept = store.page(site, page)
    if kept is None or kept.shown is None:
        return set()
    return {
        link
        for objective in kept.shown.objectives
        for one in objective.key_results
        for link in one.links
    }
