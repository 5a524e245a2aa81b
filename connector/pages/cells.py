"""The columns beside a key result, each read as what its header says it is."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Any

from connector.core.cycle import Cycle
from connector.core.dates import find_dates, parse_date
from connector.core.findings import Finding, Place
from connector.core.milestones import parse_milestones
from connector.core.okr import Health, Metric, MetricKind, Person
from connector.core.standing import parse_confidence, parse_health, parse_score, parse_weight
from connector.core.text import leading_ratio, parse_quantity, parse_ratio, plain
from connector.pages.content import Content
from connector.pages.headers import Column
from connector.pages.links import links_in_column
from connector.pages.measured import NUMBERS
from connector.pages.people import people_in
from connector.pages.raw import RawCell, RawKeyResult
from connector.pages.remarks import remark

_NOTHING = frozenset(
    {"", "-", "--", "—", "–", "/", "n/a", "none", "无", "暂无", "tbd", "待定"}
) | frozenset(
    {"?", "…", "...", "tbc", "tba", "na", "nil", "null", "待补充", "待确认", "未定", "空"}
)
_NEUTRAL = frozenset(
    {
        "in progress",
        "ongoing",
        "wip",
        "进行中",
        "推进中",
        "执行中",
        "doing",
        "active",
        "open",
        "new",
    }
)


_BARE = len("0.75 / 1.00 分")  # what is longer has words beside the number
_RANGE = re.compile(r"\s*(?:~|—|–|至|到|\s-\s|\bto\b)\s*|(?<=[\d日号])-(?=\d{1,2}[./月])")
_CYCLE_END = re.compile(
    r"\bEOQ\b|end of (?:the )?(?:quarter|cycle)|(?:季度|周期|季)(?:末|底|结束)", re.I
)


@dataclass(frozen=True, slots=True)
class DueReader:
    """The day that a text names: a date, the last one of a span, the end of a cycle."""

    cycle: Callable[[str], Cycle | None]
    period: Cycle | None
    today: date

    def __call__(self, text: str) -> date | None:
        year = self.period.end.year if self.period else self.today.year
        within = (self.period.start, self.period.end) if self.period else None
        days = find_dates(text, year=year)
        if len(days) > 1:
            return days[-1]
        last = _RANGE.split(plain(text))[-1]
        due = parse_date(last, year=year, within=within) or parse_date(
            text, year=year, within=within
        )
        if due and self.period and self.period.end < due:  # 15 Oct in a year that ends in March
            start = self.period.start
            earlier = parse_date(text, year=start.year, within=within)
            due = earlier if earlier and start <= earlier else due
        cycle = self.cycle(text) if due is None else None
        if due is None and cycle is None and _CYCLE_END.search(text):
            cycle = self.period
        return due or (cycle.end if cycle else None)


@dataclass(slots=True)
class Draft:
    """Fields of a key result as they become known; `cells` says where each was read."""

    place: Place
    due: DueReader
    values: dict[str, Any] = field(default_factory=dict)  # by the names of KeyResult's fields
    numbers: dict[Column, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)
    full_marks: Fraction | None = None
    steps: Metric | None = None

    def at(self, cell: RawCell) -> Place:
        start, end = cell.content.span
        place = replace(self.place, column=cell.header)
        return place if start is None else replace(place, start=start, end=end)

    def unread(self, cell: RawCell, rule: str = "F-07") -> None:
        """Kept word for word, with a remark."""
        self.notes.append(f"{cell.header}: {cell.content.text}")
        said = cell.content.text
        self.findings.append(remark(rule, self.at(cell), column=cell.header, text=said))


def read_cells(raw: RawKeyResult, draft: Draft) -> None:
    """Every column that says something; a dash or `TBD` is as good as an empty cell."""
    for cell in raw.cells:
        if cell.column is Column.FULL_MARKS:
            draft.full_marks = parse_weight(cell.content.text)
    for cell in raw.cells:
        coloured = cell.column is Column.STATUS and health_of(cell.content) is not None
        if cell.content.struck or (_says_nothing(cell.content) and not coloured):
            continue
        before = len(draft.findings)
        _READERS[cell.column](draft, cell)
        start, end = cell.content.span
        if start is not None and end is not None and len(draft.findings) == before:
            draft.cells[cell.column.value] = (start, end)


def _says_nothing(content: Content) -> bool:
    named = content.people or content.links
    return plain(content.text).lower() in _NOTHING and not named


def _number(draft: Draft, cell: RawCell) -> None:
    draft.numbers[cell.column] = cell.content.text


def _people(name: str) -> Callable[[Draft, RawCell], None]:
    def read(draft: Draft, cell: RawCell) -> None:
        draft.values[name] = people_in(cell.content)

    return read


def _text(name: str) -> Callable[[Draft, RawCell], None]:
    def read(draft: Draft, cell: RawCell) -> None:
        draft.values[name] = "\n".join(cell.content.lines)

    return read


def _comments(draft: Draft, cell: RawCell) -> None:
    if plain(cell.content.text).lower() in _NOTHING:
        return
    draft.notes.append(f"{cell.header}: {cell.content.text}")


def health_of(content: Content) -> Health | None:
    """What the lozenges say, the first that says anything."""
    known = (parse_health(one.title, one.colour) for one in content.lozenges)
    return next((one for one in known if one), None)


def _status(draft: Draft, cell: RawCell) -> None:
    text = cell.content.text
    draft.values["status_text"] = text
    health = health_of(cell.content) or parse_health(text)
    draft.values["reported_health"] = health
    if health is None and plain(text).lower() not in _NEUTRAL:
        draft.findings.append(remark("F-24", draft.at(cell), column=cell.header, text=text))


def _progress(draft: Draft, cell: RawCell) -> None:
    """A share, alone or with words after it; a count is a current value; words are a comment."""
    text = cell.content.text
    ratio = parse_ratio(text)
    led = None if ratio is not None else leading_ratio(text)
    if ratio is not None and ratio >= 0:
        draft.values["reported_progress"] = ratio
    elif led is not None:
        draft.values["reported_progress"] = led
        _comments(draft, cell)
    elif parse_quantity(text) is not None and Column.CURRENT not in draft.numbers:
        draft.numbers[Column.CURRENT] = text
    elif ratio is not None:
        draft.unread(cell)
    else:
        draft.values.setdefault("reported_health", parse_health(text))
        _comments(draft, cell)


def _within(
    name: str, parse: Callable[[str], Fraction | None], rule: str
) -> Callable[[Draft, RawCell], None]:
    def read(draft: Draft, cell: RawCell) -> None:
        value = parse(cell.content.text)
        if value is None:
            draft.unread(cell)
        elif 0 <= value <= 1:
            draft.values[name] = value
            if len(cell.content.text) > _BARE:
                _comments(draft, cell)
        else:
            draft.unread(cell, rule)

    return read


def _weight(draft: Draft, cell: RawCell) -> None:
    weight = parse_weight(cell.content.text)
    if weight is None:
        draft.unread(cell)
    elif weight <= 0:
        draft.unread(cell, "F-10")
    else:
        draft.values["weight"] = weight


def _due(draft: Draft, cell: RawCell) -> None:
    draft.values["due"] = draft.due(cell.content.text)
    if draft.values["due"] is None:
        draft.unread(cell, "F-12")


def _score(draft: Draft, cell: RawCell) -> None:
    """A grade, or points where the column beside it gives the full marks: 45 of 60."""
    points = parse_quantity(cell.content.text)
    full = draft.full_marks
    if points is None or not full or full <= 1 or (points.value <= 1 and "." in cell.content.text):
        _within("score", parse_score, "F-17")(draft, cell)
    elif 0 <= points.value <= full and points.unit in {"", "分"}:
        draft.values["score"] = points.value / full
    else:
        draft.unread(cell, "F-17")


def _full_marks(draft: Draft, cell: RawCell) -> None:
    if draft.full_marks is None:
        draft.unread(cell)


def _milestones(draft: Draft, cell: RawCell) -> None:
    """Steps as the measure; words that are no list of them are kept as a note."""
    steps = parse_milestones(cell.content.lines)
    if steps:
        draft.steps = Metric(MetricKind.MILESTONES, milestones=steps)
    _comments(draft, cell)


def _jira(draft: Draft, cell: RawCell) -> None:
    links = links_in_column(cell.content)
    draft.values["links"] = (*draft.values.get("links", ()), *links)
    if not links and plain(cell.content.text).lower() not in _NOTHING:
        draft.unread(cell, "F-14")


def _partners(draft: Draft, cell: RawCell) -> None:
    people: tuple[Person, ...] = people_in(cell.content)
    draft.values["partners"] = people


_READERS: dict[Column, Callable[[Draft, RawCell], None]] = {
    **dict.fromkeys((*NUMBERS, Column.UNIT), _number),
    **dict.fromkeys(
        (
            Column.COMMENTS,
            Column.OBJECTIVE,
            Column.KEY_RESULT,
            Column.EITHER,
            Column.TYPE,
            Column.NUMBER,
            Column.PERIOD,
            Column.GROUP,
            Column.OBJECTIVE_OWNER,
            Column.OBJECTIVE_WEIGHT,
            Column.OBJECTIVE_TYPE,
            Column.OBJECTIVE_DUE,
            Column.ORIGIN,
            Column.PARENT,
            Column.DEPENDENCY,
            Column.NEEDED_BY,
            Column.CONTRIBUTION,
            Column.WORDS,
        ),
        _comments,
    ),
    Column.OWNER: _people("owners"),
    Column.PARTNERS: _partners,
    Column.PROGRESS: _progress,
    Column.STATUS: _status,
    Column.CONFIDENCE: _within("confidence", parse_confidence, "F-16"),
    Column.SCORE: _score,
    Column.FULL_MARKS: _full_marks,
    Column.MILESTONES: _milestones,
    Column.WEIGHT: _weight,
    Column.DUE: _due,
    Column.METHOD: _text("measure_method"),
    Column.JIRA: _jira,
    Column.INITIATIVES: _text("initiatives"),
}
