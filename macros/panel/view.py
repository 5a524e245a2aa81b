"""What the panel of an issue shows, in the reader's words: renderers only lay it out.

Texts here are plain, never markup. Everything is of pages that the reader may see, but for the
number of key results on the others.
"""

from dataclasses import dataclass
from enum import StrEnum

from macros.objective.view import KeyResultRow, Link, Notice


class Showing(StrEnum):
    """Which page of the panel is drawn; all but the first have no key results."""

    KEY_RESULTS = "key_results"
    NONE = "none"
    NONE_VISIBLE = "none_visible"
    RIGHTS_UNKNOWN = "rights_unknown"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class PanelLine:
    """A key result that the issue moves; `part` says how the issue counts in it."""

    row: KeyResultRow
    objective: str
    part: str


@dataclass(frozen=True, slots=True)
class PanelPage:
    """The key results of one page."""

    page: Link
    cycle: str
    lines: tuple[PanelLine, ...]


@dataclass(frozen=True, slots=True)
class PanelView:
    """`now` is the moment of drawing as ISO 8601 UTC; `hidden` says how many key results the
    reader may not see."""

    showing: Showing
    heading: str
    now: str
    advice: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    pages: tuple[PanelPage, ...] = ()
    hidden: str = ""
