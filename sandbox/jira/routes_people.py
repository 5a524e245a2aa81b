"""People: oneself, others by account id or by name."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.directory import USERS, User, user_by_id
from sandbox.guard import member
from sandbox.jira.groups import GROUPS
from sandbox.jira.pages import page_of
from sandbox.jira.requests import page_bounds
from sandbox.jira.routes_issues import found_issue, writer
from sandbox.jira.routes_projects import found_project
from sandbox.site import current_site
from sandbox.wire import JsonObject

api = Blueprint("people", __name__)

DEFAULT_PEOPLE = 50
DEFAULT_BULK = 10


@api.get("/myself")
def myself() -> ResponseReturnValue:
    user = member()
    return {
        **_person(user),
        "locale": user.locale,
        "groups": {"size": 1, "items": []},
        "applicationRoles": {"size": 1, "items": []},
        "expand": "groups,applicationRoles",
    }


@api.get("/user")
def user() -> ResponseReturnValue:
    me = member()
    account_id = request.args.get("accountId")
    if account_id is None:
        raise errors.jira(HTTPStatus.BAD_REQUEST, ["The query parameter 'accountId' is required."])
    found = user_by_id(account_id)
    if found is None:
        raise errors.jira(HTTPStatus.NOT_FOUND, ["Specified user does not exist."])
    groups = [
        {"name": name, "groupId": f"sandbox-{name}"}
        for name, members in GROUPS.items()
        if found in members
    ]
    locale = {"locale": found.locale} if found is me else {}
    return {
        **_person(found),
        **locale,
        "groups": {"size": len(groups), "items": groups if "groups" in _expand() else []},
        "applicationRoles": {"size": 1, "items": []},
        "expand": "groups,applicationRoles",
    }


@api.get("/user/search")
def search_people() -> ResponseReturnValue:
    """By any part of a name or the beginning of an address, or by the exact account id."""
    member()
    account_id = request.args.get("accountId")
    if account_id is not None:
        return _page([person for person in USERS if person.account_id == account_id])
    if "query" not in request.args and "property" not in request.args:
        raise errors.jira(HTTPStatus.BAD_REQUEST, ["query or property parameter is required"])
    return _page(_matching(request.args.get("query", "")))


@api.get("/user/assignable/search")
def assignable() -> ResponseReturnValue:
    member()
    if "issueKey" in request.args:
        found_issue(request.args["issueKey"])
    elif "project" in request.args:
        found_project(request.args["project"])
    else:
        raise errors.jira(
            HTTPStatus.BAD_REQUEST, ["Either 'project' or 'issueKey' must be provided."]
        )
    return _page(_matching(request.args.get("query", "")))


@api.get("/user/viewissue/search")
def who_may_read() -> ResponseReturnValue:
    """Those who may read an issue, or everybody in a project."""
    member()
    found = _matching(request.args.get("query", ""))
    if "issueKey" in request.args:
        issue = found_issue(request.args["issueKey"])
        return _page([person for person in found if current_site().issues.may_read(issue, person)])
    if "projectKey" not in request.args:
        raise errors.jira(
            HTTPStatus.BAD_REQUEST, ["Either 'projectKey' or 'issueKey' must be provided."]
        )
    project, store = found_project(request.args["projectKey"]), current_site().issues
    return _page([person for person in found if store.may_browse(project, person)])


@api.get("/user/bulk")
def people_by_ids() -> ResponseReturnValue:
    member()
    wanted = request.args.getlist("accountId")
    if not wanted:
        raise errors.jira(HTTPStatus.BAD_REQUEST, ["The query parameter 'accountId' is required."])
    found = [person for person in USERS if person.account_id in wanted]
    return page_of(found, _person, default=DEFAULT_BULK)


@api.get("/users")
@api.get("/users/search")
def everybody() -> ResponseReturnValue:
    member()
    return _page(list(USERS))


def _expand() -> str:
    return request.args.get("expand", "")


def _matching(query: str) -> list[User]:
    text = query.casefold()
    return [
        person
        for person in USERS
        if text in person.name.casefold() or person.email.casefold().startswith(text)
    ]


def _page(found: list[User]) -> list[JsonObject]:
    start, most = page_bounds(DEFAULT_PEOPLE)
    return [_person(person) for person in found[start : start + most]]


def _person(user: User) -> JsonObject:
    return writer().user(user) or {}
