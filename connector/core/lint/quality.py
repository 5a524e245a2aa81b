"""How well a page's OKRs are worded: 0–100, and what took the points.

Each objective and each key result starts with the same share of the hundred. An E takes all of the
share of what it is about, a W a third of it, an I a twelfth; nobody falls below zero. So a page of
ten key results is not judged more harshly than one of three. A remark about the page as a whole
counts as one about a single objective would.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from connector.core.findings import Finding, Severity
from connector.core.okr import OkrPage

_TAKES = {Severity.E: Fraction(1), Severity.W: Fraction(1, 3), Severity.I: Fraction(1, 12)}
_FULL = Fraction(100)


@dataclass(frozen=True, slots=True)
class Reason:
    """How many points a rule took, and how often it was met."""

    rule: str
    times: int
    points: Fraction


@dataclass(frozen=True, slots=True)
class Quality:
    """`score` is exact, 0..100; `reasons` with the costliest first add up to what is missing."""

    score: Fraction
    reasons: tuple[Reason, ...]


def quality(okrs: OkrPage, findings: Iterable[Finding]) -> Quality | None:
    """None for a page without OKRs. What a finding is about is told by its texts."""
    parts = sum(1 + len(one.key_results) for one in okrs.objectives)
    if not parts:
        return None
    about: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        about[finding.objective, finding.key_result].append(finding)
    points: dict[str, list[Fraction]] = defaultdict(list)
    for found in about.values():
        for rule, taken in _taken(found, _FULL / parts):
            points[rule].append(taken)
    reasons = [Reason(rule, len(each), sum(each, Fraction(0))) for rule, each in points.items()]
    missing = sum((one.points for one in reasons), Fraction(0))
    if missing > _FULL:  # a remark about the page beside one about everything on it
        reasons = [Reason(r.rule, r.times, r.points * _FULL / missing) for r in reasons]
    reasons.sort(key=lambda reason: (-reason.points, reason.rule))
    return Quality(_FULL - min(missing, _FULL), tuple(reasons))


def _taken(found: list[Finding], share: Fraction) -> list[tuple[str, Fraction]]:
    """What each remark about one thing takes of its share, in all no more than the share."""
    whole = sum((_TAKES[one.severity] for one in found), Fraction(0))
    scale = share / max(whole, Fraction(1))
    return [(one.rule, _TAKES[one.severity] * scale) for one in found]
