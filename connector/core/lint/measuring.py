"""Rules about the measure of a key result: is there one, from where to where, in what."""

import re
from collections.abc import Iterator

from connector.core.findings import Severity
from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.criteria import DELIVERED_EN
from connector.core.lint.directions import UP, points_up
from connector.core.lint.patterns import any_of, forms
from connector.core.lint.presence import is_abstract, is_bare
from connector.core.lint.rule import Limits, Remark, Rule, said, shown
from connector.core.lint.subjects import KeyResultIn
from connector.core.lint.verbs import en_predicate, zh_predicates, zh_verbs
from connector.core.okr import Metric, MetricKind
from connector.core.sieve import sifted

_WITHOUT_START = frozenset(
    {MetricKind.MILESTONES, MetricKind.BINARY, MetricKind.AT_LEAST, MetricKind.AT_MOST}
)
_NEW = sifted(
    rf"{any_of(zh.NEW)}|\b(?:{any_of(en.NEW)})(?:s|es|ed|d|ing)?\b",
    re.IGNORECASE,
)
_SHARES = frozenset({"%", "‰", "pp", "pts"})
_ALL = 100
_REACHES = sifted(r"达|\breach|\bhit|\bexceed|\bto \d|NPS|评分|得分|score", re.IGNORECASE)
_FROM_NOTHING = sifted(
    r"从[零无]|首批|首[个家]|\bfrom (?:zero|none|nothing|scratch)\b|\bfirst \d", re.I
)
_DIMENSIONED = sifted(
    rf"(?:{any_of(zh.DIMENSIONED)})(?!数据|分析|模型)|\b(?:{any_of(en.DIMENSIONED)})\b",
    re.IGNORECASE,
)
_UNITLESS = sifted(rf"{any_of(zh.UNITLESS)}|\b(?:{any_of(en.UNITLESS)})\b", re.IGNORECASE)
_ASIDE_EN = re.compile(r"\b(?:with|that|who|which|whose|without)\b", re.IGNORECASE)
_RELATIVE = sifted(
    r"\d\s?% (?:more|fewer|less|higher|lower|faster|shorter|cheaper|increase|reduction|growth|drop|"
    r"decrease|improvement|uplift|saving|rise|cut|gain)|"
    rf"^(?:to )?(?:{any_of(en.UP, en.DOWN, en.VAGUE)}) [^,;.\d]{{1,40}} \d+\s?%$|"
    r"\btwice as|\bhalf as|[多少快慢高低省]了?\s?\d+\s?%",
    re.IGNORECASE,
)
_MILESTONE_ZH = zh_predicates(zh.MILESTONE)
_STANDS_ZH = sifted(zh_verbs(zh.FINISHED_BY_ITSELF))
_MILESTONE_EN = forms(en.MILESTONE)
_BASE_SAID = sifted(
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
    moves = UP.search(text) or _REACHES.search(text)
    return bool(_NEW.search(text)) or not (moves or _DIMENSIONED.search(text))


def complete(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-06: what changes, how it is measured, how far; in any order."""
    sentence = subject.sentence
    if not (subject.has_number or subject.has_criterion):
        yield said(case="target")
    elif is_bare(sentence):
        yield said(case="subject")
    elif not subject.key_result.measure_method and is_abstract(sentence):
        yield said(case="measure")


def direction_agrees(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-08: upwards is upwards, and there is a way to go."""
    metric = subject.metric
    if metric is None or metric.baseline is None or metric.target is None:
        return
    ends = {"baseline": shown(metric.baseline), "target": shown(metric.target)}
    if metric.baseline == metric.target:
        if metric.kind not in _WITHOUT_START:
            yield said(case="same", **ends)
        return
    up = points_up(subject.sentence)
    if up is None and metric.kind in {MetricKind.INCREASE, MetricKind.DECREASE}:
        up = metric.kind is MetricKind.INCREASE
    if up is not None and up != (metric.target > metric.baseline):
        yield said(case="against", **ends)


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
        yield said(number=shown(metric.target))


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
