"""The fields JQL may ask about: which operators they take and what they compare."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sandbox.directory import User, user_named
from sandbox.jira.model import ISSUE_TYPES, RESOLUTIONS, STATUSES, Issue
from sandbox.jira.store import IssueStore, may_read
from sandbox.query.dates import moment, relative
from sandbox.query.tree import Call, Clause, Operand

ANONYMOUS_ZONE = ZoneInfo("Etc/UTC")

Test: TypeAlias = Callable[[Issue], bool]
SortKey: TypeAlias = Callable[[Issue], tuple[bool, float | str]]

CHOICE = frozenset({"=", "!=", "in", "not in", "is", "is not"})
ORDERED = CHOICE | {"<", ">", "<=", ">="}
TEXT = frozenset({"~", "!~", "is", "is not"})


class JqlError(ValueError):
    """The query is grammatical but asks about something that is not there."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, when, and of what."""

    user: User | None
    now: datetime
    store: IssueStore

    def readable(self, id_or_key: str) -> Issue | None:
        issue = self.store.find(id_or_key)
        return issue if issue is not None and may_read(issue, self.user) else None


@dataclass(frozen=True, slots=True)
class Field:
    operators: frozenset[str]
    build: Callable[[Clause, Asking], Test]
    sort: SortKey


def _missing(name: str, text: str) -> JqlError:
    return JqlError(f"The value '{text}' does not exist for the field '{name}'.")


def _texts(operands: Iterable[Operand], asking: Asking) -> list[str]:
    return [
        text
        for operand in operands
        for text in (_called(operand, asking) if isinstance(operand, Call) else [operand.text])
    ]


def _called(call: Call, asking: Asking) -> list[str]:
    match call.name:
        case "currentuser":
            return [asking.user.account_id] if asking.user else []
        case "standardissuetypes":
            return [kind.id for kind in ISSUE_TYPES.values() if not kind.subtask]
        case "subtaskissuetypes":
            return [kind.id for kind in ISSUE_TYPES.values() if kind.subtask]
        case "now":
            return ["+0m"]
    raise JqlError(f"Unable to find JQL function '{call.name}()'.")


def _choice(
    values: Callable[[Issue], frozenset[str]],
    resolve: Callable[[str, str, Asking], frozenset[str]],
) -> Field:
    """A field that holds none, one or some of a known set. `!=` leaves out issues with none."""

    def build(clause: Clause, asking: Asking) -> Test:
        if clause.operator == "is":
            return lambda issue: not values(issue)
        if clause.operator == "is not":
            return lambda issue: bool(values(issue))
        wanted: frozenset[str] = frozenset()
        for text in _texts(clause.operands, asking):
            wanted |= resolve(clause.field, text, asking)
        if clause.operator in {"=", "in"}:
            return lambda issue: bool(values(issue) & wanted)
        return lambda issue: bool(values(issue)) and not values(issue) & wanted

    return Field(CHOICE, build, lambda issue: _last(min(values(issue), default=None)))


def _last(value: str | float | None) -> tuple[bool, float | str]:
    """Empty values sort behind all others."""
    return (True, "") if value is None else (False, value)


def _project(name: str, text: str, asking: Asking) -> frozenset[str]:
    wanted = text.casefold()
    found = frozenset(
        project.key
        for project in asking.store.projects()
        if asking.user is not None
        and wanted in {project.key.casefold(), project.name.casefold(), str(project.id)}
    )
    if not found:
        raise _missing(name, text)
    return found


def _named(pairs: Iterable[tuple[str, str]]) -> Callable[[str, str, Asking], frozenset[str]]:
    """Values known by an id or by a name, in any case of letters."""
    table = [(identity, name.casefold()) for identity, name in pairs]

    def resolve(name: str, text: str, _asking: Asking) -> frozenset[str]:
        found = frozenset(
            identity for identity, word in table if text.casefold() in {identity, word}
        )
        if not found:
            raise _missing(name, text)
        return found

    return resolve


def _resolution(name: str, text: str, asking: Asking) -> frozenset[str]:
    if text.casefold() == "unresolved":
        return frozenset({"unresolved"})
    return _named((r.id, r.name) for r in RESOLUTIONS.values())(name, text, asking)


def _resolution_values(issue: Issue) -> frozenset[str]:
    return frozenset({issue.resolution_id} if issue.resolution_id else ())


def _resolution_test(clause: Clause, asking: Asking) -> Test:
    """`resolution = Unresolved` is JQL's other way to say `resolution IS EMPTY`."""
    texts = [text.casefold() for text in _texts(clause.operands, asking)]
    if texts == ["unresolved"]:
        opposite = clause.operator in {"!=", "not in"}
        clause = Clause(clause.field, "is not" if opposite else "is")
    return _RESOLUTION_CHOICE.build(clause, asking)


_RESOLUTION_CHOICE = _choice(_resolution_values, _resolution)


def _person(name: str, text: str, _asking: Asking) -> frozenset[str]:
    user = user_named(text)
    if user is None:
        raise _missing(name, text)
    return frozenset({user.account_id})


def _issue(name: str, text: str, asking: Asking) -> frozenset[str]:
    issue = asking.readable(text)
    if issue is not None:
        return frozenset({str(issue.id)})
    if text.isdecimal():
        raise JqlError(f"A value with ID '{text}' does not exist for the field '{name}'.")
    raise JqlError(f"An issue with key '{text}' does not exist for field '{name}'.")


def _key_test(clause: Clause, asking: Asking) -> Test:
    """Keys are equal by issue, and ordered by number within their project."""
    if clause.operator in CHOICE:
        return _KEY_CHOICE.build(clause, asking)
    (text,) = _texts(clause.operands, asking)
    other = asking.readable(text)
    if other is None:
        raise JqlError(f"An issue with key '{text}' does not exist for field '{clause.field}'.")
    compare = COMPARISONS[clause.operator]
    return lambda issue: issue.project == other.project and compare(issue.number, other.number)


_KEY_CHOICE = _choice(lambda issue: frozenset({str(issue.id)}), _issue)

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}


def _instant(clause: Clause, asking: Asking) -> float:
    (operand,) = clause.operands
    zone = asking.user.zone if asking.user else None
    text = operand.text if not isinstance(operand, Call) else "+0m"
    if isinstance(operand, Call):
        _called(operand, asking)
        text = operand.arguments[0] if operand.arguments else text
        if relative(text) is None:
            raise JqlError(f"'{text}' is not a valid offset for the function '{operand.name}'.")
    found = moment(text, now=asking.now, zone=zone or ANONYMOUS_ZONE)
    if found is None:
        raise JqlError(
            f"Date value '{text}' for field '{clause.field}' is invalid. Valid formats include: "
            "'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period "
            "format e.g. '-5d', '4w 2d'."
        )
    return found.timestamp()


def _date(value: Callable[[Issue], datetime | None]) -> Field:
    def build(clause: Clause, asking: Asking) -> Test:
        if clause.operator == "is":
            return lambda issue: value(issue) is None
        if clause.operator == "is not":
            return lambda issue: value(issue) is not None
        compare, border = COMPARISONS[clause.operator], _instant(clause, asking)

        def test(issue: Issue) -> bool:
            actual = value(issue)
            return actual is not None and compare(actual.timestamp(), border)

        return test

    def sort(issue: Issue) -> tuple[bool, float | str]:
        actual = value(issue)
        return _last(actual.timestamp() if actual else None)

    return Field(ORDERED - {"in", "not in"}, build, sort)


def _due(issue: Issue) -> datetime | None:
    return datetime.combine(issue.due, time(), tzinfo=UTC) if issue.due else None


def _words(text: str) -> list[str]:
    return re.findall(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+", text.casefold())


def _text_test(clause: Clause, asking: Asking) -> Test:
    """Every word must be there; a word may end in `*`; Chinese is compared sign by sign."""
    if clause.operator in {"is", "is not"}:
        return lambda issue: bool(issue.summary) == (clause.operator == "is not")
    (text,) = _texts(clause.operands, asking)
    starts = {word.rstrip("*").casefold() for word in text.split() if word.endswith("*")}
    wanted = set(_words(text)) - starts

    def found(issue: Issue) -> bool:
        words = _words(issue.summary)
        return wanted <= set(words) and all(
            any(word.startswith(start) for word in words) for start in starts
        )

    return found if clause.operator == "~" else lambda issue: not found(issue)


def _one(value: str | int | None) -> frozenset[str]:
    return frozenset() if value is None else frozenset({str(value)})


_CATEGORIES = {s.category.key: s.category for s in STATUSES.values()}.values()
_TYPE = _choice(
    lambda issue: _one(issue.type_id), _named((k.id, k.name) for k in ISSUE_TYPES.values())
)
_KEY = Field(ORDERED, _key_test, lambda issue: (False, f"{issue.project}-{issue.number:09d}"))
_RESOLVED = _date(lambda issue: issue.resolved)
_DUE = _date(_due)

FIELDS: dict[str, Field] = {
    "project": _choice(lambda issue: _one(issue.project), _project),
    "key": _KEY,
    "issuekey": _KEY,
    "issue": _KEY,
    "id": _KEY,
    "parent": _choice(lambda issue: _one(issue.parent_id), _issue),
    "issuetype": _TYPE,
    "type": _TYPE,
    "status": _choice(
        lambda issue: _one(issue.status_id), _named((s.id, s.name) for s in STATUSES.values())
    ),
    "statuscategory": _choice(
        lambda issue: _one(issue.status.category.key),
        _named(
            [(c.key, c.name) for c in _CATEGORIES]
            + [(c.key, c.key) for c in _CATEGORIES]
            + [(c.key, str(c.id)) for c in _CATEGORIES]
        ),
    ),
    "resolution": Field(CHOICE, _resolution_test, _RESOLUTION_CHOICE.sort),
    "labels": _choice(lambda issue: frozenset(issue.labels), lambda _n, text, _a: _one(text)),
    "assignee": _choice(lambda issue: _one(issue.assignee), _person),
    "reporter": _choice(lambda issue: _one(issue.reporter), _person),
    "summary": Field(TEXT, _text_test, lambda issue: (False, issue.summary.casefold())),
    "created": _date(lambda issue: issue.created),
    "updated": _date(lambda issue: issue.updated),
    "resolved": _RESOLVED,
    "resolutiondate": _RESOLVED,
    "due": _DUE,
    "duedate": _DUE,
}
