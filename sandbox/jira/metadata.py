"""What may be said about the fields of an issue when it is created or edited."""

from collections.abc import Callable

from sandbox.jira import wire_plans
from sandbox.jira.custom_fields import COMPANY_POINTS, SPRINT, TEAM_POINTS
from sandbox.jira.fields import known_fields
from sandbox.jira.kinds import PRIORITIES, SECURITY_LEVELS, IssueType
from sandbox.jira.model import Project
from sandbox.jira.wire import IssueWriter
from sandbox.wire import JsonObject

COMMON_FIELDS = (
    "summary",
    "issuetype",
    "priority",
    "labels",
    "assignee",
    "reporter",
    "duedate",
    "components",
    "fixVersions",
    "versions",
    "description",
)
LISTS = {"labels", "components", "fixVersions", "versions"}
_EDITABLE = (*COMMON_FIELDS, SPRINT, "parent")
_ALWAYS = {"summary", "issuetype", "project"}


def editable_fields(project: Project, writer: IssueWriter) -> JsonObject:
    """The fields on the project's edit screen: which points it counts depends on its style."""
    return {name: _field(name, project, writer) for name in _names(project)}


def creatable_fields(project: Project, kind: IssueType, writer: IssueWriter) -> list[JsonObject]:
    found = []
    for name in ("project", *_names(project)):
        told = _field(name, project, writer) | {"fieldId": name}
        if name == "issuetype":
            told["allowedValues"] = [writer.issue_type(kind)]
        if name == "parent":
            told["required"] = kind.subtask
        found.append(told)
    return found


def _names(project: Project) -> tuple[str, ...]:
    own = (TEAM_POINTS,) if project.team_managed else (COMPANY_POINTS, "security")
    return (*_EDITABLE, *own)


def _field(name: str, project: Project, writer: IssueWriter) -> JsonObject:
    known = next(field for field in known_fields() if field["id"] == name)
    told = {
        "required": name in _ALWAYS,
        "schema": known["schema"],
        "name": known["name"],
        "key": name,
        "hasDefaultValue": name == "priority",
        "operations": ["add", "set", "remove"] if name in LISTS else ["set"],
    }
    values = _allowed(name, project, writer)
    return told if values is None else told | {"allowedValues": values}


def _allowed(name: str, project: Project, writer: IssueWriter) -> list[JsonObject] | None:
    annexes, link = writer.store.annexes, writer.link
    versions = [one for one in annexes.versions.of(project.key) if not one.archived]
    listed: dict[str, Callable[[], list[JsonObject]]] = {
        "project": lambda: [writer.project(project)],
        "issuetype": lambda: [writer.issue_type(kind) for kind in project.issue_types],
        "priority": lambda: [writer.priority(level) for level in PRIORITIES.values()],
        "components": lambda: [
            wire_plans.component(link, one) for one in annexes.components.of(project.key)
        ],
        "fixVersions": lambda: [wire_plans.version(link, one) for one in versions],
        "versions": lambda: [wire_plans.version(link, one) for one in versions],
        "security": lambda: [
            wire_plans.security(link, level) for level in SECURITY_LEVELS.values()
        ],
    }
    return listed[name]() if name in listed else None
