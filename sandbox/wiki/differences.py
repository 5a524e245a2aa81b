"""What changed between two texts, line by line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Mark = Literal["same", "gone", "new", "skipped"]
CONTEXT = 3
LONGEST_EXACT = 4000
_BLOCKS = (
    "p|h[1-6]|ul|ol|li|table|thead|tbody|tr|td|th|hr|blockquote|pre|div|colgroup|col"
    "|ac:structured-macro|ac:parameter|ac:rich-text-body|ac:plain-text-body|ac:layout"
    "|ac:layout-section|ac:layout-cell|ac:task-list|ac:task|ac:task-body|ac:adf-extension"
)
_BREAK = re.compile(rf"(?<=>)(?=</?(?:{_BLOCKS})[\s>/])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line; `changed` when the other text has others in their place."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    mark: Mark
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


def shown_lines(storage: str) -> list[str]:
    """
    Storage format is often one long line: for reading, it is broken before its blocks.

    >>> shown_lines("<p>a</p><p>b</p>")
    ['<p>a</p>', '<p>b</p>']
    """
    return [line for whole in storage.splitlines() for line in _BREAK.split(whole) if line]


def differences(before: str, after: str) -> list[Line]:
    """The changed lines with a few of their neighbours; none when the texts are the same."""
    old, new = shown_lines(before), shown_lines(after)
    matcher = SequenceMatcher(None, old, new, autojunk=len(old) + len(new) > LONGEST_EXACT)
    lines: list[Line] = []
    reached = 0
    for group in matcher.get_grouped_opcodes(CONTEXT):
        if group[0][1] > reached:
            lines.append(Line("skipped", (Piece(str(group[0][1] - reached)),)))
        for kind, i, j, k, m in group:
            if kind == "equal":
                lines += [_line("same", text) for text in old[i:j]]
            else:
                lines += _replaced(old[i:j], new[k:m])
        reached = group[-1][2]
    if lines and reached < len(old):
        lines.append(Line("skipped", (Piece(str(len(old) - reached)),)))
    return lines


def _line(mark: Mark, text: str) -> Line:
    return Line(mark, (Piece(text),))


def _replaced(old: list[str], new: list[str]) -> Iterable[Line]:
    """Lines that stand for one another show which of their words differ."""
    if len(old) != len(new) or any(len(text) > LONGEST_EXACT for text in (*old, *new)):
        return [*(_line("gone", text) for text in old), *(_line("new", text) for text in new)]
    pairs = [_words(*pair) for pair in zip(old, new, strict=True)]
    return [*(gone for gone, _ in pairs), *(came for _, came in pairs)]


def _words(old: str, new: str) -> tuple[Line, Line]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    gone: list[Piece] = []
    came: list[Piece] = []
    for kind, i, j, k, m in matcher.get_opcodes():
        if j > i:
            gone.append(Piece(old[i:j], kind != "equal"))
        if m > k:
            came.append(Piece(new[k:m], kind != "equal"))
    return Line("gone", tuple(gone)), Line("new", tuple(came))
