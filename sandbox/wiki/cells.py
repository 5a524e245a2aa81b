"""
Cells of a page's tables, found by their places in the storage format.

A cell is edited by replacing its text where it stands; every other byte of the page stays.
"""

import re
from dataclasses import dataclass
from xml.parsers import expat
from xml.sax.saxutils import escape

from sandbox.wiki.storage_format import AC, NotStorageFormat, opening

_CELLS = {"td", "th"}
_NAMESPACE_MARK = " "
# Such blocks hold their content twice.
_DOUBLE = f"{AC} adf-extension"
_SPACES = re.compile(r"[ \t\r\n]+")


class NotPlain(ValueError):
    """The cell holds more than plain text, or there is no such cell."""


@dataclass(frozen=True, slots=True)
class PlainCell:
    """
    A cell that holds text and nothing else, or one paragraph of it.

    `start` and `end` are places in the storage format as UTF-8, around what is replaced;
    `before` and `after` close what an empty element left open. `number` counts all cells of the
    page in the order of their start tags, from 0.
    """

    number: int
    start: int
    end: int
    text: str
    before: bytes = b""
    after: bytes = b""


@dataclass(slots=True)
class _Open:
    """A cell whose end has not been met yet."""

    number: int
    depth: int
    tag: tuple[int, int]
    plain: bool = True
    words: str = ""
    loose: bool = False
    paragraph: tuple[int, int] | None = None
    paragraph_end: int = -1


class _Reader:
    """Follows the parser through one body and collects its plain cells."""

    def __init__(self, storage: bytes) -> None:
        self._head = opening().encode()
        self._bytes = self._head + storage + b"</root>"
        self._depth = 0
        self._count = 0
        self._double = 0
        self._open: list[_Open] = []
        self.found: dict[int, PlainCell] = {}
        parser = expat.ParserCreate("utf-8", _NAMESPACE_MARK)
        parser.buffer_text = False
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.CommentHandler = self._other
        parser.ProcessingInstructionHandler = self._other
        parser.StartCdataSectionHandler = self._other
        self._parser = parser

    def read(self) -> dict[int, PlainCell]:
        try:
            self._parser.Parse(self._bytes, True)
        except expat.ExpatError as error:
            raise NotStorageFormat(f"Error parsing xhtml: {error}") from error
        return self.found

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        self._double += name == _DOUBLE
        place = self._parser.CurrentByteIndex
        inside = self._open[-1] if self._open else None
        if inside is not None:
            first = name == "p" and inside.paragraph is None and not inside.loose
            if first and self._depth == inside.depth + 1:
                inside.paragraph = (place, self._tag_end(place))
            else:
                inside.plain = False
        if name in _CELLS:
            tag = (place, self._tag_end(place))
            self._open.append(_Open(self._count, self._depth, tag, plain=not self._double))
            self._count += 1

    def _end(self, name: str) -> None:
        place = self._parser.CurrentByteIndex
        inside = self._open[-1] if self._open else None
        if inside is not None and inside.depth == self._depth and name in _CELLS:
            self._open.pop()
            if inside.plain:
                self._keep(inside, place)
        elif inside is not None and self._depth == inside.depth + 1:
            inside.paragraph_end = place
        self._depth -= 1
        self._double -= name == _DOUBLE

    def _text(self, words: str) -> None:
        if not self._open:
            return
        inside = self._open[-1]
        if inside.paragraph is not None and self._depth == inside.depth:
            inside.plain = inside.plain and not words.strip()
            return
        inside.words += words
        inside.loose = inside.loose or bool(words.strip())

    def _other(self, *_told: str) -> None:
        if self._open:
            self._open[-1].plain = False

    def _keep(self, cell: _Open, end: int) -> None:
        element = cell.tag if cell.paragraph is None else cell.paragraph
        finish = end if cell.paragraph is None else cell.paragraph_end
        name = self._bytes[element[0] + 1 : element[1]].split(None, 1)[0].rstrip(b"/>")
        tag = self._bytes[element[0] : element[1]]
        if tag.endswith(b"/>"):
            start = element[0] + len(tag[:-2].rstrip())
            self._put(cell, start, element[1], b">", b"</" + name + b">")
        else:
            self._put(cell, element[1], finish)

    def _put(
        self, cell: _Open, start: int, end: int, before: bytes = b"", after: bytes = b""
    ) -> None:
        shift = len(self._head)
        self.found[cell.number] = PlainCell(
            cell.number, start - shift, end - shift, one_line(cell.words), before, after
        )

    def _tag_end(self, start: int) -> int:
        """Behind the `>` of the tag that begins here; values in quotes may hold one too."""
        quote = 0
        for place in range(start, len(self._bytes)):
            byte = self._bytes[place]
            if quote:
                quote = 0 if byte == quote else quote
            elif byte in b"\"'":
                quote = byte
            elif byte == ord(">"):
                return place + 1
        raise AssertionError("the parser has read this tag to its end")


def one_line(text: str) -> str:
    """
    Line ends and runs of spaces become one space; spaces that do not break stay.

    >>> one_line(" 35\\u00a0%\\r\\n  of it ")
    '35\\xa0% of it'
    """
    return _SPACES.sub(" ", text).strip(" ")


def plain_cells(storage: str) -> dict[int, PlainCell]:
    """The cells that can be edited as text, by number. Raises `NotStorageFormat`."""
    return _Reader(storage.encode()).read()


def with_cell(storage: str, number: int, text: str) -> str:
    """
    The storage format with another text in one cell. Raises `NotPlain`.

    >>> with_cell("<td><p>35&nbsp;%</p></td><td><p>x</p></td>", 0, "42 & more")
    '<td><p>42 &amp; more</p></td><td><p>x</p></td>'
    """
    cell = plain_cells(storage).get(number)
    if cell is None:
        raise NotPlain(f"cell {number} cannot be edited as text")
    words = one_line(text)
    raw = storage.encode()
    inside = cell.before + escape(words).encode() + cell.after
    return (raw[: cell.start] + inside + raw[cell.end :]).decode()
