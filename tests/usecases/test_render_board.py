"""Boards are gathered from what is kept: a look reads revisions, and asks only for rights."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from connector.core.board import Selection
from connector.core.errors import Unavailable
from connector.core.findings import Place
from connector.core.okr import (
    KeyResult,
    KrKey,
    Level,
    Objective,
    ObjectiveKey,
    OkrPage,
    PageId,
    PageState,
    SiteId,
    StoredPage,
)
from connector.core.policy import Policy
from connector.ports import MeasuredPage
from connector.usecases.render_board import Board, BoardParams, BoardShelf, board_tag, gather_board
from tests.fakes.store import FakeStore

SITE = SiteId("wiki.example")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
PUBLIC, TEAM, SECRET = PageId("1"), PageId("2"), PageId("3")


def page_of(
    page: PageId,
    *,
    objectives: int = 1,
    cycle: str | None = "2026-Q4",
    level: Level | None = None,
    space: str = "OKR",
    **changes: object,
) -> StoredPage:
    result = KeyResult(KrKey(f"{page}-1"), "Result", 1, Place())
    listed = tuple(
        Objective(ObjectiveKey(f"{page}-O{number}"), f"Aim {page}.{number}", Place(), (result,))
        for number in range(1, objectives + 1)
    )
    okrs = OkrPage(page, f"Page {page}", cycle, level, (), listed)
    kept = StoredPage(
        SITE,
        page,
        f"Page {page}",
        space,
        f"https://wiki.example/{page}",
        1,
        1,
        PageState.READ,
        okrs,
        (),
        NOON,
        saved_at=NOON,
    )
    return replace(kept, **changes)  # type: ignore[arg-type]  # fields by name, checked when the value is built


@dataclass
class CountingStore(FakeStore):
    """Remembers which pages were read with all they hold."""

    read: list[int] = field(default_factory=list)

    def measured_pages(self, site: SiteId, pages: Collection[PageId]) -> list[MeasuredPage]:
        self.read.append(len(pages))
        return super().measured_pages(site, pages)


@dataclass
class World:
    store: CountingStore = field(default_factory=CountingStore)
    seen: set[PageId] = field(default_factory=lambda: {PUBLIC, TEAM})
    asked: list[set[PageId]] = field(default_factory=list)
    now_: datetime = NOON
    shelf: BoardShelf = field(default_factory=BoardShelf)
    down: bool = False
    tells_hidden: bool = True
    policy: Policy = field(default_factory=Policy)

    def now(self) -> datetime:
        return self.now_

    def sight(self, pages: Collection[PageId]) -> frozenset[PageId]:
        self.asked.append(set(pages))
        if self.down:
            raise Unavailable("confluence is down")
        return frozenset(pages) & self.seen

    def board(self, selection: Selection = Selection()) -> Board:  # noqa: B008 - frozen
        return gather_board(
            self._params(selection),
            site=SITE,
            shelf=self.shelf,
            store=self.store,
            clock=self,
            policy=self.policy,
            sight=self.sight,
            tells_hidden=self.tells_hidden,
        )

    def tag(self, selection: Selection = Selection()) -> str:  # noqa: B008 - frozen
        board = self.board(selection)
        return board_tag(board, self._params(selection), site=SITE, clock=self, policy=self.policy)

    def _params(self, selection: Selection) -> BoardParams:
        return BoardParams(PUBLIC, selection, "en", "auto")


@pytest.fixture
def world() -> World:
    world = World()
    world.store.save_page(page_of(PUBLIC, level=Level.COMPANY))
    world.store.save_page(page_of(TEAM, objectives=2, level=Level.TEAM, space="ENG"))
    world.store.save_page(page_of(SECRET, objectives=3, level=Level.TEAM, space="HR"))
    world.store.note_sweep(SITE, NOON)
    return world


def shown(board: Board) -> list[PageId]:
    return [page.page for page in board.pages]


def test_a_board_holds_what_may_be_seen_and_a_number_for_the_rest(world: World) -> None:
    board = world.board()

    assert shown(board) == [PUBLIC, TEAM]
    assert board.hidden == 3
    assert "Page 3" not in repr(board)
    assert "Aim 3" not in repr(board)


def test_strangers_do_not_even_hear_the_number(world: World) -> None:
    world.tells_hidden = False

    assert world.board().hidden is None


@pytest.mark.parametrize(
    ("selection", "pages"),
    [
        (Selection(level=Level.TEAM), [TEAM]),
        (Selection(space="ENG"), [TEAM]),
        (Selection(cycle="2026-Q4"), [PUBLIC, TEAM]),
        (Selection(cycle="2026-Q3"), []),
        (Selection(space="HR"), []),
    ],
)
def test_a_selection_asks_about_its_own_pages_alone(
    world: World, selection: Selection, pages: list[PageId]
) -> None:
    assert shown(world.board(selection)) == pages
    assert world.asked[-1] <= {PUBLIC, TEAM, SECRET}
    if selection.space:
        assert len(world.asked[-1]) == 1


def test_a_board_of_a_space_does_not_tell_whether_the_space_is_there(world: World) -> None:
    """Otherwise anybody could try keys and count what they may not see."""
    secret, none = world.board(Selection(space="HR")), world.board(Selection(space="NONE"))

    assert secret == none
    assert secret.hidden is None


def test_without_a_cycle_all_that_run_today_are_shown(world: World) -> None:
    for number, cycle in enumerate(("2026", "2026-H2", "2026-11", None, "2026-Q3", "2027-Q1"), 10):
        world.store.save_page(page_of(PageId(f"{number}"), cycle=cycle))
        world.seen.add(PageId(f"{number}"))

    assert set(shown(world.board())) == {PUBLIC, TEAM, "10", "11", "12", "13"}


@pytest.mark.parametrize("state", [PageState.GONE, PageState.EMPTY])
def test_pages_that_show_no_objectives_are_on_no_board(world: World, state: PageState) -> None:
    world.store.save_page(page_of(TEAM, version=2, state=state))

    assert shown(world.board()) == [PUBLIC]


def test_a_second_look_reads_no_page_again(world: World) -> None:
    world.board()
    world.board()
    world.store.save_page(page_of(TEAM, version=2))
    world.board()

    assert world.store.read == [3, 1]


def test_a_new_day_is_a_new_pace(world: World) -> None:
    before = world.board().pages[0].expected
    world.now_ += timedelta(days=1)

    assert world.board().pages[0].expected > before


def test_memory_holds_few_sites() -> None:
    world = World()
    for number in range(40):
        world.shelf.pages(SiteId(f"{number}"), store=world.store, clock=world, policy=world.policy)

    assert len(world.shelf._sites) <= 20


def test_when_rights_are_not_known_nothing_is_seen(world: World) -> None:
    world.down = True
    board = world.board()

    assert (board.pages, board.revisions, board.hidden, board.known) == ((), (), None, False)


def test_the_tag_follows_what_is_seen(world: World) -> None:
    first = world.tag()
    world.store.save_page(page_of(TEAM, version=2))
    second = world.tag()
    world.seen.add(SECRET)
    third = world.tag()

    assert len({first, second, third}) == 3
    assert world.tag() == third


def test_the_tag_does_not_follow_what_is_hidden(world: World) -> None:
    """Its title, owners and numbers may change; only how many there are is told."""
    before = world.tag()
    world.store.save_page(page_of(SECRET, objectives=3, version=2, title="Reorganisation"))

    assert world.tag() == before

    world.store.save_page(page_of(SECRET, objectives=4, version=3))
    assert world.tag() != before
    world.tells_hidden = False
    quiet = world.tag()
    world.store.save_page(page_of(SECRET, objectives=5, version=4))
    assert world.tag() == quiet


def test_two_who_see_the_same_have_the_same_tag(world: World) -> None:
    first = world.tag()
    world.shelf = BoardShelf()

    assert world.tag() == first


def test_order_is_that_of_titles_whatever_is_hidden(world: World) -> None:
    for number in (4, 5, 6):
        world.store.save_page(page_of(PageId(f"{number}"), title=f"Page {9 - number}"))
    world.seen |= {PageId("4"), PageId("6")}

    assert shown(world.board()) == [PUBLIC, TEAM, "6", "4"]


def test_before_the_first_reading_the_board_waits() -> None:
    world = World()
    waiting = world.board().waiting
    world.store.note_sweep(SITE, NOON)

    assert (waiting, world.board().waiting) == (True, False)
