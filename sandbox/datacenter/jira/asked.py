"""
The fields of a request, as the shared rules of issues know them.

An epic link becomes a parent, a user name an account; what is wrong is said of the field that the
client named.
"""

from dataclasses import dataclass, field

from sandbox.datacenter.jira.epics import COLOURS, EPIC_STATUSES, EpicOwn, EpicStatus
from sandbox.datacenter.jira.fields import (
    EPIC_COLOUR,
    EPIC_LINK,
    EPIC_NAME,
    EPIC_STATUS,
    FIELDS,
    RANK,
    SPRINT,
    STORY_POINTS,
)
from sandbox.datacenter.jira.words import Words
from sandbox.datacenter.people import by_username
from sandbox.jira import custom_fields as cloud
from sandbox.jira.adf import document_of
from sandbox.jira.edits import FieldErrors
from sandbox.jira.edits_plans import WrongValue
from sandbox.wire import JsonObject, as_object, as_text

NOT_ON_SCREEN = "Field '{}' cannot be set. It is not on the appropriate screen, or unknown."
_CLOUD_NAMES = {STORY_POINTS: cloud.COMPANY_POINTS, SPRINT: cloud.SPRINT, EPIC_LINK: "parent"}
_OWN = {EPIC_NAME, EPIC_STATUS, EPIC_COLOUR}
_NAMED = ("issuetype", "priority", "resolution")
_LISTS = {"labels", "components", "fixVersions", "versions"}


@dataclass(slots=True)
class Asked:
    """`fields` and `update` in the shared names, `own` what only epics have."""

    fields: JsonObject = field(default_factory=dict)
    update: JsonObject = field(default_factory=dict)
    own: JsonObject = field(default_factory=dict)
    comments: list[str] = field(default_factory=list)
    linked: bool = False

    def renamed(self, error: FieldErrors) -> FieldErrors:
        """The same complaint about the fields as this product names them."""
        names = {shared: name for name, shared in _CLOUD_NAMES.items()}
        names["parentId"] = "parent"
        if self.linked:
            names["parentId"] = EPIC_LINK
        else:
            del names["parent"]
        return FieldErrors({names.get(name, name): text for name, text in error.errors.items()})


def read(body: JsonObject, words: Words) -> Asked:
    """Raises `FieldErrors`."""
    asked, errors = Asked(), dict[str, str]()
    given = dict(as_object(body.get("fields")))
    for name, operations in as_object(body.get("update")).items():
        listed = operations if isinstance(operations, list) else []
        if name == "comment":
            asked.comments += [_said(as_object(one)) for one in listed]
        elif name in _LISTS:
            asked.update[name] = operations
        else:
            values = [one["set"] for one in map(as_object, listed) if set(one) == {"set"}]
            if not values or len(values) != len(listed):
                errors[name] = f"Field '{name}' takes the operation 'set' only."
            else:
                given[name] = values[-1]
    for name, value in given.items():
        try:
            _take(asked, name, value, words)
        except WrongValue as error:
            errors[name] = str(error)
    if errors:
        raise FieldErrors(errors)
    return asked


def _take(asked: Asked, name: str, value: object, words: Words) -> None:
    if name in _OWN:
        asked.own[name] = value
        return
    if name == RANK or (name.startswith("customfield_") and name not in FIELDS):
        raise WrongValue(NOT_ON_SCREEN.format(name))
    if name == EPIC_LINK:
        asked.linked = True
    asked.fields[_CLOUD_NAMES.get(name, name)] = _value(name, value, words)


def _value(name: str, value: object, words: Words) -> object:
    if name == EPIC_LINK:
        return _epic(value)
    if name in {"assignee", "reporter"}:
        return _person(name, value)
    if name == "description":
        if value is not None and not isinstance(value, str):
            raise WrongValue("Operation value must be a string")
        return document_of(value) if value else None
    if name in _NAMED and isinstance(value, dict):
        return {**value, "name": words.english(name, value.get("name"))}
    return value


def _epic(value: object) -> JsonObject | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise WrongValue("The epic link is the key of an epic, as text")
    return {"key": value}


def _person(name: str, value: object) -> JsonObject | None:
    """`{"name": …}`; an empty name is nobody."""
    if value is None:
        return None
    given = as_object(value)
    if "name" not in given and "key" not in given:
        raise WrongValue(f"data was not an object with the name of the {name}")
    username = as_text(given.get("name"))
    if name == "assignee" and username in {"", "-1"}:
        return None
    account = by_username(username)
    if account is None:
        raise WrongValue(f"User '{username}' does not exist.")
    return {"accountId": account.user.account_id}


def _said(operation: JsonObject) -> str:
    return as_text(as_object(operation.get("add")).get("body"))


def epic_own(before: EpicOwn, own: JsonObject) -> EpicOwn:
    """What an epic has after a request. Raises `FieldErrors`."""
    name = own.get(EPIC_NAME, before.name)
    colour = own.get(EPIC_COLOUR, before.colour)
    given = own.get(EPIC_STATUS)
    status = before.status if given is None else _status(as_object(given))
    if not isinstance(name, str) or not name.strip():
        raise FieldErrors({EPIC_NAME: "Epic Name is required."})
    if colour not in COLOURS:
        raise FieldErrors({EPIC_COLOUR: "There is no such colour of epics."})
    if status is None:
        raise FieldErrors({EPIC_STATUS: "Option value is not valid"})
    return EpicOwn(name, status, str(colour))


def _status(given: JsonObject) -> EpicStatus | None:
    for status in EPIC_STATUSES.values():
        if given.get("id") == status.id or given.get("value") == status.name:
            return status
    return None
