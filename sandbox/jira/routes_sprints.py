"""Sprints, what is in them, and the order of issues."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import member
from sandbox.jira import agile_wire
from sandbox.jira.agile_lists import issue_page, page
from sandbox.jira.agile_place import found_board, found_sprint, moved_issues, project_of
from sandbox.jira.events import sprint_event
from sandbox.jira.model import Issue
from sandbox.jira.ranks import between, rank_of
from sandbox.jira.requests import body_object, split_parameter
from sandbox.jira.routes_issues import found_issue, writer
from sandbox.jira.sprints import ACTIVE, CLOSED, FUTURE, STATES, Sprint
from sandbox.site import current_site
from sandbox.wire import JsonObject, as_text

api = Blueprint("sprints", __name__)

LONGEST_NAME = 30
_DATES = {"startDate": "start", "endDate": "finish", "completeDate": "completed"}


@api.get("/board/<board_id>/sprint")
def board_sprints(board_id: str) -> ResponseReturnValue:
    held = found_board(board_id)
    if held.type == "kanban":
        raise errors.jira(HTTPStatus.BAD_REQUEST, ["The board does not support sprints"])
    states = set(split_parameter("state"))
    if states - set(STATES):
        raise _wrong("The sprint state must be one of active, closed and future.")
    found = [
        agile_wire.sprint(writer().base, one)
        for one in current_site().issues.annexes.sprints.of(held.id)
        if not states or one.state in states
    ]
    return page(found, total=False)


@api.get("/board/<board_id>/sprint/<sprint_id>/issue")
def board_sprint_issues(board_id: str, sprint_id: str) -> ResponseReturnValue:
    key, held = found_board(board_id).project, found_sprint(sprint_id)
    return issue_page(lambda issue: issue.project == key and held.id in issue.sprints)


@api.post("/sprint")
def create_sprint() -> ResponseReturnValue:
    body = body_object()
    board = found_board(str(body.get("originBoardId")))
    _check_worker(board.id)
    site = current_site()
    values = _values(body | {"name": body.get("name")})
    values["created"] = site.now().isoformat()
    made = site.issues.annexes.sprints.add(Sprint(0, board.id, **values))
    _tell("sprint_created", made)
    return agile_wire.sprint(writer().base, made), HTTPStatus.CREATED


@api.get("/sprint/<sprint_id>")
def sprint(sprint_id: str) -> ResponseReturnValue:
    return agile_wire.sprint(writer().base, found_sprint(sprint_id))


@api.put("/sprint/<sprint_id>")
def replace_sprint(sprint_id: str) -> ResponseReturnValue:
    """What is not said is gone, but for the board."""
    before, body = found_sprint(sprint_id), body_object()
    blank = Sprint(before.id, before.board, "", created=before.created)
    told = {"name": body.get("name"), "state": body.get("state")} | body
    return _changed(before, replace(blank, **_values(told)))


@api.post("/sprint/<sprint_id>")
def edit_sprint(sprint_id: str) -> ResponseReturnValue:
    """Only what is said changes."""
    before = found_sprint(sprint_id)
    return _changed(before, replace(before, **_values(body_object())))


@api.delete("/sprint/<sprint_id>")
def delete_sprint(sprint_id: str) -> ResponseReturnValue:
    held, me = found_sprint(sprint_id), member()
    _check_worker(held.board)
    site = current_site()
    for issue in _inside(held):
        left = tuple(one for one in issue.sprints if one != held.id)
        site.desk.plan(issue, me, sprints=left)
    site.issues.annexes.sprints.remove(held.id)
    _tell("sprint_deleted", held)
    return "", HTTPStatus.NO_CONTENT


@api.get("/sprint/<sprint_id>/issue")
def sprint_issues(sprint_id: str) -> ResponseReturnValue:
    held = found_sprint(sprint_id)
    return issue_page(lambda issue: held.id in issue.sprints)


@api.post("/sprint/<sprint_id>/issue")
def move_to_sprint(sprint_id: str) -> ResponseReturnValue:
    held, me = found_sprint(sprint_id), member()
    if held.state == CLOSED:
        raise _wrong("Issues can only be moved to open or active sprints.")
    body = body_object()
    for issue in moved_issues(body):
        past = tuple(one for one in issue.sprints if _is_closed(one))
        current_site().desk.plan(issue, me, sprints=(*past, held.id))
    _rank(body)
    return "", HTTPStatus.NO_CONTENT


@api.post("/backlog/issue")
def move_to_backlog() -> ResponseReturnValue:
    for issue in moved_issues(body_object()):
        past = tuple(one for one in issue.sprints if _is_closed(one))
        current_site().desk.plan(issue, member(), sprints=past)
    return "", HTTPStatus.NO_CONTENT


@api.put("/issue/rank")
def rank() -> ResponseReturnValue:
    body = body_object()
    if (body.get("rankBeforeIssue") is None) == (body.get("rankAfterIssue") is None):
        raise _wrong("Either rankBeforeIssue or rankAfterIssue must be given.")
    moved_issues(body)
    _rank(body)
    return "", HTTPStatus.NO_CONTENT


def _rank(body: JsonObject) -> None:
    """Before or after another issue, in the order in which the issues are named."""
    before, after = body.get("rankBeforeIssue"), body.get("rankAfterIssue")
    if before is None and after is None:
        return
    moved = moved_issues(body)
    border = found_issue(str(before if before is not None else after))
    if border.id in {issue.id for issue in moved}:
        raise _wrong("An issue cannot be ranked relative to itself.")
    low, high = _gap(border, {issue.id for issue in moved}, before=before is not None)
    for issue in moved:
        low = between(low, high)
        current_site().desk.plan(issue, member(), rank=low)


def _gap(border: Issue, without: set[int], *, before: bool) -> tuple[str, str | None]:
    """The ranks between which there is to be room."""
    here = rank_of(border)
    ranks = [rank_of(issue) for issue in current_site().issues.all() if issue.id not in without]
    if before:
        return max((rank for rank in ranks if rank < here), default=""), here
    return here, min((rank for rank in ranks if rank > here), default=None)


def _changed(before: Sprint, after: Sprint) -> ResponseReturnValue:
    _check_worker(before.board)
    if (before.state, after.state) not in {
        (FUTURE, ACTIVE),
        (ACTIVE, CLOSED),
        *((state, state) for state in STATES),
    }:
        raise _wrong(f"A sprint cannot go from {before.state} to {after.state}.")
    if after.state == ACTIVE and not (after.start and after.finish):
        raise _wrong("The sprint needs a start date and an end date to be started.")
    site = current_site()
    if after.state == CLOSED and not after.completed:
        after = replace(after, completed=site.now().isoformat())
    site.issues.annexes.sprints.put(after)
    moved = {ACTIVE: "sprint_started", CLOSED: "sprint_closed"}
    event = "sprint_updated" if before.state == after.state else moved[after.state]
    _tell(event, after, before)
    if event == "sprint_closed":
        _release_open(after)
    return agile_wire.sprint(writer().base, after)


def _release_open(closed: Sprint) -> None:
    """What is not done goes back to the backlog; the sprint remains in its past."""
    me = member()
    for issue in _inside(closed):
        if issue.status.category.key != "done":
            left = tuple(one for one in issue.sprints if one != closed.id)
            current_site().desk.plan(issue, me, sprints=left)


def _inside(held: Sprint) -> Iterator[Issue]:
    return (issue for issue in current_site().issues.all() if held.id in issue.sprints)


def _values(body: JsonObject) -> JsonObject:
    values: JsonObject = {}
    if "name" in body:
        name = as_text(body["name"]).strip()
        if not 1 <= len(name) <= LONGEST_NAME:
            raise _wrong(f"The sprint name must have between 1 and {LONGEST_NAME} characters.")
        values["name"] = name
    if "goal" in body:
        values["goal"] = as_text(body["goal"])
    if "state" in body:
        if body["state"] not in STATES:
            raise _wrong("The sprint state must be one of active, closed and future.")
        values["state"] = body["state"]
    for told, name in _DATES.items():
        if told in body:
            values[name] = _moment(told, body[told])
    return values


def _moment(name: str, given: object) -> str | None:
    if given is None:
        return None
    try:
        found = datetime.fromisoformat(as_text(given))
    except ValueError:
        raise _wrong(f"'{name}' is not a valid date.") from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=current_site().now().tzinfo)
    return found.isoformat()


def _check_worker(board_id: int) -> None:
    project = project_of(found_board(str(board_id)))
    if not current_site().issues.may_work(project.key, member()):
        message = "You do not have permission to manage sprints in this project."
        raise errors.jira(HTTPStatus.FORBIDDEN, [message])


def _is_closed(sprint_id: int) -> bool:
    held = current_site().issues.annexes.sprints.find(sprint_id)
    return held is not None and held.state == CLOSED


def _tell(event: str, held: Sprint, before: Sprint | None = None) -> None:
    base = writer().base
    old = agile_wire.sprint(base, before) if before else None
    current_site().announce(sprint_event(event, agile_wire.sprint(base, held), old))


def _wrong(sentence: str) -> errors.Refused:
    return errors.jira(HTTPStatus.BAD_REQUEST, [sentence])
