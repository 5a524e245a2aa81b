"""What was found on a page before anybody asks what it means."""

from dataclasses import dataclass, field
from typing import NamedTuple

from connector.core.findings import Finding, Place
from connector.core.okr import Anchor
from connector.pages.content import Content
from connector.pages.headers import Column


class RawCell(NamedTuple):
    column: Column
    header: str
    content: Content


class RawKeyResult(NamedTuple):
    """A row or an item: its own words, the columns beside them, and what nobody asked for."""

    title: Content
    place: Place
    cells: tuple[RawCell, ...] = ()
    notes: tuple[str, ...] = ()
    anchors: tuple[Anchor, ...] = ()


@dataclass(slots=True)
class RawObjective:
    title: str
    place: Place
    content: Content | None = None
    key_results: list[RawKeyResult] = field(default_factory=list)
    cells: tuple[RawCell, ...] = ()
    tentative: bool = False  # `Goal: …` in a paragraph: one only if key results follow
    marked: bool = False  # `O1 …`: its author called it an objective


@dataclass(slots=True)
class RawPage:
    """`details` are labels and values of page properties and of lines like `Cycle: 2026-Q4`."""

    objectives: list[RawObjective] = field(default_factory=list)
    details: list[tuple[str, Content, Place]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
