"""The panel of an issue: what it moves, how it counts, and a page for each reason to be empty."""

from dataclasses import replace
from itertools import pairwise

import pytest

from connector.catalogue import LOCALES
from connector.core.okr import IssueKey
from macros.panel.view import Showing
from macros.registry import STATIC
from tests.fakes.okrs import harbourline, warehouse
from tests.macros.panels import (
    FACTS,
    every_panel,
    lines,
    moved,
    panel_html,
    panel_of,
    two_pages,
)
from tests.macros.test_objective_page import NASTY, handlers_and_styles, nasty
from tests.macros.tree import texts, tree, values

STATES = tuple(every_panel("en"))


def test_a_key_result_says_how_far_it_is_and_where_it_stands() -> None:
    view = panel_of(replace(FACTS, pages=two_pages()))

    first, _, last = lines(view)
    assert view.heading == "Key results that HBR-12 moves"
    assert (first.row.bar.percent, first.row.basis, first.row.counted) == ("45%", "Outcome", "")
    assert (last.row.bar.percent, last.row.basis) == ("20%", "By linked work")
    assert last.row.counted == "2/10"
    assert first.objective == harbourline().page.okrs.objectives[0].title  # type: ignore[union-attr]  # the sample has them
    assert view.pages[0].page.url == harbourline().page.url
    assert view.pages[0].cycle == "Q4 2026"
    assert [line.row.key for line in lines(view)] == ["1001-1", "1001-4", "2002-2"]


@pytest.mark.parametrize(
    ("issue", "key", "part"),
    [
        ("HBR-10", "1001-1", "HBR-10 counts as done"),
        ("HBR-30", "1001-1", "HBR-30 counts as in progress"),
        ("HBR-45", "1001-1", "HBR-45 counts as open"),
        ("HBR-9", "1001-4", "HBR-9 is linked; the work below it counts"),
    ],
)
def test_an_issue_hears_how_it_counts(issue: str, key: str, part: str) -> None:
    facts = replace(FACTS, issue=IssueKey(issue), pages=(moved(harbourline(), key),))

    assert [line.part for line in lines(panel_of(facts))] == [part]


@pytest.mark.parametrize(
    ("hidden", "said"),
    [
        (0, ""),
        (1, "1 key result not visible to you"),
        (2, "2 key results not visible to you"),
        (None, ""),
    ],
)
def test_what_is_hidden_is_a_number_and_no_more(hidden: int | None, said: str) -> None:
    view = panel_of(replace(FACTS, pages=two_pages(), hidden=hidden))

    assert view.hidden == said
    assert replace(view, hidden="") == panel_of(replace(FACTS, pages=two_pages()))


@pytest.mark.parametrize("locale", LOCALES)
def test_every_reason_to_be_empty_has_a_page(locale: str) -> None:
    shown = {name: view.showing for name, view in every_panel(locale).items()}

    assert shown == {
        "full": Showing.KEY_RESULTS,
        "stale": Showing.KEY_RESULTS,
        "none": Showing.NONE,
        "none_visible": Showing.NONE_VISIBLE,
        "not_told": Showing.NONE_VISIBLE,
        "rights_unknown": Showing.RIGHTS_UNKNOWN,
        "waiting": Showing.WAITING,
    }
    for name, view in every_panel(locale).items():
        assert bool(view.pages) == (view.showing is Showing.KEY_RESULTS), name
        assert bool(view.advice) == (view.showing is not Showing.KEY_RESULTS), name


def test_when_rights_are_unknown_nothing_is_shown_even_of_what_is_there() -> None:
    view = panel_of(replace(FACTS, pages=two_pages(), hidden=None, known=False))

    assert (view.pages, view.hidden) == ((), "")


def test_an_old_number_says_that_it_is_old_and_an_outage_since_when() -> None:
    panels = every_panel("en")

    (old,) = lines(panels["stale"])
    assert old.row.status.word == "Stale"
    assert [one.text for one in old.row.notices] == ["No update for more than 14 days."]
    (away,) = panels["full"].notices
    assert away.moment is not None
    assert away.moment.age == "1 hour ago"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", STATES)
def test_every_state_is_a_whole_page_that_needs_no_loose_policy(name: str, locale: str) -> None:
    view = every_panel(locale)[name]
    page = tree(panel_html(view, locale, theme="dark"))

    assert (page.get("lang"), page.get("data-color-mode")) == (locale, "dark")
    assert texts(page, "title") == texts(page, "h1") == [view.heading]
    assert (texts(page, "style"), texts(page, "script")) == ([], [""])
    assert handlers_and_styles(page) == []
    levels = [int(str(one.tag)[1]) for one in page.iter("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    ids = values(page, "id")
    assert len(ids) == len(set(ids))


def test_every_asset_is_there() -> None:
    named = values(tree(panel_html(every_panel("en")["full"])), "src", "href")
    assets = {url.removeprefix("/assets/") for url in named if url.startswith("/assets/")}

    assert "panel.css" in assets
    assert assets <= {file.name for file in STATIC.iterdir()}


def test_author_text_never_becomes_markup() -> None:
    sample = nasty(warehouse())
    sample = replace(sample, page=replace(sample.page, url="javascript:alert(1)"))
    facts = replace(FACTS, issue=IssueKey(NASTY), pages=(moved(sample, "2002-1"),))
    page = tree(panel_html(panel_of(facts)))

    assert texts(page, "img") == []
    assert texts(page, "script") == [""]
    assert handlers_and_styles(page) == []
    assert not [url for url in values(page, "href") if not url.startswith("/assets/")]


def test_other_work_of_a_key_result_is_not_told() -> None:
    """Counted issues were read with our account; whether the reader may see them is not known."""
    html = panel_html(every_panel("en")["full"])

    counted = [one for each in harbourline().deliveries.values() for one in each.issues]
    others = [one for one in counted if one.key != FACTS.issue]
    assert others
    assert not [one for one in others if one.summary in html or f"{one.key} " in html]
