"""Tables on their side: labels in the first column, `目标 | …`, `关键结果1 | …`, `负责人 | …`."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from connector.core.findings import Place
from connector.pages.anchors import anchors_of
from connector.pages.grid import Cell, Row
from connector.pages.headers import Column, column_of, exact_column
from connector.pages.heads import OF_OBJECTIVE, SHARED
from connector.pages.marks import is_sample, split_objective
from connector.pages.raw import RawCell, RawKeyResult, RawObjective
from connector.pages.several import pieces_of
from connector.pages.source import Source

_LONGEST = 40
_MOST_ROWS = 60
_UNKNOWN = 4  # of so many labels one may be foreign
_WHOSE = {**OF_OBJECTIVE, **SHARED}


class Line(NamedTuple):
    """A row of such a table: its label, and the cells to the right of it."""

    column: Column | None
    label: str
    values: tuple[Cell | None, ...]
    row: Row


def lines_of(rows: list[Row]) -> list[Line]:
    """The rows by their labels; nothing for a table whose first column holds anything else."""
    if not 1 < len(rows) <= _MOST_ROWS or _labels(rows[0]):
        return []
    lines = _lines(rows)
    known = [line.column for line in lines if line.column]
    titled = Column.KEY_RESULT in known or (Column.OBJECTIVE in known and len(known) > 1)
    enough = len(known) >= max(2, len(lines) - len(lines) // _UNKNOWN)
    return lines if titled and enough and len(set(known)) > 1 else []


def read_lines(
    lines: list[Line], source: Source, place: Place, current: RawObjective | None
) -> Iterator[RawObjective]:
    """Objectives in order, as many as the table names; `current` where it names none."""
    width = max((len(_distinct(line)) for line in lines), default=1)
    spread = width > 1 and sum(line.column is Column.KEY_RESULT for line in lines) == 1
    columns = range(width) if spread else [None]
    objective = current
    for at in columns:
        chosen = [_at(line, at) for line in lines]
        objective = _read(chosen, source, place, objective)
        if objective is not None and objective is not current:
            yield objective
            current = objective


def _lines(rows: list[Row]) -> list[Line]:
    """The rows as lines; nothing as soon as too many labels are foreign."""
    found, foreign = list[Line](), 0
    for row in rows:
        line = _line(row)
        if line is not None:
            found.append(line)
            foreign += line.column is None
        if foreign > len(rows) // _UNKNOWN:
            return []
    return found


def _line(row: Row) -> Line | None:
    if not row.cells or row.cells[0] is None:
        return None
    cell = row.cells[0]
    if cell.blank or len(cell.text) > _LONGEST:
        return Line(None, cell.text[:_LONGEST], row.cells[1:], row)
    return Line(column_of(cell.text), cell.text, row.cells[1:], row)


def _labels(row: Row) -> bool:
    """The header of an upright table: names of columns side by side."""
    named = [exact_column(cell.text) for cell in row.distinct() if len(cell.text) <= _LONGEST]
    return sum(one is not None for one in named) > 1


def _distinct(line: Line) -> list[Cell]:
    return list({id(cell): cell for cell in line.values if cell}.values())


def _at(line: Line, column: int | None) -> Line:
    if column is None:
        return line._replace(values=tuple(_distinct(line)))
    cell = line.values[column] if column < len(line.values) else None
    return line._replace(values=(cell,) if cell else ())


def _read(
    lines: list[Line], source: Source, place: Place, objective: RawObjective | None
) -> RawObjective | None:
    """One objective from the top to the bottom; a label belongs to the key result above it."""
    written = [line for line in lines if any(cell and not cell.blank for cell in line.values)]
    counts = Counter(line.column for line in written)
    last: int | None = None
    early: list[RawCell] = []
    for line in written:
        cells = [cell for cell in line.values if cell and not cell.blank]
        here = _place(line, source, place)
        if line.column is Column.OBJECTIVE:
            objective = _begun(cells[0], here, objective)
        elif line.column is Column.KEY_RESULT:
            objective = objective or RawObjective("", here)
            new = [result for cell in cells for result in _results(cell, source, here)]
            last = len(objective.key_results) if new else last
            objective.key_results.extend(new)
        elif objective is not None and _of_objective(line, counts, objective, last):
            objective.cells = (*objective.cells, *_own(line, cells))
        elif objective is not None and last is not None:
            _beside(objective, last, line, _own(line, cells))
        else:
            early.extend(_own(line, cells))
    if early and objective is not None and counts[Column.KEY_RESULT] == 1:
        _beside(objective, last or 0, None, early)
    return objective


def _begun(cell: Cell, place: Place, before: RawObjective | None) -> RawObjective | None:
    title = split_objective(cell.content.sentence)[0]
    if is_sample(title) or (before is not None and title == before.title):
        return before
    return RawObjective(title, place, cell.content)


def _of_objective(
    line: Line, counts: Counter[Column | None], objective: RawObjective, last: int | None
) -> bool:
    """What is said once for several key results is said of the objective."""
    if line.column in OF_OBJECTIVE:
        return True
    written = 0 if last is None else len(objective.key_results) - last
    several = max(counts[Column.KEY_RESULT], written) > 1 or (
        last is None and Column.OBJECTIVE in counts
    )
    return line.column in SHARED and counts[line.column] == 1 and several


def _beside(objective: RawObjective, start: int, line: Line | None, own: list[RawCell]) -> None:
    """Columns of the last key results; under a label that nobody knows, notes."""
    known = line is None or line.column is not None
    notes = () if known else tuple(f"{cell.header}: {cell.content.text}" for cell in own)
    for at in range(start, len(objective.key_results)):
        one = objective.key_results[at]
        cells = (*one.cells, *own) if known else one.cells
        objective.key_results[at] = one._replace(cells=cells, notes=(*one.notes, *notes))


def _own(line: Line, cells: list[Cell]) -> list[RawCell]:
    column = _WHOSE.get(line.column or Column.COMMENTS, line.column or Column.COMMENTS)
    return [RawCell(column, line.label, cell.content) for cell in cells]


def _results(cell: Cell, source: Source, place: Place) -> Iterator[RawKeyResult]:
    pieces = pieces_of(cell, source)
    for piece in pieces:
        start, end = piece.span if len(pieces) > 1 else (place.start, place.end)
        own = piece.element if piece.element is not None else cell.element
        anchors = anchors_of(own, own) if len(pieces) == 1 or own is not cell.element else ()
        here = replace(place, start=start, end=end)
        yield RawKeyResult(piece.content, here, piece.cells, piece.notes, anchors)


def _place(line: Line, source: Source, place: Place) -> Place:
    start, end = source.span(line.row.element)
    return replace(place, row=line.row.number, start=start, end=end)
