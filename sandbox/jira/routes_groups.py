"""Groups and their members."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.directory import user_by_id
from sandbox.guard import member
from sandbox.jira.groups import GROUPS
from sandbox.jira.pages import page_of
from sandbox.jira.requests import page_bounds
from sandbox.jira.routes_issues import writer
from sandbox.wire import JsonObject

api = Blueprint("groups", __name__)

DEFAULT_PICKED = 20


@api.get("/group/member")
def members() -> ResponseReturnValue:
    member()
    return page_of(GROUPS[_asked()], lambda user: writer().user(user) or {})


@api.get("/group/bulk")
def groups() -> ResponseReturnValue:
    member()
    ids, names = (set(request.args.getlist(name)) for name in ("groupId", "groupName"))
    found = [
        name for name in GROUPS if (not ids and not names) or name in names or group_id(name) in ids
    ]
    return page_of(found, lambda name: {"name": name, "groupId": group_id(name)})


@api.get("/groups/picker")
def pick() -> ResponseReturnValue:
    member()
    query = request.args.get("query", "").casefold()
    found = [name for name in GROUPS if query in name.casefold()]
    _, most = page_bounds(DEFAULT_PICKED)
    shown = found[:most]
    return {
        "header": f"Showing {len(shown)} of {len(found)} matching groups",
        "total": len(found),
        "groups": [
            {"name": name, "html": name, "labels": [], "groupId": group_id(name)} for name in shown
        ],
    }


@api.get("/user/groups")
def groups_of_person() -> ResponseReturnValue:
    member()
    user = user_by_id(request.args.get("accountId"))
    if user is None:
        raise errors.jira(HTTPStatus.NOT_FOUND, ["Specified user does not exist."])
    return [named(name) for name, people in GROUPS.items() if user in people]


def group_id(name: str) -> str:
    return f"sandbox-{name}"


def named(name: str) -> JsonObject:
    group = group_id(name)
    return {"name": name, "groupId": group, "self": writer().link(f"group?groupId={group}")}


def _asked() -> str:
    """The group that `groupname` or `groupId` means."""
    name, identity = request.args.get("groupname"), request.args.get("groupId")
    if (name is None) == (identity is None):
        message = "Exactly one of the parameters 'groupname' and 'groupId' must be given."
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    for known in GROUPS:
        if known == name or group_id(known) == identity:
            return known
    message = f"The group with {'name' if name else 'id'} '{name or identity}' does not exist."
    raise errors.jira(HTTPStatus.NOT_FOUND, [message])
