"""A document that needs no script: what exports, e-mails and static macros show of a view.

Macros say here what stands in it; `macros.storage` and `macros.adf` say how each format writes it.
Texts are plain, never markup.
"""

import re
from dataclasses import dataclass

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What the mark of every table of ours begins with, once it is written.
DRAWN = "okr-connector-"


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """Text to be shown as it was written."""

    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """`url` is http or https, or empty where no address is known: then only the text is shown."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Lozenge:
    """A word on a colour; `tone` is a health, or anything else for none."""

    text: str
    tone: str = ""


Inline = Text | Code | Reference | Lozenge


@dataclass(frozen=True, slots=True)
class Paragraph:
    parts: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Banner:
    """`tone` is one of info, warning, danger."""

    tone: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    blocks: tuple[Paragraph | Bullets, ...]
    head: bool = False
    span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Whatever an author wrote stands in tables only: by `mark`, which is a name within the page,
    the reader of pages knows a table as drawn and does not take it for OKRs."""

    mark: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """Tables that a format which can fold shows on demand, under a title."""

    title: str
    tables: tuple[Table, ...]


Block = Paragraph | Banner | Table | Fold
Document = tuple[Block, ...]


def paragraph(*parts: Inline | str) -> Paragraph:
    """A paragraph; bare strings are plain text, empty ones are left out."""
    return Paragraph(
        tuple(Text(one) if isinstance(one, str) else one for one in parts if one != "")
    )


def printable(text: str) -> str:
    """Without the characters that XML cannot hold, which a tracker's JSON can.

    https://www.w3.org/TR/xml/#charsets

    >>> printable("a\\x0bb\\ud800c")
    'abc'
    """
    return _NOT_IN_XML.sub("", text)
