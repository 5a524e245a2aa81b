"""The board, epic, sprint or issues that a request to the agile API means."""

from http import HTTPStatus

from sandbox import errors
from sandbox.guard import caller, member
from sandbox.jira.model import Issue, Project
from sandbox.jira.requests import bad_payload, strings
from sandbox.jira.routes_issues import found_issue, workable_issue
from sandbox.jira.sprints import Board, Sprint
from sandbox.site import current_site
from sandbox.wire import JsonObject

MOST_MOVED = 50


def found_board(board_id: str) -> Board:
    member()
    store = current_site().issues
    held = store.annexes.boards.find(board_id)
    if held is None or not store.may_browse(project_of(held), caller()):
        message = "The requested board cannot be viewed because it either does not exist or you"
        raise errors.jira(HTTPStatus.NOT_FOUND, [f"{message} do not have permission to view it."])
    return held


def project_of(board: Board) -> Project:
    project = current_site().issues.project(board.project)
    assert project is not None
    return project


def found_sprint(sprint_id: str) -> Sprint:
    member()
    store = current_site().issues
    held = store.annexes.sprints.find(sprint_id)
    if held is None:
        raise errors.jira(HTTPStatus.NOT_FOUND, ["Sprint does not exist."])
    found_board(str(held.board))
    return held


def found_epic(id_or_key: str) -> Issue:
    issue = found_issue(id_or_key)
    if issue.type.level != 1:
        message = f"The issue '{issue.key}' is not an epic."
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    return issue


def moved_issues(body: JsonObject) -> list[Issue]:
    """At most fifty, all of which the caller may change."""
    names = strings(body, "issues")
    if not names:
        raise bad_payload()
    if len(names) > MOST_MOVED:
        message = f"The maximum number of issues that can be moved is {MOST_MOVED}."
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    return [workable_issue(name, "edit") for name in names]
