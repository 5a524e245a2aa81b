"""Arithmetic of progress: exact, clamped, and never two numbers in one."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.core.findings import Place
from connector.core.okr import (
    Delivery,
    KeyResult,
    KrKey,
    Metric,
    MetricKind,
    Milestone,
    Progress,
    ProgressFrom,
)
from connector.core.progress import Basis, headline, outcome, roll_up, weights

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
numbers = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=1000)
shares = st.fractions(min_value=0, max_value=1, max_denominator=1000)


def metric(kind: str, baseline: int | None, target: int | None, current: int | None) -> Metric:
    low, high, now = (None if one is None else Fraction(one) for one in (baseline, target, current))
    return Metric(MetricKind(kind), low, high, now)


def ratio(of: Metric) -> Fraction | None:
    found = outcome(of)
    return found.progress.ratio if found else None


@pytest.mark.parametrize(
    ("kind", "baseline", "target", "current", "expected"),
    [
        ("increase", 20, 40, 25, Fraction(1, 4)),
        ("increase", None, 40, 10, Fraction(1, 4)),
        ("increase", 20, 40, 60, Fraction(1)),
        ("increase", 20, 40, 10, Fraction(0)),
        ("decrease", 20, 8, 14, Fraction(1, 2)),
        ("decrease", None, 8, 14, None),
        ("at_least", None, 80, 90, Fraction(1)),
        ("at_least", None, 80, 60, Fraction(3, 4)),
        ("at_most", None, 5, 4, Fraction(1)),
        ("at_most", None, 5, 10, Fraction(1, 2)),
        ("at_most", None, 0, 3, Fraction(0)),
        ("at_least", None, -5, -10, Fraction(0)),
        ("at_least", None, -5, -3, Fraction(1)),
        ("at_most", None, -10, -5, Fraction(0)),
        ("binary", None, None, 1, Fraction(1)),
        ("increase", 5, 5, 5, None),
        ("increase", 20, None, 25, None),
        ("at_least", None, 80, None, None),
    ],
)
def test_each_kind_of_metric_has_its_own_ratio(
    kind: str,
    baseline: int | None,
    target: int | None,
    current: int | None,
    expected: Fraction | None,
) -> None:
    assert ratio(metric(kind, baseline, target, current)) == expected


def test_milestones_count_by_weight() -> None:
    steps = (Milestone("beta", Fraction(1), True), Milestone("launch", Fraction(3), False))

    assert ratio(Metric(MetricKind.MILESTONES, milestones=steps)) == Fraction(1, 4)
    assert ratio(Metric(MetricKind.MILESTONES)) is None


def test_the_raw_value_is_kept_beside_the_clamped_one() -> None:
    found = outcome(metric("increase", 0, 10, 15))

    assert found is not None
    assert (found.raw, found.progress.ratio) == (Fraction(3, 2), Fraction(1))


@given(numbers, numbers, numbers)
def test_progress_stays_within_its_bounds(low: Fraction, high: Fraction, now: Fraction) -> None:
    for kind in MetricKind:
        found = outcome(Metric(kind, low, high, now))
        assert found is None or 0 <= found.progress.ratio <= 1


@given(st.lists(st.tuples(shares, st.integers(1, 100)), min_size=1))
def test_a_roll_up_lies_between_its_extremes(parts: list[tuple[Fraction, int]]) -> None:
    found = roll_up([(Progress(part), Fraction(weight)) for part, weight in parts])

    assert found is not None
    assert min(part for part, _ in parts) <= found.ratio <= max(part for part, _ in parts)


@given(st.lists(st.none() | st.fractions(-100, 100, max_denominator=10), min_size=1))
def test_weights_are_shares_of_one(assigned: list[Fraction | None]) -> None:
    found = weights(assigned)

    assert sum(found) == 1
    assert all(weight >= 0 for weight in found)


@pytest.mark.parametrize(
    ("assigned", "expected"),
    [
        ([None, None], ["1/2", "1/2"]),
        (["1/2", None, None], ["1/2", "1/4", "1/4"]),
        (["50", "30", None], ["1/2", "3/10", "1/5"]),
        (["60", "40"], ["3/5", "2/5"]),
        (["2", "1"], ["2/3", "1/3"]),
        (["0", "0"], ["1/2", "1/2"]),
        (["-1", "2"], ["0", "1"]),
        (["-1", "-2"], ["1/2", "1/2"]),
    ],
)
def test_unassigned_weights_share_the_remainder(
    assigned: list[str | None], expected: list[str]
) -> None:
    given_weights = [None if one is None else Fraction(one) for one in assigned]

    assert weights(given_weights) == [Fraction(one) for one in expected]


def test_nothing_rolls_up_to_nothing() -> None:
    assert roll_up([]) is None
    assert weights([]) == []


def key_result(of: Metric | None = None, reported: Fraction | None = None) -> KeyResult:
    return KeyResult(KrKey("1-1"), "KR", 1, Place(), metric=of, reported_progress=reported)


def work(done: int, total: int) -> Delivery:
    return Delivery(done, total, 0, Fraction(done), (), NOON)


MOVED = metric("increase", 0, 10, 5)
AT_BASELINE = metric("increase", 0, 10, 0)
NOT_BEGUN = metric("increase", None, 10, 0)
NO_INCIDENT = metric("at_most", None, 2, 0)
ONE_STEP_OF_TWO = Metric(
    MetricKind.MILESTONES,
    milestones=(Milestone("beta", Fraction(1), True), Milestone("launch", Fraction(1), False)),
)


@pytest.mark.parametrize(
    ("of", "reported", "delivery", "source", "basis", "expected"),
    [
        (MOVED, None, work(1, 4), "auto", Basis.OUTCOME, Fraction(1, 2)),
        (AT_BASELINE, None, work(1, 4), "auto", Basis.DELIVERY, Fraction(1, 4)),
        (None, None, work(1, 4), "auto", Basis.DELIVERY, Fraction(1, 4)),
        (AT_BASELINE, None, work(0, 0), "auto", Basis.OUTCOME, Fraction(0)),
        (None, Fraction(2, 5), None, "auto", Basis.REPORTED, Fraction(2, 5)),
        (AT_BASELINE, Fraction(2, 5), None, "auto", Basis.REPORTED, Fraction(2, 5)),
        (NOT_BEGUN, None, work(1, 4), "auto", Basis.DELIVERY, Fraction(1, 4)),
        (NO_INCIDENT, None, work(1, 4), "auto", Basis.OUTCOME, Fraction(1)),
        (ONE_STEP_OF_TWO, None, work(1, 4), "auto", Basis.OUTCOME, Fraction(1, 2)),
        (MOVED, None, work(1, 4), "delivery", Basis.DELIVERY, Fraction(1, 4)),
        (MOVED, None, None, "delivery", Basis.NONE, None),
        (AT_BASELINE, None, work(1, 4), "outcome", Basis.OUTCOME, Fraction(0)),
        (None, None, None, "auto", Basis.NONE, None),
    ],
)
def test_the_headline_is_one_number_and_says_which(
    of: Metric | None,
    reported: Fraction | None,
    delivery: Delivery | None,
    source: str,
    basis: Basis,
    expected: Fraction | None,
) -> None:
    found = headline(key_result(of, reported), delivery, progress_from=ProgressFrom(source))

    assert found.basis is basis
    assert (found.progress.ratio if found.progress else None) == expected


def test_progress_outside_its_bounds_cannot_exist() -> None:
    with pytest.raises(ValueError, match=r"within 0\.\.1"):
        Progress(Fraction(11, 10))
