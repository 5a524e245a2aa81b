"""Fields of JQL that hold none, one or some of a known set of values."""

from collections.abc import Callable, Iterable

from sandbox.jira.jql_functions import texts
from sandbox.jira.jql_history import history_test
from sandbox.jira.jql_terms import (
    CHOICE,
    COMPARISONS,
    HISTORY,
    NONE,
    ORDERED,
    Asking,
    Field,
    JqlError,
    Resolve,
    Test,
    Values,
    last,
    missing,
    single,
)
from sandbox.jira.model import Issue
from sandbox.query.tree import Clause


def choice(
    values: Values, resolve: Resolve, *, kind: str = "choice", history: str | None = None
) -> Field:
    """`!=` leaves out issues with no value."""

    def build(clause: Clause, asking: Asking) -> Test:
        if clause.operator in HISTORY:
            return history_test(clause, field, asking)
        if clause.operator in {"is", "is not"}:
            return lambda issue: bool(values(issue)) == (clause.operator == "is not")
        named = texts(clause.field, clause.operands, asking, kind=kind)
        if clause.operator in {"=", "!="}:
            single(clause, named or [NONE])
        wanted = frozenset[str]().union(
            *(_resolved(resolve, clause.field, text, asking) for text in named)
        )
        if clause.operator in {"=", "in"}:
            return lambda issue: bool((values(issue) or {NONE}) & wanted)
        return lambda issue: bool(values(issue)) and not values(issue) & wanted

    def sort(issue: Issue) -> tuple[bool, float | str]:
        return last(min(values(issue), default=None))

    operators = CHOICE | HISTORY
    field = Field(operators, build, sort, kind, values, resolve, history)
    return field


def _resolved(resolve: Resolve, name: str, text: str, asking: Asking) -> frozenset[str]:
    return frozenset({NONE}) if text == NONE else resolve(name, text, asking)


def named(pairs: Iterable[tuple[str, str]]) -> Resolve:
    """Values known by an id or by a name, in any case of letters."""
    table = [(identity, name.casefold()) for identity, name in pairs]

    def resolve(name: str, text: str, _asking: Asking) -> frozenset[str]:
        found = frozenset(
            identity for identity, word in table if text.casefold() in {identity, word}
        )
        if not found:
            raise missing(name, text)
        return found

    return resolve


def number_field(value: Callable[[Issue], float | None]) -> Field:
    def build(clause: Clause, asking: Asking) -> Test:
        if clause.operator in {"is", "is not"}:
            return lambda issue: (value(issue) is None) == (clause.operator == "is")
        wanted = [
            _number(clause.field, text) for text in texts(clause.field, clause.operands, asking)
        ]
        compare = COMPARISONS[{"in": "=", "not in": "!="}.get(clause.operator, clause.operator)]
        combined = all if clause.operator in {"!=", "not in"} else any

        def test(issue: Issue) -> bool:
            actual = value(issue)
            return actual is not None and combined(compare(actual, other) for other in wanted)

        return test

    return Field(ORDERED, build, lambda issue: last(value(issue)), kind="number")


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise JqlError(f"'{text}' is not a valid number for the field '{name}'.") from error
