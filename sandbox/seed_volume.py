"""
The greater part of the `company` seed's work: what its teams say about the things they work on.

A project's file names objects per epic and templates per project; every issue is one template,
one object and one place, and no two are the same. The dice are thrown from the project's key.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from itertools import count
from random import Random
from typing import Any

from sandbox.directory import User, user_named
from sandbox.jira.issue_rows import PlantedChange
from sandbox.jira.kinds import BUG, EPIC, RESOLVED_DONE, STORY, SUBTASK, TASK
from sandbox.jira.kinds import IssueType as Kind
from sandbox.jira.model import Issue, Project
from sandbox.jira.store import IssueStore
from sandbox.seed_lives import (
    DOING,
    DONE,
    POINTS,
    Life,
    Pace,
    live,
    office_hours,
)
from sandbox.wire import JsonObject

STARTS = {"Q3": datetime(2026, 7, 1, 8, tzinfo=UTC), "Q4": datetime(2026, 10, 1, 8, tzinfo=UTC)}
DUE = {"Q3": date(2026, 9, 30), "Q4": date(2026, 12, 18)}
OVER = datetime(2026, 9, 30, 17, tzinfo=UTC)
PACES = {
    "closed": Pace(0.99, 0.97, 0.06, until=OVER),
    "slipped": Pace(0.75, 0.55, until=OVER),
    "open": Pace(0.75, 0.55, days=30),
    "grown": Pace(0.66, 0.45, days=26),
    "cancelled": Pace(1.0, 1.0, 1.0),
}
LOOSE = 15
_KINDS = {STORY: "stories", TASK: "tasks", BUG: "bugs"}
_SHARES = (STORY, STORY, STORY, TASK, TASK, BUG)


@dataclass(frozen=True, slots=True)
class _Told:
    """A project's file."""

    project: Project
    file: JsonObject
    team: tuple[User, ...]
    dice: Random
    said: set[str] = field(default_factory=set)

    def summary(self, templates: str, objects: list[str]) -> str | None:
        """Something that nobody has said yet; None when hardly anything is left to say."""
        for _ in range(40):
            thing = self.dice.choice(objects)
            said = self.dice.choice(self.file[templates]).format(
                o=thing, O=thing[:1].upper() + thing[1:], p=self.dice.choice(self.file["places"])
            )
            if said not in self.said:
                self.said.add(said)
                return str(said)
        return None


@dataclass(slots=True)
class _Project:
    """A project while it is filled: what it has so far, and the ids that come next."""

    store: IssueStore
    told: _Told
    ids: Iterator[int]
    numbers: Iterator[int]
    lives: list[Life] = field(default_factory=list)

    def life(self, kind: Kind, summary: str, created: datetime, **rest: Any) -> Life:
        told, project = self.told, self.told.project
        issue = Issue(
            id=next(self.ids),
            key=f"{project.key}-{next(self.numbers)}",
            project=project.key,
            type_id=project.own(kind).id,
            summary=summary,
            status_id=project.statuses[0].id,
            reporter=told.dice.choice(told.team).account_id,
            created=created,
            updated=created,
            **rest,
        )
        self.lives.append(Life(issue, project, told.team, told.dice, self.store))
        return self.lives[-1]


def grow(store: IssueStore, project: Project) -> None:
    """Add a project's epics, and the issues below and beside them, behind what it has already."""
    text = files("sandbox.company").joinpath("work", f"{project.key}.toml").read_text("utf-8")
    file = tomllib.loads(text)
    team = tuple(u for name in file["people"] if (u := user_named(f"{name}@harbourline.example")))
    dice = Random(f"harbourline {project.key}")  # noqa: S311 - the same lives in every run
    first = int(store.next_key(project).rpartition("-")[2])
    told = _Told(project, file, team, dice)
    filled = _Project(store, told, count(store.next_id()), count(first))
    epics = {entry["summary"]: (_epic(filled, entry), entry) for entry in file["epic"]}
    store.plant([epic.issue for epic, _ in epics.values()], ())  # changes name them by key
    for epic, entry in epics.values():
        following = epics[entry["moves_to"]][0] if "moves_to" in entry else None
        children = _children(filled, epic, entry, following)
        _conclude(epic, entry, children)
    _loose(filled)
    for epic, _ in epics.values():
        store.put(epic.issue, at=epic.issue.updated)
    others = [life.issue for life in filled.lives[len(epics) :]]
    store.plant(others, _in_order(filled.lives))


def _in_order(lives: list[Life]) -> list[PlantedChange]:
    return sorted((c for life in lives for c in life.changes), key=lambda change: change.at)


def _epic(filled: _Project, entry: JsonObject) -> Life:
    quarter, dice = entry["quarter"], filled.told.dice
    created = office_hours(STARTS[quarter] - timedelta(days=dice.uniform(8, 16)), dice)
    return filled.life(
        EPIC,
        entry["summary"],
        created,
        labels=tuple(entry.get("labels", ())),
        due=DUE[quarter],
        assignee=filled.told.team[0].account_id,
    )


def _children(
    filled: _Project, epic: Life, entry: JsonObject, following: Life | None
) -> list[Life]:
    dice, objects, pace = filled.told.dice, entry["objects"], PACES.get(entry["mood"])
    found: list[Life] = []
    for _ in range(entry["size"] if pace else 0):
        kind = dice.choice(_SHARES)
        summary = filled.told.summary(_KINDS[kind], objects)
        if summary is None or pace is None:
            continue
        created = _added(entry, dice)
        life = filled.life(kind, summary, created, parent_id=epic.issue.id, **_facts(filled, kind))
        found.append(life)
        live(life, pace)
        if following is not None and life.issue.resolution_id is None:
            _move_on(life, following.issue)
        if kind is STORY and dice.random() < 0.15:
            found += _parts(filled, life, objects)
    return found


def _added(entry: JsonObject, dice: Random) -> datetime:
    """Most of an epic is known when its quarter begins; some of it is found on the way."""
    late = dice.random() < (0.4 if entry["mood"] == "grown" else 0.12)
    days = dice.uniform(12, 44) if late else dice.uniform(-9, 6)
    return office_hours(STARTS[entry["quarter"]] + timedelta(days=days), dice)


def _facts(filled: _Project, kind: Kind) -> JsonObject:
    dice = filled.told.dice
    sizes = POINTS[:3] if kind is BUG else POINTS
    labels = filled.told.file["labels"]
    return {
        "points": dice.choice(sizes) if dice.random() < 0.85 else None,
        "labels": (dice.choice(labels),) if dice.random() < 0.3 else (),
        "due": DUE["Q4"] - timedelta(days=dice.randrange(60)) if dice.random() < 0.2 else None,
    }


def _move_on(life: Life, epic: Issue) -> None:
    """What was not done in its quarter goes on in another epic."""
    at = office_hours(STARTS["Q4"] + timedelta(days=life.dice.uniform(0, 5)), life.dice)
    life.until = PACES["open"].until
    life.step(at, parent_id=epic.id)
    if life.issue.status_id == life.project.statuses[0].id:
        live(life, PACES["open"])


def _parts(filled: _Project, story: Life, objects: list[str]) -> list[Life]:
    """Sub-tasks are done before their story is."""
    parts = []
    pause = "：" if story.project.workflow == "zh" else ": "
    for step in filled.told.dice.sample(filled.told.file["steps"], 2):
        thing = next((o for o in objects if o.casefold() in story.issue.summary.casefold()), "")
        summary = f"{step}{pause}{thing}"
        if summary in filled.told.said:
            continue
        filled.told.said.add(summary)
        part = filled.life(SUBTASK, summary, story.issue.created, parent_id=story.issue.id)
        done = story.issue.resolution_id is not None
        live(part, Pace(1, 1, 0, days=3, until=story.issue.updated) if done else PACES["open"])
        parts.append(part)
    return parts


def _conclude(epic: Life, entry: JsonObject, children: list[Life]) -> None:
    """An epic is begun with its first issue; a closed one is done after its last."""
    moments = [change.at for child in children for change in child.changes]
    if not moments or entry["mood"] == "cancelled":
        if moments:
            epic.move(max(moments) + timedelta(hours=1), DONE, "10001")
        return
    epic.move(min(moments), DOING)
    if entry["quarter"] == "Q3":
        last = max(m for m in moments if m < STARTS["Q4"] + timedelta(days=7))
        epic.move(last + timedelta(hours=2), DONE, RESOLVED_DONE)


def _loose(filled: _Project) -> None:
    """Work that belongs to no epic."""
    dice = filled.told.dice
    for _ in range(LOOSE):
        kind = dice.choice((TASK, BUG, BUG, STORY))
        summary = filled.told.summary(_KINDS[kind], filled.told.file["loose"])
        if summary is not None:
            created = office_hours(STARTS["Q3"] + timedelta(days=dice.uniform(0, 130)), dice)
            life = filled.life(kind, summary, created, **_facts(filled, kind))
            live(life, Pace(0.8, 0.7, 0.1))
