"""`/rest/agile/1.0/epic`: epics by their key, and the issues under them."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.gate import me
from sandbox.datacenter.jira.agile import asked_issues, epic_written, found_epic, ranked
from sandbox.datacenter.jira.epics import EPIC_STATUSES
from sandbox.jira.requests import body_object, strings
from sandbox.jira.routes_issues import workable_issue
from sandbox.site import current_site
from sandbox.wire import as_text

api = Blueprint("dc_epics", __name__)

_NONE = "none"


@api.get("/epic/<epic_id_or_key>")
def epic(epic_id_or_key: str) -> ResponseReturnValue:
    return epic_written(found_epic(epic_id_or_key))


@api.post("/epic/<epic_id_or_key>")
def changefound_epic(epic_id_or_key: str) -> ResponseReturnValue:
    """Name, summary, and whether it is done on the board."""
    held, given, site = found_epic(epic_id_or_key), body_object(), current_site()
    workable_issue(held.key)
    own = site.dc.epics.of(held)
    if "name" in given:
        if not as_text(given["name"]).strip():
            raise errors.jira(HTTPStatus.BAD_REQUEST, ["An epic must have a name."])
        own = replace(own, name=given["name"])
    if "done" in given:
        done = given["done"] is True
        own = replace(own, status=EPIC_STATUSES["10002" if done else "10000"])
    if "summary" in given:
        held = site.desk.edit(held, {"fields": {"summary": given["summary"]}}, me().user)
    site.dc.epics.put(held, own)
    return epic_written(held)


@api.get("/epic/<epic_id_or_key>/issue")
def epic_issues(epic_id_or_key: str) -> ResponseReturnValue:
    if epic_id_or_key == _NONE:
        return issues_withoutfound_epic()
    wanted = found_epic(epic_id_or_key).id
    return ranked([one for one in asked_issues() if one.parent_id == wanted])


@api.get("/epic/none/issue")
def issues_withoutfound_epic() -> ResponseReturnValue:
    return ranked([one for one in asked_issues() if one.parent_id is None and one.type.level == 0])


@api.post("/epic/<epic_id_or_key>/issue")
def move_tofound_epic(epic_id_or_key: str) -> ResponseReturnValue:
    """Issues get this epic; under `none` they lose theirs."""
    above = None if epic_id_or_key == _NONE else found_epic(epic_id_or_key)
    issues = [workable_issue(name) for name in strings(body_object(), "issues")]
    parent = {"key": above.key} if above else None
    for one in issues:
        if one.type.level != 0:
            message = f"Issue '{one.key}' cannot have an epic."
            raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    for one in issues:
        current_site().desk.edit(one, {"fields": {"parent": parent}}, me().user)
    return "", HTTPStatus.NO_CONTENT


@api.post("/epic/none/issue")
def take_fromfound_epic() -> ResponseReturnValue:
    return move_tofound_epic(_NONE)
