"""Corners of single rules that the golden examples do not reach."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from connector.core.cycle import cycle_of
from connector.core.findings import Finding, Severity
from connector.core.json import JsonObject
from connector.core.lint import check_in, measuring, sets
from connector.core.lint.check_in import CheckIn, CheckInsIn
from connector.core.lint.quality import quality
from connector.core.lint.rule import remarks
from connector.core.okr import Health
from tests.core.lint.examples import key_result_in, page_of

GREEN = CheckIn(date(2026, 11, 20), Fraction(20), health=Health.ON_TRACK)
HALFWAY = CheckInsIn(
    (GREEN,), date(2026, 11, 20), cycle_of("2026-Q4"), Fraction(40), Fraction(20), 7
)


def of_check_ins(subject: CheckInsIn) -> list[str]:
    return [rule.id for rule, _ in remarks(check_in.RULES, subject)]


def cases(body: JsonObject) -> dict[str, str]:
    found = remarks(measuring.RULES, key_result_in(body))
    return {rule.id: remark.facts.get("case", "") for rule, remark in found}


def of_weights(*objectives: list[float | None]) -> list[str]:
    page = page_of(
        [
            {"objective": "a", "key_results": [{"key_result": "b", "weight": w} for w in weights]}
            for weights in objectives
        ]
    )
    found = [remarks(sets.SET_RULES, sets.SetIn(one, page)) for one in page.objectives]
    return [r.facts["case"] for each in found for rule, r in each if rule.id == "S-06"]


def test_a_target_moved_to_nothing_is_the_one_that_counts() -> None:
    """20 of 40 is met where 20 was aimed at, and half the way where 0 is aimed at now."""
    moved = replace(GREEN, on=date(2026, 12, 30), target=Fraction(0), reason="agreed")
    late = replace(HALFWAY, check_ins=(GREEN, moved), today=date(2026, 12, 30))
    assert of_check_ins(HALFWAY) == []
    assert of_check_ins(late) == ["C-02"]


def test_without_a_cycle_or_a_way_to_go_nobody_is_behind() -> None:
    assert of_check_ins(replace(HALFWAY, cycle=None)) == []
    assert of_check_ins(replace(HALFWAY, baseline=Fraction(20))) == []


def test_before_the_first_update_the_cycle_counts() -> None:
    assert of_check_ins(replace(HALFWAY, check_ins=())) == ["C-01"]


def test_a_metric_without_a_target_has_none() -> None:
    assert cases({"key_result": "Onboarding", "metric": {"baseline": 5}})["K-02"] == "target"


def test_a_level_is_kept_where_it_is() -> None:
    kept = {"kind": "at_least", "baseline": 99, "target": 99}
    assert "K-08" not in cases({"key_result": "Uptime", "metric": kept})


@pytest.mark.parametrize(
    ("sentence", "against"),
    [
        ("Faster checkout, from 20 s to 40 s", True),
        ("Faster checkout, from 40 s to 20 s", False),
        ("Checkout from 20 s to 40 s", False),
        ("Raise or lower the price from 20 to 40 euros", False),
    ],
)
def test_faster_is_less_time(sentence: str, against: bool) -> None:
    assert (cases({"key_result": sentence}).get("K-08") == "against") == against


def test_weights_are_shares_of_the_objective_or_of_the_page() -> None:
    assert of_weights([30, 30], [20, 20]) == []
    assert of_weights([30, 30], [20, 30]) == ["sum", "sum"]
    assert of_weights([80, 40, None]) == ["sum"]
    assert of_weights([0.8, 0.1, None]) == []


def test_a_page_cannot_lose_more_than_it_has() -> None:
    page = page_of([{"objective": "a", "key_results": ["b"]}])
    grave = Finding("O-01", Severity.E, objective="a")
    every = [grave, replace(grave, rule="K-01", key_result="b"), Finding("S-02", Severity.E)]
    found = quality(page, every)
    assert found is not None
    assert found.score == 0
    assert [one.points for one in found.reasons] == [Fraction(100, 3)] * 3
