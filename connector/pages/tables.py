"""OKR tables: which columns there are, which rows are objectives and key results."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from connector.core.findings import Finding, Place, Severity
from connector.core.text import find_quantities, readable
from connector.pages.content import Content
from connector.pages.grid import Cell, Row
from connector.pages.headers import Column, column_of
from connector.pages.marks import is_sample, split_key_result, split_objective
from connector.pages.raw import RawCell, RawKeyResult, RawObjective
from connector.pages.several import Piece, pieces_of
from connector.pages.source import Source

_LONGEST_HEADER = 60
_LONGEST_FACT = 120
_SHORT = 16
_TITLES = frozenset({Column.OBJECTIVE, Column.KEY_RESULT, Column.EITHER})
_SILENT = _TITLES | {Column.TYPE, Column.NUMBER, Column.PERIOD}
_TELLING = frozenset(set(Column) - _SILENT - {Column.COMMENTS, Column.STATUS, Column.UNIT})
_TYPE_KR = ("kr", "key result", "关键结果")


@dataclass(frozen=True, slots=True)
class Heads:
    """The header row: the column of each place in the grid, and its words."""

    row: Row
    columns: tuple[Column | None, ...]
    texts: tuple[str, ...]

    def index(self, *wanted: Column) -> int | None:
        return next((n for n, column in enumerate(self.columns) if column in wanted), None)


def heads_of(rows: list[Row]) -> Heads | None:
    """The header of an OKR table; None for a table that is none.

    A title may span the first row. Plans by week or phase, and tables whose columns are mostly
    foreign, use the same words for other things.
    """
    for row in rows[:2]:
        if len({id(cell) for cell in row.cells if cell}) < 2:
            continue
        heads = _resolve(row, rows)
        return heads if _is_okr(heads) else None
    return None


def read_rows(
    rows: list[Row], heads: Heads, source: Source, place: Place, current: RawObjective | None
) -> Iterator[RawObjective | Finding]:
    """Objectives in order. With no objective column the rows belong to `current`."""
    objective, seen = current, None
    if current is not None:
        yield current
    for row in rows[heads.row.number :]:
        here = _place(row, source, place)
        own = _objective_cell(row, heads)
        if own is not None and own is not seen and not _same_title(own, objective):
            seen, objective = own, RawObjective(_title(own.content), here, own.content)
            yield objective
        cell = _key_result_cell(row, heads)
        if cell is None or cell is own or cell.blank:
            if own is None and _leftover(row, heads):
                yield _not_understood(row, here)
            continue
        results = list(_key_results(row, cell, heads, here, source))
        if results and objective is None:
            objective = RawObjective("", here)
            yield objective
        if objective is not None:
            objective.key_results.extend(results)


def _resolve(row: Row, rows: list[Row]) -> Heads:
    columns: list[Column | None] = []
    texts = tuple(cell.text if cell else "" for cell in row.cells)
    for text in texts:
        column = column_of(text) if text and len(text) <= _LONGEST_HEADER else None
        repeated = column in columns and column is not Column.COMMENTS
        if column is Column.OBJECTIVE and Column.KEY_RESULT in columns:
            column = Column.TARGET if _numeric(rows, row, len(columns)) else column
        elif repeated:
            column = None
        columns.append(column)
    if Column.WEIGHT in columns and Column.SCORE in columns:
        at = columns.index(Column.WEIGHT)
        columns[at] = None if "分值" in texts[at] else Column.WEIGHT
    return Heads(row, tuple(columns), texts)


def _numeric(rows: list[Row], head: Row, column: int) -> bool:
    cells = [row.at(column) for row in rows[head.number :]]
    written = [cell.text for cell in cells if cell and not cell.blank]
    found = [text for text in written if len(text) < _SHORT and find_quantities(readable(text))]
    return bool(written) and len(found) * 2 >= len(written)


def _is_okr(heads: Heads) -> bool:
    columns = heads.columns
    if Column.EITHER in columns:
        return _known(heads) >= 2
    at = heads.index(Column.KEY_RESULT)
    if at is None:
        return False
    first = heads.index(Column.OBJECTIVE)
    lead = columns[: min(n for n in (first, at) if n is not None)]
    if Column.PERIOD in lead:
        return False
    if first is not None:
        return True
    foreign = sum(column is None for column in lead)
    return not foreign and any(column in _TELLING for column in columns)


def _known(heads: Heads) -> int:
    return sum(column is not None for column in heads.columns)


def _objective_cell(row: Row, heads: Heads) -> Cell | None:
    """The cell that names the row's objective; None for `same as above`."""
    at = heads.index(Column.OBJECTIVE)
    if at is None:
        at = heads.index(Column.EITHER)
        cell = row.at(at) if at is not None else None
        return cell if cell and not cell.blank and _says_objective(row, heads, cell) else None
    cell = row.at(at)
    return cell if cell and not cell.blank and _title(cell.content) else None


def _key_result_cell(row: Row, heads: Heads) -> Cell | None:
    at = heads.index(Column.KEY_RESULT)
    if at is None:
        at = heads.index(Column.EITHER)
        cell = row.at(at) if at is not None else None
        return cell if cell and not _says_objective(row, heads, cell) else None
    return row.at(at)


def _says_objective(row: Row, heads: Heads, cell: Cell) -> bool:
    """In a column that holds both, the type column decides, else the mark."""
    at = heads.index(Column.TYPE)
    kind = row.at(at) if at is not None else None
    if kind and not kind.blank:
        return not kind.text.lower().startswith(_TYPE_KR)
    return split_objective(cell.text)[1] and not split_key_result(cell.text)[1]


def _title(content: Content) -> str:
    """The objective's words, its number where there are no others; nothing for a hint."""
    title = split_objective(content.sentence)[0] or content.sentence
    return "" if is_sample(title) else title


def _same_title(cell: Cell, objective: RawObjective | None) -> bool:
    return objective is not None and _title(cell.content) == objective.title


def _key_results(
    row: Row, cell: Cell, heads: Heads, place: Place, source: Source
) -> Iterator[RawKeyResult]:
    beside = tuple(_beside(row, heads, cell))
    notes = tuple(
        f"{text}: {found.text}" if text else found.text
        for column, text, found in _cells(row, heads)
        if column is None and found is not cell and not found.blank
    )
    pieces: list[Piece] = pieces_of(cell, source)
    for piece in pieces:
        start, end = piece.span if len(pieces) > 1 else (place.start, place.end)
        here = replace(place, start=start, end=end)
        yield RawKeyResult(piece.content, here, beside, piece.notes + notes)


def _beside(row: Row, heads: Heads, title: Cell) -> Iterator[RawCell]:
    for column, text, cell in _cells(row, heads):
        if column is not None and column not in _SILENT and cell is not title and not cell.blank:
            yield RawCell(column, text, cell.content)


def _cells(row: Row, heads: Heads) -> Iterator[tuple[Column | None, str, Cell]]:
    seen: set[int] = set()
    for at, cell in enumerate(row.cells):
        if cell is not None and id(cell) not in seen:
            seen.add(id(cell))
            known = at < len(heads.columns)
            yield heads.columns[at] if known else None, heads.texts[at] if known else "", cell


def _leftover(row: Row, heads: Heads) -> bool:
    """Something is written where no key result is; a repeated header or a hint does not count."""
    cells = [(column, cell) for column, _, cell in _cells(row, heads)]
    if any(cell.content.placeholder for _, cell in cells):
        return False
    named = [column_of(cell.text) for _, cell in cells if not cell.blank]
    if named and all(named) and set(named) <= set(heads.columns):
        return False
    return any(not cell.blank and column not in _SILENT - _TITLES for column, cell in cells)


def _not_understood(row: Row, place: Place) -> Finding:
    cells = dict.fromkeys(cell.text for cell in row.cells if cell and not cell.blank)
    text = " | ".join(cells)[:_LONGEST_FACT]
    return Finding("F-06", Severity.I, place, facts=(("row", str(row.number)), ("text", text)))


def _place(row: Row, source: Source, place: Place) -> Place:
    start, end = source.span(row.element)
    return replace(place, row=row.number, start=start, end=end)


def unknown_columns(heads: Heads, place: Place) -> Iterator[Finding]:
    """One remark for each header nobody knows: its cells are kept as notes."""
    for column, text in zip(heads.columns, heads.texts, strict=True):
        if column is None and text:
            here = replace(place, row=heads.row.number, column=text[:_LONGEST_FACT])
            yield Finding("F-08", Severity.I, here, facts=(("column", text[:_LONGEST_FACT]),))
