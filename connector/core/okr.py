"""What an OKR is here; names are those of the glossary, values cannot be wrong."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import NewType

from connector.core.findings import Finding, Place

SiteId = NewType("SiteId", str)
PageId = NewType("PageId", str)
IssueKey = NewType("IssueKey", str)
IssueId = NewType("IssueId", str)
KrKey = NewType("KrKey", str)
ObjectiveKey = NewType("ObjectiveKey", str)


class Level(StrEnum):
    COMPANY = "company"
    DEPARTMENT = "department"
    TEAM = "team"
    INDIVIDUAL = "individual"


class ObjectiveState(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    ACTIVE = "active"
    CLOSED = "closed"
    ABANDONED = "abandoned"


FROZEN_STATES = frozenset({ObjectiveState.CLOSED, ObjectiveState.ABANDONED})


class ObjectiveType(StrEnum):
    """How it will be scored: all of it was promised, or about 0.7 is a success."""

    COMMITTED = "committed"
    ASPIRATIONAL = "aspirational"


class MetricKind(StrEnum):
    """How the distance from baseline to target is read."""

    INCREASE = "increase"
    DECREASE = "decrease"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MILESTONES = "milestones"
    BINARY = "binary"


class ProgressFrom(StrEnum):
    """Which of the two numbers is the headline; they are never merged in silence."""

    AUTO = "auto"
    OUTCOME = "outcome"
    DELIVERY = "delivery"


class Health(StrEnum):
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"
    DONE = "done"
    PAUSED = "paused"
    STALE = "stale"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Progress:
    """How much is done, from 0 (untouched) to 1 (target met)."""

    ratio: Fraction

    def __post_init__(self) -> None:
        if not 0 <= self.ratio <= 1:
            raise ValueError(f"progress must be within 0..1, got {self.ratio}")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody named on a page: an account of the site, or just a name."""

    name: str
    account_id: str | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    name: str
    weight: Fraction
    reached: bool


@dataclass(frozen=True, slots=True)
class Metric:
    """The measure of a key result. Numbers are in `unit`; percent are stored as written (80)."""

    kind: MetricKind
    baseline: Fraction | None = None
    target: Fraction | None = None
    current: Fraction | None = None
    unit: str = ""
    milestones: tuple[Milestone, ...] = ()


@dataclass(frozen=True, slots=True)
class EpicLink:
    """Jira work named by the key of an epic (or of a single issue)."""

    key: IssueKey


@dataclass(frozen=True, slots=True)
class JqlLink:
    """Jira work named by a query, as its author wrote it."""

    jql: str


JiraLink = EpicLink | JqlLink


class AnchorKind(StrEnum):
    """What tells a key result again after an edit, the strongest first."""

    KEY = "key"
    MACRO = "macro"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A mark in the body that stays with a row: our key, a macro's id, the editor's `local-id`."""

    kind: AnchorKind
    value: str


@dataclass(frozen=True, slots=True)
class KeyResult:
    """A measurable outcome, as its author wrote it.

    `reported_*` is what the page itself claims; what we measured lives in `Delivery`.
    `ordinal` counts from 1 on the page as people read it.
    """

    key: KrKey
    title: str
    ordinal: int
    place: Place
    owners: tuple[Person, ...] = ()
    partners: tuple[Person, ...] = ()
    metric: Metric | None = None
    reported_progress: Fraction | None = None
    reported_health: Health | None = None
    status_text: str = ""
    confidence: Fraction | None = None
    score: Fraction | None = None
    weight: Fraction | None = None
    due: date | None = None
    measure_method: str = ""
    links: tuple[JiraLink, ...] = ()
    initiatives: str = ""
    notes: str = ""
    progress_from: ProgressFrom = ProgressFrom.AUTO
    anchors: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class ParentRef:
    """What an objective supports, in its author's words.

    `key` is what they name: an objective or a key result by its number (`O2`, `O2-KR1`, `KR1.2`)
    or by its own key (`4711-3`); `page` the title of a page linked there, or the number in the
    link's address. Both are empty where the words name nothing. `space` is the key of that page's
    space where the link leads into another one.
    """

    text: str
    key: str = ""
    page: str = ""
    space: str = ""


@dataclass(frozen=True, slots=True)
class DependencyRef:
    """Whom or what an objective needs, or is needed by; `confirmed` is None where nobody said."""

    text: str
    key: str = ""
    page: str = ""
    confirmed: bool | None = None
    space: str = ""


@dataclass(frozen=True, slots=True)
class Objective:
    """An aim. `origin` says where it comes from; `contribution` what it adds without a parent;
    `needed_by` who depends on it, as its own page says."""

    key: ObjectiveKey
    title: str
    place: Place
    key_results: tuple[KeyResult, ...]
    owners: tuple[Person, ...] = ()
    state: ObjectiveState = ObjectiveState.ACTIVE
    weight: Fraction | None = None
    type: ObjectiveType | None = None
    origin: str = ""
    due: date | None = None
    parents: tuple[ParentRef, ...] = ()
    dependencies: tuple[DependencyRef, ...] = ()
    contribution: str = ""
    needed_by: tuple[DependencyRef, ...] = ()


@dataclass(frozen=True, slots=True)
class OkrPage:
    """The OKRs of one page in the version that was last read without an error.

    `cycle` is the code as in `core.cycle` (`2026-Q4`); None means the policy's current one.
    """

    page: PageId
    title: str
    cycle: str | None
    level: Level | None
    owners: tuple[Person, ...]
    objectives: tuple[Objective, ...]


class PageState(StrEnum):
    """What became of the page at the last look."""

    READ = "read"
    ERRORS = "errors"
    EMPTY = "empty"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page as we keep it: the last good OKRs, beside what the newest version says.

    `version` is the newest version looked at; `good_version` the one `okrs` came from, which
    is older while the page has errors. `okrs` is None when no version was ever good. `saved_at`
    is when a person saved that newest version. `last_number` is the highest number ever given to
    a key result of the page.
    """

    site: SiteId
    page: PageId
    title: str
    space: str
    url: str
    version: int
    good_version: int | None
    state: PageState
    okrs: OkrPage | None
    findings: tuple[Finding, ...]
    read_at: datetime
    linked: bool = False
    saved_at: datetime | None = None
    last_number: int = 0

    @property
    def shown(self) -> OkrPage | None:
        """The OKRs to show: an emptied page keeps its last ones for their keys alone."""
        return None if self.state is PageState.EMPTY else self.okrs


class StatusCategory(StrEnum):
    """Jira's own three classes; a status name is never looked at."""

    NEW = "new"
    INDETERMINATE = "indeterminate"
    DONE = "done"
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class Issue:
    """A Jira issue, as far as counting needs it."""

    id: IssueId
    key: IssueKey
    summary: str
    status: str
    category: StatusCategory
    resolution: str | None
    parent: IssueKey | None
    hierarchy_level: int
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class LinkedWork:
    """What the tracker holds under one link.

    `root` is the linked issue itself (None for a query); `issues` are those below it down to
    the depth asked for, sub-tasks in the same tuple with their `parent`.
    """

    root: Issue | None
    issues: tuple[Issue, ...]


class Verdict(StrEnum):
    """How an issue was counted."""

    DONE = "done"
    IN_PROGRESS = "in_progress"
    OPEN = "open"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class CountedIssue:
    key: IssueKey
    summary: str
    status: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Delivery:
    """Progress of the linked Jira work, with everything needed to explain it.

    `credit` is the number of issues done plus the policy's credit for those in progress;
    `total` leaves cancelled ones out; `hidden` counts links the connection cannot read.
    `read_at` is when the reading began (UTC).
    """

    done: int
    total: int
    hidden: int
    credit: Fraction
    issues: tuple[CountedIssue, ...]
    read_at: datetime

    @property
    def progress(self) -> Progress | None:
        """None for no data: an empty epic is not 0 %."""
        return Progress(self.credit / self.total) if self.total else None
