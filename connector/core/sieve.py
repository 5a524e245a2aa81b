"""Many patterns, one walk over a text: it says which of them are worth trying.

Every pattern that is made here is known by the literals of which a match holds at least one. An
automaton (Aho and Corasick, 1975) finds those of all patterns in a text at once, and a pattern none
of whose literals is there is not tried. What the others find is theirs alone to say.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from operator import itemgetter

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
        bits = _short(text) if len(text) <= _LONGEST else _SIEVE.hits(text)  # `hits`, but quicker
        return self.pattern.search(text) if bits & self.bit else None

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


class Alternatives:
    """Patterns as the alternatives of one, of which only those are tried that may match."""

    __slots__ = ("_mask", "_parts")

    def __init__(self, parts: Sequence[Sifted]) -> None:
        self._parts = parts
        self._mask = sum(part.bit for part in parts)

    def spans(self, text: str, *, always: bool = True) -> list[tuple[int, int]]:
        """Where `first|second|…` matches: the leftmost, and of these that of the first pattern.

        `always`: patterns that need nothing in particular are tried too.
        """
        found = list[tuple[int, int]]()
        bits = hits(text) & self._mask
        bits &= -1 if always else ~_SIEVE.always
        if not bits:
            return found
        tried = [part.pattern for part in self._parts if bits & part.bit]
        left = [(-1, 0, pattern) for pattern in tried]
        end = 0
        while left := list(_further(left, text, end)):
            start, end, _ = min(left, key=itemgetter(0))
            found.append((start, end))
        return found


def _further(
    left: list[tuple[int, int, re.Pattern[str]]], text: str, at: int
) -> Iterator[tuple[int, int, re.Pattern[str]]]:
    """The next match of each pattern from there on, looked for where the last one lies before."""
    for start, end, pattern in left:
        if start >= at:
            yield start, end, pattern
        elif match := pattern.search(text, at):
            yield *match.span(), pattern


class _Sieve:
    """All patterns by the literals they need; the automaton is made when it is first asked."""

    def __init__(self) -> None:
        self._patterns: list[Sifted] = []
        self._automaton: AhoCorasick | None = None
        self.always = 0  # the bits of patterns that need nothing
        self._found: list[int] = []

    def add(self, pattern: re.Pattern[str]) -> Sifted:
        self._automaton = None
        self._patterns.append(Sifted(pattern, 1 << len(self._patterns)))
        return self._patterns[-1]

    def hits(self, text: str) -> int:
        automaton = self._automaton or self._made()
        bits, found = self.always, self._found
        for number, _, _ in automaton.find_matches_as_indexes(folded(text), overlapping=True):
            bits |= found[number]
        return bits

    def _made(self) -> AhoCorasick:
        bits: dict[str, int] = {}
        always = 0
        for one in self._patterns:
            literals = literals_of(one.pattern.pattern, one.pattern.flags)
            always |= 0 if literals else one.bit
            for literal in literals:
                bits[literal] = bits.get(literal, 0) | one.bit
        # in this order: whoever sees the automaton sees what belongs to it
        self.always, self._found = always, list(bits.values())
        self._automaton = AhoCorasick(bits, store_patterns=False)
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
