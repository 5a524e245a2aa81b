"""A page's OKRs in a handful of numbers: for a badge, a search index, a line in a list."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from connector.core.assessment import PageAssessment
from connector.core.findings import Finding, Severity
from connector.core.lint.engine import all_rules
from connector.core.lint.quality import quality
from connector.core.okr import Health, Progress, StoredPage
from connector.core.progress import roll_up, weights
from connector.core.words import rounded

# The first of these that any objective is in is that of the page.
_GRAVEST = (
    Health.OFF_TRACK,
    Health.AT_RISK,
    Health.STALE,
    Health.ON_TRACK,
    Health.PAUSED,
    Health.DONE,
    Health.NO_DATA,
)


@dataclass(frozen=True, slots=True)
class PageSummary:
    """
    `progress` is the mean of the objectives by their weights, None without data; `health` the
    gravest of theirs, None while it is too early to tell. `to_fix` counts what must or should be
    mended among all `findings`. `quality` is 0..100, None without OKRs.
    """

    objectives: int
    key_results: int
    progress: Progress | None
    health: Health | None
    findings: int
    to_fix: int
    quality: int | None


def summarize(page: StoredPage, assessment: PageAssessment | None) -> PageSummary:
    """`assessment` is None where the page holds no OKRs."""
    parts = assessment.objectives if assessment else ()
    shares = weights([one.objective.weight for one in parts])
    measured = [(one.progress, share) for one, share in zip(parts, shares, strict=True)]
    findings = (
        *page.findings,
        *(found for one in parts for row in one.key_results for found in row.findings),
    )
    return PageSummary(
        objectives=len(parts),
        key_results=sum(len(one.key_results) for one in parts),
        progress=_mean([(found, share) for found, share in measured if found]),
        health=_gravest({one.health.health for one in parts}),
        findings=len(findings),
        to_fix=sum(one.severity is not Severity.I for one in findings),
        quality=_quality(page, findings) if parts else None,
    )


def _mean(parts: list[tuple[Progress, Fraction]]) -> Progress | None:
    """Objectives that all weigh nothing count alike."""
    return roll_up(parts) or roll_up((one, Fraction(1)) for one, _ in parts)


def _gravest(found: Collection[Health | None]) -> Health | None:
    return next((one for one in _GRAVEST if one in found), None)


def _quality(page: StoredPage, findings: Collection[Finding]) -> int | None:
    """What the reader or a measurement remarks on says nothing of how the OKRs are worded."""
    rules = {rule.id for rule in all_rules()}
    advice = [one for one in findings if one.rule in rules]
    found = quality(page.shown, advice) if page.shown else None
    return int(rounded(found.score, 0)) if found else None
