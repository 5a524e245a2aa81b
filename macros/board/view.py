"""What the board shows, in the reader's words: renderers only lay it out.

Texts here are plain, never markup; ratios are 0..1. Everything is of pages that the reader may
see, but for the number of objectives on the others.
"""

from dataclasses import dataclass
from enum import StrEnum

from macros.objective.view import Bar, Link, Notice, Status


class Showing(StrEnum):
    """Which page of the board is drawn; all but the first have no groups."""

    OBJECTIVES = "objectives"
    EMPTY = "empty"
    NONE_VISIBLE = "none_visible"
    RIGHTS_UNKNOWN = "rights_unknown"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One objective; `asides` are its key results, what they lack, and its findings."""

    key: str
    title: Link
    status: Status
    state: str
    bar: Bar
    owners: tuple[str, ...]
    asides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardTeam:
    """The objectives of one page; `cycle` is empty where it is the one the board is about."""

    page: Link
    cycle: str
    lines: tuple[BoardLine, ...]


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """The teams of one level."""

    level: str
    heading: str
    count: str
    teams: tuple[BoardTeam, ...]


@dataclass(frozen=True, slots=True)
class HealthCount:
    """How many of the objectives that are shown stand so."""

    status: Status
    count: str


@dataclass(frozen=True, slots=True)
class BoardView:
    """`now` is the moment of drawing as ISO 8601 UTC, `as_of` the same in words; `total` counts
    what is shown, `hidden` says how many objectives the reader may not see."""

    showing: Showing
    heading: str
    now: str
    advice: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    total: str = ""
    hidden: str = ""
    health: tuple[HealthCount, ...] = ()
    groups: tuple[BoardGroup, ...] = ()
    as_of: str = ""
