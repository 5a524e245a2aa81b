"""Projects, issues and their changes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sandbox.jira.kinds import (
    COMPANY_TYPES,
    MEDIUM,
    PRIORITIES,
    RESOLUTIONS,
    SECURITY_LEVELS,
    STATUSES,
    WORKFLOWS,
    IssueType,
    Priority,
    Resolution,
    Status,
    issue_type,
    team_types,
)
from sandbox.wire import JsonObject


@dataclass(frozen=True, slots=True)
class Project:
    id: int
    key: str
    name: str
    workflow: str
    lead: str
    style: str = "classic"
    public: bool = False

    @property
    def team_managed(self) -> bool:
        return self.style == "next-gen"

    @property
    def statuses(self) -> tuple[Status, ...]:
        return WORKFLOWS[self.workflow]

    @property
    def issue_types(self) -> tuple[IssueType, ...]:
        return team_types(self.id) if self.team_managed else COMPANY_TYPES

    def own(self, kind: IssueType) -> IssueType:
        """The project's type that stands where `kind` stands among the company's."""
        return self.issue_types[COMPANY_TYPES.index(kind)]


@dataclass(frozen=True, slots=True)
class Issue:
    """
    Ids name what the issue refers to: priority, versions, components, sprints, security level.

    `rank` orders issues on boards; the empty one is that of the id. `categorised` is when the
    category of the status last changed, None for never.
    """

    id: int
    key: str
    project: str
    type_id: str
    summary: str
    status_id: str
    reporter: str
    created: datetime
    updated: datetime
    parent_id: int | None = None
    resolution_id: str | None = None
    assignee: str | None = None
    labels: tuple[str, ...] = ()
    due: date | None = None
    resolved: datetime | None = None
    points: float | None = None
    description: JsonObject | None = None
    priority_id: str = MEDIUM.id
    components: tuple[int, ...] = ()
    fix_versions: tuple[int, ...] = ()
    affected_versions: tuple[int, ...] = ()
    sprints: tuple[int, ...] = ()
    rank: str = ""
    security_id: str | None = None
    categorised: datetime | None = None

    @property
    def readers(self) -> tuple[str, ...] | None:
        """None: everybody in the project; otherwise only these account ids."""
        return SECURITY_LEVELS[self.security_id].accounts if self.security_id else None

    @property
    def priority(self) -> Priority:
        return PRIORITIES[self.priority_id]

    @property
    def type(self) -> IssueType:
        return issue_type(self.type_id)

    @property
    def status(self) -> Status:
        return STATUSES[self.status_id]

    @property
    def resolution(self) -> Resolution | None:
        return RESOLUTIONS[self.resolution_id] if self.resolution_id else None

    @property
    def number(self) -> int:
        return int(self.key.rpartition("-")[2])


@dataclass(frozen=True, slots=True)
class FieldChange:
    """
    One line of a changelog: ids in `old` and `new`, words in the `…_text` pair.

    `field_id` None: the same as `field`; the empty one is left out, as Jira does for what is no
    field of the issue.
    """

    field: str
    old: str | None
    old_text: str | None
    new: str | None
    new_text: str | None
    field_id: str | None = None

    @property
    def id(self) -> str:
        return self.field if self.field_id is None else self.field_id


@dataclass(frozen=True, slots=True)
class Change:
    id: int
    author: str
    created: datetime
    items: tuple[FieldChange, ...]


def known_types(projects: Iterable[Project]) -> tuple[IssueType, ...]:
    """The company's types and those of its team-managed projects."""
    teams = [kind for project in projects if project.team_managed for kind in project.issue_types]
    return (*COMPANY_TYPES, *teams)
