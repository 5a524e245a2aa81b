"""What a text certainly holds wherever a pattern matches it.

Read off the parsed pattern, generously: what is not understood asks for nothing, so that a pattern
is never taken to need more than it does. The parser is that of `re` itself, which has no published
name for it; without it nothing is known of any pattern, and every one is tried as before.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from itertools import product
from math import prod
from string import digits
from typing import Any

_IGNORECASE = int(re.IGNORECASE)
_AT, _BOUNDARY = "AT", "AT_BOUNDARY"
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_NO_WIDTH = frozenset({"ASSERT_NOT", "AT"})
_MOST = 256  # texts that one run may be
_WORDS = 1_024  # in a vocabulary
_SHORT = 4  # times that a part may come before it is too much to name
_DIGIT = "0"
# How much a character tells. One letter, or two digits, are in nearly every text.
_TELLS = {" ": 0.0, _DIGIT: 0.3, **dict.fromkeys("-%,'\"_", 0.5), ".": 0.8, "/": 0.8}
_LETTER, _OTHER, _LEAST = 0.7, 1.6, 0.8
_KEPT = 8_192  # characters, of all scripts
_UNDER_I = {"İ": "i", "ı": "i", "ſ": "s"}  # what `re` takes for i and s where case is ignored
Node = Any  # of the parser, raw


class _Folds(dict[int, str]):
    """What becomes of a character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char.isdecimal():
            found = f" {_DIGIT} "
        elif char == "_" or char.isalnum():
            found = _UNDER_I.get(char) or char.lower()
        else:  # half a surrogate pair has no bytes to look for
            found = " " if char.isspace() or not char.isprintable() else f" {char} "
        if len(self) < _KEPT:
            self[code] = found
        return found


_FOLDS = _Folds()


def folded(text: str) -> str:
    """Lower case, one digit for all, spaces around every sign and digit and at either end.

    So a literal that begins a word begins with a space.

    >>> folded("Up to 45%, 从")
    ' up to  0  0  %  ,  从 '
    """
    return f" {text.translate(_FOLDS)} "


@cache
def literals_of(pattern: str, flags: int) -> frozenset[str]:
    """Folded literals of which every text that the pattern matches holds at least one.

    Nothing where none can be named.

    >>> sorted(literals_of(r"\\b(?:grow|shrink)s? by \\d+", 0))
    [' grow by  0 ', ' grows by  0 ', ' shrink by  0 ', ' shrinks by  0 ']
    """
    try:
        tree = import_module("re._parser").parse(pattern, flags)
    except (ImportError, AttributeError):
        return frozenset()
    return _needed(list(tree), flags) or frozenset()


def _needed(nodes: Sequence[Node], flags: int) -> frozenset[str] | None:
    """The most telling of what the parts of a sequence need."""
    best: frozenset[str] | None = None
    run: list[list[str]] = []  # texts one after the other; an empty list is a word's boundary
    for at, node in enumerate(nodes):
        name, texts = str(node[0]), [] if _is_boundary(*node) else _texts(node, flags)
        if texts is not None:
            if run and prod(len(one) or 1 for one in (*run, texts)) > _MOST:
                best, run = _better(best, _spelt(run)), run[-1:] if run[-1:] == [[]] else []
            run.append(texts)
        elif name == "ASSERT":
            best = _better(best, _needed(list(node[1][1]), flags))
        elif name in _REPEATS and (least := _least(node[1], flags)):
            best, run = _better(best, _spelt([*run, least])), [least]
        elif name not in _NO_WIDTH:
            best = _better(best, _spelt(run))
            bounds = run[-1:] == [[]], at + 1 < len(nodes) and _is_boundary(*nodes[at + 1])
            best, run = _better(best, _inside(node, flags, bounds)), []
    return _better(best, _spelt(run))


def _inside(node: Node, flags: int, bounds: tuple[bool, bool]) -> Iterable[str] | None:
    """What a group needs; `bounds` says whether a word begins with it, and ends."""
    name, what = str(node[0]), node[1]
    if name == "SUBPATTERN":
        return _alternative(what[3], (flags | what[1]) & ~what[2], bounds)
    if name == "BRANCH":
        found = [_alternative(one, flags, bounds) for one in what[1]]
        return None if None in found else [text for one in found for text in one or ()]
    if name == "ATOMIC_GROUP":
        return _needed(list(what), flags)
    if name in _REPEATS and what[0]:
        return _needed(list(what[2]), flags)
    return None


def _alternative(
    nodes: Sequence[Node], flags: int, bounds: tuple[bool, bool]
) -> frozenset[str] | None:
    before, after = ([(_AT, _BOUNDARY)] if one else [] for one in bounds)
    return _needed([*before, *nodes, *after], flags)


def _spelt(run: list[list[str]]) -> list[str]:
    """The texts that a run can be: with a space where a word begins or ends."""
    texts = ["".join(each) for each in product(*filter(None, run))]
    starts = run[:1] == [[]] and all(one and one[0] != " " for one in texts)
    ends = run[-1:] == [[]] and all(one and one[-1] != " " for one in texts)
    return [f"{' ' * starts}{one}{' ' * ends}" for one in texts]


def _texts(node: Node, flags: int) -> list[str] | None:
    """All that a part can match, folded; None where that is too much to name."""
    name, what = str(node[0]), node[1]
    match name:
        case "LITERAL" | "IN":
            parts = [node] if name == "LITERAL" else what
            return _folded_each([_one_of(str(kind), which) for kind, which in parts], flags)
        case "SUBPATTERN":
            return _sequence(what[3], (flags | what[1]) & ~what[2])
        case "BRANCH":
            found = [_sequence(one, flags) for one in what[1]]
            return None if None in found else [text for one in found for text in one or ()]
        case _ if name in _REPEATS and what[1] <= _SHORT:
            return _repeated(_sequence(what[2], flags), range(what[0], what[1] + 1))
        case _:
            return None


def _repeated(once: list[str] | None, times: range) -> list[str] | None:
    if once is None or len(once) ** times[-1] > _MOST:
        return None
    return ["".join(each) for n in times for each in product(once, repeat=n)]


def _least(repeat: Node, flags: int) -> list[str] | None:
    """What a repetition holds however long it is: `\\d+` a digit."""
    times, _, what = repeat
    return _repeated(_sequence(what, flags), range(times, times + 1)) if times else None


def _sequence(nodes: Sequence[Node], flags: int) -> list[str] | None:
    texts = [""]
    for node in nodes:
        if str(node[0]) in {"ASSERT", "ASSERT_NOT"}:
            continue
        each = _texts(node, flags)
        if each is None or len(texts) * len(each) > _WORDS:
            return None
        texts = [before + one for before in texts for one in each]
    return texts


def _folded_each(chars: list[str], flags: int) -> list[str] | None:
    """None where a character is none, or may be written in ways that folding does not know."""
    for one in chars:
        cased = not one.isascii() and one.lower() != one.upper()
        if not one or (flags & _IGNORECASE and cased):
            return None
    return list(dict.fromkeys(one.translate(_FOLDS) for one in chars))


def _one_of(kind: str, which: Node) -> str:
    """The character that a part of a class stands for; nothing for a range of letters."""
    if kind == "LITERAL":
        return chr(which)
    if kind == "CATEGORY" and str(which) == "CATEGORY_SPACE":
        return " "
    numbers = kind == "RANGE" and all(chr(code) in digits for code in which)
    return _DIGIT if numbers or (kind == "CATEGORY" and str(which) == "CATEGORY_DIGIT") else ""


def _is_boundary(kind: Node, what: Node) -> bool:
    return str(kind) == _AT and str(what) == _BOUNDARY


def _better(best: frozenset[str] | None, found: Iterable[str] | None) -> frozenset[str] | None:
    """The set whose shortest literal is the longest; it tells most texts apart."""
    if found is None:
        return best
    other = frozenset(found)
    if not other or min(map(_weight, other)) < _LEAST:
        return best
    if best is None or min(map(_weight, other)) > min(map(_weight, best)):
        return other
    return best


def _weight(literal: str) -> float:
    return sum(map(_tells, literal))


@cache
def _tells(char: str) -> float:
    known = _TELLS.get(char)
    if known is not None:
        return known
    return _LETTER if char.isascii() and char.isalpha() else _OTHER
