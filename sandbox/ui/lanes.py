"""A board's swimlanes: an epic each, with its cards by status, as one reader sees them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sandbox.directory import User, user_by_id
from sandbox.jira.changes import Desk
from sandbox.jira.kinds import Status
from sandbox.jira.model import Issue, Project
from sandbox.jira.store import IssueStore


@dataclass(frozen=True, slots=True)
class Card:
    """An issue with what its reader may do to it and may see of its parts."""

    issue: Issue
    assignee: User | None
    allowed: tuple[Status, ...]
    subtasks: tuple[Issue, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """The issues of one lane in one status. `cards` are the first of them."""

    status: Status
    cards: tuple[Card, ...]
    total: int
    points: float

    @property
    def hidden(self) -> int:
        return self.total - len(self.cards)


@dataclass(frozen=True, slots=True)
class Lane:
    """`epic` is None for issues that have none, or none that the reader may see."""

    epic: Issue | None
    cells: tuple[Cell, ...]

    @property
    def total(self) -> int:
        return sum(cell.total for cell in self.cells)

    @property
    def done(self) -> int:
        return sum(cell.total for cell in self.cells if cell.status.category.key == "done")

    @property
    def points(self) -> float:
        return sum(cell.points for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Reader:
    """Draws cards for one user."""

    user: User | None
    store: IssueStore
    desk: Desk

    def issues(self, project: Project) -> list[Issue]:
        """Those of the project that the user may read."""
        return [
            issue
            for issue in self.store.all()
            if issue.project == project.key and self.store.may_read(issue, self.user)
        ]

    def children(self, issue: Issue) -> tuple[Issue, ...]:
        found = self.store.children(issue)
        return tuple(child for child in found if self.store.may_read(child, self.user))

    def parent(self, issue: Issue) -> Issue | None:
        above = self.store.by_id(issue.parent_id)
        return above if above is not None and self.store.may_read(above, self.user) else None

    def card(self, issue: Issue) -> Card:
        may = self.store.may_work(issue.project, self.user)
        allowed = tuple(self.desk.allowed(issue)) if may else ()
        return Card(issue, user_by_id(issue.assignee), allowed, self.children(issue))


def lanes(
    issues: Iterable[Issue], wanted: Callable[[Issue], bool], *, empty: bool
) -> list[tuple[Issue | None, list[Issue]]]:
    """
    Epics in their order, each with its issues that are wanted; those without an epic at the end.

    An epic none of whose issues are wanted is left out, unless `empty` ones are wanted too.
    """
    found = list(issues)
    epics = {issue.id: issue for issue in found if issue.type.level == 1}
    mine: dict[int | None, list[Issue]] = {epic: [] for epic in epics}
    for issue in found:
        if issue.type.level != 0:
            continue
        place = issue.parent_id if issue.parent_id in epics else None
        if wanted(issue):
            mine.setdefault(place, []).append(issue)
    loose = mine.pop(None, [])
    named: list[tuple[Issue | None, list[Issue]]] = [
        (epics[epic], of_epic)
        for epic, of_epic in mine.items()
        if epic is not None and (of_epic or empty)
    ]
    return [*named, (None, loose)] if loose else named


def lane(
    reader: Reader,
    epic: Issue | None,
    issues: list[Issue],
    statuses: tuple[Status, ...],
    *,
    most: int,
) -> Lane:
    """`most` cards are drawn in each cell; the others are counted."""
    return Lane(epic, tuple(_cell(reader, issues, status, most) for status in statuses))


def _cell(reader: Reader, issues: list[Issue], status: Status, most: int) -> Cell:
    here = [issue for issue in issues if issue.status_id == status.id]
    cards = tuple(reader.card(issue) for issue in here[:most])
    return Cell(status, cards, len(here), sum(issue.points or 0 for issue in here))
