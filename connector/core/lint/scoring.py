"""Rules about scores at the end of a cycle. A score is not progress: people give it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from connector.core.findings import Severity
from connector.core.lint.blanks import gives_reason, says_something
from connector.core.lint.rule import Limits, Remark, Rule, said, shown
from connector.core.okr import ObjectiveType

_FULL = Fraction(1)
_NOT_YET = re.compile(r"未|待|\bnot\b|\byet\b|\bpending\b|\blater\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Scored:
    """A key result with its score as it was given; None where there is none yet.

    `unread` is what stands in the score's place and is no number: excellent, 优秀.
    """

    title: str
    score: Fraction | None
    reason: str = ""
    evidence: str = ""
    type: ObjectiveType | None = None
    unread: str = ""


@dataclass(frozen=True, slots=True)
class ScoresIn:
    """All scored key results of one unit in one cycle."""

    results: tuple[Scored, ...]


def in_range(one: Scored, _limits: Limits) -> Iterator[Remark]:
    """G-01: 0.0 to 1.0 in steps of a tenth."""
    score = one.score
    if score is not None and not (0 <= score <= 1 and (score * 10).denominator == 1):
        yield said(score=shown(score))
    elif score is None and says_something(one.unread) and not _NOT_YET.search(one.unread):
        yield said(score=one.unread)


def shortfall_explained(one: Scored, _limits: Limits) -> Iterator[Remark]:
    """G-02: what was promised and not kept has a reason."""
    if one.type is not ObjectiveType.COMMITTED or one.score is None:
        return
    if one.score < _FULL and not gives_reason(one.reason):
        yield said(score=shown(one.score))


def evidence_given(one: Scored, _limits: Limits) -> Iterator[Remark]:
    """G-05: a score without anything to look at is an opinion."""
    if one.score is not None and not says_something(one.evidence):
        yield said(score=shown(one.score))


def ambitious_enough(scores: ScoresIn, limits: Limits) -> Iterator[Remark]:
    """G-03: ambitions that all come true were none."""
    known = [
        one.score
        for one in scores.results
        if one.type is ObjectiveType.ASPIRATIONAL and one.score is not None
    ]
    if known:
        mean = sum(known, Fraction(0)) / len(known)
        if mean > limits.aspirational_mean:
            yield said(mean=f"{float(mean):.2f}")


RESULT_RULES = (
    Rule("G-01", Severity.E, "google-playbook", in_range),
    Rule("G-02", Severity.E, "google-playbook", shortfall_explained),
    Rule("G-05", Severity.W, "worktile", evidence_given),
)
UNIT_RULES = (Rule("G-03", Severity.W, "google-playbook", ambitious_enough),)
