"""What a page says of an objective beside its title: owner, weight, type, origin, alignment."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from connector.core.findings import Finding, Place
from connector.core.standing import parse_type, parse_weight
from connector.core.text import plain
from connector.pages.headers import Column
from connector.pages.people import people_in
from connector.pages.raw import RawCell
from connector.pages.refs import dependencies_in, parents_in
from connector.pages.remarks import remark

_LONGEST = 500
_LONGEST_CONTRIBUTION = 2_000
_NOTHING = frozenset(
    {"", "-", "--", "—", "–", "/", "n/a", "none", "无", "暂无", "tbd", "待定", "?"}
)

DateReader = Callable[[str], date | None]


@dataclass(slots=True)
class Aim:
    """Fields of an objective by their names, and what was not understood, word for word."""

    values: dict[str, Any] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_aim(cells: Sequence[RawCell], place: Place, read_date: DateReader) -> Aim:
    aim = Aim()
    for cell in cells:
        said = plain(cell.content.text)
        if cell.content.struck or (
            said.lower() in _NOTHING and not (cell.content.people or cell.content.pages)
        ):
            continue
        if not _read(aim.values, cell, said, read_date):
            aim.findings.append(remark("F-07", place, column=cell.header, text=said))
    return aim


def _read(values: dict[str, Any], cell: RawCell, said: str, read_date: DateReader) -> bool:
    """False for a value that was not understood."""
    found: date | Fraction | object | None
    match cell.column:
        case Column.OWNER:
            values["owners"] = people_in(cell.content)
        case Column.WEIGHT:
            found = parse_weight(said)
            if found is None or found <= 0:
                return found is not None
            values["weight"] = found
        case Column.OBJECTIVE_TYPE | Column.TYPE:
            found = parse_type(said)
            if found is None:
                return cell.column is Column.TYPE
            values["type"] = found
        case Column.ORIGIN:
            values["origin"] = said[:_LONGEST]
        case Column.DUE:
            found = read_date(said)
            if found is None:
                return False
            values["due"] = found
        case Column.PARENT:
            values["parents"] = (*values.get("parents", ()), *parents_in(cell.content))
        case Column.DEPENDENCY:
            refs = dependencies_in(cell.content)
            values["dependencies"] = (*values.get("dependencies", ()), *refs)
        case Column.CONTRIBUTION:
            values["contribution"] = said[:_LONGEST_CONTRIBUTION]
    return True
