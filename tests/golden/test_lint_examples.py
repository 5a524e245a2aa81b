"""The examples of lint that are held out stand there once, are not known already, and suffice."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from connector.core.findings import Severity
from connector.core.lint.engine import all_rules
from tests.core.lint.examples import Example, examples

FRESH = examples("fresh")
HINTS = {rule.id for rule in all_rules() if rule.severity is Severity.I}
NOT_SHOWN = {"lang", "meets", "severity", "why"}  # a verdict, and what is said about it


def plain(text: str) -> str:
    """Without case, spaces and punctuation."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def shown(example: Example) -> str:
    """All that the rule looks at."""
    seen = {key: value for key, value in example.body.items() if key not in NOT_SHOWN}
    return f"{example.rule} {plain(repr(sorted(seen.items())))}"


def sentences(said: object, kind: str = "") -> Iterator[str]:
    """The titles of objectives and key results, however deep."""
    if isinstance(said, dict):
        for key, value in said.items():
            yield from sentences(value, key)
    elif isinstance(said, list):
        for one in said:
            yield from sentences(one, kind)
    elif isinstance(said, str) and kind in {"objective", "key_result", "key_results"}:
        yield plain(said)


@cache
def of_the_other_sets() -> frozenset[str]:
    others = (one for chosen in ("apart", "known") for one in examples(chosen))
    return frozenset(said for one in others for said in sentences(one.body)) - {""}


def test_no_example_stands_twice() -> None:
    """Neither with the same verdict nor with another."""
    assert [text for text, times in Counter(map(shown, FRESH)).items() if times > 1] == []


def test_no_sentence_stands_in_another_set() -> None:
    """Case, spaces and punctuation make no difference. Only places are told, no sentence."""
    known = of_the_other_sets()
    assert [one.name for one in FRESH if known.intersection(sentences(one.body))] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("rule", sorted(rule.id for rule in all_rules()))
def test_a_rule_has_enough_examples(rule: str, lang: str) -> None:
    """Twenty to be met and twenty to be spared; ten and ten of a rule that only gives a hint."""
    mine = Counter(one.meets for one in FRESH if (one.rule, one.lang) == (rule, lang))
    assert min(mine[True], mine[False]) >= (10 if rule in HINTS else 20)
