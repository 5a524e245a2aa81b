"""Whether two sentences of an OKR say the same, fillers, numbers and synonyms aside."""

import re
from dataclasses import dataclass
from fractions import Fraction

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
_SHORTER_HAS = Fraction(6, 10)


@dataclass(frozen=True, slots=True)
class Content:
    """What a sentence says: its words (characters in Chinese), and digits that are names."""

    tokens: frozenset[str]


def content_of(text: str) -> Content:
    """
    >>> sorted(content_of("Raise the NPS of our customers to 45").tokens)
    ['customer', 'increas', 'nps']
    """
    said = Sentence.of(text).text
    names = {name.lower().replace(" ", "") for name in names_in(said)}
    for pattern, first in _SAME_ZH:
        said = pattern.sub(first, said)
    said = _FILLER_ZH.sub(" ", said).lower()
    words = [word for word in _TOKEN.findall(said) if word not in _FILLER_EN]
    return Content(frozenset(_stem(word) for word in words) | names)


def alike(one: Content, other: Content, least: Fraction) -> bool:
    """True where one says what the other says. Each with words of its own is a contrast:
    new and existing customers, north and south."""
    union, common = one.tokens | other.tokens, one.tokens & other.tokens
    if not common or (one.tokens - other.tokens and other.tokens - one.tokens):
        return False
    shorter = min(len(one.tokens), len(other.tokens))
    return Fraction(len(common), len(union)) >= min(least, _SHORTER_HAS) and shorter > 1


def _stem(word: str) -> str:
    known = _SAME_EN.get(word) or _SAME_EN.get(word.rstrip("s")) or word
    return _ENDING.sub("", known)
