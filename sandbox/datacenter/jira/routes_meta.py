"""Which fields an issue may be created and edited with."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.jira.fields import (
    EPIC_COLOUR,
    EPIC_LINK,
    EPIC_NAME,
    EPIC_STATUS,
    FIELDS,
    SPRINT,
    STORY_POINTS,
    schema,
)
from sandbox.datacenter.jira.requests import page_of, writer
from sandbox.jira.kinds import COMPANY_TYPES, PRIORITIES, IssueType
from sandbox.jira.metadata import COMMON_FIELDS, LISTS
from sandbox.jira.model import Project
from sandbox.jira.routes_issues import found_issue
from sandbox.jira.routes_projects import found_project
from sandbox.site import current_site
from sandbox.wire import JsonObject

api = Blueprint("dc_meta", __name__)

_SHOWN = (*COMMON_FIELDS, SPRINT)
_EPIC = (EPIC_NAME, EPIC_STATUS, EPIC_COLOUR)
_ALWAYS = {"summary", "issuetype", "project", "reporter"}


@api.get("/issue/createmeta/<project_id_or_key>/issuetypes")
def types(project_id_or_key: str) -> ResponseReturnValue:
    found_project(project_id_or_key)
    return page_of(COMPANY_TYPES, writer().issue_type)


@api.get("/issue/createmeta/<project_id_or_key>/issuetypes/<issue_type_id>")
def fields(project_id_or_key: str, issue_type_id: str) -> ResponseReturnValue:
    project = found_project(project_id_or_key)
    kind = next((one for one in COMPANY_TYPES if one.id == issue_type_id), None)
    if kind is None:
        raise errors.jira(HTTPStatus.BAD_REQUEST, ["The issue type does not exist."])
    names = ("project", *_names(kind), *(("parent",) if kind.subtask else ()))
    return page_of(names, lambda name: _field(name, project, kind))


@api.get("/issue/<issue_id_or_key>/editmeta")
def edit_meta(issue_id_or_key: str) -> ResponseReturnValue:
    issue = found_issue(issue_id_or_key)
    project = found_project(issue.project)
    return {"fields": {name: _field(name, project, issue.type) for name in _names(issue.type)}}


def _names(kind: IssueType) -> tuple[str, ...]:
    if kind.level == 1:
        return (*_SHOWN, STORY_POINTS, *_EPIC)
    return _SHOWN if kind.subtask else (*_SHOWN, STORY_POINTS, EPIC_LINK)


def _field(name: str, project: Project, kind: IssueType) -> JsonObject:
    known = FIELDS[name]
    needed = _ALWAYS | {EPIC_NAME} | ({"parent"} if kind.subtask else set())
    allowed: dict[str, list[Any]] = {
        "project": [writer().project(project)],
        "issuetype": [writer().issue_type(kind)],
        "priority": [writer().priority(level) for level in PRIORITIES.values()],
    }
    return {
        "required": name in needed,
        "schema": schema(known),
        "name": current_site().dc.words.field(known.name),
        "fieldId": name,
        "hasDefaultValue": name in {"priority", "reporter"},
        "operations": ["add", "set", "remove"] if name in LISTS else ["set"],
        **({"allowedValues": allowed[name]} if name in allowed else {}),
    }
