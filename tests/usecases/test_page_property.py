"""What we leave at a page: found by search, and keys that outlive our database."""

import copy
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.core.assessment import assess
from connector.core.findings import Place
from connector.core.identity import match_keys
from connector.core.okr import (
    Anchor,
    AnchorKind,
    KeyResult,
    KrKey,
    Objective,
    ObjectiveKey,
    OkrPage,
    PageId,
    Person,
)
from connector.usecases.page_property import LARGEST, page_property, read_property
from schemas import validate
from tests.fakes.okrs import NOW, Sample, broken, harbourline, stored, warehouse
from tests.macros.views import POLICY

PAGE = PageId("4711")
NOWHERE = Place()


def value_of(sample: Sample) -> Any:
    page = sample.page
    found = page.shown and assess(page, page.shown, sample.deliveries, now=NOW, policy=POLICY)
    return page_property(page, found or None)


def okrs(*titles: str, anchors: tuple[tuple[Anchor, ...], ...] = (), page: str = PAGE) -> OkrPage:
    """One objective with these key results, as a first reading makes them."""
    marks = anchors or ((),) * len(titles)
    rows = tuple(
        KeyResult(KrKey(""), title, number, NOWHERE, anchors=mark)
        for number, (title, mark) in enumerate(zip(titles, marks, strict=True), start=1)
    )
    objective = Objective(ObjectiveKey(""), "Ports trust us", NOWHERE, rows)
    return OkrPage(PageId(page), "OKRs", None, None, (), (objective,))


def kept(found: OkrPage, last: int = 0) -> Any:
    page = stored(found, page=found.page, title=found.title, last_number=last)
    return value_of(Sample(page, {}))


def keys(found: OkrPage) -> list[tuple[str, str]]:
    return [(row.title, row.key) for one in found.objectives for row in one.key_results]


def recalled(value: object, now: OkrPage) -> OkrPage:
    """The page as a new database reads it, with the property that an old one left."""
    memory = read_property(json.loads(json.dumps(value)), now)
    if memory is None:
        return match_keys(None, now).okrs
    return match_keys(memory.okrs, now, last_number=memory.last_number).okrs


@pytest.mark.parametrize(
    "sample", [warehouse(), harbourline(), broken()], ids=lambda one: one.page.page
)
def test_it_fits_its_schema_and_names_nobody(sample: Sample) -> None:
    value = value_of(sample)

    assert validate("page-property", value) == []
    assert sample.page.okrs is not None
    people = {Person("李伟", "5b10").name, "5b10", "Wang Fang", "Ana Reyes", "赵强"}
    assert [one for one in people if one in json.dumps(value, ensure_ascii=False)] == []


def test_it_has_what_a_search_asks_for() -> None:
    value = value_of(broken())

    assert {name: value[name] for name in value.keys() - {"keys", "quality"}} == {
        "format": 1,
        "page": "3003",
        "state": "errors",
        "cycle": "2026-Q3",
        "level": "team",
        "health": "stale",
        "progress": 70,
        "findings": 3,
        "to_fix": 2,
        "objectives": 1,
        "key_results": 1,
    }
    assert 0 <= value["quality"] <= 100


def test_what_is_not_known_is_left_out() -> None:
    value = value_of(Sample(stored(None, page="4", title="Notes"), {}))

    assert validate("page-property", value) == []
    assert value == {
        "format": 1,
        "page": "4",
        "state": "empty",
        "findings": 0,
        "to_fix": 0,
        "objectives": 0,
        "key_results": 0,
    }


def test_the_same_facts_are_the_same_value() -> None:
    assert json.dumps(value_of(warehouse())) == json.dumps(value_of(warehouse()))


def test_keys_outlive_the_database() -> None:
    """Rows were moved and one was added, so the numbers are not those of a first reading."""
    first = match_keys(None, okrs("Churn falls", "Revenue rises")).okrs
    later = match_keys(first, okrs("NPS rises", "Revenue rises", "Churn falls")).okrs
    assert keys(later) == [
        ("NPS rises", "4711-3"),
        ("Revenue rises", "4711-2"),
        ("Churn falls", "4711-1"),
    ]

    again = recalled(kept(later), okrs("NPS rises", "Revenue rises", "Churn falls"))

    assert again == later
    assert again != match_keys(None, okrs("NPS rises", "Revenue rises", "Churn falls")).okrs


def test_what_was_edited_meanwhile_is_known_by_its_anchor_or_by_similar_words() -> None:
    anchor = (Anchor(AnchorKind.LOCAL, "b1d0"),)
    before = match_keys(
        None,
        okrs("Something else", "Churn falls", "Revenue rises by a third", anchors=((), anchor, ())),
    ).okrs

    again = recalled(
        kept(before),
        okrs("Revenue rises by a half", "Fewer customers leave", anchors=((), anchor)),
    )

    assert keys(again) == [
        ("Revenue rises by a half", "4711-3"),
        ("Fewer customers leave", "4711-2"),
    ]


def test_rows_below_no_objective_are_known_again() -> None:
    """The reader puts them below an objective without a title."""
    rows = okrs("Churn falls", "Revenue rises").objectives[0]
    untitled = replace(okrs(), objectives=(replace(rows, title=""),))
    turned = replace(
        untitled, objectives=(replace(rows, title="", key_results=rows.key_results[::-1]),)
    )
    before = match_keys(None, untitled).okrs

    assert validate("page-property", kept(before)) == []
    assert keys(recalled(kept(before), turned)) == keys(before)[::-1]


def test_no_number_is_given_twice() -> None:
    """Number 9 belonged to a key result that was deleted before the database was lost."""
    before = match_keys(None, okrs("Churn falls")).okrs

    again = recalled(kept(before, last=9), okrs("Churn falls", "New"))

    assert keys(again) == [("Churn falls", "4711-1"), ("New", "4711-10")]


def test_a_copied_page_begins_anew() -> None:
    """Confluence copies properties along with a page."""
    before = match_keys(None, okrs("Churn falls", "Revenue rises")).okrs
    copied = okrs("Revenue rises", page="5000")
    nothing_yet = kept(okrs())  # a page with no keys of its own to tell it by

    assert read_property(kept(before), copied) is None
    assert read_property(nothing_yet | {"keys": {"last": 9, "objectives": []}}, copied) is None
    assert keys(recalled(kept(before), copied)) == [("Revenue rises", "5000-1")]


def test_an_unreadable_version_keeps_the_keys() -> None:
    assert value_of(broken())["keys"]["objectives"][0]["key_results"][0]["key"] == "3003-1"


@pytest.mark.parametrize("count", [3, 60, 200, 500])
@pytest.mark.parametrize("length", [30, 300])
def test_it_stays_within_its_bounds_and_still_knows_the_same_words(count: int, length: int) -> None:
    anchors = tuple(
        tuple(Anchor(AnchorKind.LOCAL, f"{n:08}-4b51-4b0f-9c39-{a:012}") for a in range(3))
        for n in range(count)
    )
    titles = tuple(f"{n} 库存准确率从".ljust(length, "高") for n in range(count))
    before = match_keys(okrs("Gone"), okrs(*titles, anchors=anchors), last_number=7).okrs
    value = kept(before)

    assert len(json.dumps(value)) <= LARGEST
    assert validate("page-property", value) == []
    assert recalled(value, okrs(*titles)) == _bare(before)


def _bare(found: OkrPage) -> OkrPage:
    """Without anchors, as the page was read the second time."""
    one = found.objectives[0]
    rows = tuple(replace(row, anchors=()) for row in one.key_results)
    return replace(found, objectives=(replace(one, key_results=rows),))


def test_what_never_fits_leaves_the_keys_out_and_says_the_rest() -> None:
    before = match_keys(None, okrs(*(f"Number {n} rises" for n in range(1000)))).okrs
    value = kept(before)

    assert "keys" not in value
    assert value["key_results"] == 1000
    assert validate("page-property", value) == []


HARM: dict[str, Any] = {
    "not an object": lambda one: [one],
    "nothing": lambda _: None,
    "another format": lambda one: one | {"format": 2},
    "a foreign field": lambda one: one | {"owner": "5b10"},
    "keys of another page": lambda one: json.loads(json.dumps(one).replace("4711-", "4712-")),
    "no keys": lambda one: {name: held for name, held in one.items() if name != "keys"},
    "a number that is none": lambda one: one | {"keys": one["keys"] | {"last": "9"}},
    "a key of markup": lambda one: json.loads(json.dumps(one).replace("4711-1", "<b>")),
    "a number too large to count on": lambda one: one | {"keys": one["keys"] | {"last": 10**12}},
}


@pytest.mark.parametrize("harm", HARM)
def test_a_property_that_somebody_changed_is_not_believed(harm: str) -> None:
    """Anybody who may edit the page may write its properties."""
    value = kept(match_keys(None, okrs("Churn falls")).okrs)
    harmed = HARM[harm](copy.deepcopy(value))

    assert read_property(value, okrs("Churn falls")) is not None
    assert read_property(harmed, okrs("Churn falls")) is None


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner),
        max_leaves=20,
    )
)
def test_any_value_at_all_is_only_a_hint(value: object) -> None:
    assert read_property(value, okrs("Churn falls")) is None


@given(
    st.lists(
        st.text(min_size=1, max_size=400).filter(str.strip), min_size=1, max_size=12, unique=True
    ),
    st.integers(min_value=0, max_value=500),
)
def test_whatever_a_page_says_its_keys_come_back(titles: list[str], last: int) -> None:
    before = match_keys(None, okrs(*titles), last_number=last).okrs

    assert recalled(kept(before, last=last), okrs(*titles)) == before
