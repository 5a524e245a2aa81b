"""What the site's issues are made of: types, statuses, resolutions, priorities, fields."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller
from sandbox.jira.fields import known_fields
from sandbox.jira.kinds import (
    ACTIVE,
    DONE,
    MEDIUM,
    NEW,
    PRIORITIES,
    RESOLUTIONS,
    STATUSES,
    UNDEFINED,
    Priority,
    Status,
)
from sandbox.jira.model import Project, known_types
from sandbox.jira.pages import page_of
from sandbox.jira.routes_issues import writer
from sandbox.site import current_site
from sandbox.wire import JsonObject

api = Blueprint("catalogue", __name__)

DEFAULT_STATUSES = 200
_CATEGORIES = (UNDEFINED, NEW, ACTIVE, DONE)
_CATEGORY_WORDS = {"new": "TODO", "indeterminate": "IN_PROGRESS", "done": "DONE"}


@api.get("/field")
def fields() -> ResponseReturnValue:
    return known_fields()


@api.get("/issuetype")
def issue_types() -> ResponseReturnValue:
    return [writer().issue_type(kind) for kind in known_types(_browsable())]


@api.get("/issuetype/project")
def issue_types_of_project() -> ResponseReturnValue:
    store = current_site().issues
    project = store.project(request.args.get("projectId", ""))
    if project is None or not store.may_browse(project, caller()):
        raise errors.jira(HTTPStatus.NOT_FOUND, ["The project does not exist."])
    level = request.args.get("level", type=int)
    return [
        writer().issue_type(kind) for kind in project.issue_types if level in {None, kind.level}
    ]


@api.get("/issuetype/<id>")
def issue_type(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    kind = next((known for known in known_types(_browsable()) if known.id == id), None)
    if kind is None:
        raise errors.jira(HTTPStatus.NOT_FOUND, [f"The issue type with id '{id}' does not exist."])
    return writer().issue_type(kind)


@api.get("/status")
def statuses() -> ResponseReturnValue:
    return [writer().status(status) for status in STATUSES.values()]


@api.get("/status/<id_or_name>")
def status(id_or_name: str) -> ResponseReturnValue:
    for known in STATUSES.values():
        if id_or_name in {known.id, known.name}:
            return writer().status(known)
    message = f"The status '{id_or_name}' does not exist."
    raise errors.jira(HTTPStatus.NOT_FOUND, [message])


@api.get("/statuses")
def statuses_by_id() -> ResponseReturnValue:
    wanted = request.args.getlist("id")
    if not wanted:
        raise errors.jira(HTTPStatus.BAD_REQUEST, ["At least one status id is required."])
    return [_scoped(known, None) for known in STATUSES.values() if known.id in wanted]


@api.get("/statuses/search")
def search_statuses() -> ResponseReturnValue:
    args = request.args
    project = current_site().issues.project(args.get("projectId", ""))
    text, category = args.get("searchString", "").casefold(), args.get("statusCategory")
    found = [
        known
        for known in STATUSES.values()
        if text in known.name.casefold()
        and (not args.get("projectId") or (project and known in project.statuses))
        and category in {None, _CATEGORY_WORDS[known.category.key]}
    ]
    return page_of(found, lambda known: _scoped(known, project), default=DEFAULT_STATUSES)


@api.get("/statuscategory")
def categories() -> ResponseReturnValue:
    return [writer().category(category) for category in _CATEGORIES]


@api.get("/statuscategory/<id_or_key>")
def category(id_or_key: str) -> ResponseReturnValue:
    for known in _CATEGORIES:
        if id_or_key in {str(known.id), known.key}:
            return writer().category(known)
    message = f"The status category '{id_or_key}' does not exist."
    raise errors.jira(HTTPStatus.NOT_FOUND, [message])


@api.get("/resolution")
def resolutions() -> ResponseReturnValue:
    return [writer().resolution(known) for known in RESOLUTIONS.values()]


@api.get("/resolution/<id>")
def resolution(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    known = RESOLUTIONS.get(id)
    if known is None:
        raise errors.jira(HTTPStatus.NOT_FOUND, [f"The resolution with id '{id}' does not exist."])
    return writer().resolution(known)


@api.get("/priority")
def priorities() -> ResponseReturnValue:
    return [_priority(level) for level in PRIORITIES.values()]


@api.get("/priority/<id>")
def priority(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    level = PRIORITIES.get(id)
    if level is None:
        raise errors.jira(HTTPStatus.NOT_FOUND, [f"The priority with id '{id}' does not exist."])
    return _priority(level)


def _priority(level: Priority) -> JsonObject:
    return writer().priority(level) | {
        "statusColor": level.colour,
        "description": level.description,
        "isDefault": level is MEDIUM,
    }


def _scoped(known: Status, project: Project | None) -> JsonObject:
    """Statuses of team-managed projects belong to their project."""
    users = [project] if project else [p for p in _browsable() if known in p.statuses]
    scope: JsonObject = {"type": "GLOBAL"}
    if users and all(user.team_managed for user in users):
        scope = {"type": "PROJECT", "project": {"id": str(users[0].id)}}
    return {
        "id": known.id,
        "name": known.name,
        "statusCategory": _CATEGORY_WORDS[known.category.key],
        "scope": scope,
        "description": "",
    }


def _browsable() -> list[Project]:
    store = current_site().issues
    return [project for project in store.projects() if store.may_browse(project, caller())]
