"""Issues and their changelogs as rows of SQLite, and back."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from sqlite3 import Row
from typing import Any

from sandbox.jira.model import Change, FieldChange, Issue, Project
from sandbox.wire import JsonObject

_MOMENTS = ("created", "updated", "resolved", "categorised")
_TUPLES = ("labels", "components", "fix_versions", "affected_versions", "sprints")
_FIELDS = tuple(field.name for field in fields(Issue))
_CHANGED = tuple(field.name for field in fields(FieldChange))


@dataclass(frozen=True, slots=True)
class PlantedChange:
    """An entry of a changelog that was there before the site was."""

    issue_id: int
    author: str
    at: datetime
    items: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class WorkImage:
    """What a store held once, as values and as rows."""

    projects: tuple[Project, ...]
    issues: tuple[Issue, ...]
    issue_rows: list[tuple[Any, ...]]
    change_rows: list[tuple[Any, ...]]


def plain(rows: Iterable[Row]) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in rows]


def issue_row(issue: Issue) -> tuple[object, ...]:
    at = issue.updated.timestamp()
    return issue.id, issue.key, issue.project, issue.parent_id, at, _packed(issue)


def _packed(issue: Issue) -> str:
    held = {name: getattr(issue, name) for name in _FIELDS}
    return json.dumps(held, default=lambda value: value.isoformat(), ensure_ascii=False)


def items_row(items: Iterable[FieldChange]) -> str:
    held = [{name: getattr(item, name) for name in _CHANGED} for item in items]
    return json.dumps(held, ensure_ascii=False)


def unpacked(row: JsonObject) -> Issue:
    values = {name: row[name] for name in _FIELDS}
    for name in _MOMENTS:
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    for name in _TUPLES:
        values[name] = tuple(values[name]) if values[name] is not None else None
    values["due"] = date.fromisoformat(values["due"]) if values["due"] else None
    return Issue(**values)


def change_of(row: Row) -> Change:
    return Change(
        row["id"],
        row["author"],
        datetime.fromisoformat(row["created"]),
        tuple(FieldChange(**item) for item in json.loads(row["items"])),
    )
