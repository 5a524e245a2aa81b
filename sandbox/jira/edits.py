"""The `fields` of a create or edit request, checked and turned into an issue's own values."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sandbox.directory import user_by_id
from sandbox.jira.model import ISSUE_TYPES, RESOLUTIONS, SUBTASK, Issue, IssueType
from sandbox.jira.store import IssueStore
from sandbox.jira.wire import STORY_POINTS
from sandbox.wire import JsonObject, as_object, as_text

LONGEST_SUMMARY = 255


class FieldErrors(ValueError):
    """What is wrong with which field; the shape of Jira's `errors`."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {text}" for name, text in errors.items()))
        self.errors = errors


class _Wrong(ValueError):
    pass


def _summary(value: object) -> JsonObject:
    text = as_text(value).strip()
    if not text:
        raise _Wrong("You must specify a summary of the issue.")
    if len(text) > LONGEST_SUMMARY or "\n" in text:
        raise _Wrong(f"Summary can't exceed {LONGEST_SUMMARY} characters.")
    return {"summary": text}


def _labels(value: object) -> JsonObject:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _Wrong("data was not an array")
    for item in value:
        if " " in item:
            raise _Wrong(f"The label '{item}' contains spaces which is invalid.")
    return {"labels": tuple(dict.fromkeys(value))}


def _assignee(value: object) -> JsonObject:
    if value is None:
        return {"assignee": None}
    given = as_object(value)
    user = user_by_id(given.get("accountId") or given.get("id"))
    if user is None:
        raise _Wrong("Specify a valid value for assignee")
    return {"assignee": user.account_id}


def _due(value: object) -> JsonObject:
    try:
        return {"due": date.fromisoformat(as_text(value)) if value is not None else None}
    except ValueError as error:
        raise _Wrong("Error parsing date string: the expected format is yyyy-MM-dd") from error


def _points(value: object) -> JsonObject:
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise _Wrong("Specify a number.")
    return {"points": value}


def _description(value: object) -> JsonObject:
    if value is not None and as_object(value).get("type") != "doc":
        raise _Wrong(
            "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
        )
    return {"description": value}


_SIMPLE: dict[str, Callable[[object], JsonObject]] = {
    "summary": _summary,
    "labels": _labels,
    "assignee": _assignee,
    "duedate": _due,
    STORY_POINTS: _points,
    "description": _description,
}
_ON_CREATE = {"project", "issuetype", "parent"}
_ON_EDIT = {"parent"}


def simple_values(given: JsonObject, *, editing: bool) -> JsonObject:
    """Values of the fields that need no other issue. Raises `FieldErrors` naming all wrong ones."""
    values: JsonObject = {}
    errors: dict[str, str] = {}
    for name, value in given.items():
        if name in (_ON_EDIT if editing else _ON_CREATE):
            continue
        try:
            values |= _SIMPLE[name](value)
        except KeyError:
            errors[name] = (
                f"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown."
            )
        except _Wrong as error:
            errors[name] = str(error)
    if errors:
        raise FieldErrors(errors)
    return values


def issue_type_of(given: JsonObject) -> IssueType:
    asked = as_object(given.get("issuetype"))
    for kind in ISSUE_TYPES.values():
        if asked.get("id") == kind.id or as_text(asked.get("name")).casefold() == (
            kind.name.casefold()
        ):
            return kind
    raise FieldErrors({"issuetype": "Specify a valid issue type"})


def parent_of(value: object, *, kind: IssueType, find: Callable[[str], Issue | None]) -> int | None:
    """
    The parent's id. Raises `FieldErrors` unless it is exactly one level above.

    `find` gives only issues that the author of the change may read.
    """
    given = as_object(value)
    named: Any = given.get("key") or given.get("id")
    if named is None:
        if kind is SUBTASK:
            raise FieldErrors(
                {"parent": "Issue type is a sub-task but parent issue key or id not specified."}
            )
        return None
    parent = find(str(named))
    if parent is None:
        raise FieldErrors({"parent": f"Could not find issue by id or key: {named}"})
    if parent.type.level != kind.level + 1:
        raise FieldErrors(
            {"parentId": "Given parent work item does not belong to appropriate hierarchy."}
        )
    return parent.id


def resolution_of(given: JsonObject) -> str | None:
    """The resolution a transition asks for, None when it does not say."""
    if "resolution" not in given:
        return None
    asked = as_object(given["resolution"])
    for resolution in RESOLUTIONS.values():
        if asked.get("id") == resolution.id or asked.get("name") == resolution.name:
            return resolution.id
    raise FieldErrors({"resolution": "Specify a valid resolution"})


def labels_after(labels: tuple[str, ...], operations: object) -> tuple[str, ...]:
    """What `update.labels` (add, remove, set) makes of them. Raises `FieldErrors`."""
    after = list(labels)
    try:
        for operation in operations if isinstance(operations, list) else []:
            for verb, value in as_object(operation).items():
                match verb:
                    case "add":
                        after = [*_labels([*after, value])["labels"]]
                    case "remove":
                        after = [label for label in after if label != value]
                    case "set":
                        after = [*_labels(value)["labels"]]
    except _Wrong as error:
        raise FieldErrors({"labels": str(error)}) from error
    return tuple(after)


def readable_finder(
    store: IssueStore, may: Callable[[Issue], bool]
) -> Callable[[str], Issue | None]:
    def find(id_or_key: str) -> Issue | None:
        issue = store.find(id_or_key)
        return issue if issue is not None and may(issue) else None

    return find
