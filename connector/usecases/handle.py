"""One event, one verb."""

from dataclasses import dataclass

from connector.core.events import Event, IssueMoved, PageSaved, SweepDue
from connector.core.okr import JiraLink, PageId, SiteId
from connector.core.policy import Policy
from connector.ports import Clock, IssueTracker, OkrStore, WikiPages
from connector.usecases.measure_links import measure_links
from connector.usecases.sweep import sweep
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
            _page_saved(site, page, ports)
        case SweepDue(site=site, full=full):
            sweep(
                site,
                full=full,
                wiki=ports.wiki,
                tracker=ports.tracker,
                store=ports.store,
                clock=ports.clock,
                policy=ports.policy,
            )


def _page_saved(site: SiteId, page: PageId, ports: Ports) -> None:
    sync_pages(
        site,
        [page],
        wiki=ports.wiki,
        store=ports.store,
        clock=ports.clock,
        policy=ports.policy,
    )
    measure_links(
        site,
        links_of_page(site, page, store=ports.store),
        tracker=ports.tracker,
        store=ports.store,
        clock=ports.clock,
        policy=ports.policy,
    )


def links_of_page(site: SiteId, page: PageId, *, store: OkrStore) -> set[JiraLink]:
    """Every link that a key result of the page names."""
    kept = store.page(site, page)
    if kept is None or kept.okrs is None:
        return set()
    return {
        link
        for objective in kept.okrs.objectives
        for one in objective.key_results
        for link in one.links
    }
