"""Boards of sample pages, in one call."""

from dataclasses import replace

from connector.catalogue import words
from connector.core.board import BoardPage, Selection, board_page
from connector.core.okr import Level
from macros.board.build import BoardFacts, board_view
from macros.board.page import render_board
from macros.board.view import BoardView
from tests.fakes.okrs import NOW, Sample, harbourline, warehouse
from tests.macros.views import AWAY, POLICY

FACTS = BoardFacts((), 0, known=True, waiting=False, outages={}, selection=Selection())


def page_of(sample: Sample, level: Level | None = None) -> BoardPage:
    assert sample.page.okrs is not None
    page = replace(sample.page, okrs=replace(sample.page.okrs, level=level))
    found = board_page(page, sample.deliveries, now=NOW, policy=POLICY)
    assert found is not None
    return found


def two_levels() -> tuple[BoardPage, ...]:
    """A company of one objective and a team of two."""
    return page_of(warehouse(), Level.TEAM), page_of(harbourline(), Level.COMPANY)


def board_of(facts: BoardFacts, locale: str = "en") -> BoardView:
    return board_view(facts, words=words(locale), now=NOW, policy=POLICY)


def board_html(view: BoardView, locale: str = "en", theme: str = "auto", tag: str = "") -> str:
    return render_board(
        view,
        words=words(locale),
        theme=theme,
        assets="/assets",
        resize_origin="https://wiki.example.org",
        tag=tag,
    )


def every_board(locale: str) -> dict[str, BoardView]:
    """All that can stand where a board stands, by name."""
    full = replace(FACTS, pages=two_levels(), hidden=2, outages=AWAY)
    return {
        "full": board_of(full, locale),
        "no_level": board_of(replace(FACTS, pages=(page_of(warehouse()),)), locale),
        "one_cycle": board_of(replace(full, selection=Selection("2026-Q4")), locale),
        "empty": board_of(FACTS, locale),
        "none_visible": board_of(replace(FACTS, hidden=2), locale),
        "not_told": board_of(replace(FACTS, hidden=None), locale),
        "rights_unknown": board_of(replace(FACTS, hidden=None, known=False), locale),
        "waiting": board_of(replace(FACTS, waiting=True), locale),
    }
