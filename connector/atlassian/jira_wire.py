"""Jira's JSON as our issues."""

from datetime import datetime

from connector.core.errors import Unavailable
from connector.core.json import JsonObject
from connector.core.okr import Issue, IssueId, IssueKey, StatusCategory

FIELDS = ("summary", "status", "resolution", "issuetype", "parent", "updated")


def issue(given: JsonObject) -> Issue:
    """An issue with `FIELDS`. A status without a category we know is undefined, not an error."""
    fields = as_object(given.get("fields"))
    status, kind = as_object(fields.get("status")), as_object(fields.get("issuetype"))
    return Issue(
        id=IssueId(_text(given, "id")),
        key=IssueKey(_text(given, "key")),
        summary=str(fields.get("summary") or ""),
        status=str(status.get("name") or ""),
        category=_category(as_object(status.get("statusCategory")).get("key")),
        resolution=as_object(fields.get("resolution")).get("name"),
        parent=parent_key(given),
        hierarchy_level=_level(kind),
        updated=_moment(fields.get("updated")),
    )


def parent_key(given: JsonObject) -> IssueKey | None:
    key = as_object(as_object(given.get("fields")).get("parent")).get("key")
    return IssueKey(key) if isinstance(key, str) else None


def has_subtasks(given: JsonObject) -> bool:
    """When the field `subtasks` was asked for: a list of the issues below a standard one."""
    return bool(as_object(given.get("fields")).get("subtasks"))


def as_object(value: object) -> JsonObject:
    """Empty for anything else, as for a field that the issue does not have."""
    return value if isinstance(value, dict) else {}


def _text(given: JsonObject, name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not value:
        raise Unavailable(f"jira: an issue without {name}")
    return value


def _category(key: object) -> StatusCategory:
    try:
        return StatusCategory(str(key))
    except ValueError:
        return StatusCategory.UNDEFINED


def _level(kind: JsonObject) -> int:
    """1 epic, 0 standard, -1 sub-task, above 1 the levels of Premium."""
    level = kind.get("hierarchyLevel")
    if isinstance(level, int):
        return level
    return -1 if kind.get("subtask") is True else 0


def _moment(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
