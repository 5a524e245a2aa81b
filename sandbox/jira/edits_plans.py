"""Fields whose values belong to a project: versions, components, sprints, priorities, points."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from sandbox.directory import user_by_id
from sandbox.jira.annexes import Annexes
from sandbox.jira.custom_fields import COMPANY_POINTS, SPRINT, TEAM_POINTS
from sandbox.jira.kinds import PRIORITIES, SECURITY_LEVELS
from sandbox.jira.model import Issue, Project
from sandbox.jira.sprints import CLOSED
from sandbox.wire import JsonObject, as_object, as_text

LARGEST_NUMBER = 1e14


class WrongValue(ValueError):
    """What is wrong with the value of one field."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field is set; `before` None for an issue that is being made."""

    project: Project
    annexes: Annexes
    before: Issue | None = None


class _Named(Protocol):
    @property
    def id(self) -> int: ...

    @property
    def name(self) -> str: ...


Reader = Callable[[object, Place], JsonObject]


def readers(place: Place) -> dict[str, Reader]:
    """The fields that are on the screens of the project, each with what reads its value."""
    known: dict[str, Reader] = {
        "priority": _priority,
        "reporter": _reporter,
        "components": _components,
        "fixVersions": _fix_versions,
        "versions": _affected_versions,
        SPRINT: _sprint,
    }
    if place.project.team_managed:
        return known | {TEAM_POINTS: _points}
    return known | {COMPANY_POINTS: _points, "security": _security}


def held_names(field: str, place: Place) -> list[str]:
    """The ids a list of the issue has now, for `update` to add to and remove from."""
    before = place.before
    if before is None:
        return []
    ids = {
        "components": before.components,
        "fixVersions": before.fix_versions,
        "versions": before.affected_versions,
    }[field]
    return [str(one) for one in ids]


def _priority(value: object, _place: Place) -> JsonObject:
    given = as_object(value)
    for level in PRIORITIES.values():
        if given.get("id") == level.id or given.get("name") == level.name:
            return {"priority_id": level.id}
    raise WrongValue("Specify the Priority (id or name) in string format")


def _reporter(value: object, _place: Place) -> JsonObject:
    given = as_object(value)
    user = user_by_id(as_text(given.get("accountId") or given.get("id")))
    if user is None:
        raise WrongValue("Specify a valid value for reporter")
    return {"reporter": user.account_id}


def _components(value: object, place: Place) -> JsonObject:
    known = place.annexes.components.of(place.project.key)
    return {"components": _ids(value, known, "Component")}


def _fix_versions(value: object, place: Place) -> JsonObject:
    return {"fix_versions": _ids(value, place.annexes.versions.of(place.project.key), "Version")}


def _affected_versions(value: object, place: Place) -> JsonObject:
    known = place.annexes.versions.of(place.project.key)
    return {"affected_versions": _ids(value, known, "Version")}


def _ids(value: object, known: Iterable[_Named], what: str) -> tuple[int, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise WrongValue("data was not an array")
    by_id, by_name = {str(one.id): one.id for one in known}, {one.name: one.id for one in known}
    found: list[int] = []
    for item in value:
        given = as_object(item)
        identity, name = given.get("id"), given.get("name")
        if identity is not None and str(identity) in by_id:
            found.append(by_id[str(identity)])
        elif identity is None and isinstance(name, str) and name in by_name:
            found.append(by_name[name])
        else:
            asked = f"id '{identity}'" if identity is not None else f"name '{name}'"
            raise WrongValue(f"{what} {asked} is not valid")
    return tuple(dict.fromkeys(found))


def _sprint(value: object, place: Place) -> JsonObject:
    """Sprints that are closed stay with the issue; of the others it has one at most."""
    sprints = {one.id: one for one in place.annexes.sprints.all()}
    before = place.before.sprints if place.before else ()
    past = tuple(one for one in before if one in sprints and sprints[one].state == CLOSED)
    if value is None:
        return {"sprints": past}
    if isinstance(value, bool) or not isinstance(value, int):
        raise WrongValue("Number value expected as the Sprint id.")
    if value not in sprints or sprints[value].state == CLOSED:
        raise WrongValue("Sprint does not exist or is closed.")
    return {"sprints": (*past, value)}


def _points(value: object, _place: Place) -> JsonObject:
    if value is None:
        return {"points": None}
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongValue("Operation value must be a number")
    if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise WrongValue("The number is too large.")
    return {"points": value}


def _security(value: object, _place: Place) -> JsonObject:
    if value is None:
        return {"security_id": None}
    given = as_object(value)
    for level in SECURITY_LEVELS.values():
        if given.get("id") == level.id or given.get("name") == level.name:
            return {"security_id": level.id}
    raise WrongValue("Specify a valid security level")
