"""From the run of blocks to raw objectives: which heading, list or table belongs to which."""

import re
from dataclasses import dataclass, field, replace

from connector.core.findings import Finding, Place
from connector.core.text import find_quantities, readable
from connector.pages.anchors import anchors_of
from connector.pages.asides import labelled
from connector.pages.content import Content, content_of
from connector.pages.details import details_in_line, details_in_table, is_details
from connector.pages.grid import MAX_CELLS, MAX_RESULTS, Row, TooMuch, grid_of
from connector.pages.headers import Column, column_of, normalised
from connector.pages.heads import OF_OBJECTIVE, SHARED, Heads, heads_of, pair_of, unknown_columns
from connector.pages.marks import is_sample, split_key_result, split_objective
from connector.pages.outline import (
    TASKS,
    Heading,
    Items,
    Paragraph,
    Table,
    items_of,
    nested_lists,
    outline,
)
from connector.pages.positions import Element
from connector.pages.raw import RawCell, RawKeyResult, RawObjective, RawPage
from connector.pages.several import Piece, piece_of_item
from connector.pages.sideways import Line, lines_of, read_lines
from connector.pages.source import Source
from connector.pages.tables import read_rows

_OBJECTIVE = frozenset({"objective", "objectives", "our objective", "目标", "o"})
_KEY_RESULTS = frozenset({"key result", "key results", "krs", "kr", "关键结果", "关键成果"})
_OF_AN_AIM = frozenset({*OF_OBJECTIVE, *SHARED})
_OTHERS = frozenset({Column.INITIATIVES, Column.COMMENTS, Column.DEPENDENCY, Column.JIRA})
_LABEL = 40
_PARAGRAPH = 7  # a bold line is a heading below all headings
_SENTENCE = 400
_EXAMPLE = re.compile(
    r"\W{0,5}(?:for )?(?:an |some )?(?:good |bad |poor )?(?:okr )?(?:examples?|samples?)\b"
    r"|[^,。]{0,8}(?:示例|范例|样例|举例|例子)",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"20\d\d|(?<![A-Za-z])(?:FY\s?\d\d|[QH][1-4](?!\d))|季度|半年|双月", re.IGNORECASE
)
_SIGNED = re.compile(r"[^\w\s]*\s*[(\[【]?\s*O\s?-?\d{1,2}\s+(?=\w)", re.IGNORECASE)


@dataclass(slots=True)
class _Reader:
    source: Source
    page: RawPage = field(default_factory=RawPage)
    headings: list[tuple[int, str]] = field(default_factory=list)
    current: RawObjective | None = None
    level: int = 0
    collecting: bool = False
    sure: bool = False  # every item of a list is a key result, not only marked or measured ones
    named: bool = False  # a heading `Objective` stands over the title, not the title itself
    marked_only: bool = False  # only marked items are key results
    awaited: int = 0  # the level of a heading `O1` whose title is in the next paragraph
    cells_left: int = MAX_CELLS

    def place(self, element: Element) -> Place:
        start, end = self.source.span(element)
        return Place(heading=self.headings[-1][1] if self.headings else "", start=start, end=end)

    def begin(self, title: str, content: Content, element: Element, level: int) -> None:
        marked = split_objective(content.text)[1]
        self.current = RawObjective(title, self.place(element), content, marked=marked)
        self.page.objectives.append(self.current)
        self.level, self.collecting, self.awaited = level, True, 0
        self.named = self.marked_only = False


def gather(source: Source) -> RawPage:
    """Everything on the page that may be an OKR; raises TooMuch for absurd ones."""
    reader = _Reader(source)
    for block in outline(source.root):
        match block:
            case Heading(element=element, level=level):
                _heading(reader, element, level)
            case Paragraph(element=element):
                _paragraph(reader, element)
            case Items(element=element):
                _items(reader, element)
            case Table(drawn=False):
                _table(reader, block)
    # a table of a template that nobody filled in yet
    reader.page.objectives = [one for one in reader.page.objectives if one.title or one.key_results]
    reader.page.objectives = [
        one for one in reader.page.objectives if one.key_results or not one.tentative
    ]
    if not any(one.key_results for one in reader.page.objectives):
        reader.page.objectives = [one for one in reader.page.objectives if _from_table(one)]
    if sum(len(one.key_results) for one in reader.page.objectives) > MAX_RESULTS:
        raise TooMuch("F-25", MAX_RESULTS)
    return reader.page


def _from_table(objective: RawObjective) -> bool:
    """An objective in an OKR table counts even before it has a key result."""
    return objective.place.table is not None


def _heading(reader: _Reader, element: Element, level: int) -> None:
    content = content_of(element)
    words = content.sentence
    while reader.headings and reader.headings[-1][0] >= level:
        reader.headings.pop()
    said, is_result = split_key_result(words)
    if is_result and said and reader.current and level > reader.level and not is_sample(said):
        anchors = anchors_of(element, element)
        reader.current.key_results.append(
            RawKeyResult(content, reader.place(element), anchors=anchors)
        )
        reader.collecting = False
        return
    title, marked, numbered = split_objective(words)
    reader.headings.append((level, words))
    reader.awaited = 0
    if marked and title and not is_sample(title):
        reader.sure = numbered
        reader.begin(title, content, element, level)
        reader.marked_only = _may_be_a_formula(reader, words)
    elif normalised(content.text) in _KEY_RESULTS and _is_named(reader, level):
        reader.collecting = reader.sure = True
    elif not reader.page.objectives and len(words) <= _LABEL and _PERIOD.search(words):
        reader.page.details.append(("intro", content, reader.place(element)))
        reader.collecting = False
    elif normalised(content.text) in _OBJECTIVE or (numbered and not title):
        reader.current, reader.awaited, reader.level = None, level, level
    elif level <= reader.level or column_of(content.text) is not Column.KEY_RESULT:
        reader.collecting = False
        if level <= reader.level:
            reader.current = None
    else:
        reader.collecting = reader.sure = True


def _paragraph(reader: _Reader, element: Element) -> None:
    """A paragraph, or each of its lines where several of them bear marks."""
    content = content_of(element, source=reader.source)
    marks = [n for n, line in enumerate(content.lines) if n and _is_marked(line)]
    starts = [0, *marks]
    for start, end in zip(starts, [*marks, len(content.lines)], strict=True):
        lines = content.lines[start:end]
        first = content if not start else content._replace(people=(), links=(), dates=())
        _line(reader, element, first._replace(lines=lines), alone=not marks)


def _is_marked(line: str) -> bool:
    return split_key_result(line)[1] or split_objective(line)[2]


def _line(reader: _Reader, element: Element, content: Content, *, alone: bool) -> None:
    """`alone`: the paragraph holds no other objective or key result; its marks are this one's."""
    title, marked, numbered = split_objective(content.text)
    if marked and numbered and title and not is_sample(title):
        reader.sure = False
        reader.begin(title, content, element, _PARAGRAPH)
        return
    if reader.awaited and content.text and not is_sample(content.text):
        reader.sure = False
        reader.begin(content.text, content, element, reader.awaited)
        reader.collecting, reader.named = False, True
        return
    if marked and title and not is_sample(title) and _is_free(reader):
        reader.sure = False
        reader.begin(title, content, element, _PARAGRAPH)
        _tentatively(reader)
        return
    said, is_result = split_key_result(content.text)
    if is_result and reader.current and said and not is_sample(said):
        anchors = anchors_of(element, element) if alone else ()
        reader.current.key_results.append(
            RawKeyResult(content, reader.place(element), anchors=anchors)
        )
    elif reader.current and (_beneath(reader.current, content) or _announces(reader, content)):
        return
    elif not any(one.key_results for one in reader.page.objectives):
        reader.page.details.extend(details_in_line(content, reader.place(element)))


def _is_free(reader: _Reader) -> bool:
    """No objective that its author numbered or made a heading is being read."""
    return reader.current is None or reader.current.tentative


def _tentatively(reader: _Reader) -> None:
    reader.collecting = False
    if reader.current is not None:
        reader.current.tentative = True


def _announces(reader: _Reader, content: Content) -> bool:
    """`Key results:` or `Actions` over a list says what its items are."""
    said = content.text
    column = column_of(said) if len(said) <= _LABEL else None
    if column is Column.KEY_RESULT:
        reader.collecting = reader.sure = True
    elif column in _OTHERS or (
        said.endswith(":") and reader.current and reader.current.key_results
    ):
        reader.collecting = False
    else:
        return False
    return True


def _beneath(objective: RawObjective, content: Content) -> bool:
    """`Owner: Ana` under a key result, or under the title of an objective, is said of it."""
    cells = labelled(content)
    if not cells:
        return False
    if objective.key_results:
        last = objective.key_results[-1]
        if last.place.row is not None:
            return False
        objective.key_results[-1] = last._replace(cells=(*last.cells, *cells))
    elif all(cell.column in _OF_AN_AIM for cell in cells):
        objective.cells = (*objective.cells, *cells)
    else:
        return False
    return True


def _items(reader: _Reader, ordered: Element) -> None:
    items = list(items_of(ordered))
    for item in items:
        own = content_of(item, without=frozenset(nested_lists(item)))
        title, marked, numbered = split_objective(own.text)
        deeper = nested_lists(item)
        if marked and title and deeper and (numbered or _holds_results(deeper)):
            reader.begin(title, own, item, _PARAGRAPH)
            for inner in nested_lists(item):
                _key_results(reader, list(items_of(inner)), sure=True)
            reader.current = None
    open_ended = reader.collecting and ordered.tag != TASKS
    if reader.current is not None and (open_ended or _any_marked(items)):
        _key_results(reader, items, sure=reader.sure)


def _is_named(reader: _Reader, level: int) -> bool:
    """The objective stands under a heading `Objective`, or behind that word in a paragraph."""
    if reader.current is not None and reader.current.tentative:
        return True
    return reader.named and level == reader.level


def _may_be_a_formula(reader: _Reader, words: str) -> bool:
    """`O2 sensor`: no sign after the number, and no `O1` before it."""
    return bool(_SIGNED.match(words)) and len(reader.page.objectives) == 1 and "1" not in words[:6]


def _holds_results(lists: list[Element]) -> bool:
    return any(_any_marked(list(items_of(one))) for one in lists)


def _any_marked(items: list[Element]) -> bool:
    return any(split_key_result(content_of(item).text[:_SENTENCE])[1] for item in items)


def _key_results(reader: _Reader, items: list[Element], *, sure: bool) -> None:
    """The items that are key results: the marked ones, or all where none is marked.

    Under a heading without a number a list is taken only when it measures something.
    """
    pieces = [(item, piece) for item in items for piece in piece_of_item(item, reader.source)]
    marked = [pair for pair in pieces if split_key_result(pair[1].content.text)[1]]
    measured = any(find_quantities(readable(piece.content.text[:_SENTENCE])) for _, piece in pieces)
    if reader.current is None or not (marked or ((sure or measured) and not reader.marked_only)):
        return
    for _, piece in pieces if marked and not reader.current.key_results else ():
        if not split_key_result(piece.content.text)[1]:
            _beneath(reader.current, piece.content)
    for item, piece in marked or pieces:
        reader.current.key_results.append(_result(piece, reader.place(item)))


def _result(piece: Piece, place: Place) -> RawKeyResult:
    own = piece.element
    anchors = anchors_of(own, own) if own is not None else ()
    return RawKeyResult(piece.content, place, piece.cells, piece.notes, anchors)


def _table(reader: _Reader, block: Table) -> None:
    place = replace(reader.place(block.element), table=block.number)
    rows = grid_of(block.element, reader.source, budget=reader.cells_left)
    reader.cells_left -= sum(len(row.cells) + 1 for row in rows)
    if any(_EXAMPLE.match(text) for _, text in reader.headings):
        return
    lines = [] if block.details else lines_of(rows)
    if lines:
        _lying(reader, lines, place)
        return
    heads = heads_of(rows)
    if heads is None:
        if block.details or (not reader.page.objectives and is_details(rows)):
            reader.page.details.extend(details_in_table(rows, place))
        return
    current = _above(reader, rows, heads, place) or reader.current
    if heads.index(Column.OBJECTIVE, Column.EITHER) is not None:
        current = None
    elif current is None:
        current = RawObjective(_heading_title(reader), place)
    reader.page.findings.extend(unknown_columns(heads, place))
    for found in read_rows(rows, heads, reader.source, place, current):
        if isinstance(found, Finding):
            reader.page.findings.append(found)
        elif found is not reader.current:
            reader.page.objectives.append(found)
    reader.collecting = reader.collecting and current is not reader.current


def _above(reader: _Reader, rows: list[Row], heads: Heads, place: Place) -> RawObjective | None:
    """An objective over the header: as wide as the table, or beside its label."""
    found: RawObjective | None = None
    for row in rows[: heads.row.number - 1]:
        pair = pair_of(row)
        cell = row.lone or (pair[1] if pair and pair[0] is Column.OBJECTIVE else None)
        title, marked, _ = split_objective(cell.content.sentence) if cell else ("", False, False)
        if cell and title and (marked or not row.lone) and not is_sample(title):
            start, end = reader.source.span(row.element)
            here = replace(place, row=row.number, start=start, end=end)
            found = RawObjective(title, here, cell.content, marked=True)
        elif found and pair and pair[0] in SHARED:
            found.cells = (*found.cells, RawCell(pair[0], row.distinct()[0].text, pair[1].content))
    return found


def _lying(reader: _Reader, lines: list[Line], place: Place) -> None:
    """A table on its side; one with the objective alone is followed by its key results."""
    for found in read_lines(lines, reader.source, place, reader.current):
        reader.page.objectives.append(found)
        reader.current, reader.level, reader.collecting = found, _PARAGRAPH, True


def _heading_title(reader: _Reader) -> str:
    """The nearest heading that is more than the name of a column."""
    for _, text in reversed(reader.headings):
        if text and column_of(text) is None:
            return split_objective(text)[0]
    return ""
