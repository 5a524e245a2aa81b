"""People: by user name or key, and by any part of a name."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.jira.requests import bounds, writer
from sandbox.datacenter.people import ACCOUNTS, Account, by_key, by_username
from sandbox.jira.groups import GROUPS
from sandbox.jira.routes_issues import found_issue
from sandbox.jira.routes_projects import found_project
from sandbox.site import current_site
from sandbox.wire import JsonObject

api = Blueprint("dc_people", __name__)


@api.get("/user")
def user() -> ResponseReturnValue:
    key, name = request.args.get("key"), request.args.get("username")
    if key is None and name is None:
        message = "Either the 'username' or the 'key' query parameters need to be provided"
        raise errors.jira(HTTPStatus.NOT_FOUND, [message])
    found = by_key(key) if key is not None else by_username(name or "")
    if found is None:
        what = f"key '{key}'" if key is not None else f"name '{name}'"
        raise errors.jira(HTTPStatus.NOT_FOUND, [f"The user with the {what} does not exist"])
    groups = [
        {"name": group, "self": writer().link(f"group?groupname={group}")}
        for group, members in GROUPS.items()
        if found.user in members
    ]
    shown = groups if "groups" in request.args.get("expand", "") else []
    return {
        **_person(found),
        "deleted": False,
        "locale": found.user.locale,
        "groups": {"size": len(groups), "items": shown},
        "applicationRoles": {"size": 1, "items": []},
        "expand": "groups,applicationRoles",
    }


@api.get("/user/search")
def search() -> ResponseReturnValue:
    """`username` is any part of a user name, a name or an address; `.` is everybody."""
    if "username" not in request.args:
        raise errors.jira(HTTPStatus.BAD_REQUEST, ["The username query parameter was not provided"])
    return _page(_matching(request.args["username"]))


@api.get("/user/assignable/search")
def assignable() -> ResponseReturnValue:
    store = current_site().issues
    if "issueKey" in request.args:
        project = found_project(found_issue(request.args["issueKey"]).project)
    elif "project" in request.args:
        project = found_project(request.args["project"])
    else:
        message = "Either the project or the issue key must be given"
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    found = _matching(request.args.get("username", "."))
    return _page([one for one in found if store.may_work(project.key, one.user)])


def _matching(text: str) -> list[Account]:
    wanted = text.casefold()
    if wanted == ".":
        return list(ACCOUNTS)
    return [
        one
        for one in ACCOUNTS
        if wanted in one.username
        or wanted in one.user.name.casefold()
        or one.user.email.casefold().startswith(wanted)
    ]


def _page(found: list[Account]) -> list[JsonObject]:
    start, most = bounds()
    return [_person(one) for one in found[start : start + most]]


def _person(account: Account) -> JsonObject:
    return writer().user(account.user) or {}
