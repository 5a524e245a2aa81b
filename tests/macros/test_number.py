"""One number in the run of a sentence."""

import pytest

from connector.catalogue import words
from macros.objective.number import number_inline
from macros.storage import inline_storage
from tests.fakes.okrs import harbourline
from tests.macros.views import every_state, view_of

LOZENGE = (
    '<ac:structured-macro ac:name="status" ac:schema-version="1">'
    '<ac:parameter ac:name="colour">{colour}</ac:parameter>'
    '<ac:parameter ac:name="title">{title}</ac:parameter></ac:structured-macro>'
)


def said(key: str, locale: str = "en") -> str:
    return inline_storage(number_inline(view_of(harbourline(), locale), key, words(locale)))


def test_a_key_result_says_how_far_and_how_it_stands() -> None:
    assert said("1001-1") == "45% " + LOZENGE.format(colour="Green", title="On track")
    assert said("1001-2") == "8% (1/12) " + LOZENGE.format(colour="Red", title="Off track")
    assert said("1001-2", "zh-CN").startswith("8%（1/12） ")


def test_an_objective_does_too() -> None:
    assert said("1001-O1") == "35% " + LOZENGE.format(colour="Yellow", title="At risk")


@pytest.mark.parametrize("key", ["1001-77", "2002-1", "", "<b>"])
def test_a_key_that_is_not_there_is_a_dash_and_nothing_else(key: str) -> None:
    assert said(key) == "–"


@pytest.mark.parametrize("state", ["not_found", "waiting", "empty", "unreadable", "no_objective"])
def test_a_page_without_okrs_is_a_dash_whatever_the_reason(state: str) -> None:
    view = every_state("en")[state]

    assert inline_storage(number_inline(view, "2002-1", words("en"))) == "–"
