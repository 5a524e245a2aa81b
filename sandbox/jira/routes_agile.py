"""
`/rest/agile/1.0`: boards, and epics.

https://developer.atlassian.com/cloud/jira/software/rest/intro/
"""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller, jira_gate, member
from sandbox.jira import agile_wire, routes_sprints, wire_plans
from sandbox.jira.agile_lists import issue_page, page
from sandbox.jira.agile_place import found_board, found_epic, moved_issues, project_of
from sandbox.jira.custom_fields import COMPANY_POINTS, RANK, TEAM_POINTS
from sandbox.jira.edits import FieldErrors
from sandbox.jira.jql import JqlErrors
from sandbox.jira.model import Issue
from sandbox.jira.requests import body_object, split_parameter
from sandbox.jira.routes_issues import field_errors, found_issue, writer
from sandbox.jira.sprints import ACTIVE, CLOSED, FUTURE
from sandbox.site import current_site
from sandbox.wire import JsonObject

bp = Blueprint("agile", __name__, url_prefix="/rest/agile/1.0")
bp.before_request(jira_gate)
bp.register_error_handler(FieldErrors, field_errors)
bp.register_blueprint(routes_sprints.api)


@bp.errorhandler(JqlErrors)
def jql_errors(error: JqlErrors) -> ResponseReturnValue:
    return errors.jira(HTTPStatus.BAD_REQUEST, error.messages).body, HTTPStatus.BAD_REQUEST


@bp.get("/board")
def boards() -> ResponseReturnValue:
    member()
    kinds, name = set(split_parameter("type")), request.args.get("name", "").casefold()
    place = request.args.get("projectKeyOrId")
    store = current_site().issues
    if place is not None and store.project(place) is None:
        message = f"No project could be found with key or id '{place}'"
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    found = []
    for held in store.annexes.boards.all():
        project = project_of(held)
        if (
            store.may_browse(project, caller())
            and (not kinds or held.type in kinds)
            and name in held.name.casefold()
            and place in {None, project.key, str(project.id)}
        ):
            found.append(agile_wire.board(writer().base, held, project))
    return page(found)


@bp.get("/board/<board_id>")
def board(board_id: str) -> ResponseReturnValue:
    held = found_board(board_id)
    return agile_wire.board(writer().base, held, project_of(held))


@bp.get("/board/<board_id>/configuration")
def configuration(board_id: str) -> ResponseReturnValue:
    held = found_board(board_id)
    project, base = project_of(held), writer().base
    points = TEAM_POINTS if project.team_managed else COMPANY_POINTS
    name = "Story point estimate" if project.team_managed else "Story Points"
    return {
        "id": held.id,
        "name": held.name,
        "type": held.type,
        "self": f"{base}/rest/agile/1.0/board/{held.id}/configuration",
        "location": {"type": "project", "key": project.key, "id": str(project.id)},
        "columnConfig": {
            "columns": [
                {"name": status.name, "statuses": [{"id": status.id}]}
                for status in project.statuses
            ],
            "constraintType": "none",
        },
        "estimation": {"type": "field", "field": {"fieldId": points, "displayName": name}},
        "ranking": {"rankCustomFieldId": int(RANK.removeprefix("customfield_"))},
    }


@bp.get("/board/<board_id>/issue")
def board_issues(board_id: str) -> ResponseReturnValue:
    key = found_board(board_id).project
    return issue_page(lambda issue: issue.project == key)


@bp.get("/board/<board_id>/backlog")
def backlog(board_id: str) -> ResponseReturnValue:
    """What is neither an epic nor done nor in an active sprint."""
    key = found_board(board_id).project
    sprints = current_site().issues.annexes.sprints.all()
    active = {sprint.id for sprint in sprints if sprint.state == ACTIVE}
    return issue_page(
        lambda issue: (
            issue.project == key
            and issue.type.level == 0
            and issue.status.category.key != "done"
            and not active & set(issue.sprints)
        )
    )


@bp.get("/board/<board_id>/epic")
def epics(board_id: str) -> ResponseReturnValue:
    key, done = found_board(board_id).project, request.args.get("done")
    store = current_site().issues
    told = [
        agile_wire.epic(writer().base, issue)
        for issue in store.all()
        if issue.project == key and issue.type.level == 1 and store.may_read(issue, caller())
    ]
    return page(
        [one for one in told if done is None or one["done"] == (done == "true")], total=False
    )


@bp.get("/board/<board_id>/epic/none/issue")
def board_issues_without_epic(board_id: str) -> ResponseReturnValue:
    key = found_board(board_id).project
    return issue_page(lambda issue: issue.project == key and _is_without_epic(issue))


@bp.get("/board/<board_id>/epic/<epic_id>/issue")
def board_issues_of_epic(board_id: str, epic_id: str) -> ResponseReturnValue:
    key, epic = found_board(board_id).project, found_epic(epic_id)
    return issue_page(lambda issue: issue.project == key and issue.parent_id == epic.id)


@bp.get("/board/<board_id>/version")
def board_versions(board_id: str) -> ResponseReturnValue:
    project, asked = project_of(found_board(board_id)), request.args.get("released")
    today = current_site().now().date()
    told = [
        wire_plans.whole_version(writer().link, one, project_id=project.id, today=today)
        for one in current_site().issues.annexes.versions.of(project.key)
        if asked is None or one.released == (asked == "true")
    ]
    return page([one | {"id": int(one["id"])} for one in told], total=False)


@bp.get("/board/<board_id>/project")
def board_projects(board_id: str) -> ResponseReturnValue:
    return page([writer().project(project_of(found_board(board_id)))])


@bp.get("/epic/<epic_id_or_key>")
def epic(epic_id_or_key: str) -> ResponseReturnValue:
    return agile_wire.epic(writer().base, found_epic(epic_id_or_key))


@bp.get("/epic/none/issue")
def issues_without_epic() -> ResponseReturnValue:
    return issue_page(_is_without_epic)


@bp.get("/epic/<epic_id_or_key>/issue")
def epic_issues(epic_id_or_key: str) -> ResponseReturnValue:
    held = found_epic(epic_id_or_key)
    return issue_page(lambda issue: issue.parent_id == held.id)


@bp.post("/epic/none/issue")
def leave_epics() -> ResponseReturnValue:
    for issue in moved_issues(body_object()):
        current_site().desk.edit(issue, {"fields": {"parent": None}}, member())
    return "", HTTPStatus.NO_CONTENT


@bp.post("/epic/<epic_id_or_key>/issue")
def join_epic(epic_id_or_key: str) -> ResponseReturnValue:
    held = found_epic(epic_id_or_key)
    for issue in moved_issues(body_object()):
        parent = {"fields": {"parent": {"key": held.key}}}
        current_site().desk.edit(issue, parent, member())
    return "", HTTPStatus.NO_CONTENT


@bp.get("/issue/<issue_id_or_key>")
def issue(issue_id_or_key: str) -> ResponseReturnValue:
    """The platform's issue, with its epic and its sprints beside the fields."""
    held = found_issue(issue_id_or_key)
    told = writer().issue(held, split_parameter("fields") or ["*all"])
    told["fields"] |= _beside(held)
    return told | {"self": f"{writer().base}/rest/agile/1.0/issue/{held.id}"}


@bp.get("/issue/<issue_id_or_key>/estimation")
def estimation(issue_id_or_key: str) -> ResponseReturnValue:
    return _estimated(found_issue(issue_id_or_key))


@bp.put("/issue/<issue_id_or_key>/estimation")
def estimate(issue_id_or_key: str) -> ResponseReturnValue:
    """The value is a text with a number, or null."""
    (held,) = moved_issues({"issues": [issue_id_or_key]})
    given = body_object().get("value")
    try:
        value = None if given in (None, "") else float(str(given))
    except ValueError:
        raise errors.jira(HTTPStatus.BAD_REQUEST, ["The estimation must be a number."]) from None
    points = _estimated(held)["fieldId"]
    return _estimated(current_site().desk.edit(held, {"fields": {points: value}}, member()))


def _estimated(held: Issue) -> JsonObject:
    team = held.type.owner is not None
    told: JsonObject = {"fieldId": TEAM_POINTS if team else COMPANY_POINTS}
    return told | ({} if held.points is None else {"value": held.points})


def _is_without_epic(issue: Issue) -> bool:
    return issue.type.level == 0 and issue.parent_id is None


def _beside(held: Issue) -> JsonObject:
    store, base = current_site().issues, writer().base
    above = store.by_id(held.parent_id)
    sprints = [one for one in store.annexes.sprints.all() if one.id in held.sprints]
    now = [agile_wire.sprint(base, one) for one in sprints if one.state in {ACTIVE, FUTURE}]
    return {
        "flagged": False,
        "epic": agile_wire.epic(base, above) if above and above.type.level == 1 else None,
        "sprint": now[0] if now else None,
        "closedSprints": [agile_wire.sprint(base, one) for one in sprints if one.state == CLOSED],
    }
