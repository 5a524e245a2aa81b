"""From the run of blocks to raw objectives: which heading, list or table belongs to which."""

import re
from dataclasses import replace

from connector.core.findings import Finding, Place
from connector.pages.details import details_in_table, is_details
from connector.pages.grid import MAX_RESULTS, Row, TooMuch, grid_of
from connector.pages.headers import Column, column_of
from connector.pages.heads import SHARED, Heads, heads_of, pair_of, unknown_columns
from connector.pages.listed import items
from connector.pages.marks import is_sample, split_objective
from connector.pages.met import PARAGRAPH, Met
from connector.pages.outline import Heading, Items, Paragraph, Table, outline
from connector.pages.prose import heading, paragraph
from connector.pages.raw import RawCell, RawObjective, RawPage
from connector.pages.sideways import Line, lines_of, read_lines
from connector.pages.source import Source
from connector.pages.tables import read_rows

_EXAMPLE = re.compile(
    r"\W{0,5}(?:for )?(?:an |some )?(?:good |bad |poor )?(?:okr )?(?:examples?|samples?)\b"
    r"|[^,。]{0,8}(?:示例|范例|样例|举例|例子)",
    re.IGNORECASE,
)


def gather(source: Source) -> RawPage:
    """Everything on the page that may be an OKR; raises TooMuch for absurd ones."""
    reader = Met(source)
    for block in outline(source.root):
        match block:
            case Heading(element=element, level=level):
                heading(reader, element, level)
            case Paragraph(element=element):
                paragraph(reader, element)
            case Items(element=element):
                items(reader, element)
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


def _table(reader: Met, block: Table) -> None:
    place = Place(reader.heading, block.number)
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
    current = None
    if heads.index(Column.OBJECTIVE, Column.EITHER) is None:
        current = _above(reader, rows, heads, place) or reader.current
        current = current or RawObjective(_heading_title(reader), _whole(reader, block))
    if None in heads.columns:
        reader.page.findings.extend(unknown_columns(heads, _whole(reader, block)))
    for found in read_rows(rows, heads, reader.source, place, current):
        if isinstance(found, Finding):
            reader.page.findings.append(found)
        elif found is not reader.current:
            reader.page.objectives.append(found)
    reader.collecting = reader.collecting and current is not reader.current


def _whole(reader: Met, block: Table) -> Place:
    start, end = reader.source.span(block.element)
    return Place(reader.heading, block.number, start=start, end=end)


def _above(reader: Met, rows: list[Row], heads: Heads, place: Place) -> RawObjective | None:
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


def _lying(reader: Met, lines: list[Line], place: Place) -> None:
    """A table on its side; one with the objective alone is followed by its key results."""
    for found in read_lines(lines, reader.source, place, reader.current):
        reader.page.objectives.append(found)
        reader.current, reader.level, reader.collecting = found, PARAGRAPH, True


def _heading_title(reader: Met) -> str:
    """The nearest heading that is more than the name of a column."""
    for _, text in reversed(reader.headings):
        if text and column_of(text) is None:
            return split_objective(text)[0]
    return ""
