"""What the caller may do."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller, member
from sandbox.jira.permissions import PERMISSIONS, described
from sandbox.jira.requests import split_parameter
from sandbox.jira.routes_issues import found_issue
from sandbox.jira.routes_projects import found_project

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
    _check_context()
    return {
        "permissions": {
            key: described(PERMISSIONS[key])
            | {"havePermission": PERMISSIONS[key].held_by(caller())}
            for key in wanted
        }
    }


@api.get("/permissions")
def all_permissions() -> ResponseReturnValue:
    member()
    return {"permissions": {key: described(known) for key, known in PERMISSIONS.items()}}


def _check_context() -> None:
    for name in ("projectKey", "projectId"):
        if name in request.args:
            found_project(request.args[name])
    for name in ("issueKey", "issueId"):
        if name in request.args:
            found_issue(request.args[name])
