"""
The lives that issues have led: when they were created, worked on, put back, resolved.

A life is told forwards, step by step, so that its changelog always leads to the present issue.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any

from sandbox.directory import User
from sandbox.jira.differences import differences
from sandbox.jira.issue_rows import PlantedChange
from sandbox.jira.kinds import RESOLVED_DONE
from sandbox.jira.model import Issue, Project
from sandbox.jira.store import IssueStore

# Nothing that a seed tells of is later.
LATEST = datetime(2026, 11, 20, 17, tzinfo=UTC)
POINTS = (1.0, 2.0, 3.0, 5.0, 8.0)
TODO, DOING, DONE = range(3)
_CANCELLED = ("10001", "10001", "10002")  # Won't Do is commoner than Duplicate
_FRIDAY = 5


@dataclass(frozen=True, slots=True)
class Pace:
    """Shares of the issues that were begun, finished, cancelled; days from creation to start."""

    begun: float
    finished: float
    cancelled: float = 0.04
    days: float = 18
    until: datetime = LATEST


@dataclass(slots=True)
class Life:
    """One issue on its way, and what its changelog says so far."""

    issue: Issue
    project: Project
    team: tuple[User, ...]
    dice: Random
    store: IssueStore
    until: datetime = LATEST
    changes: list[PlantedChange] = field(default_factory=list)

    def later(self, days: float) -> datetime | None:
        """A working hour so many days on; None when that is after everything told here."""
        at = office_hours(self.issue.updated + timedelta(days=days), self.dice)
        return at if self.issue.updated < at < self.until else None

    def step(self, at: datetime, **values: Any) -> None:
        after = replace(self.issue, updated=at, **values)
        by = self.dice.choice(self.team).account_id
        items = tuple(differences(self.issue, after, self.store))
        self.changes.append(PlantedChange(after.id, by, at, items))
        self.issue = after

    def move(self, at: datetime, position: int, resolution: str | None = None, **also: Any) -> None:
        """Into the first, second or third status of the workflow."""
        self.step(
            at,
            status_id=self.project.statuses[position].id,
            resolution_id=resolution,
            resolved=at if resolution else None,
            categorised=at,
            **also,
        )


def office_hours(moment: datetime, dice: Random) -> datetime:
    """A time when people work, on the same day or on the Monday after it."""
    weekend = max(0, 8 - moment.isoweekday()) if moment.isoweekday() > _FRIDAY else 0
    clock = time(dice.randrange(7, 17), dice.randrange(60), dice.randrange(60), tzinfo=UTC)
    return datetime.combine((moment + timedelta(days=weekend)).date(), clock)


def live(life: Life, pace: Pace) -> None:
    """Lead one issue through what usually happens to issues."""
    dice, life.until = life.dice, pace.until
    fate = dice.random()
    if dice.random() < 0.12 and (at := life.later(dice.uniform(1, 6))):
        life.step(at, points=dice.choice([p for p in POINTS if p != life.issue.points]))
    if fate < pace.cancelled:
        if at := life.later(dice.uniform(4, 25)):
            life.move(at, DONE, dice.choice(_CANCELLED))
        return
    at = life.later(dice.uniform(0, pace.days)) if fate < pace.begun else None
    if at is not None:
        life.move(at, DOING, assignee=dice.choice(life.team).account_id)
        if fate < pace.finished:
            _finish(life)


def _finish(life: Life) -> None:
    """Some are not as done as they seemed."""
    dice = life.dice
    if at := life.later(dice.uniform(1, 9)):
        life.move(at, DONE, RESOLVED_DONE)
        reopened = life.later(dice.uniform(1, 5)) if dice.random() < 0.07 else None
        if reopened:
            life.move(reopened, DOING, assignee=dice.choice(life.team).account_id)
            if again := life.later(dice.uniform(1, 6)):
                life.move(again, DONE, RESOLVED_DONE)
