"""Epics and issues of the `company` seed, read from one TOML file per project."""

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from importlib.resources import files

from sandbox.directory import BOT, LI_NA, TOM, User
from sandbox.jira.kinds import BUG, EPIC, STORY, SUBTASK, TASK
from sandbox.jira.model import FieldChange, Issue, Project
from sandbox.jira.store import IssueStore
from sandbox.wire import JsonObject

_LINE = re.compile(r"(> )?(\w+)(?: (\w+) (\d+))?((?: #\w+)*): (.+)")
_TYPES = {"story": STORY, "task": TASK, "bug": BUG}
_STATES = {
    "todo": (0, None),
    "doing": (1, None),
    "done": (2, "10000"),
    "wontdo": (2, "10001"),
    "dup": (2, "10002"),
}
_PEOPLE: tuple[User | None, ...] = (TOM, LI_NA, None, LI_NA, TOM)
RESTRICTED_SUMMARY = "Agree on budgets for the six internal services"


@dataclass(frozen=True, slots=True)
class _Line:
    """One issue as the seed files write it."""

    subtask: bool
    state: str
    type: str
    points: float | None
    labels: tuple[str, ...]
    summary: str


def plant_work(store: IssueStore, project: Project, *, start: datetime) -> None:
    """Epics first, so that they have the lowest keys; then their issues in the file's order."""
    text = files("sandbox.company").joinpath(f"{project.key}.toml").read_text(encoding="utf-8")
    told = tomllib.loads(text)["epic"]
    epics = [_epic(store, project, entry, number, start) for number, entry in enumerate(told)]
    for epic, entry in zip(epics, told, strict=True):
        _children(store, project, epic, [_read(line) for line in entry["issues"]], start)


def _read(line: str) -> _Line:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"not an issue: {line!r}")
    mark, state, kind, points, labels, summary = found.groups()
    return _Line(
        bool(mark),
        state,
        kind or "",
        float(points) if points else None,
        tuple(re.findall(r"#(\w+)", labels)),
        summary,
    )


def _epic(
    store: IssueStore, project: Project, told: JsonObject, number: int, start: datetime
) -> Issue:
    states = [_read(line).state for line in told["issues"]]
    begun = any(state != "todo" for state in states)
    created = start - timedelta(days=12 - number % 6, hours=number)
    epic = Issue(
        id=store.next_id(),
        key=store.next_key(project),
        project=project.key,
        type_id=project.own(EPIC).id,
        summary=told["summary"],
        status_id=project.statuses[1 if begun else 0].id,
        reporter=BOT.account_id,
        created=created,
        updated=created + timedelta(days=14 if begun else 0),
        assignee=(TOM if project.workflow == "en" else LI_NA).account_id,
        labels=tuple(told.get("labels", ())),
        due=(start + timedelta(days=70 + number % 20)).date(),
    )
    store.put(epic, at=epic.created)
    return epic


def _children(
    store: IssueStore, project: Project, epic: Issue, lines: list[_Line], start: datetime
) -> None:
    above = epic
    for line in lines:
        parent = above if line.subtask else epic
        issue = _issue(store, project, line, parent, start)
        if not line.subtask:
            above = issue


def _issue(
    store: IssueStore, project: Project, line: _Line, parent: Issue, start: datetime
) -> Issue:
    position, resolution = _STATES[line.state]
    issue_id = store.next_id()
    created = start - timedelta(days=issue_id % 7, minutes=issue_id % 50)
    begun = created + timedelta(days=8 + issue_id * 3 % 20, hours=issue_id % 8)
    finished = start + timedelta(days=12 + issue_id * 7 % 39, hours=issue_id % 9)
    person = _PEOPLE[issue_id % len(_PEOPLE)]
    restricted = line.summary == RESTRICTED_SUMMARY
    issue = Issue(
        id=issue_id,
        key=store.next_key(project),
        project=project.key,
        type_id=project.own(SUBTASK if line.subtask else _TYPES[line.type]).id,
        summary=line.summary,
        status_id=project.statuses[position].id,
        reporter=BOT.account_id,
        created=created,
        updated=(created, begun, finished)[position],
        parent_id=parent.id,
        resolution_id=resolution,
        resolved=finished if resolution else None,
        assignee=person.account_id if person and position else None,
        labels=line.labels,
        points=line.points,
        security_id="10000" if restricted else None,
        categorised=(None, begun, finished)[position],
    )
    store.put(issue, at=created)
    latest = finished - timedelta(hours=4) if resolution else begun
    _history(store, project, issue, begun=min(begun, latest))
    return issue


def _history(store: IssueStore, project: Project, issue: Issue, *, begun: datetime) -> None:
    """The moves that led to the present status."""
    todo, doing, done = project.statuses
    moves = [(begun, todo, doing)]
    if issue.resolved:
        moves.append((issue.resolved, doing, done))
    if issue.status_id == todo.id:
        moves = []
    for at, before, after in moves:
        items = [FieldChange("status", before.id, before.name, after.id, after.name)]
        if issue.resolution and after is done:
            found = issue.resolution
            items.insert(0, FieldChange("resolution", None, None, found.id, found.name))
        store.record(replace(issue, status_id=after.id), author=BOT, at=at, items=items)
