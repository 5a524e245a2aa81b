"""Every rule can say itself in both languages: each of its cases, with the facts it gives."""

import re

import pytest

from connector.catalogue import LOCALES, words
from connector.core.findings import Finding
from connector.core.lint.engine import all_rules
from tests.core.lint.examples import examples, remarks_on

RULES = [rule.id for rule in all_rules()]
SAID = {
    (name, tuple(sorted(remark.facts.items())))
    for one in examples("known")
    for name, remark in remarks_on(one)
}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_title_hint_and_examples(rule: str, locale: str) -> None:
    messages = words(locale).messages
    for part in ("title", "bad", "good"):
        assert messages[f"rule.{rule}.{part}"]
    assert messages[f"finding.{rule}.hint"]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_remark_of_the_examples_is_said(locale: str) -> None:
    """No message asks for a fact that its rule does not give, and none is missing."""
    for rule, facts in SAID:
        finding = Finding(rule, all_rules()[0].severity, facts=facts)
        assert words(locale).message(finding)
        assert words(locale).hint(finding)
    assert {rule for rule, _ in SAID} == set(RULES)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_case_in_the_catalogue_is_one_that_a_rule_tells(locale: str) -> None:
    keys = words(locale).messages
    cases = {
        m.groups()
        for key in keys
        if (m := re.fullmatch(r"finding\.([OKSACG]-\d\d)\.(.+)\.message", key))
    }
    told = {(rule, dict(facts).get("case")) for rule, facts in SAID}
    assert cases - told == set()


@pytest.mark.parametrize("locale", LOCALES)
def test_no_word_stands_for_a_rule_that_is_not_there(locale: str) -> None:
    keys = words(locale).messages
    named = {m[1] for key in keys if (m := re.match(r"(?:rule|finding)\.([OKSACG]-\d\d)\.", key))}
    assert named == set(RULES)


@pytest.mark.parametrize("locale", LOCALES)
def test_sources_and_families_have_words(locale: str) -> None:
    keys = set(words(locale).messages)
    assert {f"rule.source.{rule.source}" for rule in all_rules()} <= keys
    assert {f"rule.family.{rule.id[0]}" for rule in all_rules()} <= keys
