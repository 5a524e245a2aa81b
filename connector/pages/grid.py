"""A table as the grid a reader sees: spans filled in, nested tables left alone."""

from typing import NamedTuple

from connector.pages.content import Content, content_of
from connector.pages.positions import Element
from connector.pages.source import Source

MAX_CELLS = 300_000
MAX_RESULTS = 1_000
_WIDEST = 100
_CELLS = frozenset({"td", "th"})


class TooMuch(Exception):
    """More than a page of OKRs can hold; spans multiply, so a few kilobytes may ask for it."""

    def __init__(self, rule: str, limit: int) -> None:
        super().__init__(f"{rule}: more than {limit}")
        self.rule = rule
        self.limit = limit


class Cell:
    """One cell; the same object stands in every place that its spans cover.

    It is read when somebody looks at it: of tables that hold no OKRs, few cells are.
    """

    __slots__ = ("_content", "_source", "_text", "element")

    def __init__(self, element: Element, source: Source) -> None:
        self.element, self._source = element, source
        self._content: Content | None = None
        self._text = ""

    @property
    def content(self) -> Content:
        if self._content is None:
            self._content = content_of(self.element, source=self._source)
            self._text = self._content.text
        return self._content

    @property
    def text(self) -> str:
        return self._text if self._content is not None else self.content.text

    @property
    def blank(self) -> bool:
        return not self.text and self.content.blank

    @property
    def header(self) -> bool:
        return bool(self.element.tag == "th")


class Row(NamedTuple):
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
        if one.tag not in _CELLS:
            continue
        while column in line:
            column += 1
        cell, high = Cell(one, source), _span(one, "rowspan")
        for offset in range(column, column + min(_span(one, "colspan"), _WIDEST)):
            line[offset] = cell
            if high > 1:
                hanging[offset] = (high - 1, cell)
    return tuple(map(line.get, range(max(line, default=-1) + 1)))


def _span(cell: Element, name: str) -> int:
    said = cell.get(name)
    if said is None:
        return 1
    said = said.strip()
    return max(1, int(said)) if said.isdecimal() and len(said) < len("100000") else 1
