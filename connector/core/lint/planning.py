"""Rules about what stands beside a key result: dates, people, sources, belief."""

import re
from collections.abc import Iterator
from fractions import Fraction

from connector.core.findings import Severity
from connector.core.lint.blanks import is_somebody
from connector.core.lint.rule import Limits, Remark, Rule, said
from connector.core.lint.subjects import KeyResultIn
from connector.core.okr import ObjectiveType, ProgressFrom
from connector.core.sieve import sifted

_DOUBTFUL_BELOW = Fraction(1, 2)
_ISSUES_DONE = sifted(
    r"(?:完成|关闭|做完|结束|清空|清理完)[^,;。]{0,16}(?:任务|史诗|需求单|工单|Jira|待办|故事|issue|epic|卡片|迭代)|"
    r"(?:任务|史诗|待办|故事|卡片)[^,;。]{0,8}(?:完成|关闭|清零)|"
    r"\b(?:complete|close|finish|resolve|done|deliver|burn down)\w*\b.{0,30}"
    r"\b(?:issues?|epics?|stories|story points|tickets|tasks|backlog|subtasks|jira)\b|"
    r"\b(?:issues|epics?|stories|tickets|tasks)\b.{0,24}\b(?:done|closed|completed|resolved|finished)\b",
    re.IGNORECASE,
)
_MOVED = sifted(
    r"从\s?\d|降|升|\bfrom \d|\bfall|\brise|\bdrop|时长|时间|within|hours|days", re.IGNORECASE
)


def due_in_cycle(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-10: a date outside the cycle is never looked at in its reviews."""
    due, cycle = subject.key_result.due, subject.cycle
    if due and cycle and not cycle.start <= due <= cycle.end:
        yield said(due=due.isoformat(), start=cycle.start.isoformat(), end=cycle.end.isoformat())


def owned_and_sourced(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-11: who answers for it, and where the number comes from."""
    result = subject.key_result
    reported = result.metric is not None and result.metric.current is not None
    sourced = bool(result.links or result.measure_method or reported)
    owned = any(one.account_id or is_somebody(one.name) for one in subject.owners)
    missing = [name for name, there in (("owner", owned), ("source", sourced)) if not there]
    if missing:
        yield said(case="+".join(missing))


def confidence_fits(subject: KeyResultIn, limits: Limits) -> Iterator[Remark]:
    """K-15: a promise nobody believes in, or a moonshot that is certain."""
    confidence, kind = subject.key_result.confidence, subject.objective.type
    if confidence is None or kind is None:
        return
    doubtful = kind is ObjectiveType.COMMITTED and confidence < _DOUBTFUL_BELOW
    certain = kind is ObjectiveType.ASPIRATIONAL and confidence >= limits.sandbagging_above
    if doubtful or certain:
        yield said(case=kind.value, confidence=f"{float(confidence * 10):g}/10")


def more_than_work_done(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-16: work that is finished is no proof that anything changed."""
    result, text = subject.key_result, subject.sentence.text
    only_linked = result.links and not subject.has_number and not subject.has_criterion
    if (only_linked and not result.measure_method) or (
        _ISSUES_DONE.search(text) and not _MOVED.search(text)
    ):
        yield said()


def automatic_has_a_source(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-17: a number that is to move by itself needs something that moves it."""
    result = subject.key_result
    if result.progress_from is ProgressFrom.DELIVERY and not result.links:
        yield said(case="link")
    elif result.progress_from is ProgressFrom.OUTCOME and not subject.has_number:
        yield said(case="metric")


RULES = (
    Rule("K-10", Severity.W, "practice", due_in_cycle),
    Rule("K-11", Severity.W, "guide-2.2", owned_and_sourced),
    Rule("K-15", Severity.I, "wodtke", confidence_fits),
    Rule("K-16", Severity.I, "google-playbook", more_than_work_done),
    Rule("K-17", Severity.E, "practice", automatic_has_a_source),
)
