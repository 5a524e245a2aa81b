"""Which fields an issue may be created and edited with."""

from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller, member
from sandbox.jira.metadata import creatable_fields, editable_fields
from sandbox.jira.model import Project
from sandbox.jira.requests import body_object, page_bounds, split_parameter
from sandbox.jira.routes_issues import found_issue, workable_issue, writer
from sandbox.jira.routes_projects import found_project
from sandbox.site import current_site
from sandbox.wire import JsonObject

api = Blueprint("meta", __name__)

DEFAULT_LISTED = 50


@api.get("/issue/<issue_id_or_key>/editmeta")
def edit_meta(issue_id_or_key: str) -> ResponseReturnValue:
    issue = found_issue(issue_id_or_key)
    return {"fields": editable_fields(found_project(issue.project), writer())}


@api.put("/issue/<issue_id_or_key>/assignee")
def assign(issue_id_or_key: str) -> ResponseReturnValue:
    """An account id of null takes the issue from its assignee; `-1` is nobody by default here."""
    issue, user = workable_issue(issue_id_or_key, "assign"), member()
    account_id = body_object().get("accountId")
    given = {"accountId": account_id} if account_id not in (None, "-1") else None
    current_site().desk.edit(issue, {"fields": {"assignee": given}}, user)
    return "", HTTPStatus.NO_CONTENT


@api.get("/issue/createmeta")
def old_create_meta() -> ResponseReturnValue:
    """Everything at once, as clients that have not moved on ask for it; fields when expanded."""
    keys, ids = set(split_parameter("projectKeys")), set(split_parameter("projectIds"))
    with_fields = "projects.issuetypes.fields" in split_parameter("expand")
    store, user = current_site().issues, caller()
    chosen = [
        project
        for project in store.projects()
        if store.may_browse(project, user)
        and store.may_work(project.key, user)
        and (not (keys or ids) or project.key in keys or str(project.id) in ids)
    ]
    told = [_project_meta(project, with_fields=with_fields) for project in chosen]
    return {"expand": "projects", "projects": told}


def _project_meta(project: Project, *, with_fields: bool) -> JsonObject:
    names = {name.casefold() for name in split_parameter("issuetypeNames")}
    ids = set(split_parameter("issuetypeIds"))
    types = []
    for kind in project.issue_types:
        if (not names or kind.name.casefold() in names) and (not ids or kind.id in ids):
            fields = creatable_fields(project, kind, writer()) if with_fields else []
            told = {field.pop("fieldId"): field for field in fields}
            types.append(writer().issue_type(kind) | ({"fields": told} if with_fields else {}))
    about = writer().project(project)
    shown = {name: about[name] for name in ("self", "id", "key", "name", "avatarUrls")}
    return {"expand": "issuetypes", **shown, "issuetypes": types}


@api.get("/issue/createmeta/<project_id_or_key>/issuetypes")
def create_meta_types(project_id_or_key: str) -> ResponseReturnValue:
    project = found_project(project_id_or_key)
    return _page("issueTypes", [writer().issue_type(kind) for kind in project.issue_types])


@api.get("/issue/createmeta/<project_id_or_key>/issuetypes/<issue_type_id>")
def create_meta_fields(project_id_or_key: str, issue_type_id: str) -> ResponseReturnValue:
    project = found_project(project_id_or_key)
    kind = next((one for one in project.issue_types if one.id == issue_type_id), None)
    if kind is None:
        raise errors.jira(HTTPStatus.NOT_FOUND, ["The issue type does not exist."])
    return _page("fields", creatable_fields(project, kind, writer()))


def _page(name: str, found: list[JsonObject]) -> JsonObject:
    start, most = page_bounds(DEFAULT_LISTED)
    return {
        "startAt": start,
        "maxResults": most,
        "total": len(found),
        name: found[start : start + most],
    }
