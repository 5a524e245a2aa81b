"""A metric as people write it: `20 → 40 points (now 29)`, and how its progress follows."""

from fractions import Fraction

from connector.core.okr import Metric, MetricKind
from connector.core.progress import Outcome
from connector.core.words import Words
from macros.objective.lens import Lens

_CLOSE = ("%", "％", "‰", "°", "℃")
_PLACES = 4


def metric_line(metric: Metric, lens: Lens) -> str:
    """Baseline, target and where it stands; the unit where a reader needs it."""
    match metric.kind:
        case MetricKind.MILESTONES:
            reached = sum(one.reached for one in metric.milestones)
            total = len(metric.milestones)
            return lens.say("metric.milestones", reached=str(reached), total=str(total))
        case MetricKind.BINARY:
            return lens.say("metric.binary_done" if metric.current else "metric.binary_open")
    return _way(metric, lens)


def _way(metric: Metric, lens: Lens) -> str:
    close = metric.unit.startswith(_CLOSE)
    # once is enough for a unit that is a word, and `1 day (now 3 day)` is no English
    unit = metric.unit if close or metric.target is None else ""
    now = (
        lens.say("metric.now", current=_with_unit(metric.current, unit, lens.words))
        if metric.current is not None
        else lens.say("metric.no_value")
    )
    if metric.target is None:
        return lens.say("metric.no_target", now=now)
    target = _with_unit(metric.target, metric.unit, lens.words)
    kept = metric.kind in (MetricKind.AT_LEAST, MetricKind.AT_MOST)
    if kept or metric.baseline is None:
        return lens.say(f"metric.{metric.kind if kept else 'target'}", target=target, now=now)
    baseline = _with_unit(metric.baseline, metric.unit if close else "", lens.words)
    return lens.say("metric.way", baseline=baseline, target=target, now=now)


def _with_unit(value: Fraction, unit: str, words: Words) -> str:
    """No space before a percent or degree sign, one before any other unit."""
    number = words.number(value, _PLACES)
    if not unit:
        return number
    return f"{number}{unit}" if unit.startswith(_CLOSE) else f"{number} {unit}"


def outcome_line(metric: Metric, found: Outcome, lens: Lens) -> str:
    """The progress with the sum it comes from, and the value before it was held to 0..100 %."""
    text = lens.words.percent(found.progress.ratio)
    terms = _terms(metric, lens.words)
    if terms:
        text = lens.say("why.sum", sum=terms, result=lens.words.percent(found.raw))
    if found.raw == found.progress.ratio:
        return text
    return lens.say("why.held", sum=text, shown=lens.words.percent(found.progress.ratio))


def _terms(metric: Metric, words: Words) -> str:
    """Empty where there is nothing to divide: milestones, yes or no, a level that is kept."""
    if metric.current is None or metric.target is None:
        return ""
    current, target = words.number(metric.current, _PLACES), words.number(metric.target, _PLACES)
    match metric.kind:
        case MetricKind.INCREASE | MetricKind.DECREASE:
            baseline = words.number(metric.baseline or Fraction(0), _PLACES)
            return f"({current} − {baseline}) ÷ ({target} − {baseline})"
        case MetricKind.AT_LEAST if metric.current < metric.target:
            return f"{current} ÷ {target}"
        case MetricKind.AT_MOST if metric.current > metric.target:
            return f"{target} ÷ {current}"
    return ""
