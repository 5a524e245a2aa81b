"""One cell, several key results: as bullets, or as lines that each bear a mark."""

import re
from typing import NamedTuple

from connector.core.measures import read_statement
from connector.core.text import plain
from connector.pages.asides import labelled
from connector.pages.content import Content, content_of
from connector.pages.grid import Cell
from connector.pages.marks import COUNTED, is_sample, split_key_result, without_count
from connector.pages.outline import items_of, nested_lists
from connector.pages.positions import Element, Nowhere, Span
from connector.pages.raw import RawCell
from connector.pages.source import Source

_SEMICOLON = re.compile(r"\s*;\s*")
_LONGEST = 400
_LEAST = len("流失率≤3%")


class Piece(NamedTuple):
    """One key result of a cell: its words, and what is written under it."""

    content: Content
    notes: tuple[str, ...]
    cells: tuple[RawCell, ...] = ()
    element: Element | None = None  # its own list item, where it has one

    @property
    def span(self) -> Span | Nowhere:
        return self.content.span


def pieces_of(cell: Cell, source: Source, *, alone: bool = True) -> list[Piece]:
    """The key results in a cell, without a template's sample texts.

    `alone`: no numbers stand beside it that could be those of one key result only.
    """
    lists = [one for one in cell.element.iter("ul", "ol") if _topmost(one, cell.element)]
    if not lists:
        return pieces_in(cell.content, alone=alone)
    words = content_of(cell.element, source=source, without=frozenset(lists))
    items = [item for one in lists for item in items_of(one)]
    if words.blank and len(items) > 1:
        return [piece for item in items for piece in piece_of_item(item, source)]
    notes = tuple(content_of(item).text for item in items)
    if sum(split_key_result(line)[1] for line in words.lines) > 1:
        words, notes = cell.content, ()
    if words.blank:
        words, notes = cell.content, ()
    return pieces_in(words, notes, alone=alone)


def pieces_in(words: Content, notes: tuple[str, ...] = (), *, alone: bool = True) -> list[Piece]:
    """The key results among the lines of a text."""
    return [
        piece
        for piece in _by_marks(words, notes, alone=alone)
        if not is_sample(split_key_result(piece.content.text)[0])
    ]


def results_under(content: Content) -> Content | None:
    """The lines from the first marked key result on, where an objective stands over it."""
    marked = (n for n, line in enumerate(content.lines) if n and split_key_result(line)[1])
    first = next(marked, None)
    return None if first is None else content._replace(lines=content.lines[first:])


def piece_of_item(item: Element, source: Source) -> list[Piece]:
    """A list item as a key result; deeper items are notes of it, or cells: `Owner: Ana`."""
    deeper = nested_lists(item)
    own = content_of(item, source=source, without=frozenset(deeper))
    if own.blank or is_sample(split_key_result(own.text)[0]):
        return []
    if not deeper:
        return [Piece(own, (), (), item)]
    under = [content_of(one) for inner in deeper for one in items_of(inner)]
    links = tuple(dict.fromkeys([*own.links, *(link for one in under for link in one.links)]))
    cells = tuple(cell for one in under for cell in labelled(one))
    notes = tuple(one.text for one in under if one.text and not labelled(one))
    return [Piece(own._replace(links=links), notes, cells, item)]


def _topmost(one: Element, cell: Element) -> bool:
    parent = one.getparent()
    while parent is not None and parent is not cell:
        if parent.tag == "li":
            return False
        parent = parent.getparent()
    return True


def _by_marks(words: Content, notes: tuple[str, ...], *, alone: bool) -> list[Piece]:
    """Each marked or numbered line begins one; the lines up to the next are notes of it."""
    if len(words.lines) == 1 and ";" not in words.lines[0]:
        return [Piece(words, notes)]
    parts = _by_semicolons(words.lines, alone=alone)
    if parts:
        return [
            Piece(_own(words, part, first=not n), notes if not n else ())
            for n, part in enumerate(parts)
        ]
    starts = [n for n, line in enumerate(words.lines) if split_key_result(line)[1]]
    counted = [n for n, line in enumerate(words.lines) if COUNTED.match(line)]
    if not starts and len(counted) > 1:
        starts = counted
    if len(starts) < 2:
        return [Piece(words, notes)] if words.lines or words.links else []
    ends = [*starts[1:], len(words.lines)]
    pieces = []
    for start, end in zip(starts, ends, strict=True):
        content = _own(words, words.lines[start], first=start == starts[0])
        under = [(line, labelled(Content((line,)))) for line in words.lines[start + 1 : end]]
        told = tuple(line for line, found in under if not found)
        cells = tuple(cell for _, found in under for cell in found)
        pieces.append(Piece(content, told, cells))
    return pieces


def _own(words: Content, line: str, *, first: bool) -> Content:
    """One line of a cell; people and work named somewhere in the cell stay with the first."""
    content = words._replace(lines=(without_count(line),))
    return content if first else content._replace(links=(), people=())


def _by_semicolons(lines: tuple[str, ...], *, alone: bool) -> list[str]:
    """`KR1 …; KR2 …`, or one line whose every part has a measure; nothing for other texts."""
    parts = [part for line in lines for part in _SEMICOLON.split(plain(line)) if part]
    if len(parts) < 2 or len(parts) == len(lines):
        return []
    if all(split_key_result(part)[1] or COUNTED.match(part) for part in parts):
        return parts
    whole = alone and len(lines) == 1 and not any(labelled(Content((p,))) for p in parts)
    return parts if whole and all(map(_measured, parts)) else []


def _measured(part: str) -> bool:
    return _LEAST <= len(part) <= _LONGEST and read_statement(part) is not None
