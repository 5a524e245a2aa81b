"""Gather what a board shows to whoever looks, from what is kept; only rights are asked for."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from threading import Lock

import structlog

from connector.core.board import BoardPage, Selection, board_page
from connector.core.errors import OkrError
from connector.core.okr import PageId, SiteId
from connector.core.policy import Policy
from connector.core.viewer import ViewerNotAccepted
from connector.core.words import Words
from connector.ports import Clock, OkrStore
from connector.usecases.render_macro import policy_mark
from macros.board.build import BoardFacts, board_view
from macros.board.view import BoardView

log = structlog.get_logger(__name__)

# Sites whose boards are looked at; the others are read anew when somebody does.
MOST_SITES = 20

Sight = Callable[[Collection[PageId]], frozenset[PageId]]


@dataclass(frozen=True, slots=True)
class BoardParams:
    """What a frame asks for; `page` is where the board stands, empty where that is not known."""

    page: PageId
    selection: Selection
    locale: str
    theme: str


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A page as boards show it; None for one without objectives. Good for one revision and day."""

    revision: int
    day: date
    board: BoardPage | None


@dataclass(slots=True)
class BoardShelf:
    """
    Pages as boards show them, made when their revision or the day is a new one.

    So a look at 500 objectives reads revisions and no more. What is kept here is of the whole
    site: who may see what is decided afterwards, each time.
    """

    _sites: dict[SiteId, dict[PageId, _Prepared]] = field(default_factory=dict)
    _guard: Lock = field(default_factory=Lock)

    def pages(
        self, site: SiteId, *, store: OkrStore, clock: Clock, policy: Policy
    ) -> list[tuple[int, BoardPage]]:
        """Pages with objectives and their revisions, in no order."""
        now = clock.now()
        day, revisions = policy.today(now), store.revisions(site)
        with self._guard:
            known = self._sites.get(site, {})
        fresh = {
            page: known[page]
            for page, revision in revisions.items()
            if page in known and (known[page].revision, known[page].day) == (revision, day)
        }
        missing = revisions.keys() - fresh.keys()
        for one in store.measured_pages(site, missing) if missing else ():
            board = board_page(
                one.page, one.deliveries, now=now, policy=policy, alignment=one.alignment
            )
            fresh[one.page.page] = _Prepared(one.revision, day, board)
        self._keep(site, fresh)
        return [(one.revision, one.board) for one in fresh.values() if one.board]

    def _keep(self, site: SiteId, pages: dict[PageId, _Prepared]) -> None:
        with self._guard:
            self._sites.pop(site, None)
            self._sites[site] = pages
            while len(self._sites) > MOST_SITES:
                del self._sites[next(iter(self._sites))]


@dataclass(frozen=True, slots=True)
class Board:
    """What one caller gets to see: nothing in here is of a page that they may not read but the
    number of objectives there, None where that is not told."""

    pages: tuple[BoardPage, ...]
    revisions: tuple[tuple[PageId, int], ...]
    hidden: int | None
    known: bool
    waiting: bool
    outages: Mapping[str, datetime]


def gather_board(
    params: BoardParams,
    *,
    site: SiteId,
    shelf: BoardShelf,
    store: OkrStore,
    clock: Clock,
    policy: Policy,
    sight: Sight,
    tells_hidden: bool,
) -> Board:
    """
    `sight` says which of some pages the caller may read; when it cannot, the board is empty and
    says so. `tells_hidden`: the caller may hear how many objectives they do not see.

    Of a space in which the caller sees nothing, not even that number is told: else anybody could
    learn with a board which spaces there are.
    """
    today = policy.today(clock.now())
    chosen = [
        (revision, page)
        for revision, page in shelf.pages(site, store=store, clock=clock, policy=policy)
        if params.selection.takes(page, today)
    ]
    seen, known = _seen([page.page for _, page in chosen], sight)
    shown = sorted((one for one in chosen if one[1].page in seen), key=lambda one: _order(one[1]))
    told = known and tells_hidden and (bool(shown) or not params.selection.space)
    hidden = sum(len(page.objectives) for _, page in chosen if page.page not in seen)
    return Board(
        pages=tuple(page for _, page in shown),
        revisions=tuple((page.page, revision) for revision, page in shown),
        hidden=hidden if told else None,
        known=known,
        waiting=not chosen and store.last_sweep(site) is None,
        outages=store.outages(site),
    )


def _seen(pages: list[PageId], sight: Sight) -> tuple[frozenset[PageId], bool]:
    """Whatever goes wrong with the question, nothing is seen then; who must sign in is told so."""
    try:
        return sight(pages), True
    except ViewerNotAccepted:
        raise
    except OkrError as error:
        log.warning("board.rights_unknown", code=error.code, retryable=error.retryable)
        return frozenset(), False


def _order(page: BoardPage) -> tuple[str, str]:
    return page.title.casefold(), page.page


def board_tag(
    board: Board,
    params: BoardParams,
    *,
    site: SiteId,
    clock: Clock,
    policy: Policy,
    release: str = "",
) -> str:
    """
    An entity tag (unquoted) of what this caller gets to see: it follows from the revisions of
    pages that are shown, and changes with no other page.
    """
    facts = (
        site,
        repr(board.revisions),
        repr((board.hidden, board.known, board.waiting)),
        repr(sorted((product, since.isoformat()) for product, since in board.outages.items())),
        policy.today(clock.now()).isoformat(),
        repr(params),
        policy_mark(policy),
        release,
    )
    return blake2b("\x00".join(facts).encode(), digest_size=12).hexdigest()


def show_board(
    board: Board, params: BoardParams, *, clock: Clock, policy: Policy, words: Words
) -> BoardView:
    facts = BoardFacts(
        pages=board.pages,
        hidden=board.hidden,
        known=board.known,
        waiting=board.waiting,
        outages=board.outages,
        selection=params.selection,
    )
    return board_view(facts, words=words, now=clock.now(), policy=policy)
