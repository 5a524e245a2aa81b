"""What the objective macro shows, in the reader's words: renderers only lay it out.

Texts here are plain, never markup; ratios are 0..1.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from macros.moment import Moment


class Showing(StrEnum):
    """Which page of the macro is drawn; all but the first have no cards."""

    OBJECTIVES = "objectives"
    NOT_FOUND = "not_found"
    WAITING = "waiting"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    NO_OBJECTIVE = "no_objective"


@dataclass(frozen=True, slots=True)
class Status:
    """`tone` names icon and colour; `manual` says, where set, that a person decided so."""

    tone: str
    word: str
    manual: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """`percent` is the number as shown, a dash without data; `label` all of it in words."""

    ratio: Fraction | None
    expected: Fraction | None
    percent: str
    label: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of an explanation. `code` is text to be shown as it was written."""

    label: str
    text: str = ""
    code: tuple[str, ...] = ()
    links: tuple["Link", ...] = ()
    moment: Moment | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """`url` is empty where no address is known: then only the text is shown."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class IssueLine:
    issue: Link
    summary: str
    status: str
    verdict: str
    counted: str


@dataclass(frozen=True, slots=True)
class Why:
    """Everything a number rests on; `more` says how many issues are not listed."""

    facts: tuple[Fact, ...]
    issues: tuple[IssueLine, ...] = ()
    caption: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """`tone` is one of info, warning, danger."""

    tone: str
    text: str
    moment: Moment | None = None
    to_findings: bool = False


@dataclass(frozen=True, slots=True)
class WorkChip:
    """The count of linked Jira issues, short for the eye and whole for the ear."""

    text: str
    hidden: str
    label: str


@dataclass(frozen=True, slots=True)
class KeyResultRow:
    """One key result; `basis` names what its number rests on, `counted` is `3/6` where that is
    linked work."""

    key: str
    title: str
    status: Status
    bar: Bar
    metric: str
    basis: str
    owners: tuple[str, ...]
    confidence: str
    chip: WorkChip | None
    moment: Moment | None
    notices: tuple[Notice, ...]
    why: Why
    counted: str = ""


@dataclass(frozen=True, slots=True)
class ObjectiveCard:
    key: str
    title: str
    state: str
    status: Status
    bar: Bar
    pace: str
    owners: tuple[str, ...]
    cycle: str
    weight: str
    left_out: str
    key_results: tuple[KeyResultRow, ...]


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding; `severity` is its letter, `about` the objective or key result it is said of."""

    severity: str
    severity_word: str
    rule: str
    place: str
    about: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class RemarkGroup:
    """Remarks of one severity; `more` says how many of them are not listed, where some are not."""

    severity: str
    heading: str
    remarks: tuple[Remark, ...]
    more: str = ""


@dataclass(frozen=True, slots=True)
class RemarkGroups:
    """The gravest first; `summary` counts them all: `2 to mend, 3 to improve`."""

    summary: str
    groups: tuple[RemarkGroup, ...]


@dataclass(frozen=True, slots=True)
class ObjectivesView:
    """`now` is the moment of drawing as ISO 8601 UTC, against which ages go on counting, and
    `as_of` the same in words, for what stays as it was drawn."""

    showing: Showing
    heading: str
    now: str
    advice: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()
    cards: tuple[ObjectiveCard, ...] = ()
    remarks: tuple[Remark, ...] = ()
    findings: RemarkGroups | None = None
    as_of: str = ""
