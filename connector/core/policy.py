"""Thresholds and switches: one document, never numbers in code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

from connector.core.lint.rule import EVERYTHING_ON, LintPolicy
from connector.core.okr import ProgressFrom
from connector.core.publishing import Publish


class Depth(StrEnum):
    """How far below a linked epic issues are counted."""

    EPIC = "epic"
    CHILDREN = "children"
    SUBTASKS = "subtasks"


@dataclass(frozen=True, slots=True)
class CountingRule:
    """How linked Jira work becomes a number. Resolutions compare without case."""

    depth: Depth = Depth.CHILDREN
    excluded_resolutions: frozenset[str] = frozenset(
        {
            "won't do",
            "won't fix",
            "duplicate",
            "cannot reproduce",
            "declined",
            "不做",
            "重复",
            "无法重现",
        }
    )
    in_progress_credit: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Policy:
    """The defaults; `schemas/policy.schema.json` describes the document that changes them.

    `publish` None: as the way goes by which a site is connected.
    """

    labels: tuple[str, ...] = ("okr", "okrs", "目标")
    counting: CountingRule = CountingRule()
    progress_from: ProgressFrom = ProgressFrom.AUTO
    fiscal_year_start_month: int = 1
    time_zone: str = "UTC"
    cadence_days: int = 7
    keep_after_uninstall_days: int = 30
    publish: Publish | None = None
    publish_every_seconds: int = 60
    requests_per_minute: int = 1200
    pace_starts_at: Fraction = Fraction(15, 100)
    on_track_from: Fraction = Fraction(7, 10)
    at_risk_from: Fraction = Fraction(4, 10)
    parting_high: Fraction = Fraction(8, 10)
    parting_low: Fraction = Fraction(3, 10)
    lint: LintPolicy = EVERYTHING_ON
    spaces: Mapping[str, LintPolicy] = field(default_factory=dict)

    def today(self, now: datetime) -> date:
        """The day that `now` (aware) is, where the people are."""
        return now.astimezone(ZoneInfo(self.time_zone)).date()

    def lint_for(self, space: str) -> LintPolicy:
        """The rules of a space, by its key."""
        return self.spaces.get(space, self.lint)
