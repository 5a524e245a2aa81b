"""Where elements stand in the bytes of a well-formed body: looked up only when somebody asks."""

import re
from functools import lru_cache
from itertools import accumulate, count
from operator import add

from lxml import etree

Element = etree._Element
Span = tuple[int, int]
Nowhere = tuple[None, None]
NOWHERE: Nowhere = (None, None)

_ASIDE = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_NAME = re.compile(rb"<([^\s/>]+)")
_KEPT = 128  # names of elements


class Positions:
    """The bytes of each element inside `root`, whose text is `raw`; end exclusive.

    Start tags come in the order of the elements, so counting them is enough to know a start; an
    end is that of the end tag by the same name which is not one of an element inside.
    """

    __slots__ = ("_ends", "_order", "_raw", "_root", "_starts")

    def __init__(self, raw: bytes, root: Element) -> None:
        self._raw, self._root = raw, root
        self._order: dict[Element, int] | None = None
        self._starts: list[int] = []
        self._ends: dict[int, int] = {}

    def of(self, element: Element) -> Span | Nowhere:
        """None twice for the root itself, and for what is no element of this body."""
        order = self._order if self._order is not None else self._count()
        number = order.get(element)
        if number is None:
            return NOWHERE
        start = self._starts[number]
        end = self._ends.get(start)  # lines of one paragraph ask for it each
        if end is None:
            end = self._ends[start] = self._end(start)
        return start, end

    def _count(self) -> dict[Element, int]:
        """The elements by their number. Markup that holds no elements is blanked out first.

        Then every `<` begins a tag: in text and in attributes it is written `&lt;`.
        """
        if b"<!" in self._raw or b"<?" in self._raw:
            self._raw = _ASIDE.sub(lambda aside: b" " * len(aside[0]), self._raw)
        # what stands before each start tag; of end tags another sign takes the place of the `<`
        before = self._raw.replace(b"</", b"//").split(b"<")[:-1]
        self._starts = list(map(add, accumulate(map(len, before)), count()))
        inside = list(self._root.iterdescendants(etree.Element))
        known = dict(zip(inside, count(), strict=False))
        self._order = known if len(inside) == len(self._starts) else {}
        return self._order

    def _end(self, start: int) -> int:
        name = _NAME.match(self._raw, start)
        depth = 0
        for tag in _tags(name[1] if name else b"").finditer(self._raw, start):
            depth += -1 if tag[1] else 0 if tag[0].endswith(b"/>") else 1
            if depth == 0:
                return tag.end()
        return start  # not reached where the text is well-formed


@lru_cache(_KEPT)
def _tags(name: bytes) -> re.Pattern[bytes]:
    """Start and end tags of elements by this name; attributes may hold a `>`."""
    return re.compile(
        rb"<(/?)" + re.escape(name) + rb"(?=[\s/>])(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+>"
    )
