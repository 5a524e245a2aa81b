"""What may be written in JQL: fields, operators, functions, reserved words and names."""

from collections.abc import Callable, Iterable
from typing import Any

from sandbox.directory import USERS
from sandbox.guard import caller
from sandbox.jira.fields import known_fields
from sandbox.jira.jql_fields import FIELDS
from sandbox.jira.jql_functions import FUNCTION_KINDS
from sandbox.jira.kinds import PRIORITIES, RESOLUTIONS, STATUSES
from sandbox.jira.model import known_types
from sandbox.query.reserved import WORDS
from sandbox.site import current_site
from sandbox.wire import JsonObject

_CLASSES = {
    "user": "com.atlassian.jira.user.ApplicationUser",
    "issue": "com.atlassian.jira.issue.Issue",
    "type": "com.atlassian.jira.issue.issuetype.IssueType",
    "project": "com.atlassian.jira.project.Project",
    "version": "com.atlassian.jira.project.version.Version",
    "component": "com.atlassian.jira.bc.project.component.ProjectComponent",
    "date": "java.util.Date",
    "number": "java.lang.Number",
    "text": "java.lang.String",
}
_DATES = ("now", *(f"{end}Of{unit}" for end in ("start", "end") for unit in
                   ("Day", "Week", "Month", "Year")))  # fmt: skip


def reference() -> JsonObject:
    told = []
    for known in known_fields():
        names = [name for name in known["clauseNames"] if name.casefold() in FIELDS]
        for name in names[-1:]:
            field = FIELDS[name.casefold()]
            custom = {"cfid": known["clauseNames"][0]} if known["custom"] else {}
            told.append(
                {
                    "value": quoted(name),
                    "displayName": known["name"],
                    **custom,
                    "orderable": _word(field.sort is not None),
                    "searchable": "true",
                    "auto": _word(name.casefold() in _LISTED),
                    "operators": sorted(field.operators - {"not changed"}),
                    "types": [_CLASSES.get(field.kind, "java.lang.Object")],
                }
            )
    return {
        "visibleFieldNames": told,
        "visibleFunctionNames": [*map(_function, FUNCTION_KINDS.items()), *map(_date, _DATES)],
        "jqlReservedWords": sorted(WORDS),
    }


def _function(named: tuple[str, str]) -> JsonObject:
    name, kind = named
    single = name in {"currentUser", "latestReleasedVersion", "earliestUnreleasedVersion"}
    told: dict[str, Any] = {
        "value": f"{name}()",
        "displayName": f"{name}()",
        "types": [_CLASSES.get(kind, "java.lang.Object")],
    }
    return told if single else told | {"isList": "true"}


def _date(name: str) -> JsonObject:
    return {"value": f"{name}()", "displayName": f"{name}()", "types": [_CLASSES["date"]]}


def values(name: str) -> list[str]:
    """What the field may hold, each name once; nothing for fields without a list of values."""
    listed = _LISTED.get(name.strip('"'))
    return list(dict.fromkeys(listed())) if listed else []


def _projects() -> Iterable[str]:
    store = current_site().issues
    return (p.name for p in store.projects() if store.may_browse(p, caller()))


def _types() -> Iterable[str]:
    return (kind.name for kind in known_types(current_site().issues.projects()))


def _people() -> Iterable[str]:
    return (person.name for person in USERS)


def _versions() -> Iterable[str]:
    return (one.name for one in current_site().issues.annexes.versions.all())


def _components() -> Iterable[str]:
    return (one.name for one in current_site().issues.annexes.components.all())


def _sprints() -> Iterable[str]:
    return (one.name for one in current_site().issues.annexes.sprints.all())


def _labels() -> Iterable[str]:
    store = current_site().issues
    readable = (issue for issue in store.all() if store.may_read(issue, caller()))
    return sorted({label for issue in readable for label in issue.labels})


_LISTED: dict[str, Callable[[], Iterable[str]]] = {
    "project": _projects,
    "status": lambda: (status.name for status in STATUSES.values()),
    "issuetype": _types,
    "type": _types,
    "priority": lambda: (level.name for level in PRIORITIES.values()),
    "resolution": lambda: ["Unresolved", *(known.name for known in RESOLUTIONS.values())],
    "assignee": _people,
    "reporter": _people,
    "creator": _people,
    "watcher": _people,
    "voter": _people,
    "fixversion": _versions,
    "affectedversion": _versions,
    "component": _components,
    "sprint": _sprints,
    "labels": _labels,
}


def quoted(text: str) -> str:
    plain = text.replace("_", "a").isalnum() and text.casefold() not in WORDS
    if plain or text.startswith("cf["):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _word(fact: bool) -> str:
    return "true" if fact else "false"
