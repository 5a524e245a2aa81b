"""The rows of an OKR table: which are objectives, which key results, what stands beside them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from connector.core.findings import Finding, Place, Severity
from connector.core.okr import Anchor, AnchorKind
from connector.core.text import simplified
from connector.pages.anchors import anchors_of
from connector.pages.content import Content
from connector.pages.grid import MAX_RESULTS, Cell, Row, TooMuch
from connector.pages.headers import Column, column_of
from connector.pages.heads import (
    LONGEST_FACT,
    OF_OBJECTIVE,
    SHARED,
    SILENT,
    TITLES,
    Heads,
    is_result,
)
from connector.pages.marks import is_sample, split_key_result, split_objective, without_count
from connector.pages.measured import NUMBERS
from connector.pages.raw import RawCell, RawKeyResult, RawObjective
from connector.pages.several import Piece, pieces_in, pieces_of, results_under
from connector.pages.source import Source

_OUR_KEY = re.compile(r"\d{1,20}-\d{1,6}")
_TOTAL = frozenset({"total", "sum", "合计", "总计", "小计"})


class _Line(NamedTuple):
    """A row under its header: each cell once, with its column and the column's words."""

    row: Row
    heads: Heads
    cells: list[tuple[Column | None, str, Cell]]


def read_rows(
    rows: list[Row], heads: Heads, source: Source, place: Place, current: RawObjective | None
) -> Iterator[RawObjective | Finding]:
    """Objectives in order. With no objective column the rows belong to `current`."""
    told = current if current is not None and current.content is not None else None
    if told is not None:
        yield told
    objective, seen = current, None
    for row in rows[heads.row.number :]:
        if _repeats(row, heads):
            continue
        line, here = _Line(row, heads, _cells(row, heads)), _place(row, source, place)
        own, spanning = _objective_cell(row, heads) or _banner(row, objective, heads), seen
        if own is not None and own is not seen and not _same_title(own, objective):
            seen, objective = own, _objective(line, own, here)
        results = list(_results_of(line, own, here, source))
        if not results and (own is None or own is spanning) and _leftover(line, own):
            yield _not_understood(row, here)
        if results and objective is None:
            objective = RawObjective("", here)
        if objective is None:
            continue
        _extend(objective, results)
        if objective is not told and (results or row.lone is None):
            told = objective
            yield told


def _results_of(
    line: _Line, own: Cell | None, place: Place, source: Source
) -> Iterator[RawKeyResult]:
    if own is not None and line.heads.index(Column.KEY_RESULT) is None:
        under = results_under(own.content)
        if under is not None:
            beside = _beside(line, own)
            yield from _key_results(line, own, place, pieces_in(under), beside)
    for cell in _key_result_cells(line.row, line.heads):
        if cell is not own and not cell.blank:
            beside = _beside(line, cell)
            alone = all(one.column not in NUMBERS for one in beside)
            pieces = pieces_of(cell, source, alone=alone)
            yield from _key_results(line, cell, place, pieces, beside)


def _extend(objective: RawObjective, results: list[RawKeyResult]) -> None:
    objective.key_results.extend(results)
    if len(objective.key_results) > MAX_RESULTS:
        raise TooMuch("F-25", MAX_RESULTS)


def _objective(line: _Line, own: Cell, place: Place) -> RawObjective:
    heads, whose = line.heads, OF_OBJECTIVE
    if heads.index(Column.EITHER) is not None:
        whose = {**OF_OBJECTIVE, **SHARED}
    cells = tuple(
        RawCell(whose[column], text, cell.content)
        for column, text, cell in line.cells
        if column in whose and not cell.blank and cell is not own
    )
    under = results_under(own.content) if heads.index(Column.KEY_RESULT) is None else None
    content = own.content
    if under is not None:
        content = content._replace(lines=content.lines[: -len(under.lines)])
    return RawObjective(_title(content), place, content, cells=cells)


def _banner(row: Row, objective: RawObjective | None, heads: Heads) -> Cell | None:
    """A cell over the whole row, or a marked objective alone in it, where no column holds them."""
    if heads.index(Column.OBJECTIVE, Column.EITHER) is not None:
        return None
    lone = row.lone
    written = [cell for cell in row.cells if cell and not cell.blank]
    if lone is None and len(written) == 1:
        lone = written[0] if split_objective(written[0].text)[2] else None
    if lone is None or not _title(lone.content):
        return None
    headed = objective is not None and objective.marked
    return None if headed and not split_objective(lone.text)[1] else lone


def _repeats(row: Row, heads: Heads) -> bool:
    """The header once more, as long tables have it."""
    return _text(row.cells[:1]) == heads.texts[:1] and _text(row.cells) == heads.texts


def _text(cells: tuple[Cell | None, ...]) -> tuple[str, ...]:
    return tuple([cell.text if cell else "" for cell in cells])


def _objective_cell(row: Row, heads: Heads) -> Cell | None:
    """The cell that names the row's objective; None for `same as above`."""
    at = heads.index(Column.OBJECTIVE)
    if at is None:
        at = heads.index(Column.EITHER)
        cell = row.at(at) if at is not None else None
        return cell if cell and not cell.blank and _says_objective(row, heads, cell) else None
    cell = row.at(at)
    return cell if cell and not cell.blank and _title(cell.content) else None


def _key_result_cells(row: Row, heads: Heads) -> list[Cell]:
    places = [n for n, column in enumerate(heads.columns) if column is Column.KEY_RESULT]
    if not places:
        at = heads.index(Column.EITHER)
        cell = row.at(at) if at is not None else None
        return [cell] if cell and not _says_objective(row, heads, cell) else []
    cells = {id(cell): cell for at in places if (cell := row.at(at))}
    return list(cells.values())


def _says_objective(row: Row, heads: Heads, cell: Cell) -> bool:
    """In a column that holds both, the type column decides, else the mark."""
    at = heads.index(Column.TYPE)
    kind = row.at(at) if at is not None else None
    if kind and not kind.blank:
        return not is_result(simplified(kind.text))
    return split_objective(cell.text)[1] and not split_key_result(cell.text)[1]


def _title(content: Content) -> str:
    """The objective's words, its number where there are no others; nothing for a hint."""
    title = without_count(split_objective(content.sentence)[0]) or content.sentence
    return "" if is_sample(title) else title


def _same_title(cell: Cell, objective: RawObjective | None) -> bool:
    return objective is not None and _title(cell.content) == objective.title


def _key_results(
    line: _Line, cell: Cell, place: Place, pieces: list[Piece], beside: tuple[RawCell, ...]
) -> Iterator[RawKeyResult]:
    notes, keys = _notes(line, cell), _keys(line)
    for piece in pieces:
        here = place
        if len(pieces) > 1:
            start, end = piece.span
            here = replace(place, start=start, end=end)
        cells = beside
        if piece.cells:
            have = {one.column for one in beside}
            cells += tuple(one for one in piece.cells if one.column not in have)
        anchors = _anchors(line.row, cell, pieces, piece, keys)
        yield RawKeyResult(piece.content, here, cells, piece.notes + notes, anchors)


def _notes(line: _Line, title: Cell) -> tuple[str, ...]:
    """What stands in columns that nobody knows; the editor's own row numbers say nothing."""
    return tuple(
        f"{text}: {found.text}" if text else found.text
        for column, text, found in line.cells
        if column is None and found is not title and not found.blank
        if text or not found.text.isdecimal()
    )


def _keys(line: _Line) -> tuple[Anchor, ...]:
    return tuple(
        Anchor(AnchorKind.KEY, found.text)
        for column, _, found in line.cells
        if column is Column.NUMBER and _OUR_KEY.fullmatch(found.text)
    )


def _anchors(
    row: Row, cell: Cell, pieces: list[Piece], piece: Piece, keys: tuple[Anchor, ...]
) -> tuple[Anchor, ...]:
    """Those of the row, unless several key results share it: then each has its item's alone."""
    if len(pieces) == 1:
        return (*keys, *anchors_of(row.element, cell.element))
    return anchors_of(piece.element, piece.element) if piece.element is not None else ()


def _beside(line: _Line, title: Cell) -> tuple[RawCell, ...]:
    return tuple(
        RawCell(column, text, cell.content)
        for column, text, cell in line.cells
        if column is not None and column not in SILENT and cell is not title and not cell.blank
    )


def _cells(row: Row, heads: Heads) -> list[tuple[Column | None, str, Cell]]:
    seen: set[int] = set()
    found: list[tuple[Column | None, str, Cell]] = []
    for at, cell in enumerate(row.cells):
        if cell is not None and id(cell) not in seen:
            seen.add(id(cell))
            known = at < len(heads.columns)
            column, text = (heads.columns[at], heads.texts[at]) if known else (None, "")
            found.append((column, text, cell))
    return found


def _leftover(line: _Line, own: Cell | None) -> bool:
    """Something is written where no key result is; a repeated header or a hint does not count."""
    cells = [(column, cell) for column, _, cell in line.cells if cell is not own]
    if any(cell.content.placeholder or cell.text.lower() in _TOTAL for _, cell in cells):
        return False
    named = [column_of(cell.text) for _, cell in cells if not cell.blank]
    if named and all(named) and set(named) <= set(line.heads.columns):
        return False
    return any(not cell.blank and column not in SILENT - TITLES for column, cell in cells)


def _not_understood(row: Row, place: Place) -> Finding:
    cells = dict.fromkeys(cell.text for cell in row.cells if cell and not cell.blank)
    text = " | ".join(cells)[:LONGEST_FACT]
    return Finding("F-06", Severity.I, place, facts=(("row", str(row.number)), ("text", text)))


def _place(row: Row, source: Source, place: Place) -> Place:
    start, end = source.span(row.element)
    number = row.number if row.element.tag == "tr" else None  # a column of a table on its side
    return Place(place.heading, place.table, number, place.column, place.line, start, end)
