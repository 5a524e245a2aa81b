"""Whether two sentences of an OKR say the same, fillers, numbers and synonyms aside."""

import re
from fractions import Fraction
from typing import NamedTuple

from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.patterns import any_of
from connector.core.lint.sentence import Sentence
from connector.core.names import names_in

_TOKEN = re.compile(r"[A-Za-z][A-Za-z&-]*|[\u3400-\u9fff]")
_FILLER_EN = frozenset(en.FILLER.split())
_FILLER_ZH = re.compile(any_of(zh.FILLER))
_SAME_ZH = tuple((re.compile(any_of(words)), words.split()[0]) for words in zh.SAME)
_SAME_EN = {word: words.split()[0] for words in en.SAME for word in words.split()}
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ies|es|s|ed|ing|e)$")
_OTHERWISE = Fraction(8, 10)
_OPPOSITES_ZH = re.compile(any_of(zh.OPPOSITES))
_OPPOSITES_EN = frozenset(en.OPPOSITES.split())
_PROPER = re.compile(
    r"(?<=[a-z,] )[A-Z][A-Za-z]+|\b[A-Za-z]*[a-z][A-Z][A-Za-z]*|(?<=[\u3400-\u9fff ])[A-Z]{2,}\b"
)
_MOVEMENT_ZH = re.compile(any_of(zh.UP, zh.DOWN, zh.VAGUE, zh.LEVELS))
_MOVEMENT_EN = re.compile(
    rf"\b(?:{any_of(en.UP, en.DOWN, en.VAGUE, en.LEVELS)})\b",
    re.IGNORECASE,
)


class Content(NamedTuple):
    """What a sentence says: words (characters in Chinese) without movement, and its numbers.

    `marks` tell it apart from what is otherwise said alike: names, digits in names, opposites.
    """

    tokens: frozenset[str]
    marks: frozenset[str]
    numbers: frozenset[Fraction]


def content_of(text: str) -> Content:
    """
    >>> sorted(content_of("Raise the NPS of our customers in Lyon to 45").tokens)
    ['customer', 'lyon', 'nps']
    """
    sentence = Sentence.of(text)
    said = sentence.text
    names = {name.lower().replace(" ", "") for name in names_in(said)}
    later = said[1:]  # no name is a capital at the very beginning
    proper = [name.lower() for name in _PROPER.findall(said)] if later != later.lower() else []
    opposites: list[str] = []
    if not said.isascii():
        for pattern, first in _SAME_ZH:
            said = pattern.sub(first, said)
        said = _MOVEMENT_ZH.sub(" ", _FILLER_ZH.sub(" ", said))
    said = _MOVEMENT_EN.sub(" ", said).lower()
    if not said.isascii():
        opposites = _OPPOSITES_ZH.findall(said)
    words = {_stem(word) for word in _TOKEN.findall(said) if word not in _FILLER_EN}
    numbers = frozenset([one.quantity.value for one in sentence.quantities])
    marks = names.union(opposites, proper, _OPPOSITES_EN.intersection(sentence.words))
    return Content(frozenset(words | names), frozenset(marks), numbers)


def alike(one: Content, other: Content, least: Fraction) -> bool:
    """True where one says what the other says.

    Names and opposites that only one of them has are a contrast: new and existing customers,
    north and south. With the same numbers less must agree than with others.
    """
    common = one.tokens & other.tokens
    if not common:
        return False
    mine, theirs = one.tokens - common, other.tokens - common
    if one.marks != other.marks and mine and theirs:
        return False
    shared = Fraction(len(common), min(len(one.tokens), len(other.tokens)))
    if one.numbers & other.numbers:
        return shared >= least
    if mine and theirs:
        return Fraction(len(common), len(one.tokens | other.tokens)) >= _OTHERWISE
    return shared == 1 and len(common) > 1


def _stem(word: str) -> str:
    known = _SAME_EN.get(word) or _SAME_EN.get(word.rstrip("s")) or word
    return _ENDING.sub("", known)


def same_words(one: str, other: str) -> bool:
    """Spaces and capitals aside."""
    return bare_words(one) == bare_words(other)


def bare_words(text: str) -> str:
    return "".join(text.split()).casefold()
