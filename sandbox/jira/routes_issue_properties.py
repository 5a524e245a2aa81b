"""Issue properties: any JSON that an app keeps beside an issue."""

import json
from http import HTTPStatus
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.jira.events import property_event
from sandbox.jira.routes_issues import found_issue, workable_issue, writer
from sandbox.site import current_site
from sandbox.wire import is_text

api = Blueprint("issue_properties", __name__)

LONGEST_VALUE = 32768
LONGEST_KEY = 255
_PATH = "/issue/<issue_id_or_key>/properties"


@api.get(_PATH)
def property_keys(issue_id_or_key: str) -> ResponseReturnValue:
    issue = found_issue(issue_id_or_key)
    keys = current_site().issues.annexes.properties.keys(issue.id)
    address = writer().link(f"issue/{issue.id}/properties")
    return {"keys": [{"self": f"{address}/{key}", "key": key} for key in keys]}


@api.get(f"{_PATH}/<property_key>")
def get_property(issue_id_or_key: str, property_key: str) -> ResponseReturnValue:
    issue = found_issue(issue_id_or_key)
    held = current_site().issues.annexes.properties.get(issue.id, property_key)
    if held is None:
        raise _no_such(property_key)
    return {"key": property_key, "value": held[0]}


@api.put(f"{_PATH}/<property_key>")
def set_property(issue_id_or_key: str, property_key: str) -> ResponseReturnValue:
    issue = workable_issue(issue_id_or_key)
    value = _value()
    if len(property_key) > LONGEST_KEY:
        raise _wrong(f"The property key must not exceed {LONGEST_KEY} characters.")
    site = current_site()
    site.issues.surroundings.note(issue.id, site.now())
    new = site.issues.annexes.properties.put(issue.id, property_key, value)
    told = property_event("issue_property_set", issue, property_key, value, writer())
    site.announce(told, issue=issue)
    return "", HTTPStatus.CREATED if new else HTTPStatus.OK


@api.delete(f"{_PATH}/<property_key>")
def delete_property(issue_id_or_key: str, property_key: str) -> ResponseReturnValue:
    issue = workable_issue(issue_id_or_key)
    properties = current_site().issues.annexes.properties
    if properties.get(issue.id, property_key) is None:
        raise _no_such(property_key)
    site = current_site()
    site.issues.surroundings.note(issue.id, site.now())
    properties.remove(issue.id, property_key)
    told = property_event("issue_property_deleted", issue, property_key, None, writer())
    site.announce(told, issue=issue)
    return "", HTTPStatus.NO_CONTENT


def _value() -> Any:
    """The length is that of the text that was sent."""
    raw = request.get_data()
    try:
        text = raw.decode()
        value = json.loads(text, parse_constant=_not_json)
    except (ValueError, RecursionError) as error:
        raise _wrong("The property value must be a valid, non-empty JSON value.") from error
    if not is_text(value):
        raise _wrong("The property value must be a valid, non-empty JSON value.")
    if len(text) > LONGEST_VALUE:
        raise _wrong(f"The property value must not exceed {LONGEST_VALUE} characters.")
    return value


def _not_json(word: str) -> None:
    raise ValueError(word)


def _wrong(sentence: str) -> errors.Refused:
    return errors.jira(HTTPStatus.BAD_REQUEST, [sentence])


def _no_such(key: str) -> errors.Refused:
    return errors.jira(HTTPStatus.NOT_FOUND, [f"The property with key '{key}' does not exist."])
