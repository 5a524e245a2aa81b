"""`/rest/api/content/{id}/restriction`: who may see and edit a page."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.people import account_by_id, by_key, by_username
from sandbox.datacenter.wiki import wire
from sandbox.datacenter.wiki.requests import editable_page, visible_page
from sandbox.jira.groups import GROUPS
from sandbox.site import current_site
from sandbox.wiki.model import Page
from sandbox.wiki.rights import OPERATIONS
from sandbox.wire import JsonObject, as_object

api = Blueprint("dc_restrictions", __name__)

_PATH = "/content/<id>/restriction"
_MOST = 200


def _written(page: Page, operation: str) -> JsonObject:
    site = current_site()
    rights = site.pages.rights
    accounts = rights.restricted(page.id, operation)
    people = [wire.person(site, found) for one in accounts if (found := account_by_id(one))]
    groups = [
        {"type": "group", "name": name, "_links": wire.links(site, f"/rest/api/group/{name}")}
        for name in rights.restricted_groups(page.id, operation)
    ]
    address = f"/rest/api/content/{page.id}"
    return {
        "operation": operation,
        "restrictions": {
            "user": {"results": people, "start": 0, "limit": _MOST, "size": len(people)},
            "group": {"results": groups, "start": 0, "limit": _MOST, "size": len(groups)},
            "_expandable": {},
        },
        "_links": wire.links(site, f"{address}/restriction/byOperation/{operation}"),
        "_expandable": {"content": address},
    }


@api.get(f"{_PATH}/byOperation")
def by_operation(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    page, site = visible_page(id), current_site()
    answer: JsonObject = {name: _written(page, name) for name in OPERATIONS}
    address = f"/rest/api/content/{page.id}/restriction/byOperation"
    return wire.rooted(site, {**answer, "_links": wire.links(site, address)})


@api.get(f"{_PATH}/byOperation/<operation_key>")
def of_operation(id: str, operation_key: str) -> ResponseReturnValue:  # noqa: A002 - as published
    page = visible_page(id)
    if operation_key not in OPERATIONS:
        message = f"No operation that can be restricted: {operation_key}"
        raise errors.wiki(HTTPStatus.NOT_FOUND, message)
    return wire.rooted(current_site(), _written(page, operation_key))


@api.put(_PATH)
def put(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    """Replaces the restrictions of the page by those of the body."""
    page, given = editable_page(id), request.get_json(silent=True)
    if not isinstance(given, list):
        raise errors.invalid("A list of restrictions is expected")
    wanted = [named for one in given for named in _named(as_object(one))]
    rights = current_site().pages.rights
    with current_site().pages.transaction():
        rights.lift_all(page.id)
        for operation, kind, name in wanted:
            restrict = rights.restrict if kind == "user" else rights.restrict_group
            restrict(page.id, operation, name)
    site = current_site()
    answer = {
        "results": [_written(page, name) for name in OPERATIONS],
        "start": 0,
        "limit": _MOST,
        "size": len(OPERATIONS),
        "_links": wire.links(site, f"/rest/api/content/{page.id}/restriction"),
    }
    return wire.rooted(site, answer)


def _named(given: JsonObject) -> list[tuple[str, str, str]]:
    """Operation, kind and account or group of everybody a restriction names."""
    operation, named = given.get("operation"), as_object(given.get("restrictions"))
    if operation not in OPERATIONS:
        raise errors.invalid(f"The operation {operation} cannot be restricted")
    users = [_account(as_object(one)) for one in _listed(named.get("user"))]
    groups = [str(as_object(one).get("name")) for one in _listed(named.get("group"))]
    if unknown := [name for name in groups if name not in GROUPS]:
        raise errors.invalid(f"There is no group named {unknown[0]}")
    return [
        *((str(operation), "user", account) for account in users),
        *((str(operation), "group", name) for name in groups),
    ]


def _listed(value: object) -> list[object]:
    """People come as a list, or as a page of results with the list inside."""
    found = value.get("results") if isinstance(value, dict) else value
    if found is None:
        return []
    if not isinstance(found, list):
        raise errors.invalid("Users and groups of a restriction are lists")
    return found


def _account(given: JsonObject) -> str:
    found = by_key(str(given.get("userKey", ""))) or by_username(str(given.get("username", "")))
    if found is None:
        raise errors.invalid("A user of the restrictions does not exist")
    return found.user.account_id
