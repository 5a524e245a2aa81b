"""`/rest/agile/1.0`: boards, sprints, and epics by their key."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.gate import me
from sandbox.datacenter.jira.epics import COLOURS, EPIC_STATUSES
from sandbox.datacenter.jira.requests import page_of, writer
from sandbox.datacenter.jira.routes_search import answered, found
from sandbox.jira import wire_plans
from sandbox.jira.model import Issue
from sandbox.jira.ranks import rank_of
from sandbox.jira.requests import body_object, strings
from sandbox.jira.routes_issues import found_issue, workable_issue
from sandbox.jira.sprints import Board, Sprint
from sandbox.site import current_site
from sandbox.wire import JsonObject, as_text

api = Blueprint("dc_agile", __name__)

_NONE = "none"


def _boards() -> list[Board]:
    """Those of projects one may look into."""
    store, user = current_site().issues, me().user
    places = {project.key for project in store.projects() if store.may_browse(project, user)}
    return [one for one in store.annexes.boards.all() if one.project in places]


def _board(board_id: str) -> Board:
    for one in _boards():
        if str(one.id) == board_id:
            return one
    message = "The requested board cannot be viewed because it either does not exist or you do not"
    raise errors.jira(HTTPStatus.NOT_FOUND, [f"{message} have permission to view it."])


def _link(path: str) -> str:
    return f"{current_site().jira_base}/rest/agile/1.0/{path}"


def _board_written(board: Board) -> JsonObject:
    kind = "scrum" if board.type == "simple" else board.type
    return {
        "id": board.id,
        "self": _link(f"board/{board.id}"),
        "name": board.name,
        "type": kind,
    }


@api.get("/board")
def boards() -> ResponseReturnValue:
    args, kept = request.args, _boards()
    if "projectKeyOrId" in args:
        project = current_site().issues.project(args["projectKeyOrId"])
        kept = [one for one in kept if project is not None and one.project == project.key]
    if "name" in args:
        kept = [one for one in kept if args["name"].casefold() in one.name.casefold()]
    if "type" in args:
        kept = [one for one in kept if _board_written(one)["type"] == args["type"]]
    return page_of(kept, _board_written)


@api.get("/board/<board_id>")
def board(board_id: str) -> ResponseReturnValue:
    return _board_written(_board(board_id))


@api.get("/board/<board_id>/issue")
def board_issues(board_id: str) -> ResponseReturnValue:
    return _ranked(_of_board(_board(board_id)))


@api.get("/board/<board_id>/epic")
def board_epics(board_id: str) -> ResponseReturnValue:
    store, user = current_site().issues, me().user
    project = _board(board_id).project
    epics = [
        one
        for one in store.all()
        if one.project == project and one.type.level == 1 and store.may_read(one, user)
    ]
    return page_of(sorted(epics, key=rank_of), _epic_written)


@api.get("/board/<board_id>/epic/<epic_id>/issue")
def board_epic_issues(board_id: str, epic_id: str) -> ResponseReturnValue:
    if epic_id == _NONE:
        return board_issues_without_epic(board_id)
    epic = _epic(epic_id)
    return _ranked([one for one in _of_board(_board(board_id)) if one.parent_id == epic.id])


@api.get("/board/<board_id>/epic/none/issue")
def board_issues_without_epic(board_id: str) -> ResponseReturnValue:
    return _ranked(
        [
            one
            for one in _of_board(_board(board_id))
            if one.parent_id is None and one.type.level == 0
        ]
    )


@api.get("/board/<board_id>/sprint")
def board_sprints(board_id: str) -> ResponseReturnValue:
    wanted = {part for part in request.args.get("state", "").split(",") if part}
    sprints = current_site().issues.annexes.sprints.of(_board(board_id).id)
    return page_of([one for one in sprints if not wanted or one.state in wanted], _sprint_written)


@api.get("/sprint/<sprint_id>")
def sprint(sprint_id: str) -> ResponseReturnValue:
    return _sprint_written(_sprint(sprint_id))


@api.get("/sprint/<sprint_id>/issue")
def sprint_issues(sprint_id: str) -> ResponseReturnValue:
    wanted = _sprint(sprint_id).id
    return _ranked([one for one in _asked() if wanted in one.sprints])


def _sprint(sprint_id: str) -> Sprint:
    held = current_site().issues.annexes.sprints.find(sprint_id)
    if held is None or held.board not in {one.id for one in _boards()}:
        raise errors.jira(HTTPStatus.NOT_FOUND, ["Sprint does not exist."])
    return held


def _sprint_written(held: Sprint) -> JsonObject:
    return {
        "id": held.id,
        "self": _link(f"sprint/{held.id}"),
        "state": held.state,
        "name": held.name,
        **wire_plans.sprint_dates(held),
        "originBoardId": held.board,
        "goal": held.goal,
        "synced": False,
    }


def _epic(id_or_key: str) -> Issue:
    issue = found_issue(id_or_key)
    if issue.type.level != 1:
        message = "The requested issue is not an epic, or you do not have permission to view it."
        raise errors.jira(HTTPStatus.NOT_FOUND, [message])
    return issue


def _epic_written(epic: Issue) -> JsonObject:
    own = current_site().dc.epics.of(epic)
    return {
        "id": epic.id,
        "key": epic.key,
        "self": _link(f"epic/{epic.id}"),
        "name": own.name,
        "summary": epic.summary,
        "color": {"key": f"color_{COLOURS.index(own.colour) + 1}"},
        "done": own.status.name == "Done",
    }


@api.get("/epic/<epic_id_or_key>")
def epic(epic_id_or_key: str) -> ResponseReturnValue:
    return _epic_written(_epic(epic_id_or_key))


@api.post("/epic/<epic_id_or_key>")
def change_epic(epic_id_or_key: str) -> ResponseReturnValue:
    """Name, summary, and whether it is done on the board."""
    held, given, site = _epic(epic_id_or_key), body_object(), current_site()
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
    return _epic_written(held)


@api.get("/epic/<epic_id_or_key>/issue")
def epic_issues(epic_id_or_key: str) -> ResponseReturnValue:
    if epic_id_or_key == _NONE:
        return issues_without_epic()
    wanted = _epic(epic_id_or_key).id
    return _ranked([one for one in _asked() if one.parent_id == wanted])


@api.get("/epic/none/issue")
def issues_without_epic() -> ResponseReturnValue:
    return _ranked([one for one in _asked() if one.parent_id is None and one.type.level == 0])


@api.post("/epic/<epic_id_or_key>/issue")
def move_to_epic(epic_id_or_key: str) -> ResponseReturnValue:
    """Issues get this epic; under `none` they lose theirs."""
    above = None if epic_id_or_key == _NONE else _epic(epic_id_or_key)
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
def take_from_epic() -> ResponseReturnValue:
    return move_to_epic(_NONE)


@api.get("/issue/<issue_id_or_key>")
def issue(issue_id_or_key: str) -> ResponseReturnValue:
    """An issue with its epic and sprint written out."""
    held = found_issue(issue_id_or_key)
    store, answer = current_site().issues, writer().issue(held)
    above = store.by_id(held.parent_id) if held.type.level == 0 else None
    answer["fields"]["epic"] = _epic_written(above) if above else None
    sprints = [s for s in store.annexes.sprints.all() if s.id in held.sprints]
    answer["fields"]["sprint"] = _sprint_written(sprints[-1]) if sprints else None
    return answer


def _asked() -> list[Issue]:
    """What the `jql` of the request leaves, epics apart. Raises `JqlErrors`."""
    return found(request.args.get("jql", ""))


def _of_board(held: Board) -> list[Issue]:
    return [one for one in _asked() if one.project == held.project and one.type.level < 1]


def _ranked(issues: list[Issue]) -> JsonObject:
    if "order by" not in request.args.get("jql", "").casefold():
        issues = sorted(issues, key=rank_of)
    return answered(issues)
