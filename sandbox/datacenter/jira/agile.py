"""Boards, sprints and epics as `/rest/agile/1.0` writes them, and issues by their rank."""

from http import HTTPStatus

from flask import request

from sandbox.datacenter import errors
from sandbox.datacenter.jira.epics import COLOURS
from sandbox.datacenter.jira.routes_search import answered, found
from sandbox.jira import wire_plans
from sandbox.jira.model import Issue
from sandbox.jira.ranks import rank_of
from sandbox.jira.routes_issues import found_issue
from sandbox.jira.sprints import Board, Sprint
from sandbox.site import current_site
from sandbox.wire import JsonObject


def link(path: str) -> str:
    return f"{current_site().jira_base}/rest/agile/1.0/{path}"


def board_written(board: Board) -> JsonObject:
    kind = "scrum" if board.type == "simple" else board.type
    return {
        "id": board.id,
        "self": link(f"board/{board.id}"),
        "name": board.name,
        "type": kind,
    }


def sprint_written(held: Sprint) -> JsonObject:
    return {
        "id": held.id,
        "self": link(f"sprint/{held.id}"),
        "state": held.state,
        "name": held.name,
        **wire_plans.sprint_dates(held),
        "originBoardId": held.board,
        "goal": held.goal,
        "synced": False,
    }


def found_epic(id_or_key: str) -> Issue:
    issue = found_issue(id_or_key)
    if issue.type.level != 1:
        message = "The requested issue is not an epic, or you do not have permission to view it."
        raise errors.jira(HTTPStatus.NOT_FOUND, [message])
    return issue


def epic_written(epic: Issue) -> JsonObject:
    own = current_site().dc.epics.of(epic)
    return {
        "id": epic.id,
        "key": epic.key,
        "self": link(f"epic/{epic.id}"),
        "name": own.name,
        "summary": epic.summary,
        "color": {"key": f"color_{COLOURS.index(own.colour) + 1}"},
        "done": own.status.name == "Done",
    }


def asked_issues() -> list[Issue]:
    """What the `jql` of the request leaves, epics apart. Raises `JqlErrors`."""
    return found(request.args.get("jql", ""))


def ranked(issues: list[Issue]) -> JsonObject:
    if "order by" not in request.args.get("jql", "").casefold():
        issues = sorted(issues, key=rank_of)
    return answered(issues)
