"""What storage format says of a table's columns and of a layout, from the nodes of a document."""

from sandbox.wiki.adf import model
from sandbox.wiki.adf.words import Unknown, children
from sandbox.wire import JsonObject, as_object


def attrs_of(block: JsonObject) -> JsonObject:
    return as_object(block.get("attrs"))


def column_widths(table: JsonObject) -> list[float]:
    """Of the first row in which no cell is without them: a `colgroup` knows no others."""
    for row in children(table):
        cells = [attrs_of(cell) for cell in children(row)]
        given = [cell.get("colwidth") for cell in cells]
        lists = [one for one in given if isinstance(one, list)]
        spread = [
            width for one in lists for width in one if isinstance(width, int | float) and width > 0
        ]
        if cells and len(lists) == len(cells):
            return spread
    return []


def nearest_layout(shares: list[object]) -> str:
    """The layout of storage format with the columns' number and most like their widths."""
    known = {name: widths for name, widths in model.LAYOUTS.items() if len(widths) == len(shares)}
    if not known:
        raise Unknown("A layout has two or three columns")
    given = [share if isinstance(share, int | float) else 0.0 for share in shares]
    return min(
        known, key=lambda name: sum(abs(a - b) for a, b in zip(known[name], given, strict=True))
    )
