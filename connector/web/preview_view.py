"""What the preview of a page shows, in the reader's words: templates only lay it out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from macros.objective.view import Fact, Link, Notice, RemarkGroups, Status, WorkChip


@dataclass(frozen=True, slots=True)
class Work:
    """The Jira work of a key result, as its author named it, and what it counts to."""

    links: tuple[Link, ...]
    queries: tuple[str, ...]
    count: WorkChip | None


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One key result. `status` is None where the page's own words say neither good nor bad."""

    key: str
    title: str
    owners: tuple[str, ...]
    metric: str
    due: str
    status: Status | None
    status_text: str
    work: Work


@dataclass(frozen=True, slots=True)
class ObjectiveTable:
    key: str
    title: str
    details: tuple[str, ...]
    lines: tuple[ResultLine, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """Something on the page that was not understood; `text` as its author wrote it."""

    text: str
    place: str
    message: str
    hint: str
    rule: str


@dataclass(frozen=True, slots=True)
class Example:
    """The pair that teaches a rule."""

    bad: str
    good: str


@dataclass(frozen=True, slots=True)
class Score:
    """How well the page is worded, in words, and what took the points."""

    said: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PagePreview:
    """`proof` belongs to the form that the page has: to unlink where it is linked, else to link."""

    page: str
    title: str
    url: str
    taking_part: str
    counts: str
    labelled: bool
    linked: bool
    proof: str
    facts: tuple[Fact, ...]
    notices: tuple[Notice, ...] = ()
    objectives: tuple[ObjectiveTable, ...] = ()
    unread: tuple[Unread, ...] = ()
    findings: RemarkGroups | None = None
    examples: Mapping[str, Example] = field(default_factory=dict)
    score: Score | None = None
    writes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedLine:
    """A page in the list of those that people linked."""

    page: str
    title: str
    counts: str
    proof: str


@dataclass(frozen=True, slots=True)
class Problem:
    title: str
    detail: str
