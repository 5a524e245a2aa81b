"""One cell, several key results: as bullets, or as lines that each bear a mark."""

import re
from dataclasses import dataclass, replace

from connector.pages.content import Content, content_of
from connector.pages.grid import Cell
from connector.pages.marks import is_sample, split_key_result
from connector.pages.outline import items_of, nested_lists
from connector.pages.source import Element, Source, Span

_COUNTED = re.compile(r"^\(?\d{1,2}\s?[、.)](?!\d)\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """One key result of a cell: its words, and what is written under it."""

    content: Content
    notes: tuple[str, ...]
    span: Span | tuple[None, None]


def pieces_of(cell: Cell, source: Source) -> list[Piece]:
    """The key results in a cell, without a template's sample texts."""
    lists = [one for one in cell.element.iter("ul", "ol") if _topmost(one, cell.element)]
    words = content_of(cell.element, without=frozenset(lists))
    items = [item for one in lists for item in items_of(one)]
    if words.blank and len(items) > 1:
        return [piece for item in items for piece in piece_of_item(item, source)]
    notes = tuple(content_of(item).text for item in items)
    if words.blank:
        words, notes = cell.content, ()
    return [
        piece
        for piece in _by_marks(replace(words, span=cell.content.span), notes)
        if not is_sample(split_key_result(piece.content.text)[0])
    ]


def piece_of_item(item: Element, source: Source) -> list[Piece]:
    """A list item as a key result; deeper items are notes of it."""
    deeper = nested_lists(item)
    span = source.span(item)
    own = content_of(item, span=span, without=frozenset(deeper))
    if own.blank or is_sample(split_key_result(own.text)[0]):
        return []
    under = [content_of(one) for inner in deeper for one in items_of(inner)]
    links = tuple(dict.fromkeys([*own.links, *(link for one in under for link in one.links)]))
    return [Piece(replace(own, links=links), tuple(one.text for one in under if one.text), span)]


def _topmost(one: Element, cell: Element) -> bool:
    parent = one.getparent()
    while parent is not None and parent is not cell:
        if parent.tag == "li":
            return False
        parent = parent.getparent()
    return True


def _by_marks(words: Content, notes: tuple[str, ...]) -> list[Piece]:
    """Each marked or numbered line begins one; the lines up to the next are notes of it."""
    starts = [n for n, line in enumerate(words.lines) if split_key_result(line)[1]]
    counted = [n for n, line in enumerate(words.lines) if _COUNTED.match(line)]
    if not starts and len(counted) > 1:
        starts = counted
    if len(starts) < 2:
        return [Piece(words, notes, words.span)] if words.lines or words.links else []
    ends = [*starts[1:], len(words.lines)]
    pieces = []
    for start, end in zip(starts, ends, strict=True):
        line = _COUNTED.sub("", words.lines[start])
        content = replace(words, lines=(line,))
        if start != starts[0]:
            content = replace(content, links=(), people=())
        pieces.append(Piece(content, words.lines[start + 1 : end], words.span))
    return pieces
