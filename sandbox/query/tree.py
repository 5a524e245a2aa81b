"""A query, parsed. The same tree for JQL and CQL."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Value:
    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function such as `now("-5m")`."""

    name: str
    arguments: tuple[str, ...]


Operand: TypeAlias = Value | Call

# The word EMPTY where a value may stand: `assignee WAS EMPTY`, `assignee in (EMPTY, tom)`.
EMPTY = Call("empty", ())


@dataclass(frozen=True, slots=True)
class Predicate:
    """What narrows a question about history: `AFTER`, `BEFORE`, `BY`, `DURING` and so on."""

    word: str
    operands: tuple[Operand, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """`field operator operands`; `is` and `is not` ask about emptiness and have no operands."""

    field: str
    operator: str
    operands: tuple[Operand, ...] = ()
    predicates: tuple[Predicate, ...] = ()


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple["Condition", ...]


Condition: TypeAlias = Clause | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Sort:
    field: str
    descending: bool


@dataclass(frozen=True, slots=True)
class Query:
    where: Condition | None
    order: tuple[Sort, ...]


OPPOSITE = {
    "=": "!=",
    "!=": "=",
    "~": "!~",
    "!~": "~",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "in": "not in",
    "not in": "in",
    "is": "is not",
    "is not": "is",
    "was": "was not",
    "was not": "was",
    "was in": "was not in",
    "was not in": "was in",
    "changed": "not changed",
    "not changed": "changed",
}


def negated(condition: Condition) -> Condition:
    """
    NOT, pushed down to the clauses.

    Jira does the same, so `NOT resolution = Done` leaves out unresolved issues as `!=` does.
    """
    match condition:
        case Clause(field, operator, operands, predicates):
            return Clause(field, OPPOSITE[operator], operands, predicates)
        case AllOf(parts):
            return AnyOf(tuple(negated(part) for part in parts))
        case AnyOf(parts):
            return AllOf(tuple(negated(part) for part in parts))
