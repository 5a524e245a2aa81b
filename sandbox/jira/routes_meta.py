"""Which fields an issue may be created and edited with."""

from http import HTTPStatus
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import member
from sandbox.jira.metadata import CREATABLE, editable_fields, field_metadata
from sandbox.jira.model import ISSUE_TYPES, IssueType, Project
from sandbox.jira.requests import body_object, page_bounds
from sandbox.jira.routes_issues import found_issue, workable_issue, writer
from sandbox.jira.routes_projects import found_project
from sandbox.site import current_site
from sandbox.wire import JsonObject

api = Blueprint("meta", __name__)

DEFAULT_LISTED = 50


@api.get("/issue/<issue_id_or_key>/editmeta")
def edit_meta(issue_id_or_key: str) -> ResponseReturnValue:
    found_issue(issue_id_or_key)
    return {"fields": editable_fields()}


@api.put("/issue/<issue_id_or_key>/assignee")
def assign(issue_id_or_key: str) -> ResponseReturnValue:
    """An account id of null takes the issue from its assignee; `-1` is nobody by default here."""
    issue, user = workable_issue(issue_id_or_key, "assign"), member()
    account_id = body_object().get("accountId")
    given = {"accountId": account_id} if account_id not in (None, "-1") else None
    current_site().desk.edit(issue, {"fields": {"assignee": given}}, user)
    return "", HTTPStatus.NO_CONTENT


@api.get("/issue/createmeta/<project_id_or_key>/issuetypes")
def create_meta_types(project_id_or_key: str) -> ResponseReturnValue:
    found_project(project_id_or_key)
    kinds = [writer().issue_type(kind) for kind in ISSUE_TYPES.values()]
    return _page("issueTypes", kinds)


@api.get("/issue/createmeta/<project_id_or_key>/issuetypes/<issue_type_id>")
def create_meta_fields(project_id_or_key: str, issue_type_id: str) -> ResponseReturnValue:
    project, kind = found_project(project_id_or_key), ISSUE_TYPES.get(issue_type_id)
    if kind is None:
        raise errors.jira(HTTPStatus.NOT_FOUND, ["The issue type does not exist."])
    return _page("fields", [_to_create(name, project, kind) for name in CREATABLE])


def _page(name: str, found: list[JsonObject]) -> JsonObject:
    start, most = page_bounds(DEFAULT_LISTED)
    return {
        "startAt": start,
        "maxResults": most,
        "total": len(found),
        name: found[start : start + most],
    }


def _to_create(name: str, project: Project, kind: IssueType) -> JsonObject:
    allowed: dict[str, list[Any]] = {
        "project": [writer().project(project)],
        "issuetype": [writer().issue_type(kind)],
    }
    required = name in {"project", "issuetype", "summary"} or (name == "parent" and kind.subtask)
    values = {"allowedValues": allowed[name]} if name in allowed else {}
    return field_metadata(name) | {"fieldId": name, "required": required} | values
