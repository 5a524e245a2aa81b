"""How far a cell reaches, how it looks, and how wide its columns are."""

import re

from lxml import etree

from sandbox.wire import JsonObject

_WIDTH = re.compile(r"width:\s*([\d.]{1,8})px")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
MOST_COLUMNS = 200


def spans(cell: etree._Element) -> JsonObject:
    attrs: JsonObject = {}
    for name in ("colspan", "rowspan"):
        value = cell.get(name, "")
        if value.isascii() and value.isdigit() and 1 < int(value[:6]) <= MOST_COLUMNS:
            attrs[name] = int(value)
    colour = cell.get("data-highlight-colour", "")
    if _COLOUR.fullmatch(colour):
        attrs["background"] = colour
    valign = cell.get("data-valign") or cell.get("valign")
    if valign in {"top", "middle", "bottom"}:
        attrs["valign"] = valign
    return attrs


def widths(table: etree._Element) -> list[float]:
    """Pixels per column; 0 where the author left it to the browser."""
    found = []
    for column in table.findall("colgroup/col"):
        width = _WIDTH.search(column.get("style", ""))
        try:
            found.append(float(width[1]) if width else 0.0)
        except ValueError:
            found.append(0.0)
    return found[:MOST_COLUMNS]
