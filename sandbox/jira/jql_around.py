"""JQL about what hangs on issues: comments, worklogs, watchers, votes, links, properties."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sandbox.directory import user_named
from sandbox.jira.jql_choice import choice, number_field
from sandbox.jira.jql_dates import date_test, instant
from sandbox.jira.jql_functions import texts
from sandbox.jira.jql_terms import (
    CHOICE,
    COMPARISONS,
    ORDERED,
    Asking,
    Field,
    JqlError,
    Resolve,
    Test,
    missing,
    single,
)
from sandbox.jira.jql_text import text_field
from sandbox.jira.model import Issue
from sandbox.jira.surroundings import LINK_WORDS
from sandbox.jira.worklogs import seconds_of
from sandbox.query.tree import Call, Clause, Operand

_PROPERTY = re.compile(r"issue\.property\[\s*[\"']?([^\]\"']+)[\"']?\s*\](?:\.([\w.-]+))?", re.I)
_FOUND_OR_NOT = frozenset({"~", "!~"})


def _person(name: str, text: str, _asking: Asking) -> frozenset[str]:
    user = user_named(text)
    if user is None:
        raise missing(name, text)
    return frozenset({user.account_id})


def _link_type(name: str, text: str, _asking: Asking) -> frozenset[str]:
    if text.casefold() not in LINK_WORDS:
        raise missing(name, text)
    return frozenset({text.casefold()})


def _among(facet: str, resolve: Resolve, kind: str) -> Field:
    """A choice among what hangs on the issue."""

    def build(clause: Clause, asking: Asking) -> Test:
        held: Mapping[int, frozenset[str]] = asking.around(facet)
        field = choice(lambda issue: held.get(issue.id, frozenset()), resolve, kind=kind)
        return field.build(clause, asking)

    return Field(CHOICE, build, None, kind)


def _number(facet: str) -> Field:
    def build(clause: Clause, asking: Asking) -> Test:
        held: Mapping[int, frozenset[str]] = asking.around(facet)
        return number_field(lambda issue: len(held.get(issue.id, ()))).build(clause, asking)

    return Field(ORDERED, build, None, "number")


def _words(facet: str, beside: Callable[[Issue], str]) -> Field:
    """Texts that hang on the issue, together with a text of its own."""

    def build(clause: Clause, asking: Asking) -> Test:
        held: Mapping[int, str] = asking.around(facet)
        field = text_field(lambda issue: f"{beside(issue)}\n{held.get(issue.id, '')}")
        return field.build(clause, asking)

    return Field(_FOUND_OR_NOT, build, None, "text")


def text_with_comments(own: Callable[[Issue], str]) -> Field:
    return _words("comments", own)


def _dates(facet: str) -> Field:
    def build(clause: Clause, asking: Asking) -> Test:
        held: Mapping[int, frozenset[datetime]] = asking.around(facet)
        if clause.operator in {"is", "is not"}:
            return lambda issue: (issue.id not in held) == (clause.operator == "is")
        borders = [_day(instant(clause.field, o, asking), asking) for o in clause.operands]
        test = date_test(clause.operator, borders, asking)
        return lambda issue: any(test(_day(at, asking)) for at in held.get(issue.id, ()))

    return Field(ORDERED, build, None, "date")


def _day(moment: datetime, asking: Asking) -> datetime:
    """The beginning of its day in the reader's zone."""
    local = moment.astimezone(asking.zone)
    return local.replace(hour=0, minute=0, second=0, microsecond=0)


def _time(clause: Clause, asking: Asking) -> Test:
    held: Mapping[int, int] = asking.around("time")
    if clause.operator in {"is", "is not"}:
        return lambda issue: (issue.id not in held) == (clause.operator == "is")
    wanted = [_seconds(clause.field, text) for text in texts(clause.field, clause.operands, asking)]
    compare = COMPARISONS[{"in": "=", "not in": "!="}.get(clause.operator, clause.operator)]
    combined = all if clause.operator in {"!=", "not in"} else any
    return lambda issue: (
        issue.id in held and combined(compare(held[issue.id], other) for other in wanted)
    )


def _seconds(name: str, text: str) -> float:
    seconds = seconds_of(text)
    if seconds is None:
        raise JqlError(f"'{text}' is not a valid duration for the field '{name}'.")
    return seconds


def property_field(name: str) -> Field | None:
    """`issue.property[key].path`, None for any other name. What it holds says how it compares."""
    found = _PROPERTY.fullmatch(name)
    if found is None:
        return None
    key, path = found.group(1).strip(), (found.group(2) or "").split(".")

    def build(clause: Clause, asking: Asking) -> Test:
        held: Mapping[int, Any] = asking.properties(key)
        values = {issue_id: _at(value, path) for issue_id, value in held.items()}
        return _property_test(clause, asking, values)

    return Field(ORDERED | _FOUND_OR_NOT, build)


def _property_test(clause: Clause, asking: Asking, values: Mapping[int, list[Any]]) -> Test:
    if clause.operator in {"is", "is not"}:
        return lambda issue: bool(values.get(issue.id)) == (clause.operator == "is not")
    if clause.operator in _FOUND_OR_NOT:
        return text_field(
            lambda issue: " ".join(str(value) for value in values.get(issue.id, []))
        ).build(clause, asking)
    operator = {"in": "=", "not in": "!="}.get(clause.operator, clause.operator)
    if operator not in {"=", "!="}:
        single(clause, ["" for _ in clause.operands])
    matches = [_matcher(operator, _plain(clause, operand)) for operand in clause.operands]
    combined = all if operator == "!=" else any
    return lambda issue: any(
        combined(match(value) for match in matches) for value in values.get(issue.id, [])
    )


def _plain(clause: Clause, operand: Operand) -> str:
    if isinstance(operand, Call):
        raise JqlError(
            f"A value provided by the function '{operand.name}' is invalid for '{clause.field}'."
        )
    return operand.text


def _matcher(operator: str, text: str) -> Callable[[Any], bool]:
    """Numbers as numbers; texts, and with them days, as texts."""
    try:
        number: float | None = float(text)
    except ValueError:
        number = None
    compare = COMPARISONS[operator]

    def match(value: Any) -> bool:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return number is not None and compare(value, number)
        held = str(value).casefold() if not isinstance(value, bool) else str(value).lower()
        order = (held > text.casefold()) - (held < text.casefold())
        return compare(order, 0)

    return match


def _at(value: Any, path: list[str]) -> list[Any]:
    """The plain values at a path; lists on the way give all of theirs."""
    if isinstance(value, list):
        return [found for item in value for found in _at(item, path)]
    if path and path[0]:
        inner = value.get(path[0]) if isinstance(value, dict) else None
        return _at(inner, path[1:]) if inner is not None else []
    return [] if value is None or isinstance(value, dict) else [value]


AROUND_FIELDS: dict[str, Field] = {
    "comment": _words("comments", lambda _issue: ""),
    "worklogcomment": _words("worklog comments", lambda _issue: ""),
    "worklogauthor": _among("worklog authors", _person, "user"),
    "worklogdate": _dates("worklog dates"),
    "timespent": Field(ORDERED, _time, None, "number"),
    "watcher": _among("watchers", _person, "user"),
    "watchers": _number("watchers"),
    "voter": _among("voters", _person, "user"),
    "votes": _number("voters"),
    "issuelinktype": _among("link types", _link_type, "link type"),
}
