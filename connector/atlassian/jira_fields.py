"""Fields of Jira that have another id on every site, found by what they are and not by name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from connector.atlassian.endpoints import Read
from connector.atlassian.http import Door
from connector.atlassian.memory import ShortMemory
from connector.core.errors import Forbidden, NotFound
from connector.core.json import JsonObject

EPIC_LINK = "com.pyxis.greenhopper.jira:gh-epic-link"
# Only epics have these: their name, which was required for long, and their own status.
EPIC_MARKS = (
    "com.pyxis.greenhopper.jira:gh-epic-label",
    "com.pyxis.greenhopper.jira:gh-epic-status",
)
ESTIMATE = "com.pyxis.greenhopper.jira:jsw-story-points"
NUMBER = "com.atlassian.jira.plugin.system.customfieldtypes:float"
# What Jira has called the field of company-managed projects, in the languages it ships with.
ESTIMATE_NAMES = frozenset({"story points", "story point", "故事点", "故事点数", "故事點數"})
FOUND_FOR = timedelta(hours=1)
_CUSTOM = re.compile(r"customfield_([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class EpicFields:
    """Ids such as `customfield_10008`; `subtasks`: whether the site has them at all."""

    links: tuple[str, ...]
    marks: tuple[str, ...]
    subtasks: bool


class JiraFields:
    """Asked for once an hour: two calls. `epic_field` is what an administrator says it is."""

    def __init__(self, door: Door, epic_field: str = "") -> None:
        self._door = door
        self._epic_field = epic_field
        self._found: ShortMemory[str, EpicFields] = ShortMemory(lasting=FOUND_FOR)

    def epics(self) -> EpicFields:
        known = self._found.recall(EPIC_LINK)
        if known is not None:
            return known
        fields = self._door.read_list(Read.DC_FIELDS)
        links = (self._epic_field,) if self._epic_field else of_kind(fields, EPIC_LINK)
        marks = tuple(one for kind in EPIC_MARKS for one in of_kind(fields, kind))
        found = EpicFields(links, marks, self._has_subtasks())
        self._found.keep(EPIC_LINK, found)
        return found

    def _has_subtasks(self) -> bool:
        """JQL does not know `parent` where sub-tasks are switched off."""
        try:
            return self._door.read(Read.DC_CONFIGURATION).get("subTasksEnabled") is not False
        except (NotFound, Forbidden):
            return True


def of_kind(fields: Iterable[JsonObject], kind: str) -> tuple[str, ...]:
    """Ids of the custom fields of one type (`schema.custom`), which no language changes."""
    return tuple(
        str(one["id"])
        for one in fields
        if _schema(one).get("custom") == kind and _CUSTOM.fullmatch(str(one.get("id")))
    )


def estimates(fields: Iterable[JsonObject]) -> list[tuple[str, str]]:
    """
    Every field that may hold story points, id and name: "Story point estimate" of team-managed
    projects by its type, "Story Points" of all others by type and name. There may be several.
    """
    return [
        (str(one.get("id")), str(one.get("name")))
        for one in fields
        if _schema(one).get("custom") == ESTIMATE
        or (
            _schema(one).get("custom") == NUMBER
            and str(one.get("name")).strip().casefold() in ESTIMATE_NAMES
        )
    ]


def clause(field: str) -> str:
    """
    A custom field in JQL, whatever it is called in whatever language.

    >>> clause("customfield_10008")
    'cf[10008]'
    """
    found = _CUSTOM.fullmatch(field)
    if found is None:
        raise ValueError(f"not a custom field: {field[:40]!r}")
    return f"cf[{found[1]}]"


def _schema(field: JsonObject) -> JsonObject:
    schema = field.get("schema")
    return schema if isinstance(schema, dict) else {}
