"""What we make of a page: two numbers side by side, and a remark where they part."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from connector.core.assessment import PageAssessment, assess
from connector.core.explanation import explain
from connector.core.findings import Place
from connector.core.okr import (
    Delivery,
    EpicLink,
    Health,
    IssueKey,
    KeyResult,
    KrKey,
    Metric,
    MetricKind,
    Objective,
    ObjectiveKey,
    OkrPage,
    PageId,
    PageState,
    SiteId,
    StoredPage,
)
from connector.core.policy import Policy

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
TENTHS = Metric(MetricKind.INCREASE, Fraction(0), Fraction(1000), Fraction(125))


def key_result(number: int = 1, **more: object) -> KeyResult:
    return KeyResult(KrKey(f"1-{number}"), f"KR {number}", number, Place(), **more)  # type: ignore[arg-type]  # fields by name, checked when the value is built


def work(done: int, total: int) -> Delivery:
    return Delivery(done, total, 0, Fraction(done), (), NOW)


def assessed(
    *results: KeyResult,
    deliveries: dict[KrKey, Delivery] | None = None,
    now: datetime = NOW,
    policy: Policy | None = None,
) -> PageAssessment:
    objective = Objective(ObjectiveKey("1-O1"), "O", Place(), results)
    okrs = OkrPage(PageId("1"), "OKR", None, None, (), (objective,))
    page = StoredPage(
        SiteId("s"), PageId("1"), "OKR", "S", "", 1, 1, PageState.READ, okrs, (), NOW, saved_at=NOW
    )
    return assess(page, okrs, deliveries or {}, now=now, policy=policy or Policy())


def test_work_and_result_that_part_are_remarked_with_numbers_as_people_round() -> None:
    found = assessed(key_result(metric=TENTHS), deliveries={KrKey("1-1"): work(33, 40)})

    (remark,) = found.objectives[0].key_results[0].findings
    assert remark.rule == "F-40"
    assert dict(remark.facts) == {"delivery": "83", "outcome": "13"}


def test_a_weight_below_zero_weighs_nothing() -> None:
    """A slip of the pen on a page must not take the page's macro away."""
    found = assessed(
        key_result(1, weight=Fraction(-50), reported_progress=Fraction(0)),
        key_result(2, weight=Fraction(150), reported_progress=Fraction(1)),
    )

    (objective,) = found.objectives
    assert [one.share for one in objective.key_results] == [0, 1]
    assert objective.progress is not None
    assert objective.progress.ratio == 1


def test_the_day_is_that_of_the_policys_time_zone() -> None:
    """At 17:00 UTC of the quarter's last day it is the next quarter in Shanghai."""
    late = datetime(2026, 12, 31, 17, tzinfo=UTC)

    here = assessed(key_result(), now=late)
    there = assessed(key_result(), now=late, policy=Policy(time_zone="Asia/Shanghai"))

    assert (here.cycle.code, here.expected) == ("2026-Q4", Fraction(1))
    assert (there.cycle.code, there.expected) == ("2027-Q1", Fraction(1, 90))


@pytest.mark.parametrize("health", [Health.PAUSED, Health.STALE])
def test_an_objective_is_paused_or_stale_when_all_its_key_results_are(health: Health) -> None:
    paused = Health.PAUSED if health is Health.PAUSED else None
    result = key_result(reported_progress=Fraction(1, 2), reported_health=paused)
    weeks_later = datetime(2026, 12, 20, tzinfo=UTC)

    found = assessed(result, now=weeks_later)

    assert found.objectives[0].health.health is health


@pytest.mark.parametrize(
    ("result", "delivery", "basis", "source"),
    [
        (
            key_result(links=(EpicLink(IssueKey("PAY-1")),)),
            work(1, 4),
            "delivery",
            "jira.completion",
        ),
        (key_result(links=(EpicLink(IssueKey("PAY-1")),)), None, "none", "jira.completion"),
        (key_result(metric=TENTHS), None, "outcome", "manual"),
        (key_result(reported_progress=Fraction(1, 2)), None, "reported", "manual"),
        (key_result(), None, "none", None),
    ],
)
def test_every_number_names_its_source(
    result: KeyResult, delivery: Delivery | None, basis: str, source: str | None
) -> None:
    found = assessed(result, deliveries={result.key: delivery} if delivery else {})

    why = explain(found.objectives[0].key_results[0], rule=Policy().counting)

    assert (why["basis"], why["source"]) == (basis, source)
