"""Fields that apps declare over content properties: numbers, strings, texts, dates."""

from collections.abc import Callable
from datetime import UTC, datetime
from operator import eq, ge, gt, le, lt, ne

from sandbox.query.tree import Call, Clause
from sandbox.query.words import finder
from sandbox.wiki.cql_terms import (
    EQUALITY,
    ORDER,
    TEXT,
    Asking,
    CqlError,
    Field,
    Test,
    compared,
    shown,
)
from sandbox.wiki.extractions import Extraction
from sandbox.wiki.model import Page

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "=": eq,
    "!=": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}


def property_field(extraction: Extraction) -> Field:
    """A page without the property is found by no clause, not even by `!=`."""
    operators, build = _TYPES[extraction.type]

    def built(clause: Clause, asking: Asking) -> Test:
        fits = build(clause, asking)

        def test(page: Page) -> bool:
            held = asking.pages.properties(page, extraction.key)
            found = [value for one in held for value in extraction.values(one.value)]
            return bool(found) and fits(found)

        return test

    return Field(operators, built)


_Fits = Callable[[list[object]], bool]


def _number(clause: Clause, _asking: Asking) -> _Fits:
    wanted = [_float(shown(operand)) for operand in clause.operands]
    if clause.operator in {"in", "not in"}:
        among = set(wanted)
        return lambda found: bool(among & _floats(found)) == (clause.operator == "in")
    compare = _COMPARE[clause.operator]
    return lambda found: any(compare(value, wanted[0]) for value in _floats(found))


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise CqlError(f"'{text}' is not a number") from error


def _floats(found: list[object]) -> set[float]:
    return {
        float(value)
        for value in found
        if isinstance(value, int | float) and not isinstance(value, bool)
    }


def _string(clause: Clause, _asking: Asking) -> _Fits:
    wanted = {shown(operand).casefold() for operand in clause.operands}
    equal = clause.operator in {"=", "in"}
    return lambda found: bool(wanted & {_as_text(value).casefold() for value in found}) == equal


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(clause: Clause, _asking: Asking) -> _Fits:
    if any(isinstance(operand, Call) for operand in clause.operands):
        raise CqlError(f"Unknown function: {shown(clause.operands[0])}")
    there = finder(" ".join(shown(operand) for operand in clause.operands))
    return lambda found: there(" ".join(map(_as_text, found))) == (clause.operator == "~")


def _date(clause: Clause, asking: Asking) -> _Fits:
    wanted = asking.instant(clause.operands[0])
    return lambda found: any(
        compared(clause.operator, moment, wanted)
        for value in found
        if (moment := _moment(value)) is not None
    )


def _moment(value: object) -> datetime | None:
    """ISO 8601, or milliseconds since 1970."""
    try:
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
        if isinstance(value, int | float):
            return datetime.fromtimestamp(value / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        pass
    return None


_TYPES: dict[str, tuple[frozenset[str], Callable[[Clause, Asking], _Fits]]] = {
    "number": (ORDER | EQUALITY, _number),
    "string": (EQUALITY, _string),
    "text": (TEXT, _text),
    "date": (ORDER, _date),
}
