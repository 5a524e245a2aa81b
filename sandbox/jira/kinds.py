"""What issues are of: types, statuses, resolutions, priorities, security levels."""

from dataclasses import dataclass
from functools import lru_cache

from sandbox.directory import BOT, LI_NA


@dataclass(frozen=True, slots=True)
class StatusCategory:
    id: int
    key: str
    name: str
    colour: str


UNDEFINED = StatusCategory(1, "undefined", "No Category", "medium-gray")
NEW = StatusCategory(2, "new", "To Do", "blue-gray")
ACTIVE = StatusCategory(4, "indeterminate", "In Progress", "yellow")
DONE = StatusCategory(3, "done", "Done", "green")


@dataclass(frozen=True, slots=True)
class Status:
    id: str
    name: str
    category: StatusCategory
    transition_id: str


WORKFLOWS: dict[str, tuple[Status, ...]] = {
    "en": (
        Status("10000", "To Do", NEW, "11"),
        Status("10001", "In Progress", ACTIVE, "21"),
        Status("10002", "Done", DONE, "31"),
    ),
    "zh": (
        Status("10100", "待办", NEW, "11"),
        Status("10101", "进行中", ACTIVE, "21"),
        Status("10102", "已完成", DONE, "31"),
    ),
}
STATUSES = {status.id: status for flow in WORKFLOWS.values() for status in flow}


@dataclass(frozen=True, slots=True)
class Resolution:
    id: str
    name: str
    description: str


RESOLUTIONS = {
    "10000": Resolution("10000", "Done", "Work has been completed on this issue."),
    "10001": Resolution("10001", "Won't Do", "This issue won't be actioned."),
    "10002": Resolution("10002", "Duplicate", "The problem is a duplicate of an existing issue."),
}
RESOLVED_DONE = "10000"


@dataclass(frozen=True, slots=True)
class Priority:
    id: str
    name: str
    colour: str
    description: str


PRIORITIES = {
    level.id: level
    for level in (
        Priority("1", "Highest", "#d04437", "This problem will block progress."),
        Priority("2", "High", "#f15C75", "Serious problem that could block progress."),
        Priority("3", "Medium", "#f79232", "Has the potential to affect progress."),
        Priority("4", "Low", "#707070", "Minor problem or easily worked around."),
        Priority("5", "Lowest", "#999999", "Trivial problem with little or no impact on progress."),
    )
}
MEDIUM = PRIORITIES["3"]


@dataclass(frozen=True, slots=True)
class IssueType:
    """`owner` is the id of the team-managed project it belongs to, None for the company's."""

    id: str
    name: str
    level: int
    description: str
    owner: int | None = None

    @property
    def subtask(self) -> bool:
        return self.level < 0


EPIC = IssueType("10000", "Epic", 1, "A big user story that needs to be broken down.")
STORY = IssueType("10001", "Story", 0, "Functionality or a feature expressed as a user goal.")
TASK = IssueType("10002", "Task", 0, "A small, distinct piece of work.")
BUG = IssueType("10003", "Bug", 0, "A problem or error.")
SUBTASK = IssueType("10004", "Sub-task", -1, "A small piece of work that is part of a larger one.")
COMPANY_TYPES = (EPIC, STORY, TASK, BUG, SUBTASK)
ISSUE_TYPES = {kind.id: kind for kind in COMPANY_TYPES}
_TEAM_NAMES = ("Epic", "Story", "Task", "Bug", "Subtask")


@lru_cache
def team_types(project_id: int) -> tuple[IssueType, ...]:
    """The types of a team-managed project: its own, in the order of the company's."""
    return tuple(
        IssueType(f"{project_id}{place}", name, company.level, company.description, project_id)
        for place, (name, company) in enumerate(zip(_TEAM_NAMES, COMPANY_TYPES, strict=True))
    )


@lru_cache
def issue_type(type_id: str) -> IssueType:
    """Raises `KeyError` for a type that no project has."""
    if type_id in ISSUE_TYPES:
        return ISSUE_TYPES[type_id]
    owner, place = type_id[:-1], type_id[-1:]
    if owner.isdecimal() and place.isdecimal() and int(place) < len(COMPANY_TYPES):
        return team_types(int(owner))[int(place)]
    raise KeyError(type_id)


@dataclass(frozen=True, slots=True)
class SecurityLevel:
    """Who may read the issues that carry it: these accounts and no others."""

    id: str
    name: str
    description: str
    accounts: tuple[str, ...]


SECURITY_LEVELS = {
    level.id: level
    for level in (
        SecurityLevel(
            "10000",
            "Planning",
            "Budgets and staffing, before they are decided.",
            (BOT.account_id, LI_NA.account_id),
        ),
        SecurityLevel("10001", "Sealed", "Nobody, until somebody is let in.", ()),
    )
}
SECURITY_SCHEME = "10000"
SEALED = "10001"
