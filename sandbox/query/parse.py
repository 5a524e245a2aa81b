"""Text to tree, with `lark`; errors in Jira's words."""

import re
from functools import lru_cache
from typing import Any

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedInput, UnexpectedToken, VisitError

from sandbox.query import reserved
from sandbox.query.tree import (
    EMPTY,
    AllOf,
    AnyOf,
    Call,
    Clause,
    Condition,
    Operand,
    Predicate,
    Query,
    Sort,
    Value,
)
from sandbox.query.tree import negated as opposite

_OPERATORS = "'=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'"


class QuerySyntaxError(ValueError):
    """The text is not a query. The message is a sentence for the person who wrote it."""


class _Reserved(ValueError):
    """A word that may not stand bare; the message says so in Jira's words."""


def parse(text: str, *, strict: bool = False) -> Query:
    """Raises `QuerySyntaxError`; when `strict` also for the words that JQL reserves."""
    try:
        return _parsed(text, strict)
    except UnexpectedInput as error:
        raise QuerySyntaxError(_explained(error, text)) from error
    except (VisitError, RecursionError) as error:
        if isinstance(error, VisitError) and isinstance(error.orig_exc, _Reserved):
            raise QuerySyntaxError(f"Error in the JQL Query: {error.orig_exc}") from error
        raise QuerySyntaxError("Error in the JQL Query: The query is nested too deeply.") from error


@lru_cache(maxsize=512)
def _parsed(text: str, strict: bool) -> Query:
    tree: Query = _TreeBuilder(strict).transform(_parser().parse(text))
    return tree


@lru_cache(maxsize=1)
def _parser() -> Lark:
    return Lark.open("grammar.lark", rel_to=__file__, parser="lalr")


def _unquoted(token: Token) -> str:
    if token.type == "QUOTED":
        return re.sub(r"\\(.)", r"\1", token[1:-1], flags=re.DOTALL)
    return str(token)


def _refuse_reserved(token: Token) -> None:
    place = f"(line {token.line}, character {token.column})"
    if token.casefold() in reserved.WORDS:
        raise _Reserved(
            f"'{token}' is a reserved JQL word. You must surround it in quotation marks to use "
            f"it in a query. {place}"
        )
    sign = next((sign for sign in token if sign in reserved.SIGNS), None)
    if sign:
        raise _Reserved(f"{_reserved_sign(sign)} {place}")


def _reserved_sign(sign: str) -> str:
    return (
        f"The character '{sign}' is a reserved JQL character. You must enclose it in a string or "
        f"use the escape '\\u{ord(sign):04x}' instead."
    )


@v_args(inline=True)
class _TreeBuilder(Transformer[Token, Any]):
    def __init__(self, strict: bool) -> None:
        super().__init__()
        self._strict = strict

    def _word(self, token: Token) -> str:
        if self._strict and token.type == "WORD":
            _refuse_reserved(token)
        return _unquoted(token)

    def start(self, where: Condition | None = None, order: tuple[Sort, ...] | None = None) -> Query:
        return Query(where, order or ())

    def disjunction(self, *parts: Condition) -> Condition:
        return AnyOf(parts)

    def conjunction(self, *parts: Condition) -> Condition:
        return AllOf(parts)

    def negated(self, condition: Condition) -> Condition:
        return opposite(condition)

    def compared(self, field: str, operator: Token, operand: Operand) -> Condition:
        if operand is EMPTY and operator in {"=", "!="}:
            return Clause(field, "is" if operator == "=" else "is not")
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

    def was(
        self, field: str, _was: Token, negated: Token | None, operand: Operand, *rest: Predicate
    ) -> Condition:
        return Clause(field, "was not" if negated else "was", (operand,), rest)

    def was_among(
        self,
        field: str,
        _was: Token,
        negated: Token | None,
        _in: Token,
        items: tuple[Operand, ...],
        *rest: Predicate,
    ) -> Condition:
        return Clause(field, "was not in" if negated else "was in", items, rest)

    def changed(self, field: str, _changed: Token, *rest: Predicate) -> Condition:
        return Clause(field, "changed", (), rest)

    def predicate(self, word: Token, *operands: Operand) -> Predicate:
        return Predicate(word.casefold(), operands)

    def nothing(self, *_words: Token) -> Operand:
        return EMPTY

    def field(self, token: Token) -> str:
        return self._word(token)

    def list(self, *items: Operand) -> tuple[Operand, ...]:
        return items

    def value(self, token: Token) -> Value:
        return Value(self._word(token))

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
    return _reserved_sign(got)


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
