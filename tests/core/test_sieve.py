"""Patterns that are passed over are those that would not have matched, and no others."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connector.core import measures, names, text
from connector.core.lint import (
    criteria,
    directions,
    likeness,
    measuring,
    objective,
    planning,
    presence,
    sets,
    wording,
)
from connector.core.literals import folded, literals_of
from connector.core.sieve import Alternatives, Sifted, hits, sifted
from tests.core.lint.examples import examples

MODULES = (
    criteria, directions, likeness, measuring, objective, planning, presence, sets, wording,
    measures, names, text,
)  # fmt: skip


def _in(value: object) -> list[Sifted]:
    if isinstance(value, Sifted):
        return [value]
    if isinstance(value, dict):
        value = tuple(value.values())
    return [one for part in value for one in _in(part)] if isinstance(value, tuple) else []


PATTERNS = list(dict.fromkeys(one for m in MODULES for v in vars(m).values() for one in _in(v)))
SENTENCES = sorted(
    {str(said) for one in examples("known") for said in one.body.values() if isinstance(said, str)}
)
PIECES = st.sampled_from(
    [word for said in SENTENCES for word in re.findall(r"\w+|\W", said)]
    + ["İn", "ſign", "1st", "v2", "20-30", "→", "≥", "\ud800", "\u00a0", "FY26", "7x24", "(2026)"]
)
TEXTS = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=12).map("".join))


def _passed_over(said: str) -> list[str]:
    """The patterns that match and were not to be tried."""
    bits = hits(said)
    return [
        one.pattern.pattern for one in PATTERNS if one.pattern.search(said) and not bits & one.bit
    ]


def test_there_are_patterns_and_sentences() -> None:
    assert len(PATTERNS) > 80
    assert len(SENTENCES) > 500


def test_no_sentence_of_the_examples_is_passed_over() -> None:
    assert [said for said in SENTENCES if _passed_over(said)] == []


@given(TEXTS)
@settings(max_examples=1_500, deadline=None)
def test_no_text_at_all_is_passed_over(said: str) -> None:
    assert _passed_over(said) == []


def test_most_patterns_are_not_tried_on_most_sentences() -> None:
    tried = sum(bool(hits(said) & one.bit) for said in SENTENCES for one in PATTERNS)
    assert tried < len(SENTENCES) * len(PATTERNS) / 4


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\bup\b", {" up "}),
        (r"\b(?:up|down)s?\b", {" up ", " ups ", " down ", " downs "}),
        (r"reduc\w*", {"reduc"}),
        (r"\d+\s?月", {" 0 月", " 0  月"}),
        (r"(?:grow|[a-z]+) by", {" by"}),
        (r"(?:升|降)(?!级)", {"升", "降"}),
        (r"(?:fall)?[a-z]", set()),
        (r"a|whole", set()),
        (r"(?i:É|na\u00efve)", set()),
    ],
)
def test_literals_of_a_pattern(pattern: str, needed: set[str]) -> None:
    """One of these is in every text that it matches; none where nothing can be said."""
    assert literals_of(pattern, 0) == needed


def test_a_word_inside_another_is_none() -> None:
    up = sifted(r"\bup\b", re.IGNORECASE)
    assert up.search("Up by 5")
    assert not hits("the upper group") & up.bit


def test_a_text_is_folded_sign_by_sign() -> None:
    assert folded("Up≥5") == " up ≥  0  "


@given(st.text(max_size=30), st.text(max_size=30))
def test_texts_side_by_side_are_folded_side_by_side(one: str, other: str) -> None:
    assert folded(one + other) == folded(one)[:-1] + folded(other)[1:]


ALTERNATIVES = (r"\bab+", r"b\d", r"(?<=a)\d\d?", r"[a-b]{2}", r"9|ba9")
APART = Alternatives([sifted(one) for one in ALTERNATIVES])


@given(st.text(alphabet="ab19 ", max_size=20))
@settings(max_examples=500)
def test_alternatives_are_found_as_in_one_pattern(said: str) -> None:
    together = re.compile("|".join(ALTERNATIVES))
    assert APART.spans(said) == [match.span() for match in together.finditer(said)]
