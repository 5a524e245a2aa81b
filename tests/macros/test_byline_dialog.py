"""What opens below a page's title: how far, what to fix, and nothing that needs a loose policy."""

from itertools import pairwise

import pytest

from connector.catalogue import LOCALES, words
from macros.objective.byline import render_byline
from macros.objective.view import ObjectivesView
from tests.fakes.okrs import warehouse
from tests.macros.test_objective_page import NASTY, handlers_and_styles, nasty
from tests.macros.tree import attributes, texts, tree, values
from tests.macros.views import every_state, view_of

STATES = tuple(every_state("en"))


def dialog_html(view: ObjectivesView, locale: str = "en", theme: str = "auto") -> str:
    return render_byline(
        view,
        words=words(locale),
        theme=theme,
        assets="/assets",
        resize_origin="https://wiki.example.org",
    )


def test_objectives_stand_with_their_numbers_and_without_their_key_results() -> None:
    view = view_of(warehouse())
    page = tree(dialog_html(view))

    assert texts(page, "h2")[:2] == [card.title for card in view.cards]
    assert values(page, "data-number") == [card.key for card in view.cards]
    assert texts(page, "h3") == []


def test_what_to_fix_is_grouped_and_unfolded() -> None:
    page = tree(dialog_html(every_state("en")["broken"]))

    (findings,) = (one for one in page.iter("details") if one.get("id") == "okr-findings")
    assert "open" in findings.attrib
    assert texts(findings, "h2") == ["Must be mended", "Should be mended", "Good to know"]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", STATES)
def test_every_state_is_a_whole_page(name: str, locale: str) -> None:
    view = every_state(locale)[name]
    page = tree(dialog_html(view, locale, theme="dark"))

    assert (page.get("lang"), page.get("data-color-mode")) == (locale, "dark")
    assert texts(page, "title") == texts(page, "h1")
    assert (texts(page, "style"), texts(page, "script")) == ([], [""])
    assert handlers_and_styles(page) == []
    levels = [int(str(one.tag)[1]) for one in page.iter("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_nothing_to_fix_is_said() -> None:
    view = every_state("en")["harbourline"]

    assert view.findings is None
    assert "Nothing to improve was found." in dialog_html(view)


def test_author_text_never_becomes_markup() -> None:
    page = tree(dialog_html(view_of(nasty(warehouse()))))

    assert texts(page, "h2")[0] == NASTY
    assert texts(page, "img") == []
    assert not [name for name, _ in attributes(page) if name.startswith("on")]
