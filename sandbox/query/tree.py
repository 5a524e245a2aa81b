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


@dataclass(frozen=True, slots=True)
class Clause:
    """`field operator operands`; `is` and `is not` ask about emptiness and have no operands."""

    field: str
    operator: str
    operands: tuple[Operand, ...] = ()


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
}


def negated(condition: Condition) -> Condition:
    """
    NOT, pushed down to the clauses.

    Jira does the same, so `NOT resolution = Done` leaves out unresolved issues as `!=` does.
    """
    match condition:
        case Clause(field, operator, operands):
            return Clause(field, OPPOSITE[operator], operands)
        case AllOf(parts):
            return AnyOf(tuple(negated(part) for part in parts))
        case AnyOf(parts):
            return AllOf(tuple(negated(part) for part in parts))
