"""What a sentence says about a number: where it starts, where it should end, which way."""

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from connector.core.okr import Metric, MetricKind
from connector.core.text import Found, Quantity, find_quantities, readable

_FROM_EN = re.compile(r"\bfrom\s(?:about |around |roughly |some |~)?$", re.IGNORECASE)
_TO_EN = re.compile(r"^[^.;]{0,40}?\bto\b[^.;\d]{0,15}$", re.IGNORECASE)
_FROM_ZH = re.compile(r"[从由自][^\d。;,，]{0,10}$")
_TO_ZH = re.compile(r"^[^\d。;]{0,24}[到至为成][^\d。;]{0,6}$")
_ARROW = re.compile(r"^\s*(?:→|->|⇒|➡|⟶|➔)\s*(?:[≥≤<>])?\s*$")
_AT_LEAST = re.compile(
    r"(?:≥|>|不低于|不少于|不小于|大于等于|(?<!不)(?:大于|高于|超过)|至少|at least"
    r"|no less than|not less than|no fewer than|(?<!no )(?<!not )(?:more than|over|above))\s*$",
    re.IGNORECASE,
)
_AT_MOST = re.compile(
    r"(?:≤|<|不超过|不高于|不多于|不大于|小于等于|(?<!不)(?:小于|低于|少于)|至多|最多|控制在"
    r"|at most|no more than|not more than|under"
    r"|below|(?<!no )(?<!not )(?:less than|fewer than))\s*$",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\bwithin\s*$", re.IGNORECASE)
_LEAST_AFTER = re.compile(
    r"^\s*(?:及|或)?(?:以上|之上|or more|or higher|or above|\+)", re.IGNORECASE
)
_MOST_AFTER = re.compile(
    r"^\s*(?:及|或)?(?:以内|之内|以下|内|or less|or fewer|or below)", re.IGNORECASE
)
_REACH = re.compile(
    r"(?:\bto|\breach(?:es|ing)?|\bhit|\bachieve|[到至达为])\s*(?:about )?$", re.IGNORECASE
)
_BY = re.compile(
    r"(?:\bby|提升|提高|增长|增加|上升|扩大|降低|减少|下降|缩短|压缩|降|减|增|↑|↓)了?\s*$",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:reduc|cut|decreas|lower|fall|drop|shrink|shorten|halv|fewer)|[降减缩压]|下滑|↓",
    re.IGNORECASE,
)
_LONGEST = 1_000
_NEAR = 60
_BARE_TO = re.compile(r"^\s*(?:to|到|至)\s*$", re.IGNORECASE)
_DOUBLE = re.compile(r"翻一?番|翻倍|\bdoubl", re.IGNORECASE)
_HALVE = re.compile(r"减半|\bhalv", re.IGNORECASE)
_SECONDS = {
    **dict.fromkeys(("ms", "毫秒"), Fraction(1, 1000)),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "秒", "秒钟"), Fraction(1)),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "分钟"), Fraction(60)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "小时"), Fraction(3600)),
    **dict.fromkeys(("d", "day", "days", "天"), Fraction(86400)),
    **dict.fromkeys(("w", "week", "weeks", "周"), Fraction(604800)),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A target said relative to a baseline: a factor (提升3倍 → 4) or points (−30)."""

    factor: Fraction | None = None
    points: Fraction = Fraction(0)

    def of(self, baseline: Fraction) -> Fraction:
        return baseline + self.points if self.factor is None else baseline * self.factor


@dataclass(frozen=True, slots=True)
class Statement:
    """The measure in a sentence. A `change` has no target before a baseline is known."""

    kind: MetricKind
    target: Quantity | None
    baseline: Quantity | None = None
    change: Change | None = None

    @property
    def metric(self) -> Metric:
        target = self.target
        unit = target.unit if target else ""
        baseline = in_unit(self.baseline, unit)
        return Metric(self.kind, baseline, target.value if target else None, None, unit)


def read_statement(sentence: str) -> Statement | None:
    """The measure of a sentence, or None where it has none or more than one candidate.

    >>> read_statement("页面首屏从 20s 降到 8s").metric.target
    Fraction(8, 1)
    >>> read_statement("降低30%").target is None
    True
    >>> read_statement("Uptime ≥99.9%").kind
    <MetricKind.AT_LEAST: 'at_least'>
    """
    if len(sentence) > _LONGEST:
        return None
    text = readable(sentence)
    return _span(text) or _bounded(text) or _multiple(text) or _single(text)


def direction(sentence: str) -> MetricKind:
    """Which way the verbs point; up where they do not say."""
    return (
        MetricKind.DECREASE if _DOWN.search(readable(sentence[:_LONGEST])) else MetricKind.INCREASE
    )


def bound_of(text: str) -> MetricKind | None:
    """`≥80%` and `80%以上` keep a level; None for a plain value.

    >>> bound_of("不低于 80%")
    <MetricKind.AT_LEAST: 'at_least'>
    """
    said = readable(text[:_LONGEST])
    found = find_quantities(said, years=True)
    return _bound(said, found[0]) if found else None


def in_unit(quantity: Quantity | None, unit: str) -> Fraction | None:
    """The value in another unit of time; as it stands where that makes no sense.

    >>> in_unit(Quantity(Fraction(6), "hours"), "minutes")
    Fraction(360, 1)
    """
    if quantity is None:
        return None
    ours, theirs = _SECONDS.get(quantity.unit.lower()), _SECONDS.get(unit.lower())
    return quantity.value * ours / theirs if ours and theirs else quantity.value


def same_dimension(one: str, other: str) -> bool:
    """False where two written units can never be compared: `%` and days."""
    known = [(u == "%", u.lower() in _SECONDS) for u in (one, other) if u]
    return len(known) < 2 or known[0] == known[1]


def _span(text: str) -> Statement | None:
    found = find_quantities(text, years=True)
    for start, end in pairwise(found):
        before, between = _before(text, start), text[start.end : end.start]
        if len(between) > _NEAR:
            continue
        if start.quantity.maybe_year and end.quantity.maybe_year:
            continue
        bare = start.quantity.unit and _BARE_TO.match(between)
        if bare or _ARROW.match(between) or _from_to(before, between):
            return _moved(start.quantity, end.quantity)
    return None


def _from_to(before: str, between: str) -> bool:
    english = _FROM_EN.search(before) and _TO_EN.match(between)
    return bool(english or (_FROM_ZH.search(before) and _TO_ZH.match(between)))


def _before(text: str, found: Found) -> str:
    """The words just before a number; farther away they speak of something else."""
    return text[max(0, found.start - _NEAR) : found.start]


def _moved(start: Quantity, end: Quantity) -> Statement:
    end = end if end.unit else Quantity(end.value, start.unit)
    start = start if start.unit else Quantity(start.value, end.unit)
    down = end.value < (in_unit(start, end.unit) or 0)
    return Statement(MetricKind.DECREASE if down else MetricKind.INCREASE, end, start)


def _bounded(text: str) -> Statement | None:
    found = find_quantities(text)
    for one in found:
        kind = _bound(text, one)
        if kind:
            return Statement(kind, one.quantity)
    if len(found) == 1 and _WITHIN.search(_before(text, found[0])):
        return Statement(MetricKind.AT_MOST, found[0].quantity)
    return None


def _bound(text: str, found: Found) -> MetricKind | None:
    before, after = _before(text, found), text[found.end : found.end + _NEAR]
    if _AT_MOST.search(before) or _MOST_AFTER.match(after):
        return MetricKind.AT_MOST
    if _AT_LEAST.search(before) or _LEAST_AFTER.match(after):
        return MetricKind.AT_LEAST
    return None


def _multiple(text: str) -> Statement | None:
    for pattern, factor in ((_DOUBLE, Fraction(2)), (_HALVE, Fraction(1, 2))):
        if pattern.search(text) and not find_quantities(text):
            kind = MetricKind.INCREASE if factor > 1 else MetricKind.DECREASE
            return Statement(kind, None, change=Change(factor))
    return None


def _single(text: str) -> Statement | None:
    found = find_quantities(text)
    for one in found:
        before = _before(text, one)
        if _REACH.search(before):
            return _reached(text, one)
        if one.quantity.unit and _BY.search(before):
            return _changed(text, one.quantity)
    percent = [one for one in found if one.quantity.unit == "%"]
    if len(found) == 1 or len(percent) == 1:
        return Statement(direction(text), (percent or found)[0].quantity)
    return None


def _reached(text: str, one: Found) -> Statement:
    if one.quantity.unit == "倍":
        return Statement(direction(text), None, change=Change(one.quantity.value))
    return Statement(direction(text), one.quantity)


def _changed(text: str, by: Quantity) -> Statement:
    kind = direction(text)
    sign = -1 if kind is MetricKind.DECREASE else 1
    if by.unit == "%":
        return Statement(kind, None, change=Change(1 + sign * by.value / 100))
    if by.unit == "倍":
        return Statement(kind, None, change=Change(1 + sign * by.value))
    return Statement(kind, None, change=Change(points=sign * by.value))
