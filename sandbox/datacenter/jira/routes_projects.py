"""Projects, what they consist of, and what one may do in them."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.datacenter.gate import me
from sandbox.datacenter.jira.requests import writer
from sandbox.directory import user_by_id
from sandbox.jira.kinds import COMPANY_TYPES
from sandbox.jira.model import Project
from sandbox.jira.permissions import PERMISSIONS, described
from sandbox.jira.routes_issues import found_issue
from sandbox.jira.routes_projects import found_project
from sandbox.site import current_site

api = Blueprint("dc_projects", __name__)

_EXPAND = "description,lead,issueTypes,url,projectKeys,permissions"


@api.get("/project")
def projects() -> ResponseReturnValue:
    """All of them at once: there is no search."""
    store, user = current_site().issues, me().user
    return [
        {"expand": _EXPAND, **writer().project(one)}
        for one in store.projects()
        if store.may_browse(one, user)
    ]


@api.get("/project/<project_id_or_key>")
def project(project_id_or_key: str) -> ResponseReturnValue:
    found = found_project(project_id_or_key)
    return {
        "expand": _EXPAND,
        **writer().project(found),
        "description": "",
        "lead": writer().user(user_by_id(found.lead)),
        "components": [],
        "issueTypes": [writer().issue_type(kind) for kind in COMPANY_TYPES],
        "assigneeType": "UNASSIGNED",
        "versions": [],
        "roles": {},
        "archived": False,
    }


@api.get("/project/<project_id_or_key>/statuses")
def statuses(project_id_or_key: str) -> ResponseReturnValue:
    found = found_project(project_id_or_key)
    return [
        {
            **{name: writer().issue_type(kind)[name] for name in ("self", "id", "name", "subtask")},
            "statuses": [writer().status(status) for status in found.statuses],
        }
        for kind in COMPANY_TYPES
    ]


@api.get("/mypermissions")
def my_permissions() -> ResponseReturnValue:
    """All of them, whether or not one has them."""
    context, store, user = _context(), current_site().issues, me().user
    return {
        "permissions": {
            key: described(known)
            | {
                "havePermission": known.held_in(context, user, store),
                "deprecatedKey": False,
            }
            for key, known in PERMISSIONS.items()
        }
    }


@api.get("/permissions")
def permissions() -> ResponseReturnValue:
    return {"permissions": {key: described(known) for key, known in PERMISSIONS.items()}}


def _context() -> list[Project]:
    """Where the permissions are asked about: in one project, or in any."""
    args = request.args
    for name in ("issueKey", "issueId"):
        if name in args:
            return [found_project(found_issue(args[name]).project)]
    for name in ("projectKey", "projectId"):
        if name in args:
            return [found_project(args[name])]
    return current_site().issues.projects()
