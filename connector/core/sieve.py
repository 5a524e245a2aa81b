"""Many patterns, one walk over a text: it says which of them are worth trying.

Every pattern that is made here is known by the literals of which a match holds at least one. An
automaton (Aho and Corasick, 1975) finds those of all patterns in a text at once, and a pattern none
of whose literals is there is not tried. What the others find is theirs alone to say.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from connector.core.literals import folded, literals_of

_KEPT = 1_024  # texts; the rules look at the same few sentences in turn
_LONGEST = 1_000  # beyond any sentence; such texts are not kept


class Sifted:
    """A pattern that is only tried on a text which holds what it needs."""

    __slots__ = ("bit", "pattern")

    def __init__(self, pattern: re.Pattern[str], bit: int) -> None:
        self.pattern, self.bit = pattern, bit

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if hits(text) & self.bit else None

    def match(self, text: str) -> re.Match[str] | None:
        return self.pattern.match(text) if hits(text) & self.bit else None

    def search_in(self, text: str, part: str) -> re.Match[str] | None:
        """In a part of the text that is cut at no letter: what is not in the whole is not there."""
        return self.pattern.search(part) if hits(text) & self.bit else None

    def match_in(self, text: str, part: str) -> re.Match[str] | None:
        return self.pattern.match(part) if hits(text) & self.bit else None

    def findall(self, text: str) -> list[str]:
        return self.pattern.findall(text) if hits(text) & self.bit else []

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        return self.pattern.sub(by, text) if hits(text) & self.bit else text


class _Sieve:
    """All patterns by the literals they need; the automaton is made when it is first asked."""

    def __init__(self) -> None:
        self._always = 0  # the bits of patterns that need nothing
        self._next = 1
        self._bits: dict[str, int] = {}
        self._automaton: AhoCorasick | None = None
        self._found: list[int] = []

    def add(self, pattern: re.Pattern[str]) -> Sifted:
        bit, self._next, self._automaton = self._next, self._next << 1, None
        literals = literals_of(pattern.pattern, pattern.flags)
        for literal in literals:
            self._bits[literal] = self._bits.get(literal, 0) | bit
        if not literals:
            self._always |= bit
        return Sifted(pattern, bit)

    def hits(self, text: str) -> int:
        automaton, bits, found = self._automaton or self._made(), self._always, self._found
        for number, _, _ in automaton.find_matches_as_indexes(folded(text), overlapping=True):
            bits |= found[number]
        return bits

    def _made(self) -> AhoCorasick:
        self._found = list(self._bits.values())
        self._automaton = AhoCorasick(self._bits, store_patterns=False)
        return self._automaton


_SIEVE = _Sieve()


def sifted(pattern: str, flags: int = 0) -> Sifted:
    """As `re.compile`, for patterns that many texts are held against."""
    _short.cache_clear()
    return _SIEVE.add(re.compile(pattern, flags))


def hits(text: str) -> int:
    """The bits of all patterns that may match in the text."""
    return _short(text) if len(text) <= _LONGEST else _SIEVE.hits(text)


_short = lru_cache(maxsize=_KEPT)(_SIEVE.hits)
