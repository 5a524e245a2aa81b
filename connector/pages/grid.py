"""A table as the grid a reader sees: spans filled in, nested tables left alone."""

from dataclasses import dataclass

from connector.pages.content import Content, content_of
from connector.pages.source import Element, Source

MAX_CELLS = 300_000
MAX_RESULTS = 1_000
_WIDEST = 100


class TooMuch(Exception):
    """More than a page of OKRs can hold; spans multiply, so a few kilobytes may ask for it."""

    def __init__(self, rule: str, limit: int) -> None:
        super().__init__(f"{rule}: more than {limit}")
        self.rule = rule
        self.limit = limit


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; the same object stands in every place that its spans cover."""

    element: Element
    content: Content
    header: bool

    @property
    def text(self) -> str:
        return self.content.text

    @property
    def blank(self) -> bool:
        return self.content.blank


@dataclass(frozen=True, slots=True)
class Row:
    element: Element
    number: int
    cells: tuple[Cell | None, ...]

    def at(self, column: int) -> Cell | None:
        return self.cells[column] if column < len(self.cells) else None

    def distinct(self) -> list[Cell]:
        """Each cell once, however many places it spans."""
        return list({id(cell): cell for cell in self.cells if cell}.values())

    @property
    def lone(self) -> Cell | None:
        """The one cell that spans the whole row, None in an ordinary row."""
        cells = self.distinct()
        return cells[0] if len(cells) == 1 and len(self.cells) > 1 else None


def grid_of(table: Element, source: Source, *, budget: int = MAX_CELLS) -> list[Row]:
    """The rows of a table, numbered from 1; raises TooMuch beyond the budget."""
    rows: list[Row] = []
    hanging: dict[int, tuple[int, Cell]] = {}
    for number, tr in enumerate(_rows(table), start=1):
        cells = _fill(tr, hanging, source)
        budget -= len(cells) + 1
        if budget < 0:
            raise TooMuch("F-21", MAX_CELLS)
        rows.append(Row(tr, number, cells))
    return rows


def _rows(table: Element) -> list[Element]:
    found: list[Element] = []
    for child in table:
        if child.tag == "tr":
            found.append(child)
        elif child.tag in {"thead", "tbody", "tfoot"}:
            found.extend(tr for tr in child if tr.tag == "tr")
    return found


def _fill(
    tr: Element, hanging: dict[int, tuple[int, Cell]], source: Source
) -> tuple[Cell | None, ...]:
    line: dict[int, Cell] = {}
    for column, (left, cell) in list(hanging.items()):
        line[column] = cell
        if left == 1:
            del hanging[column]
        else:
            hanging[column] = (left - 1, cell)
    column = 0
    for one in tr:
        if one.tag not in {"td", "th"}:
            continue
        while column in line:
            column += 1
        cell = Cell(one, content_of(one, span=source.span(one)), one.tag == "th")
        for offset in range(column, min(column + _span(one, "colspan"), column + _WIDEST)):
            line[offset] = cell
            if _span(one, "rowspan") > 1:
                hanging[offset] = (_span(one, "rowspan") - 1, cell)
    return tuple(line.get(index) for index in range(max(line, default=-1) + 1))


def _span(cell: Element, name: str) -> int:
    said = cell.get(name, "1").strip()
    return max(1, int(said)) if said.isdecimal() and len(said) < len("100000") else 1
