"""The `fields` of a create or edit request, checked and turned into an issue's own values."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sandbox.directory import user_by_id
from sandbox.jira.adf import is_document
from sandbox.jira.edits_plans import Place, WrongValue, held_names, readers
from sandbox.jira.kinds import RESOLUTIONS, IssueType
from sandbox.jira.model import Issue, Project
from sandbox.jira.store import IssueStore
from sandbox.wire import JsonObject, as_object, as_text

LONGEST_SUMMARY = 255


class FieldErrors(ValueError):
    """What is wrong with which field; the shape of Jira's `errors`."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {text}" for name, text in errors.items()))
        self.errors = errors


def _summary(value: object) -> JsonObject:
    text = as_text(value).strip()
    if not text:
        raise WrongValue("You must specify a summary of the issue.")
    if len(text) > LONGEST_SUMMARY or "\n" in text:
        raise WrongValue(f"Summary can't exceed {LONGEST_SUMMARY} characters.")
    return {"summary": text}


def _labels(value: object) -> JsonObject:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise WrongValue("data was not an array")
    for item in value:
        if " " in item:
            raise WrongValue(f"The label '{item}' contains spaces which is invalid.")
    return {"labels": tuple(dict.fromkeys(value))}


def _assignee(value: object) -> JsonObject:
    if value is None:
        return {"assignee": None}
    given = as_object(value)
    user = user_by_id(as_text(given.get("accountId") or given.get("id")))
    if user is None:
        raise WrongValue("Specify a valid value for assignee")
    return {"assignee": user.account_id}


def _due(value: object) -> JsonObject:
    try:
        return {"due": date.fromisoformat(as_text(value)) if value is not None else None}
    except ValueError as error:
        raise WrongValue("Error parsing date string: the expected format is yyyy-MM-dd") from error


def _description(value: object) -> JsonObject:
    if value is not None and not is_document(value):
        raise WrongValue(
            "Operation value must be an Atlassian Document (see the Atlassian Document Format)"
        )
    return {"description": value}


_SIMPLE: dict[str, Callable[[object], JsonObject]] = {
    "summary": _summary,
    "labels": _labels,
    "assignee": _assignee,
    "duedate": _due,
    "description": _description,
}
_ON_CREATE = {"project", "issuetype", "parent"}
_ON_EDIT = {"issuetype", "parent"}
_LISTS = {"components", "fixVersions", "versions"}


def simple_values(given: JsonObject, *, place: Place) -> JsonObject:
    """Values of the fields that need no other issue. Raises `FieldErrors` naming all wrong ones."""
    values: JsonObject = {}
    errors: dict[str, str] = {}
    planned = readers(place)
    for name, value in given.items():
        if name in (_ON_EDIT if place.before else _ON_CREATE):
            continue
        try:
            values |= planned[name](value, place) if name in planned else _SIMPLE[name](value)
        except KeyError:
            errors[name] = (
                f"Field '{name}' cannot be set. It is not on the appropriate screen, or unknown."
            )
        except WrongValue as error:
            errors[name] = str(error)
    if errors:
        raise FieldErrors(errors)
    return values


def issue_type_of(given: JsonObject, project: Project) -> IssueType:
    """The type a request names, among those of the project."""
    asked = as_object(given.get("issuetype"))
    named = as_text(asked.get("name")).casefold()
    for kind in project.issue_types:
        if str(asked.get("id")) == kind.id or named == kind.name.casefold():
            return kind
    raise FieldErrors({"issuetype": "Specify a valid issue type"})


def new_type(given: JsonObject, project: Project, issue: Issue) -> IssueType:
    """Another type for an issue: sub-tasks stay sub-tasks, epics epics."""
    kind = issue_type_of(given, project)
    if kind.level != issue.type.level:
        raise FieldErrors(
            {"issuetype": "The issue type selected is invalid: it is of another level."}
        )
    return kind


def parent_of(value: object, *, kind: IssueType, find: Callable[[str], Issue | None]) -> int | None:
    """
    The parent's id. Raises `FieldErrors` unless it is exactly one level above.

    `find` gives only issues that the author of the change may read.
    """
    given = as_object(value)
    named: Any = given.get("key") or given.get("id")
    if named is None:
        if kind.subtask:
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


def updated_fields(update: JsonObject, fields: JsonObject, place: Place) -> JsonObject:
    """
    The fields of a request after its `update` (add, remove, set).

    Raises `FieldErrors` for a field that is named twice and for operations that it does not know.
    """
    after = dict(fields)
    for name, operations in update.items():
        if name in fields:
            message = "Field cannot be used in both 'fields' and 'update'."
            raise FieldErrors({name: message})
        for operation in operations if isinstance(operations, list) else []:
            for verb, value in as_object(operation).items():
                after[name] = _operated(name, verb, value, after.get(name), place)
    return after


def _operated(name: str, verb: str, value: object, so_far: object, place: Place) -> object:
    if verb == "set":
        return value
    if verb not in {"add", "remove"} or name not in {"labels", *_LISTS}:
        raise FieldErrors({name: f"Field '{name}' does not support operation '{verb}'."})
    if name == "labels":
        held = so_far if so_far is not None else list(place.before.labels if place.before else ())
        return _with(held, value) if verb == "add" else _without(held, value)
    held = so_far if so_far is not None else [{"id": one} for one in held_names(name, place)]
    if verb == "add":
        return _with(held, value)
    reader = readers(place)[name]
    try:
        gone = {str(one) for ids in reader([value], place).values() for one in ids}
        left = [one for ids in reader(held, place).values() for one in ids if str(one) not in gone]
    except WrongValue as error:
        raise FieldErrors({name: str(error)}) from error
    return [{"id": str(one)} for one in left]


def _with(held: object, value: object) -> object:
    return [*held, value] if isinstance(held, list) else held


def _without(held: object, value: object) -> object:
    return [one for one in held if one != value] if isinstance(held, list) else held


def readable_finder(
    store: IssueStore, may: Callable[[Issue], bool]
) -> Callable[[str], Issue | None]:
    def find(id_or_key: str) -> Issue | None:
        issue = store.find(id_or_key)
        return issue if issue is not None and may(issue) else None

    return find
