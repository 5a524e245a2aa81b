"""Text to tree, with `lark`; errors in Jira's words."""

import re
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken, VisitError

from sandbox.query.tree import AllOf, AnyOf, Call, Clause, Condition, Operand, Query, Sort, Value
from sandbox.query.tree import negated as opposite

_NOTHING = object()
_OPERATORS = "'=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'"


class QuerySyntaxError(ValueError):
    """The text is not a query. The message is a sentence for the person who wrote it."""


def parse(text: str) -> Query:
    """Raises `QuerySyntaxError`."""
    try:
        return _parsed(text)
    except UnexpectedInput as error:
        raise QuerySyntaxError(_explained(error, text)) from error
    except (VisitError, RecursionError) as error:
        raise QuerySyntaxError("Error in the JQL Query: The query is nested too deeply.") from error


@lru_cache(maxsize=512)
def _parsed(text: str) -> Query:
    tree: Query = _TreeBuilder().transform(_parser().parse(text))
    return tree


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark.open("grammar.lark", rel_to=__file__, parser="lalr")


def _unquoted(token: Token) -> str:
    if token.type == "QUOTED":
        return re.sub(r"\\(.)", r"\1", token[1:-1], flags=re.DOTALL)
    return str(token)


@v_args(inline=True)
class _TreeBuilder(Transformer[Token, Any]):
    def start(self, where: Condition | None = None, order: tuple[Sort, ...] | None = None) -> Query:
        return Query(where, order or ())

    def disjunction(self, *parts: Condition) -> Condition:
        return AnyOf(parts)

    def conjunction(self, *parts: Condition) -> Condition:
        return AllOf(parts)

    def negated(self, condition: Condition) -> Condition:
        return opposite(condition)

    def compared(self, field: str, operator: Token, operand: object) -> Condition:
        if operand is _NOTHING:
            return Clause(field, "is" if operator == "=" else "is not")
        assert isinstance(operand, Value | Call)
        return Clause(field, str(operator), (operand,))

    def among(self, field: str, _in: Token, items: tuple[Operand, ...]) -> Condition:
        return Clause(field, "in", items)

    def not_among(
        self, field: str, _not: Token, _in: Token, items: tuple[Operand, ...]
    ) -> Condition:
        return Clause(field, "not in", items)

    def empty(self, field: str, *_words: Token) -> Condition:
        return Clause(field, "is")

    def not_empty(self, field: str, *_words: Token) -> Condition:
        return Clause(field, "is not")

    def nothing(self, *_words: Token) -> object:
        return _NOTHING

    def field(self, token: Token) -> str:
        return _unquoted(token)

    def list(self, *items: Operand) -> tuple[Operand, ...]:
        return items

    def value(self, token: Token) -> Value:
        return Value(_unquoted(token))

    def call(self, name: Token, *arguments: Value | None) -> Call:
        return Call(str(name).casefold(), tuple(a.text for a in arguments if a))

    def order(self, *sorts: Sort) -> tuple[Sort, ...]:
        return sorts

    def sort(self, field: str, direction: Token | None = None) -> Sort:
        return Sort(field, direction is not None and direction.type == "DESC")


def _explained(error: UnexpectedInput, text: str) -> str:
    place = f"(line {error.line}, character {error.column})"
    match error:
        case UnexpectedCharacters():
            reason = _about_character(error, text)
        case UnexpectedToken() if error.token.type == "$END":
            return f"Error in the JQL Query: {_about_end(error)}"
        case UnexpectedToken():
            reason = _about_token(error)
        case _:
            reason = "The query cannot be understood."
    return f"Error in the JQL Query: {reason} {place}"


def _about_character(error: UnexpectedCharacters, text: str) -> str:
    position = error.pos_in_stream or 0
    got = text[position]
    if got in "\"'":
        return f"The quoted string '{text[position + 1 :]}' has not been completed."
    return (
        f"The character '{got}' is a reserved JQL character. You must enclose it in a string or "
        f"use the escape '\\u{ord(got):04x}' instead."
    )


def _about_end(error: UnexpectedToken) -> str:
    if "RPAR" in error.expected:
        return "Expecting ')' before the end of the query."
    return f"Expecting operator before the end of the query. The valid operators are {_OPERATORS}."


def _about_token(error: UnexpectedToken) -> str:
    got, expected = str(error.token), set(error.expected)
    if "COMPARE" in expected:
        return f"Expecting operator but got '{got}'. The valid operators are {_OPERATORS}."
    if expected & {"_AND", "_OR"}:
        return f"Expecting either 'OR' or 'AND' but got '{got}'."
    return (
        f"Expecting either a value, list or function but got '{got}'. "
        f"You must surround '{got}' in quotation marks to use it as a value."
    )
