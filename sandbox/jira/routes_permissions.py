"""What the caller may do."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller, member
from sandbox.jira.model import Project
from sandbox.jira.permissions import PERMISSIONS, described
from sandbox.jira.requests import split_parameter
from sandbox.jira.routes_issues import found_issue
from sandbox.jira.routes_projects import found_project
from sandbox.site import current_site

api = Blueprint("permissions", __name__)


@api.get("/mypermissions")
def my_permissions() -> ResponseReturnValue:
    wanted = split_parameter("permissions")
    if not wanted:
        message = "The 'permissions' query parameter is required."
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    if unknown := [key for key in wanted if key not in PERMISSIONS]:
        message = f"Unrecognized permission: {', '.join(unknown)}"
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    store, projects, user = current_site().issues, _context(), caller()
    return {
        "permissions": {
            key: described(PERMISSIONS[key])
            | {"havePermission": PERMISSIONS[key].held_in(projects, user, store)}
            for key in wanted
        }
    }


@api.get("/permissions")
def all_permissions() -> ResponseReturnValue:
    member()
    return {"permissions": {key: described(known) for key, known in PERMISSIONS.items()}}


def _context() -> list[Project]:
    """Where the permissions are asked about: in one project, or in any."""
    for name in ("issueKey", "issueId"):
        if name in request.args:
            return [found_project(found_issue(request.args[name]).project)]
    for name in ("projectKey", "projectId"):
        if name in request.args:
            return [found_project(request.args[name])]
    return current_site().issues.projects()
