"""What a page says of an objective beside its title: owner, weight, type, origin, alignment."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from connector.core.findings import Finding, Place
from connector.core.json import JsonObject
from connector.core.standing import parse_type, parse_weight
from connector.core.text import plain
from connector.pages.content import Content
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
AimReader = Callable[[JsonObject, Content], bool]  # whether it understood


@dataclass(slots=True)
class Aim:
    """Fields of an objective by their names, and what was not understood, word for word."""

    values: JsonObject = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def read_aim(cells: Sequence[RawCell], place: Place, read_date: DateReader) -> Aim:
    """The fields of an objective; what was not understood is told word for word."""
    aim = Aim()
    for cell in cells:
        said = plain(cell.content.text)
        named = cell.content.people or cell.content.pages
        if cell.content.struck or (said.lower() in _NOTHING and not named):
            continue
        if cell.column is Column.DUE:
            understood = _known(aim.values, "due", read_date(said))
        else:
            understood = _READERS[cell.column](aim.values, cell.content)
        if not understood:
            aim.findings.append(remark("F-07", place, column=cell.header, text=said))
    return aim


def alignment_in(details: Iterable[tuple[str, Content, Place]]) -> JsonObject:
    """What the properties of a page say for all of its objectives that say nothing themselves."""
    values: JsonObject = {}
    for label, content, _ in details:
        column = _OF_THE_PAGE.get(label)
        if column and not content.struck and plain(content.text).lower() not in _NOTHING:
            _READERS[column](values, content)
    return values


def _known(values: JsonObject, name: str, found: object) -> bool:
    """Keeps what was read; False for None."""
    if found is not None:
        values[name] = found
    return found is not None


def _weight(values: JsonObject, content: Content) -> bool:
    weight = parse_weight(content.text)
    return weight is not None and (weight <= 0 or _known(values, "weight", weight))


def _type(values: JsonObject, content: Content) -> bool:
    return _known(values, "type", parse_type(content.text))


def _kind(values: JsonObject, content: Content) -> bool:
    """A column `Type` may as well hold `O` and `KR`."""
    return _type(values, content) or True


def _text(name: str, longest: int) -> AimReader:
    return lambda values, content: _known(values, name, plain(content.text)[:longest])


def _references(name: str, read: Callable[[Content], tuple[object, ...]]) -> AimReader:
    return lambda values, content: _known(values, name, (*values.get(name, ()), *read(content)))


def is_of_an_aim(cell: RawCell) -> bool:
    """Whether an objective has such a thing: a confidence, say, only its key results have."""
    return cell.column in _READERS or cell.column is Column.DUE


_READERS: dict[Column, AimReader] = {
    Column.OWNER: lambda values, content: _known(values, "owners", people_in(content)),
    Column.WEIGHT: _weight,
    Column.TYPE: _kind,
    Column.OBJECTIVE_TYPE: _type,
    Column.ORIGIN: _text("origin", _LONGEST),
    Column.PARENT: _references("parents", parents_in),
    Column.DEPENDENCY: _references("dependencies", dependencies_in),
    Column.NEEDED_BY: _references("needed_by", dependencies_in),
    Column.CONTRIBUTION: _text("contribution", _LONGEST_CONTRIBUTION),
}
_OF_THE_PAGE = {
    one.value: one
    for one in (Column.PARENT, Column.DEPENDENCY, Column.NEEDED_BY, Column.CONTRIBUTION)
}
