"""Versions of projects."""

from dataclasses import replace
from datetime import date
from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller, member
from sandbox.jira import wire_plans
from sandbox.jira.events import version_event
from sandbox.jira.model import Issue, Project
from sandbox.jira.pages import page_of
from sandbox.jira.releases import Version
from sandbox.jira.requests import body_object
from sandbox.jira.routes_issues import writer
from sandbox.jira.routes_projects import administered, found_project
from sandbox.site import current_site
from sandbox.wire import JsonObject, as_text

api = Blueprint("versions", __name__)

LONGEST_NAME = 255
_FLAGS = ("archived", "released")
_DAYS = {"startDate": "start", "releaseDate": "release"}


@api.get("/project/<project_id_or_key>/versions")
def versions(project_id_or_key: str) -> ResponseReturnValue:
    project = found_project(project_id_or_key)
    return [_written(one) for one in current_site().issues.annexes.versions.of(project.key)]


@api.get("/project/<project_id_or_key>/version")
def page_of_versions(project_id_or_key: str) -> ResponseReturnValue:
    project, query = found_project(project_id_or_key), request.args.get("query", "").casefold()
    statuses = set(request.args.get("status", "").split(",")) - {""}
    found = [
        one
        for one in current_site().issues.annexes.versions.of(project.key)
        if query in f"{one.name} {one.description}".casefold()
        and (not statuses or _status(one) in statuses)
    ]
    if request.args.get("orderBy", "").startswith("-"):
        found.reverse()
    return page_of(found, _written)


@api.post("/version")
def create_version() -> ResponseReturnValue:
    body = body_object()
    named = body.get("projectId") if body.get("projectId") is not None else body.get("project")
    project = _administered(found_project(str(named)))
    values = _values(body, project, None)
    if "name" not in values:
        raise _wrong("name", "You must specify a valid version name")
    site = current_site()
    made = site.issues.annexes.versions.add(Version(0, project.key, **values))
    site.announce(version_event("jira:version_created", _written(made)))
    return _written(made), HTTPStatus.CREATED


@api.get("/version/<id>")
def version(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    return _written(_found(id))


@api.put("/version/<id>")
def edit_version(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    before = _found(id)
    project = _administered(found_project(before.project))
    after = replace(before, **_values(body_object(), project, before))
    site = current_site()
    site.issues.annexes.versions.put(after)
    event = "jira:version_updated"
    if after.released != before.released:
        event = f"jira:version_{'released' if after.released else 'unreleased'}"
    site.announce(version_event(event, _written(after)))
    return _written(after)


@api.delete("/version/<id>")
def delete_version(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    """Issues lose the version, or get another one in its place."""
    held = _found(id)
    project = _administered(found_project(held.project))
    fix, affected = (
        _swap(request.args.get(name), project)
        for name in ("moveFixIssuesTo", "moveAffectedIssuesTo")
    )
    _replace(held, fix=fix, affected=affected)
    current_site().issues.annexes.versions.remove(held.id)
    current_site().announce(version_event("jira:version_deleted", _written(held)))
    return "", HTTPStatus.NO_CONTENT


@api.put("/version/<id>/mergeto/<move_issues_to>")
def merge_versions(id: str, move_issues_to: str) -> ResponseReturnValue:  # noqa: A002 - published
    held, other = _found(id), _found(move_issues_to)
    _administered(found_project(held.project))
    if other.id == held.id or other.project != held.project:
        raise errors.jira(HTTPStatus.BAD_REQUEST, ["The version to merge to is not valid."])
    _replace(held, fix=other.id, affected=other.id)
    current_site().issues.annexes.versions.remove(held.id)
    merged = {"mergedTo": _written(other)}
    current_site().announce(version_event("jira:version_deleted", _written(held)) | merged)
    return "", HTTPStatus.NO_CONTENT


@api.get("/version/<id>/relatedIssueCounts")
def related_counts(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    held = _found(id)
    issues = _readable(held.project)
    return {
        "self": writer().link(f"version/{held.id}"),
        "issuesFixedCount": sum(held.id in issue.fix_versions for issue in issues),
        "issuesAffectedCount": sum(held.id in issue.affected_versions for issue in issues),
        "issueCountWithCustomFieldsShowingVersion": 0,
        "customFieldUsage": [],
    }


@api.get("/version/<id>/unresolvedIssueCount")
def unresolved_count(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    held = _found(id)
    issues = [issue for issue in _readable(held.project) if held.id in issue.fix_versions]
    return {
        "self": writer().link(f"version/{held.id}"),
        "issuesCount": len(issues),
        "issuesUnresolvedCount": sum(issue.resolution_id is None for issue in issues),
    }


def _found(version_id: str) -> Version:
    store = current_site().issues
    held = store.annexes.versions.find(version_id)
    project = store.project(held.project) if held else None
    if held is None or project is None or not store.may_browse(project, caller()):
        message = f"Could not find version for id '{version_id}'"
        raise errors.jira(HTTPStatus.NOT_FOUND, [message])
    return held


def _administered(project: Project) -> Project:
    return administered(project, "versions")


def _values(body: JsonObject, project: Project, before: Version | None) -> JsonObject:
    values: JsonObject = {}
    if "name" in body:
        values["name"] = _name(body["name"], project, before)
    if "description" in body:
        values["description"] = as_text(body["description"])
    for flag in _FLAGS:
        if flag in body:
            if not isinstance(body[flag], bool):
                raise _wrong(flag, "true or false is expected")
            values[flag] = body[flag]
    for told, name in _DAYS.items():
        if told in body:
            values[name] = _day(told, body[told])
    start, release = (values.get(n, getattr(before, n, None)) for n in _DAYS.values())
    if start and release and start > release:
        raise _wrong("startDate", "The start date must be before the release date")
    return values


def _name(given: object, project: Project, before: Version | None) -> str:
    name = as_text(given).strip()
    if not name or len(name) > LONGEST_NAME:
        raise _wrong("name", "You must specify a valid version name")
    known = current_site().issues.annexes.versions.of(project.key)
    if any(one.name == name and one != before for one in known):
        raise _wrong("name", "A version with this name already exists in this project.")
    return name


def _day(name: str, given: object) -> str | None:
    if given in (None, ""):
        return None
    try:
        return date.fromisoformat(as_text(given)).isoformat()
    except ValueError as error:
        message = "Error parsing date: the expected format is yyyy-MM-dd"
        raise _wrong(name, message) from error


def _swap(given: str | None, project: Project) -> int | None:
    if given is None:
        return None
    other = _found(given)
    if other.project != project.key:
        raise errors.jira(HTTPStatus.BAD_REQUEST, ["The version is of another project."])
    return other.id


def _replace(held: Version, *, fix: int | None, affected: int | None) -> None:
    site, author = current_site(), member()
    for issue in site.issues.all():
        if held.id in issue.fix_versions or held.id in issue.affected_versions:
            site.desk.plan(
                issue,
                author,
                fix_versions=_with(issue.fix_versions, held.id, fix),
                affected_versions=_with(issue.affected_versions, held.id, affected),
            )


def _with(ids: tuple[int, ...], gone: int, instead: int | None) -> tuple[int, ...]:
    if gone not in ids:
        return ids
    left = [one for one in ids if one != gone]
    return tuple(dict.fromkeys([*left, instead] if instead is not None else left))


def _readable(project: str) -> list[Issue]:
    store = current_site().issues
    return [i for i in store.all() if i.project == project and store.may_read(i, caller())]


def _status(version: Version) -> str:
    if version.archived:
        return "archived"
    return "released" if version.released else "unreleased"


def _written(version: Version) -> JsonObject:
    site = current_site()
    project = site.issues.project(version.project)
    return wire_plans.whole_version(
        writer().link,
        version,
        project_id=project.id if project else 0,
        today=site.now().date(),
    )


def _wrong(name: str, sentence: str) -> errors.Refused:
    return errors.jira(HTTPStatus.BAD_REQUEST, errors={name: sentence})
