"""The board: groups and counts of what is shown, and a page for each reason to show nothing."""

import json
from dataclasses import replace
from html import unescape

import pytest

from connector.catalogue import LOCALES, words
from connector.core.cycle import Cycle
from connector.core.okr import Level, ObjectiveState
from macros.adf import adf
from macros.board.document import board_document
from macros.board.view import Showing
from macros.registry import STATIC
from macros.storage import storage
from tests.fakes.okrs import NOW, harbourline, warehouse
from tests.macros.boards import FACTS, board_html, board_of, every_board, page_of, two_levels

NASTY = '<img src=x onerror=alert(1)>"&'


def test_levels_stand_in_their_order_with_their_teams() -> None:
    view = board_of(replace(FACTS, pages=two_levels()))

    assert [(one.heading, one.count) for one in view.groups] == [
        ("Company", "1 objective"),
        ("Teams", "2 objectives"),
    ]
    [team] = view.groups[1].teams
    assert team.page.text == warehouse().page.title
    assert [line.title.text for line in team.lines] == [
        "让仓库同事一天之内上手新系统",
        "成为客户放心的库存账本",
    ]


def test_an_objective_says_whose_it_is_how_far_and_what_is_open() -> None:
    view = board_of(replace(FACTS, pages=two_levels()))

    line = view.groups[0].teams[0].lines[0]

    assert line.bar.percent == "35%"
    assert line.status.word == "At risk"
    assert line.owners == ("Ana Reyes",)
    assert line.asides == ("4 key results", "1 without data")
    assert line.title.url == harbourline().page.url


def test_health_is_counted_worst_first() -> None:
    view = board_of(replace(FACTS, pages=two_levels()))

    assert [(one.status.word, one.count) for one in view.health] == [
        ("At risk", "2"),
        ("On track", "1"),
    ]


@pytest.mark.parametrize(
    ("hidden", "said"),
    [(0, ""), (1, "1 not visible to you"), (2, "2 not visible to you"), (None, "")],
)
def test_what_is_hidden_is_a_number_and_no_more(hidden: int | None, said: str) -> None:
    view = board_of(replace(FACTS, pages=two_levels(), hidden=hidden))

    assert (view.hidden, view.total) == (said, "3 objectives")


def test_the_number_of_hidden_ones_is_said_in_chinese_too() -> None:
    view = board_of(replace(FACTS, pages=two_levels(), hidden=2), "zh-CN")

    assert view.hidden == "另有 2 个对你不可见"


def test_hidden_ones_change_nothing_but_their_number() -> None:
    """Not the counts of levels, not the order, not the health."""
    few, many = (board_of(replace(FACTS, pages=two_levels(), hidden=one)) for one in (0, 40))

    assert replace(many, hidden="") == few


@pytest.mark.parametrize("locale", LOCALES)
def test_every_reason_to_show_nothing_has_a_page(locale: str) -> None:
    shown = {name: view.showing for name, view in every_board(locale).items()}

    assert shown == {
        "full": Showing.OBJECTIVES,
        "no_level": Showing.OBJECTIVES,
        "one_cycle": Showing.OBJECTIVES,
        "empty": Showing.EMPTY,
        "none_visible": Showing.NONE_VISIBLE,
        "not_told": Showing.NONE_VISIBLE,
        "rights_unknown": Showing.RIGHTS_UNKNOWN,
        "waiting": Showing.WAITING,
    }
    for name, view in every_board(locale).items():
        assert bool(view.groups) == (view.showing is Showing.OBJECTIVES), name
        assert bool(view.advice) == (view.showing is not Showing.OBJECTIVES), name
        assert view.heading in board_html(view, locale), name


def test_whoever_is_not_told_cannot_tell_hidden_from_none() -> None:
    """Strangers see the same board whether there are objectives or not."""
    assert board_of(replace(FACTS, hidden=None)).showing is Showing.NONE_VISIBLE


def test_when_rights_are_unknown_nothing_is_shown_even_of_what_is_there() -> None:
    view = board_of(replace(FACTS, pages=two_levels(), hidden=None, known=False))

    assert (view.groups, view.total, view.health) == ((), "", ())


def test_closed_objectives_and_cycles_of_their_own_say_so() -> None:
    page = page_of(warehouse(), Level.TEAM)
    closed = replace(page.objectives[0], state=ObjectiveState.CLOSED)
    year = Cycle("2026", NOW.date(), NOW.date())
    pages = (replace(page, cycle=year, objectives=(closed,)),)

    [team] = board_of(replace(FACTS, pages=pages)).groups[0].teams

    assert (team.cycle, team.lines[0].state) == ("2026", "Closed")


def test_a_board_of_one_cycle_does_not_repeat_it() -> None:
    views = every_board("en")

    assert {team.cycle for group in views["one_cycle"].groups for team in group.teams} == {""}
    assert {team.cycle for group in views["full"].groups for team in group.teams} == {"Q4 2026"}


def test_no_text_of_an_author_becomes_markup() -> None:
    page = page_of(warehouse(), Level.TEAM)
    nasty = replace(page.objectives[0], title=NASTY)
    pages = (replace(page, title=NASTY, url="javascript:alert(1)", objectives=(nasty,)),)
    view = board_of(replace(FACTS, pages=pages))

    html = board_html(view)

    assert "<img" not in html
    assert "javascript:" not in html
    assert "<img" not in storage(board_document(view, words("en")))


def test_the_page_needs_no_inline_style_and_no_inline_script() -> None:
    for view in every_board("en").values():
        html = board_html(view)
        assert "style=" not in html
        assert "<style" not in html
        assert "<script>" not in html


def test_every_file_that_the_page_names_is_served() -> None:
    html = board_html(every_board("en")["full"])
    named = {one.split('"')[0] for one in html.split("/assets/")[1:]}

    styles = {"tokens.css", "macro.css", "objective.css", "board.css"}
    assert named == styles | {"macro.js", "signin.mjs"}
    assert all((STATIC / one).exists() for one in named)


@pytest.mark.parametrize("locale", LOCALES)
def test_an_export_says_what_the_frame_says(locale: str) -> None:
    for name, view in every_board(locale).items():
        document = board_document(view, words(locale))
        text = unescape(storage(document))
        nodes = json.dumps(adf(document), ensure_ascii=False)
        lines = [line for group in view.groups for team in group.teams for line in team.lines]
        said = [view.hidden, *view.advice, *(line.title.text for line in lines)]
        for one in said:
            assert one in text, name
            assert json.dumps(one, ensure_ascii=False)[1:-1] in nodes, name


def test_an_export_marks_its_tables_so_that_no_reader_takes_them_for_okrs() -> None:
    view = every_board("en")["full"]
    text = storage(board_document(view, words("en")))

    assert text.count("okr-connector-board-") == text.count("<table>") == 2
