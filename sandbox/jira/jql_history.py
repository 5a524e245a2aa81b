"""`WAS` and `CHANGED`: what an issue's changelog tells about a field, and when, and by whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from math import inf

from sandbox.directory import user_named
from sandbox.jira.jql_dates import instant
from sandbox.jira.jql_functions import texts
from sandbox.jira.jql_terms import NONE, Asking, Field, JqlError, Test, missing
from sandbox.jira.model import Issue
from sandbox.query.tree import Clause, Operand, Predicate

_PAIR = 2


@dataclass(slots=True)
class _Window:
    """What the predicates leave: a span of time, authors, and the two ends of a change."""

    begin: float = -inf
    end: float = inf
    authors: set[str] | None = None
    old: set[str] | None = None
    new: set[str] | None = None

    def allows(self, author: str) -> bool:
        return self.authors is None or author in self.authors


@dataclass(frozen=True, slots=True)
class _Span:
    """A value that a field held from one instant to another, and who gave it."""

    value: str
    author: str
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class _Step:
    old: str
    new: str
    author: str
    at: float


@dataclass(slots=True)
class _Past:
    """Everything a field of one issue was."""

    steps: list[_Step] = field(default_factory=list)
    spans: list[_Span] = field(default_factory=list)


def history_test(clause: Clause, field: Field, asking: Asking) -> Test:
    """Raises `JqlError` for fields without history and values or predicates that are none."""
    if field.history is None or field.resolve is None:
        raise JqlError(f"History searches do not support the '{clause.field}' field.")
    window = _window(clause, field, asking)
    wanted = _wanted(clause.field, clause.operands, field, asking)
    if clause.operator in {"changed", "not changed"}:
        return lambda issue: (
            _changed(_past(issue, field, asking), window) == (clause.operator == "changed")
        )
    positive = clause.operator in {"was", "was in"}
    return lambda issue: _was(_past(issue, field, asking), wanted, window) == positive


def _was(past: _Past, wanted: set[str], window: _Window) -> bool:
    return any(
        span.value in wanted
        and span.begin < window.end
        and span.end > window.begin
        and window.allows(span.author)
        for span in past.spans
    )


def _changed(past: _Past, window: _Window) -> bool:
    return any(
        window.begin <= step.at < window.end
        and window.allows(step.author)
        and (window.old is None or step.old in window.old)
        and (window.new is None or step.new in window.new)
        for step in past.steps
    )


def _past(issue: Issue, field: Field, asking: Asking) -> _Past:
    steps = [
        _Step(item.old or NONE, item.new or NONE, change.author, change.created.timestamp())
        for change in reversed(asking.store.changes(issue))
        for item in change.items
        if item.field == field.history
    ]
    assert field.values is not None
    past = _Past(steps)
    if field.many:
        past.spans.extend(_spans_of_many(issue, field.values(issue), steps))
        return past
    now = next(iter(field.values(issue)), NONE)
    value, author = steps[0].old if steps else now, issue.reporter
    begin = issue.created.timestamp()
    for step in steps:
        past.spans.append(_Span(value, author, begin, step.at))
        value, author, begin = step.new, step.author, step.at
    past.spans.append(_Span(value, author, begin, inf))
    return past


def _spans_of_many(issue: Issue, now: frozenset[str], steps: Iterable[_Step]) -> Iterator[_Span]:
    """Each value has a span of its own; none at all is a span as well."""
    steps = list(steps)
    held = set(now)
    for step in reversed(steps):
        held.discard(step.new)
        held |= {step.old} - {NONE}
    first = issue.created.timestamp()
    open_since = dict.fromkeys(held or {NONE}, (issue.reporter, first))
    for step in steps:
        for value in {step.old} - {NONE}:
            author, begin = open_since.pop(value, (issue.reporter, first))
            yield _Span(value, author, begin, step.at)
        for value in {step.new} - {NONE}:
            open_since[value] = (step.author, step.at)
        if not open_since:
            open_since[NONE] = (step.author, step.at)
        elif len(open_since) > 1 and NONE in open_since:
            author, begin = open_since.pop(NONE)
            yield _Span(NONE, author, begin, step.at)
    for value, (author, begin) in open_since.items():
        yield _Span(value, author, begin, inf)


def _wanted(name: str, operands: Iterable[Operand], field: Field, asking: Asking) -> set[str]:
    assert field.resolve is not None
    found: set[str] = set()
    for text in texts(name, operands, asking, kind=field.kind):
        found |= {NONE} if text == NONE else field.resolve(name, text, asking)
    return found


def _window(clause: Clause, field: Field, asking: Asking) -> _Window:
    window = _Window()
    for predicate in clause.predicates:
        match predicate.word:
            case "by":
                window.authors = _people(predicate, asking)
            case "from" | "to" if "changed" not in clause.operator:
                raise JqlError(
                    f"The predicate '{predicate.word}' is not supported by the operator "
                    f"'{clause.operator}'."
                )
            case "from":
                window.old = _wanted(clause.field, predicate.operands, field, asking)
            case "to":
                window.new = _wanted(clause.field, predicate.operands, field, asking)
            case _:
                _narrow(window, predicate, clause.field, asking)
    return window


def _narrow(window: _Window, predicate: Predicate, name: str, asking: Asking) -> None:
    moments = [instant(name, operand, asking) for operand in predicate.operands]
    expected = _PAIR if predicate.word == "during" else 1
    if len(moments) != expected:
        raise JqlError(f"The predicate '{predicate.word}' takes {expected} dates.")
    match predicate.word:
        case "after":
            begin, end = moments[0].timestamp(), inf
        case "before":
            begin, end = -inf, moments[0].timestamp()
        case "on":
            begin, end = _day(moments[0], asking)
        case _:
            begin, end = moments[0].timestamp(), moments[1].timestamp()
    window.begin, window.end = max(window.begin, begin), min(window.end, end)


def _day(moment: datetime, asking: Asking) -> tuple[float, float]:
    day = datetime.combine(moment.astimezone(asking.zone).date(), time(), tzinfo=asking.zone)
    return day.timestamp(), (day + timedelta(days=1)).timestamp()


def _people(predicate: Predicate, asking: Asking) -> set[str]:
    found: set[str] = set()
    for text in texts("by", predicate.operands, asking, kind="user"):
        user = user_named(text)
        if user is None:
            raise missing("by", text)
        found.add(user.account_id)
    return found
