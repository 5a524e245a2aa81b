"""Rules about the measure of a key result: is there one, from where to where, in what."""

import re
from collections.abc import Iterator

from connector.core.findings import Severity
from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.criteria import DELIVERED_EN
from connector.core.lint.directions import UP, points_up
from connector.core.lint.patterns import any_of, forms
from connector.core.lint.presence import is_abstract, is_bare, only_starts
from connector.core.lint.rule import Limits, Remark, Rule, said, shown
from connector.core.lint.subjects import KeyResultIn
from connector.core.lint.verbs import en_predicate, zh_predicates, zh_verbs
from connector.core.measures import in_unit
from connector.core.okr import Metric, MetricKind
from connector.core.sieve import sifted

_WITHOUT_START = frozenset(
    {MetricKind.MILESTONES, MetricKind.BINARY, MetricKind.AT_LEAST, MetricKind.AT_MOST}
)
_NEW = sifted(
    rf"{any_of(zh.NEW)}|\b(?:{any_of(en.NEW)})(?:s|es|ed|d|ing)?\b"
    r"(?![ -](?:rates?|ratio|times?|costs?|share|conversion|cycle|score|volume|accuracy|coverage|"
    r"frequency|duration|effort)\b)",
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
_START_SAID = sifted(
    r"目前|当前|现[在有为状]?|基础上|去年|上年|上季|上个?月|上半年|本来|原[来为先本]?|此前|之前|"
    r"以前|基线|起点|而|同期|往年|"
    r"从|由|[一二三四五六七八九十]月|\d\s?月|Q[1-4]|第?[一二三四]季度|"
    r"\b(?:now|currently|today|present|was|were|had|baseline|starting|start|against|versus|vs|"
    r"compared|"
    r"instead of|rather than|last|previous|previously|so far|up from|down from|from|used to|"
    r"existing|"
    r"earlier|yesterday|before|year ago|q[1-4])\b|20\d\d",
    re.IGNORECASE,
)
_GETS_DOWN = sifted(
    r"^(?:把|将|让|使)[^,;。]{2,24}?(?:压|降|砍|缩|减|收|控)[^,;。]{0,6}(?:以内|以下|之内|内)|"
    r"^(?:to |we )?(?:get|bring|push|cut|reduce|lower|drive|shorten|squeeze|take|pull|shrink|"
    r"slash)\b"
    r"[^,;.]{2,40}? (?:under|below|within|to (?:under|below|less than|at most|"
    r"no more than)) [\d€$£]",
    re.IGNORECASE,
)
_TIMES_AS_MUCH = sifted(r"^(?:to )?(?:get )?(?:twice|half|three times) as |fold\b", re.I)
_RATIO = sifted(r"比率|比值|周转率|负债率|倍率|\bratio\b|\bto-\w+\b", re.IGNORECASE)
_SMALL = 10  # a current ratio of 1.6 is none in percent
_ASIDE_EN = re.compile(r"\b(?:with|that|who|which|whose|without)\b", re.IGNORECASE)
_RELATIVE = sifted(
    r"\d\s?% (?:more|fewer|less|higher|lower|faster|shorter|cheaper|increase|reduction|growth|drop|"
    r"decrease|improvement|uplift|saving|rise|cut|gain)|"
    rf"^(?:to )?(?:{any_of(en.UP, en.DOWN, en.VAGUE)}) [^,;.\d]{{1,40}} \d+\s?%$|"
    r"\btwice as|\bhalf as|[多少快慢高低省涨跌降升增减长](?:了|幅)?(?:约|近|超过|至少|不低于|"
    r"不少于)?\s?\d[\d.]*\s?%|"
    r"(?<![\d\w])[+−-]\s?\d[\d.]*\s?%|\banother \d[\d.]*\s?%|^\d(?:\.\d)?x\b|\b\d(?:\.\d)?x "
    r"(?:more|the|our|as)\b|"
    r"\b(?:up|down) (?:by )?(?:a |one )?(?:third|quarter|half|fifth)\b|"
    r"再[降升增减提][^,;。\d]{0,3}\d[\d.]*\s?%|[↑↓]\s?\d|\b(?:two|three|four|five|ten|many|"
    r"hundred)-?fold\b|\b(?:in|by) half\b",
    re.IGNORECASE,
)
_MILESTONE_ZH = zh_predicates(zh.MILESTONE)
_STANDS_ZH = sifted(zh_verbs(zh.FINISHED_BY_ITSELF))
_COMPLETED_ZH = sifted(
    rf"(?:{any_of(zh.MILESTONE)}|设计|研发|建设|编写|撰写|招募|调试|施工|装修|配置|集成|整合|"
    rf"对接|修订)"
    r"(?:工作)?(?:全部|全面|正式|顺利|如期)?(?:完毕|完成|到位|就绪|收尾|结束|定稿)(?!率|度|时|量|"
    r"数|后)"
)
_MILESTONE_EN = forms(en.MILESTONE)
_BASE_SAID = sifted(
    r"\bfrom\s(?:about |some |roughly |today['’]s )?[\d€$£]|[从由]\s?(?:每[年月周天]|平均|"
    r"人均)?\s?\d|基础上|"
    r"同比|环比|较|比(?:去年|上|Q|20|基线)|相比|相对|去年|上季|上年|基线|baseline|\b(?:yoy|qoq|"
    r"versus|vs)\b|"
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
        elif _TIMES_AS_MUCH.search(subject.sentence.text):
            yield said(case="baseline")
    elif metric.kind not in _WITHOUT_START:
        if metric.target is None and not _moves_relatively(subject):
            yield said(case="target")
        elif metric.baseline is None and not (
            _starts_at_nothing(subject, metric) or _tells_start(subject)
        ):
            yield said(case="baseline")
    elif metric.kind is MetricKind.AT_MOST and _brings_down(subject, metric):
        yield said(case="baseline")


def _tells_start(subject: KeyResultIn) -> bool:
    """Two numbers of one kind, one of them by a word marked as today's or last year's."""
    found, text = subject.sentence.quantities, subject.sentence.text
    units = [one.quantity.unit for one in found]
    return len(found) > 1 and len(set(units)) < len(units) and bool(_START_SAID.search(text))


def _brings_down(subject: KeyResultIn, metric: Metric) -> bool:
    """`Get the build under 10 minutes`: it is not there yet, where `p95 under 300 ms` may be."""
    aimed = metric.baseline is None and metric.target != 0
    return aimed and bool(_GETS_DOWN.search(subject.sentence.text)) and not _tells_start(subject)


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
    aimed = subject.has_number and (subject.has_column_target or not only_starts(sentence))
    if not (aimed or subject.has_criterion):
        yield said(case="target")
    elif is_bare(sentence) and not subject.has_written_criterion:
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
    if _of_two_scales(subject):
        return
    up = points_up(subject.sentence, metric)
    if up is None and metric.kind in {MetricKind.INCREASE, MetricKind.DECREASE}:
        up = metric.kind is MetricKind.INCREASE
    if up is not None and up != (metric.target > metric.baseline):
        yield said(case="against", **ends)


def _of_two_scales(subject: KeyResultIn) -> bool:
    """From 0.9 t to 700 kg: which is more, only the units say; those of time are known."""
    said = subject.sentence.statement
    if said is None or said.baseline is None or said.target is None:
        return False
    units = {said.baseline.unit.lower(), said.target.unit.lower()}
    return len(units) > 1 and in_unit(said.baseline, said.target.unit) == said.baseline.value


def has_unit(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-09: 20 of what? Scores, indices and counts name it themselves."""
    metric, text = subject.metric, subject.sentence.text
    if metric is None or metric.target is None or metric.unit:
        return
    if any(one.quantity.unit for one in subject.sentence.quantities):
        return
    nothing_left = metric.target == 0 and metric.baseline is None
    what = _ASIDE_EN.split(text)[0]  # of `services with an error budget`, services are counted
    small = metric.target < _SMALL and _RATIO.search(text) is not None
    if small or nothing_left or _UNITLESS.search(text):
        return
    if _DIMENSIONED.search(what):
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
        patterns = _MILESTONE_ZH, _STANDS_ZH, _COMPLETED_ZH
        return any(pattern.search(sentence.text) for pattern in patterns)
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
