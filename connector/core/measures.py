"""What a sentence says about a number: where it starts, where it should end, which way."""

import re
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from connector.core.names import without_names
from connector.core.okr import Metric, MetricKind
from connector.core.sieve import Sifted, hits, sifted
from connector.core.text import Found, Quantity, find_quantities, readable

_FROM_EN = sifted(r"\bfrom\s(?:about |around |roughly |some |~)?$", re.IGNORECASE)
_TO_EN = sifted(r"^[^.;]{0,40}?\bto\b[^.;\d]{0,15}$", re.IGNORECASE)
_FROM_ZH = sifted(r"[从由自][^\d。;,，]{0,10}$")
_TO_ZH = sifted(r"^[^\d。;]{0,24}[到至为成][^\d。;]{0,6}$")
_ARROW = sifted(r"^\s*(?:→|->|⇒|➡|⟶|➔)\s*(?:[≥≤<>])?\s*$")
_AT_LEAST = sifted(
    r"(?:≥|>|不低于|不少于|不小于|大于等于|(?<!不)(?:大于|高于|超过)|至少|at least"
    r"|no less than|not less than|no fewer than|(?<!no )(?<!not )(?:more than|over|above))\s*$",
    re.IGNORECASE,
)
_AT_MOST = sifted(
    r"(?:≤|<|不超过|不高于|不多于|不大于|小于等于|(?<!不)(?:小于|低于|少于)|至多|最多|控制在"
    r"|at most|no (?:more|higher|greater|larger|longer|later|worse) than|not more than|under"
    r"|below|(?<!no )(?<!not )(?:less than|fewer than))\s*$",
    re.IGNORECASE,
)
_IN_TIME = sifted(r"\b(?:in|within)\s*$", re.IGNORECASE)
_WITHIN = sifted(r"\bwithin\s*$", re.IGNORECASE)
_LEAST_AFTER = sifted(r"^\s*(?:及|或)?(?:以上|之上|or more|or higher|or above|\+)", re.IGNORECASE)
_MOST_AFTER = sifted(
    r"^\s*(?:及|或)?(?:以内|之内|以下|内|or less|or fewer|or below)", re.IGNORECASE
)
_REACH = sifted(
    r"(?:\bto|\breach(?:es|ing)?|\bhit|\bachieve|[到至达为])\s*(?:about )?$", re.IGNORECASE
)
_BY = sifted(
    r"(?:\b(?:by|up|down|fall|falls|drop|drops|grow|grows|rise|rises)|提升|提高|增长|增加|上升|扩大"
    r"|降低|减少|下降|缩短|压缩|降|减|(?<![新净])增|↑|↓)了?\s*$",
    re.IGNORECASE,
)
_BY_WHOM = sifted(r"\b(?:by|up)\s*$", re.IGNORECASE)
_BOUND_SAID = sifted(
    r"(?:at least|no less than|not less than|more than|over|at most|no more than|up to|about|around"
    r"|至少|不低于|不少于|不小于|超过|高于|大于|不超过|约|近|≥|>)\s*$",
    re.IGNORECASE,
)
_DOWN = sifted(
    r"\b(?:reduc|cut|decreas|lower|fall|drop|shrink|shorten|halv|fewer|trim|slash|curb|lessen|down\b)|[降减缩压]|下滑|↓",
    re.IGNORECASE,
)
_LONGEST = 1_000
_KEPT = 1_024  # the reader and lint look at the same sentences in turn
_NEAR = 60
_ONE_SIZE = 20
_BARE_TO = sifted(r"^\s*(?:to|到|至)\s*$", re.IGNORECASE)
_LABELLED = sifted(r"[:=]\s*$")  # Incidents: 4 to 9
_MOVED_TO = sifted(
    r"^\s*(?:[升降增减提涨压缩]|提升|提高|增加|增长|扩大|上升|降低|减少|缩短|下降|压缩)[到至为]\s*$"
)
_FACTORS = (
    (sifted(r"翻[两二2]番|\bquadrupl", re.IGNORECASE), Fraction(4)),
    (sifted(r"\btripl", re.IGNORECASE), Fraction(3)),
    (sifted(r"翻一?番|翻倍|\bdoubl", re.IGNORECASE), Fraction(2)),
    (sifted(r"减半|\bhalv", re.IGNORECASE), Fraction(1, 2)),
)
_OF_BEFORE = sifted(r"(?:原来|原先|以前|目前|现在|去年|上年|同期|上季度|上半年|上月)的\s*$")
_OF_AFTER = sifted(r"^\s*于")
_GROW = sifted(
    r"\b(?:grow|increas|improv|rais|boost|expand|scal|ris|lift|climb|up (?:by \d|\d[\d.]*%))",
    re.IGNORECASE,
)
_ZERO = sifted(
    r"(?<![\w])零(?=[^\s,;]{0,6}(?:事故|投诉|故障|缺陷|流失|违规|泄露|差错|延误|事件|漏洞|逾期|"
    r"中断|损失))"
    r"|\bzero (?!trust|touch|code|day|based|to\b|in\b|waste|emission)",
    re.IGNORECASE,
)
_BASE_BEFORE = sifted(
    r"(?:\b(?:was|now|currently|today|baseline|last (?:year|quarter|month)|up from|down from)"
    r"|去年|上年|上季度|上半年|上月|目前|当前|现状|现在|基线|基线值|基准|原)(?:的|为|是|值)?"
    r"(?:每[年季月周天日]|平均)?\s*:?\s*$",
    re.IGNORECASE,
)
_BACK_FROM = sifted(r"^\s*[(,]?\s*(?:up |down )?from\s*$", re.IGNORECASE)
_OF_ALL = sifted(r"^\s*of (?:the |our |all )?(?:top |first )?$", re.IGNORECASE)
_TIME_AFTER = sifted(r"^\s*(?:以内|之内|内)(?=[^\s,;。)])")
_TAIL = re.compile(
    r"\s*(?:\([^()]*\)|\b(?:per|in|by|a|after|before) [a-z ,0-9]{1,40}|[.。])\s*$", re.IGNORECASE
)
_BURDEN = sifted(  # the head of the name, which both languages put last
    r"(?:\b(?:delays?|latency|churn|no-shows?|defects?|bugs?|incidents?|complaints?|downtime|"
    r"errors?"
    r"|outages?|backlog|rework|attrition|stock-?outs?|rollbacks?|accidents?"
    r"|(?:lead|cycle|response|waiting|wait|setup|turnaround|onboarding|resolution|processing|"
    r"handling"
    r"|door-to-doctor)[ -]times?)(?: rate| count)?"
    r"|(?:(?<!使用)(?<!在线)(?<!停留)(?<!观看)(?<!阅读)(?<!学习)(?<!服务)时长"
    r"|耗时|延迟|投诉|故障|缺陷|流失|不良|误判|事故|返工|逾期|差错|缺货|退货|离职)"
    r"(?:率|数|量|次数|件数|工时|占比)?)$",
    re.IGNORECASE,
)
_SECONDS = {
    **dict.fromkeys(("ms", "毫秒"), Fraction(1, 1000)),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds", "秒", "秒钟"), Fraction(1)),
    **dict.fromkeys(("min", "mins", "minute", "minutes", "分钟"), Fraction(60)),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "小时"), Fraction(3600)),
    **dict.fromkeys(("d", "day", "days", "天"), Fraction(86400)),
    **dict.fromkeys(("w", "week", "weeks", "周"), Fraction(604800)),
}


class Change(NamedTuple):
    """A target said relative to a baseline: a factor (提升3倍 → 4) or points (−30)."""

    factor: Fraction | None = None
    points: Fraction = Fraction(0)

    def of(self, baseline: Fraction) -> Fraction:
        return baseline + self.points if self.factor is None else baseline * self.factor


class Statement(NamedTuple):
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
    return _read(sentence) if len(sentence) <= _LONGEST else None


@lru_cache(_KEPT)
def _read(sentence: str) -> Statement | None:
    text = without_names(readable(sentence))
    return _span(text) or _with_base(text) or _plain(text)


def direction(sentence: str) -> MetricKind:
    """Which way the verbs point; up where they do not say."""
    return (
        MetricKind.DECREASE if _DOWN.search(readable(sentence[:_LONGEST])) else MetricKind.INCREASE
    )


def better_when_less(title: str) -> bool:
    """Whether a measure named without a verb is one that people want to see shrink.

    >>> [better_when_less(name) for name in ("平均到账时长", "投诉处理率", "No-show rate")]
    [True, False, True]
    """
    said = readable(title[:_LONGEST])
    return bool(hits(said) & _BURDEN.bit and _BURDEN.pattern.search(_TAIL.sub("", said)))


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


def _plain(text: str) -> Statement | None:
    return _zero(text) or _bounded(text) or _multiple(text) or _single(text)


def _with_base(text: str) -> Statement | None:
    """`NPS 达到 50(目前 32)`, `to 40 from 20`: the start is said apart, after or before."""
    found = find_quantities(text)
    for number, one in enumerate(found):
        previous = found[number - 1] if number else None
        between = text[previous.end : one.start] if previous else ""
        back = previous and _near(_REACH, text, previous) and _BACK_FROM.match_in(text, between)
        if len(found) > 1 and (back or _near(_BASE_BEFORE, text, one)):
            rest = _plain(text[: one.start] + "," + text[one.end :])
            return _based(rest, one.quantity) if rest else None
    return None


def _based(said: Statement, start: Quantity) -> Statement | None:
    if said.target:
        return _moved(start, said.target)
    target = Quantity(said.change.of(start.value), start.unit) if said.change else None
    return said._replace(baseline=start, target=target)


def _zero(text: str) -> Statement | None:
    zero = _ZERO.search(text) and not find_quantities(text)
    return Statement(MetricKind.AT_MOST, Quantity(Fraction(0))) if zero else None


def _span(text: str) -> Statement | None:
    found = find_quantities(text, years=True)
    for start, end in pairwise(found):
        between = text[start.end : end.start]
        if len(between) > _NEAR:
            continue
        if start.quantity.maybe_year and end.quantity.maybe_year:
            continue
        labelled = start.quantity.unit or _near(_LABELLED, text, start)
        bare = labelled and _BARE_TO.match_in(text, between)
        same = start.quantity.unit == end.quantity.unit != ""
        if (
            (bare and not _near(_BY, text, start))
            or (same and _MOVED_TO.match_in(text, between))
            or _ARROW.match_in(text, between)
            or _from_to(text, start, between)
        ):
            return _moved(_of_one_scale(start, end), end.quantity)
    return None


def _of_one_scale(start: Found, end: Found) -> Quantity:
    """The start of `from 86 to 120 million` is in millions too; that of `from 800 to 1.2k` is not.

    Where the bare numbers are of one size, the word behind the second speaks of both.
    """
    value = start.quantity.value
    shared = end.scale > 1 and start.scale == 1 and start.quantity.unit in {"", end.quantity.unit}
    bare = end.quantity.value / end.scale
    if shared and bare and Fraction(1, _ONE_SIZE) <= abs(value / bare) <= _ONE_SIZE:
        return Quantity(value * end.scale, start.quantity.unit)
    return start.quantity


def _from_to(text: str, start: Found, between: str) -> bool:
    english = _near(_FROM_EN, text, start) and _TO_EN.match_in(text, between)
    chinese = not english and _near(_FROM_ZH, text, start) and _TO_ZH.match_in(text, between)
    return bool(english or chinese)


def _before(text: str, found: Found) -> str:
    """The words just before a number; farther away they speak of something else."""
    return text[max(0, found.start - _NEAR) : found.start]


def _near(pattern: Sifted, text: str, found: Found) -> re.Match[str] | None:
    """Where the words just before a number say it."""
    before = _before(text, found)
    whole = found.start <= _NEAR  # else a word may be cut, and look like another
    return pattern.search_in(text, before) if whole else pattern.pattern.search(before)


def _moved(start: Quantity, end: Quantity) -> Statement:
    end = end if end.unit else Quantity(end.value, start.unit)
    start = start if start.unit else Quantity(start.value, end.unit)
    down = end.value < (in_unit(start, end.unit) or 0)
    return Statement(MetricKind.DECREASE if down else MetricKind.INCREASE, end, start)


def _bounded(text: str) -> Statement | None:
    found = find_quantities(text)
    for one in found:
        kind = None if len(found) > 1 and _is_condition(text, one) else _bound(text, one)
        if kind and _is_change(text, one):
            return _changed(text, one.quantity)
        if kind:
            return Statement(kind, one.quantity)
    if len(found) == 1 and _near(_WITHIN, text, found[0]):
        return Statement(MetricKind.AT_MOST, found[0].quantity)
    return None


def _is_condition(text: str, found: Found) -> bool:
    """`2小时内响应率`: the time says when to count, another number how much."""
    timed = found.quantity.unit.lower() in _SECONDS or found.quantity.unit == "个工作日"
    return timed and bool(_TIME_AFTER.match_in(text, text[found.end :]))


def _is_change(text: str, found: Found) -> bool:
    """`降低 30%`, `降低不少于 30%`, but not `降至 30%`: a change needs a unit."""
    if found.start <= _NEAR and not hits(text) & (_BY_WHOM.bit | _BY.bit):
        return False
    before = _BOUND_SAID.pattern.sub("", _before(text, found))
    if _BY_WHOM.pattern.search(before) and not (_GROW.search(text) or _DOWN.search(text)):
        return False  # read by 80% of them
    return bool(found.quantity.unit and _BY.pattern.search(before))


def _bound(text: str, found: Found) -> MetricKind | None:
    after = text[found.end : found.end + _NEAR]
    if _near(_AT_MOST, text, found) or _MOST_AFTER.match_in(text, after):
        return MetricKind.AT_MOST
    if _near(_AT_LEAST, text, found) or _LEAST_AFTER.match_in(text, after):
        return MetricKind.AT_LEAST
    return None


def _multiple(text: str) -> Statement | None:
    for pattern, factor in _FACTORS:
        if pattern.search(text) and not find_quantities(text):
            kind = MetricKind.INCREASE if factor > 1 else MetricKind.DECREASE
            return Statement(kind, None, change=Change(factor))
    return None


def _single(text: str) -> Statement | None:
    found = find_quantities(text)
    for one in found:
        if _near(_REACH, text, one) or _is_factor(text, one):
            return _reached(text, one)
    for number, one in enumerate(found):
        if _is_change(text, one):
            start = found[number - 1] if number else None
            return _changed(text, one.quantity, _start(text, start))
    if len(found) == 2 and _OF_ALL.match_in(text, text[found[0].end : found[1].start]):
        found = found[:1]
    if len(found) == 2 and _in_time(text, found[1]):  # 30 tools approved in 5 days
        found = found[:1]
    percent = [one for one in found if one.quantity.unit == "%"]
    if len(found) == 1 or len(percent) == 1:
        return _aimed(text, (percent or found)[0].quantity)
    return None


def _in_time(text: str, found: Found) -> bool:
    timed = found.quantity.unit.lower() in _SECONDS
    return timed and bool(_near(_IN_TIME, text, found))


def _start(text: str, found: Found | None) -> Quantity | None:
    """`从 45 天缩短 15 天`: where the change begins."""
    return found.quantity if found and _near(_FROM_ZH, text, found) else None


def _is_factor(text: str, found: Found) -> bool:
    """`去年的 2.5 倍`, `grow sign-ups 2x`: times what there is, not a number of its own."""
    if found.quantity.unit == "倍":
        after = _OF_AFTER.match_in(text, text[found.end :])
        return bool(_near(_OF_BEFORE, text, found) or after)
    return found.quantity.unit in {"x", "X"} and bool(_GROW.search(text))


def _reached(text: str, one: Found) -> Statement:
    if one.quantity.unit in {"倍", "x", "X"} and (one.quantity.unit == "倍" or _GROW.search(text)):
        return Statement(direction(text), None, change=Change(one.quantity.value))
    return _aimed(text, one.quantity)


def _aimed(text: str, target: Quantity) -> Statement:
    """A target of nothing at all is a limit, whatever the verb."""
    return Statement(MetricKind.AT_MOST if target.value == 0 else direction(text), target)


def _changed(text: str, by: Quantity, start: Quantity | None = None) -> Statement:
    kind = direction(text)
    sign = -1 if kind is MetricKind.DECREASE else 1
    if by.unit in {"x", "X"}:
        change = Change(by.value)
    elif by.unit in {"%", "倍"}:
        change = Change(1 + sign * (by.value / 100 if by.unit == "%" else by.value))
    else:
        change = Change(points=sign * by.value)
    said = Statement(kind, None, change=change)
    return (_based(said, start) or said) if start else said
