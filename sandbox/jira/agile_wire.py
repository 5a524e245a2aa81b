"""Boards, sprints and epics as the agile API writes them."""

from datetime import datetime

from sandbox.clock import wiki_time
from sandbox.jira.model import Issue, Project
from sandbox.jira.sprints import Board, Sprint
from sandbox.jira.wire_plans import sprint_dates
from sandbox.wire import JsonObject

_COLOURS = 14


def board(base: str, held: Board, project: Project) -> JsonObject:
    return {
        "id": held.id,
        "self": f"{base}/rest/agile/1.0/board/{held.id}",
        "name": held.name,
        "type": held.type,
        "location": {
            "projectId": project.id,
            "displayName": f"{project.name} ({project.key})",
            "projectName": project.name,
            "projectKey": project.key,
            "projectTypeKey": "software",
            "avatarURI": f"{base}/secure/projectavatar?pid={project.id}&size=24",
            "name": f"{project.name} ({project.key})",
        },
        "isPrivate": False,
    }


def sprint(base: str, held: Sprint) -> JsonObject:
    created = wiki_time(datetime.fromisoformat(held.created)) if held.created else None
    return {
        "id": held.id,
        "self": f"{base}/rest/agile/1.0/sprint/{held.id}",
        "state": held.state,
        "name": held.name,
        **sprint_dates(held),
        **({"createdDate": created} if created else {}),
        "originBoardId": held.board,
        "goal": held.goal,
    }


def epic(base: str, held: Issue) -> JsonObject:
    colour = {"key": f"color_{held.id % _COLOURS + 1}"}
    return {
        "id": held.id,
        "key": held.key,
        "self": f"{base}/rest/agile/1.0/epic/{held.id}",
        "name": held.summary,
        "summary": held.summary,
        "color": colour,
        "issueColor": colour,
        "done": held.status.category.key == "done",
    }
