"""What stands at a place of a page, in its author's own words."""

from connector.core.findings import Place
from connector.core.text import plain
from connector.pages.content import content_of
from connector.pages.positions import Element
from connector.pages.source import Source, parse_source

_LONGEST = 2_000
_CELLS = frozenset({"td", "th"})


def words_at(body: str, place: Place) -> str:
    """The words between the place's bytes, cells kept apart by ` | `; empty where there are none.

    At most 2 000 characters. A place that does not belong to this body gives no words.
    """
    if place.start is None or place.end is None:
        return ""
    piece = body.encode("utf-8", "surrogatepass")[place.start : place.end]
    source = parse_source(piece)
    if not isinstance(source, Source):
        return ""
    cells = [one for one in source.root.iter() if one.tag in _CELLS]
    said = (_words(one) for one in cells or [source.root])
    return " | ".join(text for text in said if text)[:_LONGEST]


def _words(element: Element) -> str:
    return plain(content_of(element).text)
