"""What a board says of the objectives of one page: few facts, read often."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from connector.core.alignment_findings import AlignmentFinding, told_to_all
from connector.core.assessment import ObjectiveAssessment, assess
from connector.core.cycle import Cycle
from connector.core.okr import (
    Delivery,
    KrKey,
    Level,
    ObjectiveKey,
    ObjectiveState,
    PageId,
    PageState,
    Person,
    StoredPage,
)
from connector.core.pace import HealthReading
from connector.core.policy import Policy


@dataclass(frozen=True, slots=True)
class BoardObjective:
    """`ratio` is the progress, None without data; `findings` counts the remarks about it."""

    key: ObjectiveKey
    title: str
    owners: tuple[Person, ...]
    state: ObjectiveState
    ratio: Fraction | None
    health: HealthReading
    key_results: int
    left_out: int
    findings: int


@dataclass(frozen=True, slots=True)
class BoardPage:
    """`expected` is the pace of its cycle on the day it was made for."""

    page: PageId
    title: str
    space: str
    url: str
    level: Level | None
    cycle: Cycle
    expected: Fraction
    objectives: tuple[BoardObjective, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which objectives a board shows: of one cycle, else of all that run today; of one level and
    of one space, where these are given."""

    cycle: str = ""
    level: Level | None = None
    space: str = ""

    def takes(self, page: BoardPage, today: date) -> bool:
        if self.level is not None and page.level is not self.level:
            return False
        if self.space and page.space != self.space:
            return False
        if self.cycle:
            return page.cycle.code == self.cycle
        return page.cycle.start <= today <= page.cycle.end


def board_page(
    page: StoredPage,
    deliveries: Mapping[KrKey, Delivery],
    *,
    now: datetime,
    policy: Policy,
    alignment: Collection[AlignmentFinding] = (),
) -> BoardPage | None:
    """None for a page that shows no objectives. Of remarks about alignment those are counted
    that everybody is told who may read the page."""
    okrs = page.shown
    if page.state is PageState.GONE or okrs is None or not okrs.objectives:
        return None
    assessment = assess(page, okrs, deliveries, now=now, policy=policy)
    told = [one.objective for one in told_to_all(alignment)]
    return BoardPage(
        page.page,
        page.title,
        page.space,
        page.url,
        okrs.level,
        assessment.cycle,
        assessment.expected,
        tuple(_objective(one, page, told) for one in assessment.objectives),
    )


def _objective(
    one: ObjectiveAssessment, page: StoredPage, told: Sequence[ObjectiveKey]
) -> BoardObjective:
    objective = one.objective
    read = sum(finding.objective == objective.title for finding in page.findings)
    measured = sum(len(row.findings) for row in one.key_results)
    return BoardObjective(
        objective.key,
        objective.title,
        objective.owners or (page.okrs.owners if page.okrs else ()),
        objective.state,
        one.progress.ratio if one.progress else None,
        one.health,
        len(one.key_results),
        len(one.left_out),
        read + measured + told.count(objective.key),
    )
