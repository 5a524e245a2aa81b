"""Components of projects."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.directory import user_by_id
from sandbox.guard import caller, member
from sandbox.jira import wire_plans
from sandbox.jira.model import Project
from sandbox.jira.pages import page_of
from sandbox.jira.releases import Component
from sandbox.jira.requests import body_object
from sandbox.jira.routes_issues import writer
from sandbox.jira.routes_projects import administered, found_project
from sandbox.site import current_site
from sandbox.wire import JsonObject, as_text

api = Blueprint("components", __name__)

LONGEST_NAME = 255


@api.get("/project/<project_id_or_key>/components")
def components(project_id_or_key: str) -> ResponseReturnValue:
    project = found_project(project_id_or_key)
    return [_written(one) for one in current_site().issues.annexes.components.of(project.key)]


@api.get("/project/<project_id_or_key>/component")
def page_of_components(project_id_or_key: str) -> ResponseReturnValue:
    project, query = found_project(project_id_or_key), request.args.get("query", "").casefold()
    known = current_site().issues.annexes.components.of(project.key)
    found = [one for one in known if query in f"{one.name} {one.description}".casefold()]
    return page_of(found, lambda one: _written(one) | {"issueCount": _count(one)})


@api.post("/component")
def create_component() -> ResponseReturnValue:
    body = body_object()
    project = _administered(found_project(as_text(body.get("project"))))
    if "name" not in body:
        raise _wrong("name", "The component name specified is invalid - cannot be an empty string.")
    values = _values(body, project, None)
    made = current_site().issues.annexes.components.add(Component(0, project.key, **values))
    return _written(made), HTTPStatus.CREATED


@api.get("/component/<id>")
def component(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    return _written(_found(id))


@api.put("/component/<id>")
def edit_component(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    before = _found(id)
    project = _administered(found_project(before.project))
    after = replace(before, **_values(body_object(), project, before))
    current_site().issues.annexes.components.put(after)
    return _written(after)


@api.delete("/component/<id>")
def delete_component(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    held = _found(id)
    _administered(found_project(held.project))
    instead = _found(request.args["moveIssuesTo"]) if "moveIssuesTo" in request.args else None
    site = current_site()
    for issue in site.issues.all():
        if held.id in issue.components:
            left = [one for one in issue.components if one != held.id]
            after = dict.fromkeys([*left, instead.id] if instead else left)
            site.desk.plan(issue, member(), components=tuple(after))
    site.issues.annexes.components.remove(held.id)
    return "", HTTPStatus.NO_CONTENT


@api.get("/component/<id>/relatedIssueCounts")
def related_counts(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    held = _found(id)
    return {"self": writer().link(f"component/{held.id}"), "issueCount": _count(held)}


def _found(component_id: str) -> Component:
    store = current_site().issues
    held = store.annexes.components.find(component_id)
    project = store.project(held.project) if held else None
    if held is None or project is None or not store.may_browse(project, caller()):
        message = f"The component with id {component_id} does not exist."
        raise errors.jira(HTTPStatus.NOT_FOUND, [message])
    return held


def _administered(project: Project) -> Project:
    return administered(project, "components")


def _values(body: JsonObject, project: Project, before: Component | None) -> JsonObject:
    values: JsonObject = {}
    if "name" in body:
        name = as_text(body["name"]).strip()
        if not name or len(name) > LONGEST_NAME:
            message = "The component name specified is invalid - cannot be an empty string."
            raise _wrong("name", message)
        known = current_site().issues.annexes.components.of(project.key)
        if any(one.name == name and one != before for one in known):
            message = f"A component with the name {name} already exists in this project."
            raise _wrong("name", message)
        values["name"] = name
    if "description" in body:
        values["description"] = as_text(body["description"])
    if "leadAccountId" in body:
        lead = user_by_id(as_text(body["leadAccountId"]))
        if lead is None and body["leadAccountId"]:
            raise _wrong("leadAccountId", "The user does not exist.")
        values["lead"] = lead.account_id if lead else None
    return values


def _count(held: Component) -> int:
    store = current_site().issues
    return sum(
        held.id in issue.components and store.may_read(issue, caller()) for issue in store.all()
    )


def _written(held: Component) -> JsonObject:
    project = current_site().issues.project(held.project)
    lead = writer().user(user_by_id(held.lead))
    return wire_plans.component(writer().link, held) | {
        **({"lead": lead} if lead else {}),
        "assigneeType": "PROJECT_DEFAULT",
        "realAssigneeType": "PROJECT_DEFAULT",
        "isAssigneeTypeValid": False,
        "project": held.project,
        "projectId": project.id if project else 0,
    }


def _wrong(name: str, sentence: str) -> errors.Refused:
    return errors.jira(HTTPStatus.BAD_REQUEST, errors={name: sentence})
