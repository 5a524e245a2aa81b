"""Projects: the list, the search, one of them and what it consists of."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.directory import user_by_id
from sandbox.guard import caller, member
from sandbox.jira import wire_plans
from sandbox.jira.model import Project
from sandbox.jira.pages import page_of
from sandbox.jira.requests import split_parameter
from sandbox.jira.roles import role_links
from sandbox.jira.routes_issues import writer
from sandbox.site import current_site
from sandbox.wire import JsonObject

api = Blueprint("projects", __name__)

DEFAULT_PROJECTS = 50
_LEVELS = {1: "Epic", 0: "Base", -1: "Subtask"}


@api.get("/project")
def projects() -> ResponseReturnValue:
    return [_project(project) for project in _readable()]


@api.get("/project/search")
def search_projects() -> ResponseReturnValue:
    keys = {key.upper() for key in split_parameter("keys")}
    ids = set(split_parameter("id"))
    query = request.args.get("query", "").casefold()
    found = [
        project
        for project in _readable()
        if (not keys or project.key in keys)
        and (not ids or str(project.id) in ids)
        and query in f"{project.key} {project.name}".casefold()
    ]
    return page_of(found, _project, default=DEFAULT_PROJECTS)


@api.get("/project/<project_id_or_key>")
def project(project_id_or_key: str) -> ResponseReturnValue:
    found = found_project(project_id_or_key)
    annexes, link, key = current_site().issues.annexes, writer().link, found.key
    today = current_site().now().date()
    return _project(found) | {
        "description": "",
        "lead": writer().user(user_by_id(found.lead)),
        "components": [wire_plans.component(link, one) for one in annexes.components.of(key)],
        "assigneeType": "UNASSIGNED",
        "versions": [
            wire_plans.whole_version(link, one, project_id=found.id, today=today)
            for one in annexes.versions.of(key)
        ],
        "roles": role_links(found, link),
    }


@api.get("/project/<project_id_or_key>/statuses")
def statuses(project_id_or_key: str) -> ResponseReturnValue:
    found = found_project(project_id_or_key)
    return [
        {
            "self": writer().link(f"issuetype/{kind.id}"),
            "id": kind.id,
            "name": kind.name,
            "subtask": kind.subtask,
            "statuses": [writer().status(status) for status in found.statuses],
        }
        for kind in found.issue_types
    ]


@api.get("/project/<project_id>/hierarchy")
def hierarchy(project_id: str) -> ResponseReturnValue:
    found = found_project(project_id)
    return {
        "projectId": found.id,
        "hierarchy": [
            {
                "level": level,
                "name": name,
                "issueTypes": [
                    {"id": int(kind.id), "name": kind.name, "avatarId": 10300 + int(kind.id) % 100}
                    for kind in found.issue_types
                    if kind.level == level
                ],
            }
            for level, name in _LEVELS.items()
        ],
    }


def found_project(id_or_key: str) -> Project:
    store = current_site().issues
    project = store.project(id_or_key)
    if project is None or not store.may_browse(project, caller()):
        what = "id" if id_or_key.isdecimal() else "key"
        raise errors.jira(
            HTTPStatus.NOT_FOUND, [f"No project could be found with {what} '{id_or_key}'."]
        )
    return project


def administered(project: Project, what: str) -> Project:
    """Versions and components are changed by those who may work in the project."""
    if not current_site().issues.may_work(project.key, member()):
        message = f"You must have the project administration permission to change {what}."
        raise errors.jira(HTTPStatus.FORBIDDEN, [message])
    return project


def _readable() -> list[Project]:
    store = current_site().issues
    return [project for project in store.projects() if store.may_browse(project, caller())]


def _project(project: Project) -> JsonObject:
    return {
        "expand": "description,lead,issueTypes,url,projectKeys,permissions,insight",
        **writer().project(project),
        "issueTypes": [writer().issue_type(kind) for kind in project.issue_types],
        "style": project.style,
        "isPrivate": False,
        "properties": {},
    }
