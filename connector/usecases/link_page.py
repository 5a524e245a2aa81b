"""A person says that a page takes part, whatever its labels, or no longer. Only we note it."""

from contextlib import suppress
from dataclasses import dataclass, replace

from connector.core.errors import Conflict, NotFound
from connector.core.okr import PageId, PageState, SiteId, StoredPage
from connector.ports import OkrStore
from connector.usecases.handle import Ports, links_of_page
from connector.usecases.measure_links import measure_links
from connector.usecases.sync_pages import sync_pages
from connector.usecases.watching import SILENT


@dataclass(frozen=True, slots=True)
class Linked:
    """The page as it is kept. `measured` is false while its Jira work is still to be counted."""

    page: StoredPage
    measured: bool


def link_page(site: SiteId, page: PageId, ports: Ports) -> Linked:
    """Read the page and keep it as linked; raises NotFound where the wiki shows us no page.

    Where Jira does not answer the page is linked all the same: the next sweep counts its work.
    """
    _read_again(site, page, link=True, ports=ports)
    kept = ports.store.page(site, page)
    if kept is None or kept.state is PageState.GONE:
        raise NotFound(f"page {page}")
    return Linked(kept, _measured(site, page, ports))


def unlink_page(site: SiteId, page: PageId, ports: Ports) -> StoredPage:
    """Take the link back; raises NotFound for a page that nobody linked.

    What is kept of the page stays, no longer live, so that its key results have their keys when
    it is linked again. One that carries a label goes on taking part. Where the wiki does not
    answer, the next sweep finds the page without a link.
    """
    before = ports.store.page(site, page)
    if before is None or not before.linked:
        raise NotFound(f"page {page} is not linked")
    if not ports.store.save_page(replace(before, linked=False)):
        raise Conflict(f"page {page} was read anew meanwhile")
    with suppress(*SILENT):
        _read_again(site, page, link=False, ports=ports)
    return ports.store.page(site, page) or before


def linked_pages(site: SiteId, *, store: OkrStore) -> list[StoredPage]:
    """Those that a person linked, by title, whatever became of them since."""
    return [page for page in store.pages(site) if page.linked]


def _read_again(site: SiteId, page: PageId, *, link: bool, ports: Ports) -> None:
    sync_pages(
        site,
        [page],
        wiki=ports.wiki,
        store=ports.store,
        clock=ports.clock,
        policy=ports.policy,
        link=link,
        remembered=ports.remembered,
        network=ports.network,
    )


def _measured(site: SiteId, page: PageId, ports: Ports) -> bool:
    try:
        measure_links(
            site,
            links_of_page(site, page, store=ports.store),
            tracker=ports.tracker,
            store=ports.store,
            clock=ports.clock,
            policy=ports.policy,
        )
    except SILENT:
        return False
    return True
