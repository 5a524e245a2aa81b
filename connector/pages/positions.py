"""Where elements stand in the bytes of a well-formed body: looked up only when somebody asks."""

import re
from collections import defaultdict
from functools import lru_cache

from lxml import etree

Element = etree._Element
Span = tuple[int, int]
Nowhere = tuple[None, None]
NOWHERE: Nowhere = (None, None)

_ASIDE = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_KEPT = 128  # names of elements
_SLASH = ord("/")


class Positions:
    """The bytes of each element inside `root`, whose text is `raw`; end exclusive.

    Elements of one name stand in the order of their start tags, so counting those is enough, and
    an end tag belongs to the last of them that is open. Few names are ever asked for.
    """

    __slots__ = ("_raw", "_root", "_spans")

    def __init__(self, raw: bytes, root: Element) -> None:
        self._raw, self._root = raw, root
        self._spans: dict[str, dict[Element, Span]] = {}

    def of(self, element: Element) -> Span | Nowhere:
        """None twice for the root itself, and for what is no element of this body."""
        name = str(element.tag).rpartition("}")[2]
        spans = self._spans.get(name)
        if spans is None:
            if not self._spans:
                self._leave_out_asides()
            spans = self._spans[name] = self._named(name)
        return spans.get(element, NOWHERE)

    def _leave_out_asides(self) -> None:
        """Blanks what looks like markup and holds no elements.

        After that a `<` always begins a tag: in text and in attributes it is written `&lt;`.
        """
        if b"<!" in self._raw or b"<?" in self._raw:
            self._raw = _ASIDE.sub(lambda aside: b" " * len(aside[0]), self._raw)

    def _named(self, name: str) -> dict[Element, Span]:
        """All elements by that name, whatever prefix stands before it."""
        written: defaultdict[str, list[Element]] = defaultdict(list)
        for one in self._root.iterdescendants("{*}" + name):
            written[f"{one.prefix}:{name}" if one.prefix else name].append(one)
        found: dict[Element, Span] = {}
        for whole, elements in written.items():
            spans = self._of_tags(whole.encode())
            if len(spans) == len(elements):
                found.update(zip(elements, spans, strict=True))
        return found

    def _of_tags(self, name: bytes) -> list[Span]:
        raw, found, opened = self._raw, list[Span](), list[int]()
        for start, end in [tag.span() for tag in _tags(name).finditer(raw)]:
            if raw[start + 1] == _SLASH:
                number = opened.pop()
                found[number] = found[number][0], end
                continue
            if raw[end - 2] != _SLASH:
                opened.append(len(found))
            found.append((start, end))
        return found


@lru_cache(_KEPT)
def _tags(name: bytes) -> re.Pattern[bytes]:
    """Start and end tags of elements by this name; attributes may hold a `>`."""
    return re.compile(
        rb"</?" + re.escape(name) + rb"(?=[\s/>])(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>"
    )
