"""`/wiki/rest/api/content/{id}`: restrictions, and who may do what."""

import hashlib

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.directory import ADMIN, user_by_id
from sandbox.guard import member, wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire_v1
from sandbox.wiki.model import Page
from sandbox.wiki.requests_v1 import (
    bad_request,
    body,
    chosen_user,
    editable_page,
    existing_page,
    forbidden,
    readable_page,
)
from sandbox.wiki.rights import OPERATIONS
from sandbox.wire import JsonObject, as_object

bp = Blueprint("wiki_restrictions", __name__, url_prefix="/wiki/rest/api/content/<id>")
bp.before_request(wiki_gate)

MOST_NAMED = 100
_REFUSAL = "You do not have permission to change the restrictions of this content"


def _restriction(page: Page, operation: str) -> JsonObject:
    accounts = current_site().pages.rights.restricted(page.id, operation)
    users = [wire_v1.user(found) for account in accounts if (found := user_by_id(account))]
    path = f"{current_site().base}/wiki/rest/api/content/{page.id}/restriction/byOperation"
    return {
        "operation": operation,
        "restrictions": {
            "user": {"results": users, "start": 0, "limit": MOST_NAMED, "size": len(users)},
            "group": {"results": [], "start": 0, "limit": MOST_NAMED, "size": 0},
            "_expandable": {},
        },
        "_expandable": {"content": f"/rest/api/content/{page.id}"},
        "_links": {"self": f"{path}/{operation}"},
    }


def _all(page: Page) -> JsonObject:
    named = [current_site().pages.rights.restricted(page.id, name) for name in OPERATIONS]
    link = f"{current_site().base}/wiki/rest/api/content/{page.id}/restriction"
    return {
        "results": [_restriction(page, name) for name in OPERATIONS],
        "start": 0,
        "limit": len(OPERATIONS),
        "size": len(OPERATIONS),
        "restrictionsHash": hashlib.sha256(repr(named).encode()).hexdigest()[:32],
        "_links": {"self": link, "base": f"{current_site().base}/wiki", "context": "/wiki"},
    }


def _wanted() -> list[tuple[str, str]]:
    """Operations and accounts of a body in either published form."""
    given = body()
    listed = given.get("results") if isinstance(given, dict) else given
    if not isinstance(listed, list):
        raise bad_request("A list of restrictions is expected")
    return [pair for item in listed for pair in _pairs(as_object(item))]


def _pairs(item: JsonObject) -> list[tuple[str, str]]:
    operation, named = item.get("operation"), as_object(item.get("restrictions"))
    if operation not in OPERATIONS:
        raise bad_request(f"Operation {operation} cannot be restricted")
    if named.get("group"):
        raise bad_request("This sandbox has no groups to restrict content to")
    users = named.get("user", [])
    users = users.get("results", []) if isinstance(users, dict) else users
    if not isinstance(users, list):
        raise bad_request("A list of users is expected")
    accounts = [as_object(user).get("accountId") for user in users]
    if not all(isinstance(one, str) and user_by_id(one) for one in accounts):
        raise bad_request("A user of the restrictions does not exist")
    return [(str(operation), str(account)) for account in accounts]


def _restrict(page: Page, *, anew: bool) -> JsonObject:
    wanted, rights = _wanted(), current_site().pages.rights
    with current_site().pages.transaction():
        if anew:
            rights.lift_all(page.id)
        for operation, account in wanted:
            rights.restrict(page.id, operation, account)
    return _all(page)


@bp.get("/restriction")
def get_restrictions(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    return _all(readable_page(id))


@bp.put("/restriction")
def put_restrictions(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    return _restrict(editable_page(id, _REFUSAL), anew=True)


@bp.post("/restriction")
def post_restrictions(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    return _restrict(editable_page(id, _REFUSAL), anew=False)


@bp.delete("/restriction")
def delete_restrictions(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    page = editable_page(id, _REFUSAL)
    current_site().pages.rights.lift_all(page.id)
    return _all(page)


@bp.get("/restriction/byOperation")
def by_operation(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    page = readable_page(id)
    return {name: _restriction(page, name) for name in OPERATIONS}


def _operation(name: str) -> str:
    if name not in OPERATIONS:
        raise errors.wiki_v1(404, f"No operation that can be restricted is named {name}")
    return name


@bp.get("/restriction/byOperation/<operation_key>")
def of_operation(id: str, operation_key: str) -> ResponseReturnValue:  # noqa: A002 - as published
    return _restriction(readable_page(id), _operation(operation_key))


@bp.get("/restriction/byOperation/<operation_key>/user")
def names_user(id: str, operation_key: str) -> ResponseReturnValue:  # noqa: A002 - as published
    """An empty 200 for a user who is named, 404 for anybody else."""
    page, operation = readable_page(id), _operation(operation_key)
    account = chosen_user(by_admin=False).account_id
    if account not in current_site().pages.rights.restricted(page.id, operation):
        raise errors.wiki_v1(404, f"The {operation} restriction does not name this user")
    return ""


@bp.route("/restriction/byOperation/<operation_key>/user", methods=["PUT", "DELETE"])
def change_user(id: str, operation_key: str) -> ResponseReturnValue:  # noqa: A002 - as published
    page, operation = editable_page(id, _REFUSAL), _operation(operation_key)
    account, rights = chosen_user(by_admin=False).account_id, current_site().pages.rights
    adds = request.method == "PUT"
    (rights.restrict if adds else rights.lift)(page.id, operation, account)
    return ""


@bp.post("/permission/check")
def check_permission(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    """Everybody may ask about themselves, an administrator about anybody."""
    page, asked = existing_page(id), as_object(body())
    subject, operation = as_object(asked.get("subject")), asked.get("operation")
    kind, name = subject.get("type"), subject.get("identifier")
    if operation not in {"read", "update", "delete"} or kind not in {"user", "group"}:
        raise bad_request("subject and operation must be provided and valid")
    if name != member().account_id and member() != ADMIN:
        raise forbidden("Only an administrator may ask about other users")
    user = user_by_id(name) if kind == "user" and isinstance(name, str) else None
    if user is None and (kind, name) != ("user", "anonymous"):
        raise bad_request("The subject does not exist")
    pages = current_site().pages
    may = pages.may_read if operation == "read" else pages.may_edit
    return {
        "hasPermission": may(page, user),
        "errors": [],
        "_links": {"base": f"{current_site().base}/wiki", "context": "/wiki"},
    }
