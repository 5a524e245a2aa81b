"""Rules about the measure of a key result: is there one, from where to where, in what."""

import re
from collections.abc import Iterator
from fractions import Fraction

from connector.core.findings import Severity
from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.criteria import DELIVERED_EN
from connector.core.lint.patterns import any_of, forms
from connector.core.lint.rule import Limits, Remark, Rule, said
from connector.core.lint.sentence import Sentence
from connector.core.lint.subjects import KeyResultIn
from connector.core.lint.verbs import en_predicate, zh_predicates, zh_verbs
from connector.core.okr import Metric, MetricKind

_WITHOUT_START = frozenset(
    {MetricKind.MILESTONES, MetricKind.BINARY, MetricKind.AT_LEAST, MetricKind.AT_MOST}
)
_NEW = re.compile(
    rf"{any_of(zh.NEW)}|\b(?:{any_of(en.NEW)})(?:s|es|ed|d|ing)?\b",
    re.IGNORECASE,
)
_SHARES = frozenset({"%", "‰", "pp", "pts"})
_UP = re.compile(rf"{any_of(zh.UP)}|[升增涨]|\b(?:{any_of(en.UP)})\b", re.IGNORECASE)
_DOWN = re.compile(rf"{any_of(zh.DOWN)}|[降减]|\b(?:{any_of(en.DOWN)})\b", re.IGNORECASE)
_WORDS = re.compile(r"从|由|自|\bfrom\b|[≥≤~约]", re.IGNORECASE)
_FASTER = re.compile(r"更快|加快|提速|\b(?:faster|quicker|sooner|speed up)\b", re.IGNORECASE)
_TIMES = frozenset(
    [
        "s",
        "sec",
        "second",
        "seconds",
        "min",
        "minute",
        "minutes",
        "h",
        "hour",
        "hours",
        "day",
        "days",
        "week",
        "weeks",
        "秒",
        "分钟",
        "小时",
        "天",
        "周",
        "个月",
    ]
)
_ALL = 100
_REACHES = re.compile(r"达|\breach|\bhit|\bexceed|\bto \d|NPS|评分|得分|score", re.IGNORECASE)
_FROM_NOTHING = re.compile(
    r"从[零无]|首批|首[个家]|\bfrom (?:zero|none|nothing|scratch)\b|\bfirst \d", re.I
)
_RANK = re.compile(r"排名|名次|排位|位次|\brank(?:ing)?\b|\bplace\b", re.IGNORECASE)  # up is fewer
_DIMENSIONED = re.compile(
    rf"(?:{any_of(zh.DIMENSIONED)})(?!数据|分析|模型)|\b(?:{any_of(en.DIMENSIONED)})\b",
    re.IGNORECASE,
)
_UNITLESS = re.compile(rf"{any_of(zh.UNITLESS)}|\b(?:{any_of(en.UNITLESS)})\b", re.IGNORECASE)
_ASIDE_EN = re.compile(r"\b(?:with|that|who|which|whose|without)\b", re.IGNORECASE)
_MOVED_ZH = rf"(?:{any_of(zh.UP, zh.DOWN, '改进 优化 加强')})"
_ABSTRACT_ZH = re.compile(
    rf"^(?:将|把|让|使)?[^,;。\d]{{0,10}}?(?:{any_of(zh.UNMEASURABLE)})"
    rf"(?:再|整体|全面|显著|大幅|持续|进一步)?{_MOVED_ZH}(?:了|至|到)?\s?[\d一两]|"
    rf"^{_MOVED_ZH}[^,;。\d]{{0,10}}?(?:{any_of(zh.UNMEASURABLE)})\s?(?:至|到|约)?\s?\d"
)
_OUR_EN = rf"(?:(?:{any_of(en.OUR)}) )*"
_ABSTRACT_EN = re.compile(
    rf"^(?:to )?(?:{any_of(' '.join(sorted(forms(en.VAGUE))))}) (?:[a-z-]+ ){{0,2}}"
    rf"(?:{any_of(en.UNMEASURABLE)})\s(?:by|to|up)\s\d|"
    rf"^{_OUR_EN}(?:{any_of(en.UNMEASURABLE)})\s(?:{any_of(en.UP, en.DOWN)}) (?:by|to)?\s?\d",
    re.IGNORECASE,
)
_BARE_ZH = re.compile(
    rf"^(?:同比|环比|整体|总体|本季度?|再|全年|年底前?|目标|较上季度|比去年)*\s?"
    rf"(?:达到?|达成|完成|实现|目标的|增长率|达成率|完成率|{_MOVED_ZH}|翻番|翻倍|减半|做到|突破|超过|不低于|从\s?[\d.,%]+|≥|≤)+了?(?:至|到)?\s?"
    r"(?:\d[\d.,]*\s?(?:%|倍|万|亿|个百分点|成|分|个|百分点)*)?(?:一倍)?(?:以上|以内)?[。.]?$"
)
_GOES_EN = "reach achieve hit get_to exceed double triple stay_above stay_below"
_BARE_EN = re.compile(
    rf"^(?:to )?(?:{any_of(en.UP, en.DOWN, _GOES_EN)})"
    r"\s?(?:it |them |this |that )?(?:by |to |at least |from |of |another )*[\d.,]*\s?"
    r"(?:%|percent|x|points?|a third|a quarter|half|it)?(?:\s?to [\d.,]+%?)?"
    r"(?: of (?:the |our )?(?:target|goal|plan)s?)?(?: (?:this|by|in|year|yoy) ?[\w ]*)?[.]?$",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\d\s?% (?:more|fewer|less|higher|lower|faster|shorter|cheaper|increase|reduction|growth|drop|"
    r"decrease|improvement|uplift|saving|rise|cut|gain)|"
    rf"^(?:to )?(?:{any_of(en.UP, en.DOWN, en.VAGUE)}) [^,;.\d]{{1,40}} \d+\s?%$|"
    r"\btwice as|\bhalf as|[多少快慢高低省]了?\s?\d+\s?%",
    re.IGNORECASE,
)
_MILESTONE_ZH = zh_predicates(zh.MILESTONE)
_STANDS_ZH = re.compile(zh_verbs(zh.FINISHED_BY_ITSELF))
_MILESTONE_EN = forms(en.MILESTONE)
_BASE_SAID = re.compile(
    r"同比|环比|较|比(?:去年|上|Q|20|基线)|相比|相对|去年|上季|上年|基线|baseline|\b(?:yoy|qoq|versus|vs)\b|"
    r"year[- ](?:on|over)[- ]year|quarter[- ](?:on|over)[- ]quarter|compared (?:to|with)|against|"
    r"over (?:last|20|Q|the)|relative to|than (?:last|in|Q|20)",
    re.IGNORECASE,
)


def has_measure(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-01: a number, or a criterion that is met or not."""
    if not (subject.has_number or subject.has_criterion):
        yield said()


def from_where_to_where(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-02: without a start nobody can say how far it is; a level to keep needs none."""
    metric = subject.metric
    if metric is None:
        if not (subject.has_criterion or subject.sentence.measured):
            yield said(case="target")
    elif metric.kind not in _WITHOUT_START:
        if metric.target is None and not _moves_relatively(subject):
            yield said(case="target")
        elif metric.baseline is None and not _starts_at_nothing(subject, metric):
            yield said(case="baseline")


def _moves_relatively(subject: KeyResultIn) -> bool:
    statement = subject.sentence.statement
    return statement is not None and statement.change is not None


def _starts_at_nothing(subject: KeyResultIn, metric: Metric) -> bool:
    """Of new things there are none at first: `sign 12 customers`, 新增专利 5 项."""
    if metric.unit in _SHARES:
        return metric.target == _ALL
    if metric.kind is MetricKind.DECREASE or _moves_relatively(subject):
        return False
    text = subject.sentence.text
    if _FROM_NOTHING.search(text):
        return True
    moves = _UP.search(text) or _REACHES.search(text)
    return bool(_NEW.search(text)) or not (moves or _DIMENSIONED.search(text))


def complete(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-06: what changes, how it is measured, how far; in any order."""
    sentence = subject.sentence
    if not (subject.has_number or subject.has_criterion):
        yield said(case="target")
    elif (_BARE_ZH if sentence.chinese else _BARE_EN).match(sentence.text):
        yield said(case="subject")
    elif not subject.key_result.measure_method and _abstract(sentence):
        yield said(case="measure")


def _abstract(sentence: Sentence) -> bool:
    """`improve quality by 20 %`: nobody knows what is counted."""
    pattern = _ABSTRACT_ZH if sentence.chinese else _ABSTRACT_EN
    return bool(pattern.search(sentence.text))


def direction_agrees(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-08: upwards is upwards, and there is a way to go."""
    metric = subject.metric
    if metric is None or metric.baseline is None or metric.target is None:
        return
    shown = {"baseline": _shown(metric.baseline), "target": _shown(metric.target)}
    if metric.baseline == metric.target:
        if metric.kind not in _WITHOUT_START:
            yield said(case="same", **shown)
        return
    up = _points_up(subject.sentence)
    if up is None and metric.kind in {MetricKind.INCREASE, MetricKind.DECREASE}:
        up = metric.kind is MetricKind.INCREASE
    if up is not None and up != (metric.target > metric.baseline):
        yield said(case="against", **shown)


def _points_up(sentence: Sentence) -> bool | None:
    """Which way the verb beside the numbers points; None where verbs of both kinds stand there."""
    text, found = sentence.text, sentence.quantities
    first = found[0].start if found else len(text)
    last = found[1].start if len(found) > 1 else first
    if _RANK.search(text):
        return None
    for place in (text[first:last], _clause(text[:first]), text[last:]):
        if _FASTER.search(place) and found and found[0].quantity.unit.lower() in _TIMES:
            return False
        up, down = bool(_UP.search(place)), bool(_DOWN.search(place))
        if up or down:
            return None if up == down else up
    return None


def _clause(before: str) -> str:
    """The words of the clause that the number stands in; of the one before where it has none."""
    parts = re.split(r"[,;:。]", before)
    while len(parts) > 1 and not _WORDS.sub("", parts[-1]).strip():
        parts.pop()
    return parts[-1]


def has_unit(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-09: 20 of what? Scores, indices and counts name it themselves."""
    metric, text = subject.metric, subject.sentence.text
    if metric is None or metric.target is None or metric.unit:
        return
    if any(one.quantity.unit for one in subject.sentence.quantities):
        return
    nothing_left = metric.target == 0 and metric.baseline is None
    what = _ASIDE_EN.split(text)[0]  # of `services with an error budget`, services are counted
    if not nothing_left and _DIMENSIONED.search(what) and not _UNITLESS.search(text):
        yield said(number=_shown(metric.target))


def yes_or_no(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-12: met or not, with nothing between."""
    metric = subject.key_result.metric
    if metric is not None and metric.kind is MetricKind.MILESTONES:
        return
    binary = metric is not None and metric.kind is MetricKind.BINARY
    numbers = bool(subject.sentence.quantities) or (metric is not None and bool(metric.target))
    said_so = subject.has_criterion and not numbers and not _delivers(subject)
    if (binary or said_so) and not subject.method.measured:
        yield said()


def delivery_milestone(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-13: that something is delivered, not what it changes."""
    if not subject.has_number and _delivers(subject):
        yield said()


def _delivers(subject: KeyResultIn) -> bool:
    sentence = subject.sentence
    if sentence.chinese:
        return bool(_MILESTONE_ZH.search(sentence.text) or _STANDS_ZH.search(sentence.text))
    delivered = en_predicate(sentence.words, _MILESTONE_EN) is not None
    return delivered or bool(DELIVERED_EN.search(sentence.text))


def relative_without_base(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-14: 20 % more than what?"""
    metric, statement = subject.key_result.metric, subject.sentence.statement
    change = statement.change if statement else None
    if not (change and change.factor) and not _RELATIVE.search(subject.sentence.text):
        return
    based = (statement is not None and statement.baseline is not None) or (
        metric is not None and metric.baseline is not None
    )
    if not based and not _BASE_SAID.search(subject.sentence.text):
        yield said()


def _shown(value: Fraction) -> str:
    return f"{float(value):g}"


RULES = (
    Rule("K-01", Severity.E, "guide-2.2", has_measure),
    Rule("K-02", Severity.W, "practice", from_where_to_where),
    Rule("K-06", Severity.W, "guide-2.2", complete),
    Rule("K-08", Severity.E, "practice", direction_agrees),
    Rule("K-09", Severity.W, "practice", has_unit),
    Rule("K-12", Severity.I, "practice", yes_or_no),
    Rule("K-13", Severity.I, "google-playbook", delivery_milestone),
    Rule("K-14", Severity.I, "practice", relative_without_base),
)
