"""How a connected site does: for whoever administers it, and so without anything from its pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from connector.core.installation import Installation, Product
from connector.core.okr import PageState, SiteId
from connector.ports import Clock, OkrStore

# A whole sweep is due every hour; two that failed are worth a look.
LATE = timedelta(hours=2)


class Trouble(StrEnum):
    """What does not work, the gravest first."""

    CONFLUENCE_AWAY = "confluence_away"
    JIRA_AWAY = "jira_away"
    NO_JIRA = "no_jira"
    NOT_READ_YET = "not_read_yet"
    SWEEP_LATE = "sweep_late"
    NO_PAGES = "no_pages"
    PAGES_WITH_ERRORS = "pages_with_errors"


@dataclass(frozen=True, slots=True)
class SiteState:
    """`pages` are those that are kept and not gone; `since` says when some troubles began."""

    installed: tuple[Installation, ...]
    last_event: datetime | None
    last_sweep: datetime | None
    pages: int
    with_errors: int
    troubles: tuple[Trouble, ...]
    since: Mapping[Trouble, datetime]

    def has(self, product: Product) -> bool:
        return any(one.address(product) for one in self.installed)


def describe_site(
    site: SiteId, *, installed: Sequence[Installation], store: OkrStore, clock: Clock
) -> SiteState:
    """`installed` are the site's own and alive."""
    states = [page.state for page in store.pages(site) if page.state is not PageState.GONE]
    outages = store.outages(site)
    away = {"confluence": Trouble.CONFLUENCE_AWAY, "jira": Trouble.JIRA_AWAY}
    without = SiteState(
        installed=tuple(installed),
        last_event=store.last_event(site),
        last_sweep=store.last_sweep(site),
        pages=len(states),
        with_errors=states.count(PageState.ERRORS),
        troubles=(),
        since={away[product]: since for product, since in outages.items() if product in away},
    )
    found = {*_found(without, clock.now()), *without.since}
    return SiteState(
        without.installed,
        without.last_event,
        without.last_sweep,
        without.pages,
        without.with_errors,
        tuple(one for one in Trouble if one in found),
        without.since,
    )


def _found(state: SiteState, now: datetime) -> Iterator[Trouble]:
    if not state.has(Product.JIRA):
        yield Trouble.NO_JIRA
    if state.last_sweep is None:
        yield Trouble.NOT_READ_YET
        return
    if now - state.last_sweep > LATE:
        yield Trouble.SWEEP_LATE
    if not state.pages:
        yield Trouble.NO_PAGES
    if state.with_errors:
        yield Trouble.PAGES_WITH_ERRORS
