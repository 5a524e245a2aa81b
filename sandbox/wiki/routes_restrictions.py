"""`/wiki/rest/api/content/{id}`: restrictions, and who may do what."""

import hashlib
from dataclasses import dataclass

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.directory import ADMIN, User, user_by_id
from sandbox.guard import member, wiki_gate
from sandbox.jira.groups import GROUPS
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
from sandbox.wiki.wire_v1 import restriction
from sandbox.wire import JsonObject, as_object, as_text

bp = Blueprint("wiki_restrictions", __name__, url_prefix="/wiki/rest/api/content/<id>")
bp.before_request(wiki_gate)

CHECKED = ("read", "update", "delete")
SUBJECTS = ("user", "group")
_REFUSAL = "You do not have permission to change the restrictions of this content"


def _all(page: Page) -> JsonObject:
    rights = current_site().pages.rights
    named = [
        (rights.restricted(page.id, name), rights.restricted_groups(page.id, name))
        for name in OPERATIONS
    ]
    link = f"{current_site().base}/wiki/rest/api/content/{page.id}/restriction"
    return {
        "results": [restriction(page, name) for name in OPERATIONS],
        "start": 0,
        "limit": len(OPERATIONS),
        "size": len(OPERATIONS),
        "restrictionsHash": hashlib.sha256(repr(named).encode()).hexdigest()[:32],
        "_links": {"self": link, "base": f"{current_site().base}/wiki", "context": "/wiki"},
    }


@dataclass(frozen=True, slots=True)
class _Named:
    """Somebody an operation is to be restricted to: an account, or a group by its name."""

    operation: str
    account: str | None = None
    group: str | None = None


def _wanted() -> list[_Named]:
    """Everybody whom a body names, in either published form."""
    given = body()
    listed = given.get("results") if isinstance(given, dict) else given
    if not isinstance(listed, list):
        raise bad_request("A list of restrictions is expected")
    return [named for item in listed for named in _people(as_object(item))]


def _people(item: JsonObject) -> list[_Named]:
    operation, told = item.get("operation"), as_object(item.get("restrictions"))
    if operation not in OPERATIONS:
        raise bad_request(f"Operation {operation} cannot be restricted")
    accounts = [one.get("accountId") for one in _listed(told, "user")]
    if not all(isinstance(one, str) and user_by_id(one) for one in accounts):
        raise bad_request("A user of the restrictions does not exist")
    groups = [_group_named(one) for one in _listed(told, "group")]
    return [_Named(str(operation), account=str(one)) for one in accounts] + [
        _Named(str(operation), group=one) for one in groups
    ]


def _listed(told: JsonObject, kind: str) -> list[JsonObject]:
    """A plain list, or one with `results`."""
    found = told.get(kind) or []
    found = found.get("results", []) if isinstance(found, dict) else found
    if not isinstance(found, list):
        raise bad_request(f"A list of {kind}s is expected")
    return [as_object(one) for one in found]


def _group_named(told: JsonObject) -> str:
    names = {as_text(told.get("name")), as_text(told.get("id"))}
    name = next((one for one in GROUPS if names & {one, wire_v1.group_id(one)}), None)
    if name is None:
        raise bad_request("A group of the restrictions does not exist")
    return name


def _restrict(page: Page, *, anew: bool) -> JsonObject:
    wanted, rights = _wanted(), current_site().pages.rights
    with current_site().pages.transaction():
        if anew:
            rights.lift_all(page.id)
        for named in wanted:
            if named.account:
                rights.restrict(page.id, named.operation, named.account)
            if named.group:
                rights.restrict_group(page.id, named.operation, named.group)
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
    return {name: restriction(page, name) for name in OPERATIONS}


def _operation(name: str) -> str:
    if name not in OPERATIONS:
        raise errors.wiki_v1(404, f"No operation that can be restricted is named {name}")
    return name


@bp.get("/restriction/byOperation/<operation_key>")
def of_operation(id: str, operation_key: str) -> ResponseReturnValue:  # noqa: A002 - as published
    return restriction(readable_page(id), _operation(operation_key))


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


def _group(name: str) -> str:
    if name not in GROUPS:
        raise errors.wiki_v1(404, f"No group with name '{name}' exists")
    return name


def _group_answer(page_id: str, operation_key: str, name: str) -> ResponseReturnValue:
    """An empty 200: the group is named, is named now, or is named no longer."""
    operation, rights = _operation(operation_key), current_site().pages.rights
    if request.method == "GET":
        page = readable_page(page_id)
        if _group(name) not in rights.restricted_groups(page.id, operation):
            raise errors.wiki_v1(404, f"The {operation} restriction does not name this group")
        return ""
    page, adds = editable_page(page_id, _REFUSAL), request.method == "PUT"
    (rights.restrict_group if adds else rights.lift_group)(page.id, operation, _group(name))
    return ""


_METHODS = ("GET", "PUT", "DELETE")


@bp.route("/restriction/byOperation/<operation_key>/group/<group_name>", methods=_METHODS)
def by_group(id: str, operation_key: str, group_name: str) -> ResponseReturnValue:  # noqa: A002 - as published
    return _group_answer(id, operation_key, group_name)


@bp.route("/restriction/byOperation/<operation_key>/byGroupId/<group_id>", methods=_METHODS)
def by_group_id(id: str, operation_key: str, group_id: str) -> ResponseReturnValue:  # noqa: A002 - as published
    named = next((name for name in GROUPS if wire_v1.group_id(name) == group_id), group_id)
    return _group_answer(id, operation_key, named)


@bp.post("/permission/check")
def check_permission(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    """Everybody may ask about themselves, an administrator and an app about anybody."""
    page, asked = existing_page(id), as_object(body())
    subject, operation = as_object(asked.get("subject")), asked.get("operation")
    kind, name = subject.get("type"), subject.get("identifier")
    if operation not in CHECKED or kind not in SUBJECTS:
        raise bad_request("subject and operation must be provided and valid")
    if name != member().account_id and not (member() == ADMIN or member().is_app):
        raise forbidden("Only an administrator may ask about other users")
    pages = current_site().pages
    may = pages.may_read if operation == "read" else pages.may_edit
    return {
        "hasPermission": all(may(page, user) for user in _subjects(kind, name)),
        "errors": [],
        "_links": {"base": f"{current_site().base}/wiki", "context": "/wiki"},
    }


def _subjects(kind: object, name: object) -> list[User | None]:
    """Whom a subject stands for: a user, a stranger, or everybody in a group."""
    if kind == "group" and isinstance(name, str) and name in GROUPS:
        return list(GROUPS[name])
    if (kind, name) == ("user", "anonymous"):
        return [None]
    user = user_by_id(name) if kind == "user" and isinstance(name, str) else None
    if user is None:
        raise bad_request("The subject does not exist")
    return [user]
