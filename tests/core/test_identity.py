"""Keys stay with the words they were given for, and are never given twice."""

from time import perf_counter

import pytest

from connector.core.findings import Place
from connector.core.identity import highest_number, keep_keys
from connector.core.okr import KeyResult, KrKey, Objective, ObjectiveKey, OkrPage, PageId

PAGE = PageId("7")


def page(*titles: str, objective: str = "Customers pay without a second thought") -> OkrPage:
    results = tuple(
        KeyResult(KrKey("?"), title, number, Place()) for number, title in enumerate(titles, 1)
    )
    found = Objective(ObjectiveKey("?"), objective, Place(), results)
    return OkrPage(PAGE, "OKR", None, None, (), (found,))


def read(*saves: OkrPage) -> list[OkrPage]:
    """Each as it is kept after the one before it."""
    kept: list[OkrPage] = []
    last = 0
    for one in saves:
        kept.append(keep_keys(kept[-1] if kept else None, one, last_number=last))
        last = max(last, highest_number(kept[-1]))
    return kept


def keys(of: OkrPage) -> list[str]:
    return [one.key for objective in of.objectives for one in objective.key_results]


def test_keys_are_given_in_first_seen_order() -> None:
    (first,) = read(page("NPS from 20 to 40", "Churn at most 2%"))

    assert keys(first) == ["7-1", "7-2"]
    assert first.objectives[0].key == "7-O1"


def test_a_text_that_was_edited_a_little_keeps_its_key() -> None:
    _, second = read(
        page("NPS from 20 to 40", "Churn at most 2%"),
        page("Churn at most 3%", "NPS from 20 to 45"),
    )

    assert keys(second) == ["7-2", "7-1"]


def test_width_case_and_spaces_are_no_edit() -> None:
    _, second = read(page("ＮＰＳ 从 20 到 40", "NPS 从 20 到 4"), page("nps从20到40"))

    assert keys(second) == ["7-1"]


def test_a_tie_is_nobodys() -> None:
    """Two that are equally near to the new text: none of them hands on its history."""
    _, second = read(page("NPS from 20 to 41", "NPS from 20 to 42"), page("NPS from 20 to 43"))

    assert keys(second) == ["7-3"]


def test_two_that_want_the_same_key_get_none() -> None:
    _, second = read(page("NPS from 20 to 41"), page("NPS from 20 to 42", "NPS from 20 to 43"))

    assert keys(second) == ["7-2", "7-3"]


@pytest.mark.parametrize("now", ["每月事故不超过两次", "04 ot 02 morf SPN"])
def test_what_has_nothing_in_common_is_new(now: str) -> None:
    """Nor has what is made of the same letters."""
    _, second = read(page("NPS from 20 to 40"), page(now))

    assert keys(second) == ["7-2"]


def test_the_number_of_a_key_result_that_left_is_not_given_again() -> None:
    *_, third = read(
        page("NPS from 20 to 40", "Churn at most 2%"),
        page("NPS from 20 to 40"),
        page("NPS from 20 to 40", "每月事故不超过两次"),
    )

    assert keys(third) == ["7-1", "7-3"]


def test_the_number_of_an_objective_that_left_is_not_given_again() -> None:
    seen = read(
        page("NPS from 20 to 40", objective="Customers pay without a second thought"),
        page("NPS from 20 to 40", objective="仓库同事一天上手"),
        page("NPS from 20 to 40", objective="Engineers release calmly on any weekday"),
    )

    assert len({one.objectives[0].key for one in seen}) == 3


def test_a_page_rewritten_as_a_whole_does_not_hold_up_the_others() -> None:
    """Two thousand rows, all of them edited at once: comparing each with each would take hours."""
    before = page(*(f"Raise the margin of product {n} from {n} to {n + 9}" for n in range(2000)))
    after = page(*(f"Raise the margin of product {n} from {n} to {n + 8}." for n in range(2000)))
    began = perf_counter()

    _, second = read(before, after)

    assert perf_counter() - began < 20
    assert len(set(keys(second))) == 2000


def test_long_texts_are_told_apart_quickly() -> None:
    long = "In every region we sell in " * 70
    before = page(*(f"{n} {long}" for n in range(30)))
    after = page(*(f"{n} {long}!" for n in range(30)))
    began = perf_counter()

    read(before, after)

    assert perf_counter() - began < 20
