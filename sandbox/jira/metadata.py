"""What may be said about the fields of an issue when it is created or edited."""

from sandbox.jira.fields import known_fields
from sandbox.jira.wire import STORY_POINTS
from sandbox.wire import JsonObject

_EDITABLE = ("summary", "labels", "assignee", "duedate", STORY_POINTS, "description", "parent")
CREATABLE = ("project", "issuetype", *_EDITABLE)
_OPERATIONS = {"labels": ["add", "set", "remove"]}


def editable_fields() -> JsonObject:
    return {name: field_metadata(name) for name in _EDITABLE}


def field_metadata(name: str) -> JsonObject:
    known = next(field for field in known_fields() if field["id"] == name)
    return {
        "required": name == "summary",
        "schema": known["schema"],
        "name": known["name"],
        "key": name,
        "hasDefaultValue": False,
        "operations": _OPERATIONS.get(name, ["set"]),
    }
