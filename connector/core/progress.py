"""Arithmetic of progress. No rounding here; rounding is presentation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from connector.core.okr import (
    Delivery,
    KeyResult,
    Metric,
    MetricKind,
    Milestone,
    Progress,
    ProgressFrom,
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Progress of a metric; `raw` is the same before it is held within 0..1."""

    progress: Progress
    raw: Fraction


class Basis(StrEnum):
    """What the headline number rests on."""

    OUTCOME = "outcome"
    DELIVERY = "delivery"
    REPORTED = "reported"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Headline:
    progress: Progress | None
    basis: Basis


def clamped(raw: Fraction) -> Progress:
    return Progress(min(max(raw, Fraction(0)), Fraction(1)))


def outcome(metric: Metric) -> Outcome | None:
    """How far the metric has come; None while a number it needs is missing.

    Baseline equal to target gives None too: no distance can be covered.

    >>> outcome(Metric(MetricKind.DECREASE, Fraction(20), Fraction(8), Fraction(14))).raw
    Fraction(1, 2)
    """
    raw = _raw(metric)
    return None if raw is None else Outcome(clamped(raw), raw)


def _raw(metric: Metric) -> Fraction | None:
    match metric.kind:
        case MetricKind.MILESTONES:
            return _reached(metric.milestones)
        case MetricKind.BINARY:
            return metric.current
        case MetricKind.AT_LEAST | MetricKind.AT_MOST:
            return _kept(metric)
        case MetricKind.INCREASE | MetricKind.DECREASE:
            return _covered(metric)


def _covered(metric: Metric) -> Fraction | None:
    """Share of the way from baseline to target; a missing baseline of a rise is zero."""
    baseline = metric.baseline
    if baseline is None and metric.kind is MetricKind.INCREASE:
        baseline = Fraction(0)
    if metric.current is None or metric.target is None or baseline is None:
        return None
    distance = metric.target - baseline
    return (metric.current - baseline) / distance if distance else None


def _kept(metric: Metric) -> Fraction | None:
    """
    1 while the level is kept, else how near it is: current/target or target/current.

    A level at or below zero has no such share: it is kept or it is not.
    """
    if metric.current is None or metric.target is None:
        return None
    rising = metric.kind is MetricKind.AT_LEAST
    if metric.current >= metric.target if rising else metric.current <= metric.target:
        return Fraction(1)
    near, far = (metric.current, metric.target) if rising else (metric.target, metric.current)
    return near / far if far > 0 else Fraction(0)


def _reached(milestones: Sequence[Milestone]) -> Fraction | None:
    total = sum((one.weight for one in milestones), Fraction(0))
    reached = sum((one.weight for one in milestones if one.reached), Fraction(0))
    return reached / total if total else None


def headline(
    key_result: KeyResult, delivery: Delivery | None, *, progress_from: ProgressFrom
) -> Headline:
    """Which number speaks for a key result; the other stays beside it.

    `auto`: the outcome once the metric has left its baseline, until then the linked work, then
    what the page itself reports.
    """
    metric = key_result.metric
    measured = outcome(metric) if metric else None
    reported = key_result.reported_progress
    claims: list[tuple[Basis, Progress | None]] = [
        (Basis.OUTCOME, measured.progress if measured else None),
        (Basis.REPORTED, clamped(reported) if reported is not None else None),
    ]
    work = (Basis.DELIVERY, delivery.progress if delivery else None)
    match progress_from:
        case ProgressFrom.DELIVERY:
            claims = [work]
        case ProgressFrom.AUTO if _at_baseline(metric):
            claims = [work, *reversed(claims)]
        case ProgressFrom.AUTO:
            claims.insert(1, work)
        case ProgressFrom.OUTCOME:
            pass
    for basis, progress in claims:
        if progress is not None:
            return Headline(progress, basis)
    return Headline(None, Basis.NONE)


def _at_baseline(metric: Metric | None) -> bool:
    """
    No value of the metric other than where it began has been recorded.

    A rise, and a yes or no, begin at zero where no baseline is written; a level begins nowhere,
    so that any value is news.
    """
    if metric is None:
        return True
    if metric.kind is MetricKind.MILESTONES:
        return not any(one.reached for one in metric.milestones)
    baseline = metric.baseline
    if baseline is None and metric.kind not in (MetricKind.AT_LEAST, MetricKind.AT_MOST):
        baseline = Fraction(0)
    return metric.current in (None, baseline)


def weights(assigned: Sequence[Fraction | None]) -> list[Fraction]:
    """Shares that sum to 1; unassigned ones share what the others leave.

    Weights above 1 in sum are taken as written in percent or as plain proportions; one below zero
    weighs nothing. All missing means equal shares.

    >>> weights([Fraction(1, 2), None, None])
    [Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)]
    """
    assigned = [weight if weight is None else max(weight, Fraction(0)) for weight in assigned]
    given = [weight for weight in assigned if weight is not None]
    missing = len(assigned) - len(given)
    if not assigned:
        return []
    if sum(given) <= 0:
        return [Fraction(1, len(assigned))] * len(assigned)
    whole = Fraction(1) if sum(given) <= 1 else max(sum(given, Fraction(0)), Fraction(100))
    if not missing:
        whole = sum(given, Fraction(0))
    rest = (whole - sum(given)) / missing if missing else Fraction(0)
    return [(rest if weight is None else weight) / whole for weight in assigned]


def roll_up(parts: Iterable[tuple[Progress, Fraction]]) -> Progress | None:
    """
    Weighted mean, as an objective sees its key results; None without any weight.

    >>> roll_up([(Progress(Fraction(1)), Fraction(1)), (Progress(Fraction(0)), Fraction(3))])
    Progress(ratio=Fraction(1, 4))
    """
    pairs = list(parts)
    total = sum((weight for _, weight in pairs), Fraction(0))
    if not total:
        return None
    return Progress(sum((part.ratio * weight for part, weight in pairs), Fraction(0)) / total)
