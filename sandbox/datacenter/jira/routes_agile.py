"""`/rest/agile/1.0`: boards, their sprints and issues."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.gate import me
from sandbox.datacenter.jira.agile import (
    asked_issues,
    board_written,
    epic_written,
    found_epic,
    ranked,
    sprint_written,
)
from sandbox.datacenter.jira.requests import page_of, writer
from sandbox.jira.model import Issue
from sandbox.jira.ranks import rank_of
from sandbox.jira.routes_issues import found_issue
from sandbox.jira.sprints import Board, Sprint
from sandbox.site import current_site

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


@api.get("/board")
def boards() -> ResponseReturnValue:
    args, kept = request.args, _boards()
    if "projectKeyOrId" in args:
        project = current_site().issues.project(args["projectKeyOrId"])
        kept = [one for one in kept if project is not None and one.project == project.key]
    if "name" in args:
        kept = [one for one in kept if args["name"].casefold() in one.name.casefold()]
    if "type" in args:
        kept = [one for one in kept if board_written(one)["type"] == args["type"]]
    return page_of(kept, board_written)


@api.get("/board/<board_id>")
def board(board_id: str) -> ResponseReturnValue:
    return board_written(_board(board_id))


@api.get("/board/<board_id>/issue")
def board_issues(board_id: str) -> ResponseReturnValue:
    return ranked(_of_board(_board(board_id)))


@api.get("/board/<board_id>/epic")
def board_epics(board_id: str) -> ResponseReturnValue:
    store, user = current_site().issues, me().user
    project = _board(board_id).project
    epics = [
        one
        for one in store.all()
        if one.project == project and one.type.level == 1 and store.may_read(one, user)
    ]
    return page_of(sorted(epics, key=rank_of), epic_written)


@api.get("/board/<board_id>/epic/<epic_id>/issue")
def board_epic_issues(board_id: str, epic_id: str) -> ResponseReturnValue:
    if epic_id == _NONE:
        return board_issues_withoutfound_epic(board_id)
    epic = found_epic(epic_id)
    return ranked([one for one in _of_board(_board(board_id)) if one.parent_id == epic.id])


@api.get("/board/<board_id>/epic/none/issue")
def board_issues_withoutfound_epic(board_id: str) -> ResponseReturnValue:
    return ranked(
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
    return page_of([one for one in sprints if not wanted or one.state in wanted], sprint_written)


@api.get("/sprint/<sprint_id>")
def sprint(sprint_id: str) -> ResponseReturnValue:
    return sprint_written(_sprint(sprint_id))


@api.get("/sprint/<sprint_id>/issue")
def sprint_issues(sprint_id: str) -> ResponseReturnValue:
    wanted = _sprint(sprint_id).id
    return ranked([one for one in asked_issues() if wanted in one.sprints])


def _sprint(sprint_id: str) -> Sprint:
    held = current_site().issues.annexes.sprints.find(sprint_id)
    if held is None or held.board not in {one.id for one in _boards()}:
        raise errors.jira(HTTPStatus.NOT_FOUND, ["Sprint does not exist."])
    return held


@api.get("/issue/<issue_id_or_key>")
def issue(issue_id_or_key: str) -> ResponseReturnValue:
    """An issue with its epic and sprint written out."""
    held = found_issue(issue_id_or_key)
    store, answer = current_site().issues, writer().issue(held)
    above = store.by_id(held.parent_id) if held.type.level == 0 else None
    answer["fields"]["epic"] = epic_written(above) if above else None
    sprints = [s for s in store.annexes.sprints.all() if s.id in held.sprints]
    answer["fields"]["sprint"] = sprint_written(sprints[-1]) if sprints else None
    return answer


def _of_board(held: Board) -> list[Issue]:
    return [one for one in asked_issues() if one.project == held.project and one.type.level < 1]
