"""What issues are planned by, as Jira's REST API writes it: versions, sprints, time, security."""

from collections.abc import Callable
from datetime import date, datetime

from sandbox.clock import wiki_time
from sandbox.jira.kinds import SecurityLevel
from sandbox.jira.releases import Component, Version
from sandbox.jira.sprints import Sprint
from sandbox.wire import JsonObject

Link = Callable[[str], str]
_DAY = "%d/%b/%y"


def version(link: Link, held: Version) -> JsonObject:
    """As it appears inside an issue."""
    told: JsonObject = {
        "self": link(f"version/{held.id}"),
        "id": str(held.id),
        "description": held.description,
        "name": held.name,
        "archived": held.archived,
        "released": held.released,
    }
    return told | ({"releaseDate": held.release} if held.release else {})


def whole_version(link: Link, held: Version, *, project_id: int, today: date) -> JsonObject:
    told = version(link, held) | {"projectId": project_id}
    if held.start:
        told |= {"startDate": held.start, "userStartDate": _for_people(held.start)}
    if held.release:
        told |= {"userReleaseDate": _for_people(held.release), "overdue": held.overdue(today)}
    return told


def component(link: Link, held: Component) -> JsonObject:
    """As it appears inside an issue."""
    told = {"self": link(f"component/{held.id}"), "id": str(held.id), "name": held.name}
    return told | ({"description": held.description} if held.description else {})


def sprint(held: Sprint) -> JsonObject:
    """As the Sprint field writes it."""
    told: JsonObject = {
        "id": held.id,
        "name": held.name,
        "state": held.state,
        "boardId": held.board,
        "goal": held.goal,
    }
    return told | sprint_dates(held)


def sprint_dates(held: Sprint) -> JsonObject:
    """Those that are known."""
    moments = {
        "startDate": held.start,
        "endDate": held.finish,
        "completeDate": held.completed,
    }
    return {
        name: wiki_time(datetime.fromisoformat(moment))
        for name, moment in moments.items()
        if moment
    }


def security(link: Link, level: SecurityLevel) -> JsonObject:
    return {
        "self": link(f"securitylevel/{level.id}"),
        "id": level.id,
        "description": level.description,
        "name": level.name,
    }


def _for_people(day: str) -> str:
    return date.fromisoformat(day).strftime(_DAY)
