"""What issues are made of: types, statuses, resolutions, priorities, fields."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TypeVar

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.jira.fields import all_fields
from sandbox.datacenter.jira.requests import writer
from sandbox.jira.kinds import (
    ACTIVE,
    COMPANY_TYPES,
    DONE,
    MEDIUM,
    NEW,
    PRIORITIES,
    RESOLUTIONS,
    STATUSES,
    UNDEFINED,
    Priority,
)
from sandbox.site import current_site
from sandbox.wire import JsonObject

T = TypeVar("T")
api = Blueprint("dc_catalogue", __name__)

_CATEGORIES = (UNDEFINED, NEW, ACTIVE, DONE)


def _chosen(
    known: Iterable[T], write: Callable[[T], JsonObject], wanted: str, what: str
) -> JsonObject:
    """The one that goes by this id, key or name. Raises a 404 that names it."""
    for one in known:
        written = write(one)
        if wanted in {str(written["id"]), written.get("key"), written["name"]}:
            return written
    raise errors.jira(HTTPStatus.NOT_FOUND, [f"The {what} with id '{wanted}' does not exist"])


@api.get("/field")
def fields() -> ResponseReturnValue:
    return all_fields(current_site().dc.words)


@api.get("/issuetype")
def issue_types() -> ResponseReturnValue:
    return [writer().issue_type(kind) for kind in COMPANY_TYPES]


@api.get("/issuetype/<id>")
def issue_type(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    return _chosen(COMPANY_TYPES, writer().issue_type, id, "issue type")


@api.get("/status")
def statuses() -> ResponseReturnValue:
    return [writer().status(status) for status in STATUSES.values()]


@api.get("/status/<id_or_name>")
def status(id_or_name: str) -> ResponseReturnValue:
    return _chosen(STATUSES.values(), writer().status, id_or_name, "status")


@api.get("/statuscategory")
def categories() -> ResponseReturnValue:
    return [writer().category(one) for one in _CATEGORIES]


@api.get("/statuscategory/<id_or_key>")
def category(id_or_key: str) -> ResponseReturnValue:
    return _chosen(_CATEGORIES, writer().category, id_or_key, "status category")


@api.get("/resolution")
def resolutions() -> ResponseReturnValue:
    return [writer().resolution(one) for one in RESOLUTIONS.values()]


@api.get("/resolution/<id>")
def resolution(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    return _chosen(RESOLUTIONS.values(), writer().resolution, id, "resolution")


@api.get("/priority")
def priorities() -> ResponseReturnValue:
    return [_priority(one) for one in PRIORITIES.values()]


@api.get("/priority/<id>")
def priority(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    return _chosen(PRIORITIES.values(), _priority, id, "priority")


def _priority(level: Priority) -> JsonObject:
    told = {"statusColor": level.colour, "description": level.description}
    return writer().priority(level) | told | {"isDefault": level is MEDIUM}
