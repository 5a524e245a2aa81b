"""The header of a table: which column is which, and whether the table holds OKRs at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from connector.core.findings import Finding, Place, Severity
from connector.core.text import find_quantities, readable
from connector.pages.grid import Row
from connector.pages.headers import Column, column_of

OF_OBJECTIVE = {Column.OBJECTIVE_OWNER: Column.OWNER, Column.OBJECTIVE_WEIGHT: Column.WEIGHT}
TITLES = frozenset({Column.OBJECTIVE, Column.KEY_RESULT, Column.EITHER})
SILENT = TITLES | {Column.TYPE, Column.NUMBER, Column.PERIOD, *OF_OBJECTIVE}
LONGEST_FACT = 120
_LONGEST_HEADER = 60
_SHORT = 16
_TELLING = frozenset(
    set(Column) - SILENT - {Column.COMMENTS, Column.STATUS, Column.UNIT, Column.GROUP}
)
_TITLE_ROWS = 5  # a name of the table may stand above its header, over all columns
_CODES = frozenset({"o", "kr", "krs"})  # over `O1` beside a column with the words
_NUMBERED = re.compile(r"[0-9一二三四五六]$")


@dataclass(frozen=True, slots=True)
class Heads:
    """The header: the column of each place in the grid, and its words.

    `row` is its last row: a header may be two rows high.
    """

    row: Row
    columns: tuple[Column | None, ...]
    texts: tuple[str, ...]
    known: tuple[str, ...] = ()  # words over columns that are understood but not read

    def index(self, *wanted: Column) -> int | None:
        return next((n for n, column in enumerate(self.columns) if column in wanted), None)


def heads_of(rows: list[Row]) -> Heads | None:
    """The header of an OKR table; None for a table that is none.

    A title may span the first row. Plans by week or phase, and tables whose columns are mostly
    foreign, use the same words for other things.
    """
    for number, row in enumerate(rows[: _TITLE_ROWS + 1]):
        if sum(not cell.blank for cell in row.distinct()) < 2:
            continue
        below = rows[number + 1] if number + 1 < len(rows) else None
        heads = _resolve(below if below and _continues(row, below) else row, rows)
        return heads if _is_okr(heads) else None
    return None


def _continues(row: Row, below: Row) -> bool:
    """A second header row: the titles' cells reach down into it beside new ones."""
    shared = [
        one for one, other in zip(row.cells, below.cells, strict=False) if one and one is other
    ]
    titled = any(column_of(cell.text) in TITLES for cell in shared)
    return titled and all(cell.header or cell.content.bold for cell in shared)


def _resolve(row: Row, rows: list[Row]) -> Heads:
    columns: list[Column | None] = []
    texts = tuple(cell.text if cell else "" for cell in row.cells)
    for at, text in enumerate(texts):
        column = column_of(text) if text and len(text) <= _LONGEST_HEADER else None
        if column is Column.OBJECTIVE and Column.KEY_RESULT in columns:
            column = Column.TARGET if _numeric(rows, row, at) else column
        elif column in columns and not _again(column, text, row, at):
            column = _second(columns, texts, column)
        columns.append(column)
    known = _of_objectives(columns, texts)
    return Heads(row, tuple(columns), texts, known)


def _again(column: Column | None, text: str, row: Row, at: int) -> bool:
    """Columns that may come several times: notes, groups, and counted key results."""
    if column in {Column.COMMENTS, Column.GROUP}:
        return True
    spanned = row.cells[at] is row.cells[at - 1]
    return column is Column.KEY_RESULT and not spanned and bool(_NUMBERED.search(text))


def _second(
    columns: list[Column | None], texts: tuple[str, ...], column: Column | None
) -> Column | None:
    """`O | 目标描述`: the words are in the second column, the first holds the numbers."""
    first = columns.index(column)
    if column in TITLES and texts[first].strip().lower() in _CODES:
        columns[first] = Column.NUMBER
        return column
    return None


def _of_objectives(columns: list[Column | None], texts: tuple[str, ...]) -> tuple[str, ...]:
    """Weights between objective and key result are those of objectives; 分值 is full marks."""
    if Column.OBJECTIVE_OWNER in columns and Column.OWNER not in columns:
        columns[columns.index(Column.OBJECTIVE_OWNER)] = Column.OWNER
    if Column.WEIGHT not in columns:
        return ()
    at = columns.index(Column.WEIGHT)
    if Column.OBJECTIVE in columns[:at] and Column.KEY_RESULT in columns[at:]:
        columns[at] = Column.OBJECTIVE_WEIGHT
    if Column.SCORE in columns and "分值" in texts[at]:
        columns[at] = None
        return (texts[at],)
    return ()


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
    foreign = any(column is None and text for column, text in zip(lead, heads.texts, strict=False))
    telling = any(column in _TELLING for column in columns)
    return telling or not foreign if first is not None else telling and not foreign


def _known(heads: Heads) -> int:
    return sum(column is not None for column in heads.columns)


def unknown_columns(heads: Heads, place: Place) -> Iterator[Finding]:
    """One remark for each header nobody knows: its cells are kept as notes."""
    told: set[str] = set()
    for column, text in zip(heads.columns, heads.texts, strict=True):
        if column is None and text and text not in heads.known and text not in told:
            told.add(text)
            here = replace(place, row=heads.row.number, column=text[:LONGEST_FACT])
            yield Finding("F-08", Severity.I, here, facts=(("column", text[:LONGEST_FACT]),))
