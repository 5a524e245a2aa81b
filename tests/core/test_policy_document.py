"""The policy document: defaults, every switch, and what is refused."""

import json
from dataclasses import fields, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import schemas
from connector.core.errors import ConfigError
from connector.core.lint.engine import all_rules
from connector.core.lint.rule import Limits, LintPolicy
from connector.core.okr import ProgressFrom
from connector.core.policy import CountingRule, Depth, Policy
from connector.core.policy_document import policy_from
from connector.core.publishing import Publish

EXAMPLES = Path(__file__).parents[2] / "schemas" / "examples" / "policy"


def test_an_empty_document_changes_nothing() -> None:
    assert policy_from({}) == Policy()
    assert policy_from({"counting": {}}) == Policy()


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"labels": ["okr-team"]}, Policy(labels=("okr-team",))),
        ({"counting": {"depth": "epic"}}, Policy(counting=CountingRule(depth=Depth.EPIC))),
        (
            {"counting": {"excluded_resolutions": ["Won't Do", "作废"]}},
            Policy(counting=CountingRule(excluded_resolutions=frozenset({"won't do", "作废"}))),
        ),
        (
            {"counting": {"in_progress_credit": 0.1}},
            Policy(counting=CountingRule(in_progress_credit=Fraction(1, 10))),
        ),
        ({"progress_from": "delivery"}, Policy(progress_from=ProgressFrom.DELIVERY)),
        ({"fiscal_year_start_month": 4}, Policy(fiscal_year_start_month=4)),
        ({"time_zone": "Asia/Shanghai"}, Policy(time_zone="Asia/Shanghai")),
        ({"cadence_days": 14.0}, Policy(cadence_days=14)),
        ({"publish": "off"}, Policy(publish=Publish.OFF)),
        ({"publish_every_seconds": 30}, Policy(publish_every_seconds=30)),
        ({"requests_per_minute": 600}, Policy(requests_per_minute=600)),
        ({"pace_starts_at": 0.3}, Policy(pace_starts_at=Fraction(3, 10))),
        ({"on_track_from": 1}, Policy(on_track_from=Fraction(1))),
        ({"at_risk_from": 1e-07}, Policy(at_risk_from=Fraction(1, 10**7))),
        ({"parting_high": 0.95}, Policy(parting_high=Fraction(19, 20))),
        ({"parting_low": 0}, Policy(parting_low=Fraction(0))),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_one_switch_changes_one_thing(document: dict[str, Any], expected: Policy) -> None:
    found = policy_from(document)

    assert found == expected
    assert isinstance(found.cadence_days, int)


def test_every_switch_of_the_policy_is_in_the_document() -> None:
    properties = schemas.load("policy")["properties"]
    document = json.loads((EXAMPLES / "valid" / "zh-everything.json").read_text(encoding="utf-8"))
    found, default = policy_from(document), Policy()

    assert set(properties) == {one.name for one in fields(Policy)} == set(document)
    assert set(properties["counting"]["properties"]) == {one.name for one in fields(CountingRule)}
    assert all(getattr(found, name) != getattr(default, name) for name in properties)


def test_every_threshold_and_every_rule_of_lint_is_in_the_document() -> None:
    said = schemas.load("policy")["$defs"]["lint"]["properties"]
    document = json.loads((EXAMPLES / "valid" / "zh-everything.json").read_text(encoding="utf-8"))
    limits, default = policy_from(document).lint.limits, Limits()

    assert set(said) == {"off", *(one.name for one in fields(Limits))} == set(document["lint"])
    assert said["off"]["items"]["enum"] == [rule.id for rule in all_rules()]
    assert all(getattr(limits, name) != getattr(default, name) for name in said if name != "off")


def test_a_space_says_only_what_differs_there() -> None:
    policy = policy_from(
        {
            "lint": {"off": ["O-09"], "key_results": [2, 4]},
            "spaces": {"YUN": {"lint": {"off": ["S-04"]}}, "HBR": {}},
        }
    )
    assert policy.lint_for("YUN") == LintPolicy(frozenset({"S-04"}), Limits(key_results=(2, 4)))
    assert policy.lint_for("HBR") == policy.lint_for("elsewhere") == policy.lint


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"lint": {"off": ["K-99"]}}, "policy.lint.off[0]: "),
        ({"lint": {"title_words": [9, 4]}}, "policy.lint.title_words: 9 is above 4"),
        ({"spaces": {"YUN": {"lint": {"key_results": [3]}}}}, "policy.spaces.YUN.lint.key_results"),
        (
            {"spaces": {"YUN": {"lint": {"objectives_fine": 9}}}},
            "policy.spaces.YUN.lint.objectives_fine: must not be above objectives_most",
        ),
        ({"lint": {"confidence_low": 0.9}}, "policy.lint.confidence_low: "),
        ({"lint": {"confidence_high": 7}}, "policy.lint.confidence_high: "),
    ],
)
def test_what_is_wrong_with_lint_is_named_with_its_path(
    document: dict[str, object], told: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        policy_from(document)
    assert told in str(caught.value)


def test_every_problem_is_named_with_its_path() -> None:
    with pytest.raises(ConfigError) as caught:
        policy_from({"cadence": 7, "labels": ["okr", 5], "counting": {"depth": "all"}})

    message = str(caught.value)
    assert "cadence" in message
    assert "policy.labels[1]: " in message
    assert "policy.counting.depth: " in message
    assert len(message.split("; ")) == 3


@pytest.mark.parametrize("name", ["Mars/Olympus", "America", "../etc/passwd", "/etc/passwd", "\0"])
def test_an_unknown_time_zone_is_a_problem(name: str) -> None:
    with pytest.raises(ConfigError, match=r"policy\.time_zone: "):
        policy_from({"time_zone": name})


def test_thresholds_that_contradict_each_other_are_named_together() -> None:
    with pytest.raises(ConfigError) as caught:
        policy_from({"at_risk_from": 0.9, "parting_low": 0.8, "time_zone": "Nowhere"})

    assert [problem.split(":")[0] for problem in str(caught.value).split("; ")] == [
        "policy.time_zone",
        "policy.at_risk_from",
        "policy.parting_low",
    ]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), True, "0.5", -0.1, None])
def test_what_is_no_share_is_refused(number: object) -> None:
    with pytest.raises(ConfigError, match=r"policy\.on_track_from"):
        policy_from({"on_track_from": number})


def test_equal_thresholds_of_health_leave_out_a_colour_and_are_fine() -> None:
    found = policy_from({"at_risk_from": 0.7})

    assert found == replace(Policy(), at_risk_from=Fraction(7, 10))
