"""Gather what the panel of an issue shows to whoever looks, from what is kept."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

import structlog

from connector.core.errors import OkrError
from connector.core.okr import IssueKey, KrKey, PageId, SiteId
from connector.core.policy import Policy
from connector.core.words import Words
from connector.ports import Clock, MeasuredPage, OkrStore
from connector.usecases.render_macro import policy_mark
from macros.panel.build import MovedPage, PanelFacts, panel_view
from macros.panel.view import PanelView

log = structlog.get_logger(__name__)

Sight = Callable[[Collection[PageId]], frozenset[PageId]]


@dataclass(frozen=True, slots=True)
class PanelParams:
    """What a frame asks for; that the reader sees the issue, the host has vouched for."""

    issue: IssueKey
    locale: str
    theme: str


@dataclass(frozen=True, slots=True)
class Panel:
    """What one reader gets to see: nothing in here is of a page that they may not read but the
    number of key results there, None where that is not told."""

    pages: tuple[MovedPage, ...]
    revisions: tuple[tuple[PageId, int], ...]
    hidden: int | None
    known: bool
    waiting: bool
    outages: Mapping[str, datetime]


def gather_panel(
    params: PanelParams,
    *,
    site: SiteId,
    store: OkrStore,
    sight: Sight,
    tells_hidden: bool,
) -> Panel:
    """
    `sight` says which of some pages the reader may see; when it cannot, the panel is empty and
    says so. `tells_hidden`: the reader may hear how many key results they do not see.
    """
    moved = store.moved_by(site, params.issue)
    seen, known = _seen(moved, sight)
    found = store.measured_pages(site, seen) if seen else []
    shown = sorted(found, key=lambda one: (one.page.title.casefold(), one.page.page))
    hidden = sum(len(keys) for page, keys in moved.items() if page not in seen)
    return Panel(
        pages=tuple(page for one in shown if (page := _moved(one, moved))),
        revisions=tuple((one.page.page, one.revision) for one in shown),
        hidden=hidden if known and tells_hidden else None,
        known=known,
        waiting=not moved and store.last_sweep(site) is None,
        outages=store.outages(site),
    )


def _seen(moved: Mapping[PageId, frozenset[KrKey]], sight: Sight) -> tuple[frozenset[PageId], bool]:
    """Whatever goes wrong with the question, nothing is seen then."""
    if not moved:
        return frozenset(), True
    try:
        return sight(moved.keys()), True
    except OkrError as error:
        log.warning("panel.rights_unknown", code=error.code, retryable=error.retryable)
        return frozenset(), False


def _moved(one: MeasuredPage, moved: Mapping[PageId, frozenset[KrKey]]) -> MovedPage | None:
    """None for a page that was emptied since the question about it."""
    if one.page.shown is None:
        return None
    return MovedPage(one.page, one.page.shown, one.deliveries, moved[one.page.page])


def panel_tag(
    panel: Panel,
    params: PanelParams,
    *,
    site: SiteId,
    clock: Clock,
    policy: Policy,
    release: str = "",
    jira_url: str = "",
) -> str:
    """
    An entity tag (unquoted) of what this reader gets to see: it follows from the revisions of
    pages that are shown, and changes with no other page.
    """
    facts = (
        site,
        repr(panel.revisions),
        repr([sorted(one.moved) for one in panel.pages]),
        repr((panel.hidden, panel.known, panel.waiting)),
        repr(sorted((product, since.isoformat()) for product, since in panel.outages.items())),
        policy.today(clock.now()).isoformat(),
        repr(params),
        policy_mark(policy),
        release,
        jira_url,
    )
    return blake2b("\x00".join(facts).encode(), digest_size=12).hexdigest()


def show_panel(
    panel: Panel,
    params: PanelParams,
    *,
    clock: Clock,
    policy: Policy,
    words: Words,
    jira_url: str = "",
) -> PanelView:
    facts = PanelFacts(
        issue=params.issue,
        pages=panel.pages,
        hidden=panel.hidden,
        known=panel.known,
        waiting=panel.waiting,
        outages=panel.outages,
    )
    return panel_view(facts, words=words, now=clock.now(), policy=policy, jira_url=jira_url)
