"""Every example of the known set: what each rule, asked alone, says of it."""

import pytest

from tests.core.lint.examples import Example, examples, is_met

KNOWN = examples("known")
SENTENCE_RULES = {"S-03", *(f"K-0{n}" for n in range(1, 10)), "O-03", "O-04", "O-06", "O-08"}


@pytest.mark.parametrize("example", KNOWN, ids=lambda one: one.name)
def test_a_rule_judges_as_a_coach_does(example: Example) -> None:
    assert is_met(example) == example.meets


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("rule", sorted({one.rule for one in KNOWN}))
def test_a_rule_has_enough_examples(rule: str, lang: str) -> None:
    """At least twelve to be met and fourteen to be spared where sentences decide, else 6 and 8."""
    mine = [one.meets for one in KNOWN if (one.rule, one.lang) == (rule, lang)]
    least = (12, 14) if rule in SENTENCE_RULES else (6, 8)
    assert (mine.count(True) >= least[0], mine.count(False) >= least[1]) == (True, True)
