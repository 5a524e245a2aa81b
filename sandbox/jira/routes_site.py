"""What a client asks about the site itself: who am I, which projects, which fields."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.clock import jira_time
from sandbox.guard import caller, jira_gate, member
from sandbox.jira.fields import known_fields
from sandbox.jira.model import ISSUE_TYPES, Project
from sandbox.jira.requests import split_parameter
from sandbox.jira.routes_issues import writer
from sandbox.site import current_site
from sandbox.wire import JsonObject

bp = Blueprint("jira_site", __name__, url_prefix="/rest/api/3")
bp.before_request(jira_gate)

DEFAULT_PROJECTS = 50


@bp.get("/myself")
def myself() -> ResponseReturnValue:
    user = member()
    return {
        **(writer().user(user) or {}),
        "locale": user.locale,
        "groups": {"size": 1, "items": []},
        "applicationRoles": {"size": 1, "items": []},
        "expand": "groups,applicationRoles",
    }


@bp.get("/serverInfo")
def server_info() -> ResponseReturnValue:
    """Anonymous callers may read it too."""
    site = current_site()
    return {
        "baseUrl": site.base,
        "displayUrl": site.base,
        "displayUrlConfluence": f"{site.base}/wiki",
        "version": "1001.0.0-SNAPSHOT",
        "versionNumbers": [1001, 0, 0],
        "deploymentType": "Cloud",
        "buildNumber": 100300,
        "buildDate": jira_time(site.now()),
        "serverTime": jira_time(site.now()),
        "scmInfo": "sandbox",
        "serverTitle": "Sandbox Jira",
    }


@bp.get("/field")
def fields() -> ResponseReturnValue:
    return known_fields()


@bp.get("/project/search")
def projects() -> ResponseReturnValue:
    keys = {key.upper() for key in split_parameter("keys")}
    query = request.args.get("query", "").casefold()
    found = [
        project
        for project in (current_site().issues.projects() if caller() else [])
        if (not keys or project.key in keys) and query in f"{project.key} {project.name}".casefold()
    ]
    start = request.args.get("startAt", 0, type=int)
    most = max(1, request.args.get("maxResults", DEFAULT_PROJECTS, type=int))
    shown = found[start : start + most]
    return {
        "self": f"{current_site().base}{request.full_path}",
        "maxResults": most,
        "startAt": start,
        "total": len(found),
        "isLast": start + most >= len(found),
        "values": [_project(project) for project in shown],
    }


def _project(project: Project) -> JsonObject:
    return {
        "expand": "description,lead,issueTypes,url,projectKeys,permissions,insight",
        **writer().project(project),
        "issueTypes": [writer().issue_type(kind) for kind in ISSUE_TYPES.values()],
        "style": "classic",
        "isPrivate": False,
        "properties": {},
    }
