"""
Documents that were drawn within this minute, so that those who look at the same draw it once.

A document is found by everything that it shows, and whoever asks for it has been let in before:
its tag follows from what the caller may see. Only two things in it are of one answer alone, the
moment and the frame's token. They are filled in each time; neither needs escaping.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import Lock

# In characters; a page of the company is 20,000, a board of 500 objectives 400,000.
MOST_KEPT = 32_000_000
_NOW, _FRAME = ' data-now="', ' data-frame="'


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document without its moment and its frame's token, which stand between the parts."""

    head: str
    middle: str
    tail: str

    @classmethod
    def of(cls, html: str) -> "Sheet":
        """
        What authors wrote cannot look like the marks: their quotes are escaped. Raises ValueError
        for a document without them.
        """
        head, middle = _cut(html, _NOW)
        middle, tail = _cut(middle, _FRAME)
        return cls(head, middle, tail)

    def filled(self, *, now: str, frame: str) -> str:
        return f"{self.head}{now}{self.middle}{frame}{self.tail}"

    def __len__(self) -> int:
        return len(self.head) + len(self.middle) + len(self.tail)


def _cut(html: str, mark: str) -> tuple[str, str]:
    """Up to the value of an attribute, and from its end."""
    begins = html.index(mark) + len(mark)
    return html[:begins], html[html.index('"', begins) :]


class Sheets:
    """Those of the current minute: ages are told in minutes, and go on counting in the browser."""

    def __init__(self, *, most: int = MOST_KEPT) -> None:
        self._most = most
        self._guard = Lock()
        self._minute = 0
        self._kept: dict[Hashable, Sheet] = {}
        self._size = 0

    def find(self, key: Hashable, draw: Callable[[], Sheet], *, seconds: float) -> Sheet:
        """`key` is everything that the document shows; `seconds` since 1970."""
        minute = int(seconds // 60)
        with self._guard:
            kept = self._kept.get(key) if self._minute == minute else None
        if kept is not None:
            return kept
        drawn = draw()
        with self._guard:
            if self._minute != minute or self._size > self._most:
                self._kept, self._minute, self._size = {}, minute, 0
            self._kept[key] = drawn
            self._size += len(drawn)
        return drawn
