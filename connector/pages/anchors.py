"""Marks in a row that stay with it through edits: our key, ids of macros, the editor's own ids."""

import re
from collections.abc import Iterator

from connector.core.okr import Anchor, AnchorKind, PageId
from connector.pages.content import parameters
from connector.pages.positions import Element
from connector.pages.source import AC

_MACRO = f"{{{AC}}}structured-macro"
_LOCAL_ID = f"{{{AC}}}local-id"
_OURS = "okr-"
_NAMED = ("key_result", "key-result", "kr", "key")
_MARKING = frozenset({"status", "anchor"})  # macros that people put beside a key result
_LONGEST = 200
_MOST = 8


def anchors_of(row: Element, title: Element) -> tuple[Anchor, ...]:
    """The anchors of a key result in its row (or list item), the strongest kind first.

    `title` holds the words: where it is not the row itself, its own ids count after the row's.
    """
    found = [*_of_macros(row), *_local(row)]
    if title is not row:
        found.extend(_local(title))
    found.extend(anchor for block in title if block.tag == "p" for anchor in _local(block))
    if len(found) > 1:
        order = list(AnchorKind)
        found.sort(key=lambda one: order.index(one.kind))
    return tuple(dict.fromkeys(found))[:_MOST]


def keys_in(page: PageId, *texts: str) -> tuple[Anchor, ...]:
    """The page's own keys, in brackets or alone in a cell; those of a copied page are foreign.

    >>> keys_in(PageId("4711"), "NPS from 20 to 40 [4711-3]", "[4712-1]", "needs 4711-2")
    (Anchor(kind=<AnchorKind.KEY: 'key'>, value='4711-3'),)
    """
    texts = tuple(text for text in texts if f"{page}-" in text)
    if not texts:
        return ()
    key = rf"{re.escape(page)}-\d{{1,6}}"
    pattern = re.compile(rf"(?:(?<=\[)|(?<=【)|(?<=\()|^)\s*#?({key})\s*(?=[\]】)]|$)")
    found = dict.fromkeys(key for text in texts for key in pattern.findall(text))
    return tuple(Anchor(AnchorKind.KEY, key) for key in found)


def without_key(page: PageId, text: str) -> str:
    """The words without a key in brackets behind or before them.

    >>> without_key(PageId("4711"), "NPS from 20 to 40 [4711-3]")
    'NPS from 20 to 40'
    """
    if f"{page}-" not in text:
        return text
    key = rf"[(\[【]\s*#?{re.escape(page)}-\d{{1,6}}\s*[)\]】]"
    return re.sub(rf"\s*{key}\s*$|^\s*{key}\s*", "", text) or text


def _of_macros(row: Element) -> Iterator[Anchor]:
    for macro in row.iter(_MACRO):
        name = macro.get(f"{{{AC}}}name", "")
        ours = name.startswith(_OURS)
        if ours:
            values = parameters(macro)
            key = next((values[one] for one in _NAMED if values.get(one)), "")
            yield from _anchor(AnchorKind.KEY, key)
        if ours or name in _MARKING:
            yield from _anchor(AnchorKind.MACRO, macro.get(f"{{{AC}}}macro-id"))
            yield from _anchor(AnchorKind.LOCAL, macro.get(_LOCAL_ID))


def _local(element: Element) -> Iterator[Anchor]:
    return _anchor(AnchorKind.LOCAL, element.get("local-id") or element.get(_LOCAL_ID))


def _anchor(kind: AnchorKind, value: str | None) -> Iterator[Anchor]:
    if value and len(value) <= _LONGEST:
        yield Anchor(kind, value)
