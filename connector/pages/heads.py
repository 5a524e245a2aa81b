"""The header of a table: which column is which, and whether the table holds OKRs at all."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from connector.core.findings import Finding, Place, Severity
from connector.core.text import find_quantities, readable
from connector.pages.grid import Cell, Row
from connector.pages.headers import Column, column_of, normalised
from connector.pages.marks import split_key_result, split_objective

OF_OBJECTIVE = {
    Column.OBJECTIVE_OWNER: Column.OWNER,
    Column.OBJECTIVE_WEIGHT: Column.WEIGHT,
    Column.OBJECTIVE_DUE: Column.DUE,
    Column.OBJECTIVE_TYPE: Column.OBJECTIVE_TYPE,
    Column.TYPE: Column.TYPE,
    Column.ORIGIN: Column.ORIGIN,
    Column.PARENT: Column.PARENT,
    Column.DEPENDENCY: Column.DEPENDENCY,
    Column.NEEDED_BY: Column.NEEDED_BY,
    Column.CONTRIBUTION: Column.CONTRIBUTION,
}
# beside an objective in a column that holds both it and its key results
SHARED = {one: one for one in (Column.OWNER, Column.WEIGHT, Column.DUE)}
TITLES = frozenset({Column.OBJECTIVE, Column.KEY_RESULT, Column.EITHER})
SILENT = TITLES | {Column.TYPE, Column.NUMBER, Column.PERIOD, *OF_OBJECTIVE}
LONGEST_FACT = 120
_LONGEST_HEADER = 60
_SHORT = 16
_INDISPENSABLE = frozenset({Column.KEY_RESULT, Column.EITHER, Column.TYPE, Column.NUMBER})
_TELLING = frozenset(
    set(Column)
    - SILENT
    - {Column.COMMENTS, Column.STATUS, Column.UNIT, Column.GROUP, Column.WORDS, Column.MILESTONES}
)
_KIND = re.compile(
    r"\s*(?:O\s?\d{1,2}[\s.-]*KR|O|KR|objective|goal|key\s?result|目标|关键结果)\s?[-#]?\s?"
    r"(?:[\d.]{1,5}|[一二三四五六七八九十]{1,2})?\s*",
    re.IGNORECASE,
)
_RESULT = re.compile(r"\s*(?:O\s?\d{1,2}[\s.-]*)?(?:KR|key\s?result|关键结果)", re.IGNORECASE)
_OF_BOTH = {to: of for of, to in OF_OBJECTIVE.items() if of is not to}
_OF_RESULT = re.compile(r"\s*(?:KR|key\s?result|关键结果)", re.IGNORECASE)
_AIM = re.compile(r"目标|目標|objective|goal", re.IGNORECASE)
_WEAK = frozenset({"measure", "measures"})  # of customers, say: plans of all kinds have some
_STEPS = frozenset({"milestone", "milestones", "里程碑"})
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
        for number, column in enumerate(self.columns):
            if column in wanted:
                return number
        return None


def heads_of(rows: list[Row]) -> Heads | None:
    """The header of an OKR table; None for a table that is none.

    A title may span the first row. Plans by week or phase, and tables whose columns are mostly
    foreign, use the same words for other things.
    """
    for number, row in enumerate(rows[: _TITLE_ROWS + 1]):
        if sum(not cell.blank for cell in row.distinct()) < 2:
            continue
        below = rows[number + 1] if number + 1 < len(rows) else None
        if not _may_be_okr(row, below):
            if not pair_of(row):
                return None
            continue
        heads = _resolve(below if below and _continues(row, below) else row, rows)
        if _is_okr(heads) and _distinguished(heads, rows):
            return heads
        if not pair_of(row):
            return None
    return None


def _may_be_okr(*rows: Row | None) -> bool:
    """Whether a header names one of the columns without which a table holds no OKRs."""
    return any(
        column_of(cell.text) in _INDISPENSABLE for row in rows if row for cell in row.cells if cell
    )


def pair_of(row: Row) -> tuple[Column, Cell] | None:
    """A label and its value over the header: `Objective 1 | Couriers ride safely`."""
    cells = [cell for cell in row.distinct() if not cell.blank]
    column = column_of(cells[0].text) if len(cells) == len(("label", "value")) else None
    if column is None or column_of(cells[1].text) is not None:
        return None
    return column, cells[1]


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
        if column is Column.OBJECTIVE and {Column.KEY_RESULT, Column.EITHER} & set(columns):
            column = Column.TARGET if _numeric(rows, row, at) else column
        elif column in _OF_BOTH and column in columns and _OF_RESULT.match(text):
            columns[columns.index(column)] = _OF_BOTH[column]
        elif column in columns and not _again(column, text, row, at):
            column = _second(columns, texts, column)
        columns.append(column)
    _parent_or_objective(columns, texts)
    _words_of_both(columns, rows, row)
    _steps_of_results(columns, texts)
    known = _of_objectives(columns, texts)
    return Heads(row, tuple(columns), texts, known)


def _parent_or_objective(columns: list[Column | None], texts: tuple[str, ...]) -> None:
    """`公司目标` alone beside key results is the objective, not what another one supports."""
    if Column.OBJECTIVE in columns or not {Column.PARENT, Column.KEY_RESULT} <= set(columns):
        return
    at = columns.index(Column.PARENT)
    if at < columns.index(Column.KEY_RESULT) and _AIM.search(texts[at]):
        columns[at] = Column.OBJECTIVE


def _words_of_both(columns: list[Column | None], rows: list[Row], head: Row) -> None:
    """`类型 | 内容`: the marks of objectives and key results stand beside their words."""
    if {Column.KEY_RESULT, Column.EITHER} & set(columns):
        return
    for at, column in enumerate(columns):
        if column in {Column.TYPE, Column.NUMBER, Column.EITHER} and _marks(rows, head, at):
            beside = [n for n in range(len(columns)) if columns[n] in _FOR_WORDS and n != at]
            if beside:
                columns[at], columns[beside[0]] = Column.TYPE, Column.EITHER
            return


_FOR_WORDS = frozenset({Column.WORDS, Column.OBJECTIVE, None})


def _marks(rows: list[Row], head: Row, column: int) -> bool:
    cells = (row.at(column) for row in rows[head.number :])
    written = [cell.text for cell in cells if cell and not cell.blank]
    kinds = {is_result(text) for text in written}
    return len(kinds) == len((True, False)) and all(map(_KIND.fullmatch, written))


def is_result(kind: str) -> bool:
    """Whether a type or a number is that of a key result: `KR`, `关键结果2`, `O1-KR2`."""
    return bool(_RESULT.match(kind))


def _steps_of_results(columns: list[Column | None], texts: tuple[str, ...]) -> None:
    """Milestones to the right of key results are theirs; in front they are a plan's."""
    if Column.KEY_RESULT not in columns or Column.MILESTONES in columns:
        return
    for at in range(columns.index(Column.KEY_RESULT), len(columns)):
        if columns[at] is Column.PERIOD and normalised(texts[at]) in _STEPS:
            columns[at] = Column.MILESTONES
            return


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
        columns[at] = Column.FULL_MARKS
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
    foreign = any(
        column in {None, Column.WORDS} and text
        for column, text in zip(lead, heads.texts, strict=False)
    )
    telling = any(column in _TELLING for column in columns)
    if foreign and normalised(heads.texts[at]) in _WEAK:
        return False
    return telling or not foreign if first is not None else telling and not foreign


def _distinguished(heads: Heads, rows: list[Row]) -> bool:
    """A column for both needs something that tells objectives from key results."""
    at = heads.index(Column.EITHER)
    if at is None or Column.TYPE in heads.columns:
        return True
    cells = (row.at(at) for row in rows[heads.row.number :])
    return any(
        cell and (split_objective(cell.text)[1] or split_key_result(cell.text)[1]) for cell in cells
    )


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
