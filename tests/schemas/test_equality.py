"""The fast validator says what the reference says, about anything."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import schemas

EXAMPLES = sorted((Path(__file__).parents[2] / "schemas" / "examples").glob("*/*/*.json"))
DOCUMENTS = [(one.parts[-3], json.loads(one.read_text(encoding="utf-8"))) for one in EXAMPLES]
EDGES = ["", "1\n", "٣", "2026-Q4", "2026-02-30", "20261101", "1/2", "1/00", "-0.50"]
NAMES = {word for name in schemas.names() for word in schemas.load(name)["properties"]}
WORDS = EDGES + sorted(NAMES)

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    | st.sampled_from(WORDS)
)
anything = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(WORDS) | st.text("abc", max_size=3), inner, max_size=4)
    ),
    max_leaves=8,
)


def places(document: Any) -> list[tuple[Any, Any]]:
    """Every container with every key in it."""
    if isinstance(document, dict):
        inside = list(document.items())
    elif isinstance(document, list):
        inside = list(enumerate(document))
    else:
        return []
    return [(document, key) for key, _ in inside] + [
        place for _, value in inside for place in places(value)
    ]


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[str, Any]:
    """An example with some of its values changed, dropped or added."""
    name, example = draw(st.sampled_from(DOCUMENTS))
    document = copy.deepcopy(example)
    for _ in range(draw(st.integers(0, 4))):
        found = places(document)
        if not found:
            break
        container, key = draw(st.sampled_from(found))
        if draw(st.booleans()):
            container[key] = draw(anything)
        elif isinstance(container, dict) and draw(st.booleans()):
            container[draw(st.sampled_from(WORDS))] = draw(anything)
        else:
            del container[key]
    return name, document


def said(found: list[schemas.Violation]) -> set[tuple[Any, Any]]:
    return {(one.path, one.schema_path) for one in found}


@given(spoilt())
@example(("key-result", {"cells": {"": 1}}))
def test_both_validators_find_the_same_in_a_spoilt_example(given_one: tuple[str, Any]) -> None:
    name, document = given_one

    assert said(schemas.validate(name, document)) == said(schemas.validate_slowly(name, document))


@given(st.sampled_from(schemas.names()), anything)
def test_both_validators_find_the_same_in_anything(name: str, document: Any) -> None:
    assert said(schemas.validate(name, document)) == said(schemas.validate_slowly(name, document))


def deep() -> Any:
    document: Any = []
    for _ in range(600):
        document = [document]
    return document


@pytest.mark.parametrize(
    "unit", ["\ud800", date(2026, 11, 30), deep()], ids=["half a pair", "a date", "deep"]
)
def test_what_the_fast_validator_cannot_take_is_judged_all_the_same(unit: object) -> None:
    document = copy.deepcopy(
        next(one for name, one in DOCUMENTS if name == "key-result" and one["metric"])
    )
    document["metric"] |= {"unit": unit, "kind": "sideways"}

    found = {one.path for one in schemas.validate("key-result", document)}

    assert ("metric", "kind") in found
    assert (("metric", "unit") in found) is not isinstance(unit, str)
