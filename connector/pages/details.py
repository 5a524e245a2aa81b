"""Page properties: labels and values in any order, in a table or in a line of text."""

import re
from collections.abc import Iterator

from connector.core.findings import Place
from connector.core.text import plain
from connector.pages.content import Content
from connector.pages.grid import Row
from connector.pages.headers import normalised
from connector.pages.raw import RawPage

_LABELS = {
    "cycle": (
        "cycle|okr cycle|period|quarter|timeline|time frame|timeframe|time period|"
        "周期|okr周期|时间|时间范围|季度|考核周期"
    ),
    "level": "level|层级|级别|okr层级",
    "owner": "owner|owners|lead|dri|responsible|负责人|责任人|牵头人|主责人",
    "status": "status|state|状态|当前状态",
    "type": "type|类型",
    "parent": (
        "alignment|aligned with|aligned to|parent objective|parent okr|"
        "对齐|对齐目标|上级目标|上级okr|支撑目标|承接目标"
    ),
    "dependency": "dependencies|depends on|依赖",
    "needed_by": "needed by|被依赖",
    "contribution": "contribution|贡献说明",
    "other": "team|department|related pages|团队|部门|来源|check-in",
}
_NAMED = {word: name for name, words in _LABELS.items() for word in words.split("|")}
_ROWS = 20
_LONGEST = 40
_PERIOD = len("2026 年第四季度 OKR")
_LABEL = "|".join(sorted(map(re.escape, _NAMED), key=len, reverse=True))
_SEPARATORS = re.compile(rf"\s+[·|•]\s+|[;；\n]|\s+(?=(?:{_LABEL})\s?:)", re.IGNORECASE)

Detail = tuple[str, Content, Place]


def label_of(text: str) -> str | None:
    """
    >>> label_of("周期："), label_of("Timeline"), label_of("Budget")
    ('cycle', 'cycle', None)
    """
    return _NAMED.get(normalised(text)) if len(text) <= _LONGEST else None


def is_details(rows: list[Row]) -> bool:
    """A small table of two columns whose first names what we know, as in Atlassian's template."""
    pairs = [row for row in rows if len({id(cell) for cell in row.cells if cell}) == len("kv")]
    if not pairs or len(pairs) != len(rows) or len(rows) > _ROWS:
        return False
    return any(label_of(row.cells[0].text) for row in rows if row.cells and row.cells[0])


def details_in_table(rows: list[Row], place: Place) -> Iterator[Detail]:
    """Label and value side by side; or labels in the first row, values under them."""
    if len(rows) > 1 and _all_labels(rows[0]) and not _labels_lead(rows):
        yield from _pairs(rows[0], rows[1], place)
        return
    for row in rows:
        cells = [cell for cell in row.cells if cell]
        name = label_of(cells[0].text) if cells else None
        values = [cell for cell in cells[1:] if not cell.blank and cell is not cells[0]]
        if name and values:
            start, end = values[0].content.span
            here = Place(place.heading, place.table, row.number, cells[0].text, None, start, end)
            yield name, values[0].content, here


def details_in_line(content: Content, place: Place) -> Iterator[Detail]:
    """`Cycle: 2026-Q4 · Team: Data` above the table; short parts without a label as `intro`."""
    for line in content.lines:
        for part in _SEPARATORS.split(plain(line)):
            label, colon, value = part.partition(":")
            name = label_of(label) if colon else None
            if name == "owner" and not value.strip():
                yield name, content, place
            elif name and value.strip():
                yield name, _alone(content, value.strip()), place
            elif not colon and len(part) <= _PERIOD:
                yield "intro", _alone(content, part), place


def _alone(content: Content, words: str) -> Content:
    return Content((words,), element=content.element, source=content.source)


def _labels_lead(rows: list[Row]) -> bool:
    """`层级 | 团队` over `周期 | …`: labels in the first column, and a value that reads as one."""
    leading = [row.cells[0] for row in rows if row.cells and row.cells[0]]
    return len(leading) == len(rows) and all(label_of(cell.text) for cell in leading)


def _all_labels(row: Row) -> bool:
    named = [label_of(cell.text) for cell in row.cells if cell]
    return len(named) > 1 and all(named)


def _pairs(labels: Row, values: Row, place: Place) -> Iterator[Detail]:
    for label, value in zip(labels.cells, values.cells, strict=False):
        name = label_of(label.text) if label else None
        if name and label and value and not value.blank:
            start, end = value.content.span
            here = Place(place.heading, place.table, values.number, label.text, None, start, end)
            yield name, value.content, here


def first(raw: RawPage, name: str) -> tuple[Content, Place] | None:
    """The first value under a label."""
    return next(((c, place) for label, c, place in raw.details if label == name), None)
