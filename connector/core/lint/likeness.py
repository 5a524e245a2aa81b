"""Whether two sentences of an OKR say the same, fillers, order and synonyms aside."""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.patterns import any_of
from connector.core.lint.sentence import Sentence
from connector.core.measures import in_unit
from connector.core.names import names_in
from connector.core.sieve import sifted
from connector.core.text import find_quantities

_TOKEN = re.compile(r"[A-Za-z][A-Za-z&]*|[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]+")
_FILLER_EN = frozenset(en.FILLER.split())
_FILLER_ZH = re.compile(any_of(zh.FILLER))
_FIRST_ZH = {word: words.split()[0] for words in zh.SAME for word in words.split()}
_SAME_ZH = sifted(any_of(*zh.SAME))
_SAME_EN = {word: words.split()[0] for words in en.SAME for word in words.split()}
_PHRASES = {phrase.replace("_", " "): word for phrase, word in en.SAME_PHRASES.items()}
_SAME_PHRASES = re.compile(rf"\b(?:{any_of(' '.join(en.SAME_PHRASES))})\b", re.IGNORECASE)
_ENDING = re.compile(r"(?<=[a-z]{3})(?:ies|es|s|ed|ing|e)$")
_OTHERWISE = Fraction(8, 10)
_LONGEST_SLOT = 3
_KEPT = 1_024  # two rules compare the same sentences
_ROOT = 4  # Italy, Italian
_A_TENTH = Fraction(1, 10)
_APART_ZH = re.compile(any_of(*zh.APART))
_APART = {
    **{_SAME_EN.get(word, word): n for n, words in enumerate(en.APART) for word in words.split()},
    **{word: -n for n, words in enumerate(zh.APART, start=1) for word in words.split()},
}
_PROPER = re.compile(
    r"(?<=[a-z,] )[A-Z][A-Za-z]+|\b[A-Za-z]*[a-z][A-Z][A-Za-z]*|(?<=[\u3400-\u9fff ])[A-Z]{2,}\b"
)
_MOVEMENT_ZH = re.compile(any_of(zh.UP, zh.DOWN, zh.VAGUE, zh.LEVELS))
_MOVEMENT_EN = re.compile(
    rf"\b(?:{any_of(en.UP, en.DOWN, en.VAGUE, en.LEVELS)})\b",
    re.IGNORECASE,
)
_WHEN = sifted(
    r"\b(?:20\d\d\s?)?(?:Q[1-4]|H[12])(?:\s?20\d\d)?|(?<!\d)20\d\d\s?年?(?!\d)|\d{1,2}\s?月(?:底|"
    r"末)?前?",
    re.I,
)
_NUMERALS = {word: str(n) for n, word in enumerate(en.NUMERALS.split(), start=1)}
_NUMERAL = sifted(
    rf"\b(?P<en>{any_of(en.NUMERALS)})(?=[ -](?!of\b|another\b))|"
    r"(?P<zh>[一二两三四五六七八九])(?=个?(?:月|天|周|年|小时|分钟|工作日))",
    re.IGNORECASE,
)
_NUMERALS_ZH = dict(zip("一二两三四五六七八九", "1223456789", strict=True))
_DIGITS = re.compile(r"\d+")
_JOINED = re.compile(r"(?<=\d)-(?=[a-z])")
_A_DAY = sifted(r"\b(?:in|within|over) a (?=day|week|month|hour|minute)")
_NOTHING = sifted(
    r"\b(?:zero|no|none|nobody|never|nil|without)\b|零|清零|为零|归零|无(?!线|人机|忧|感|障碍)|"
    r"不发生|没有",
    re.I,
)


class Content(NamedTuple):
    """What a sentence says: words (characters in Chinese) without movement, and its numbers.

    `order` is the words as they stand; `names` and `apart` tell it from what is otherwise said
    alike: `apart` holds the opposites that the sentence names, and `within` the numbers in its
    names (`30-day`). `times` are the numbers with times in seconds.
    """

    tokens: frozenset[str]
    order: tuple[str, ...]
    names: frozenset[str]
    apart: frozenset[str]
    within: frozenset[str]
    said: str
    numbers: frozenset[Fraction]
    times: frozenset[Fraction]


@lru_cache(_KEPT)
def content_of(text: str) -> Content:
    """
    >>> sorted(content_of("Raise the NPS of our customers in Lyon to 45").tokens)
    ['customer', 'lyon', 'nps']
    """
    sentence = Sentence.of(text)
    said = _WHEN.sub(" ", sentence.text)
    named = [name.lower().replace(" ", "") for name in names_in(said)]
    names = {name for name in named if not name[0].isdigit()}
    later = said[1:]  # no name is a capital at the very beginning
    proper = {n.lower() for n in _PROPER.findall(said)} if later != later.lower() else set()
    if not said.isascii():
        said = _SAME_ZH.sub(lambda found: _FIRST_ZH[found[0]], said)
    apart = _opposites(sentence, said)
    order = _words(said)
    return Content(
        frozenset(order) | names,
        order,
        frozenset(names | proper),
        apart,
        frozenset(_DIGITS.findall(" ".join(set(named) - names))),
        said,
        *_numbers(sentence.text),
    )


def _words(said: str) -> tuple[str, ...]:
    if not said.isascii():
        said = _MOVEMENT_ZH.sub(" ", _FILLER_ZH.sub(" ", said))
    said = _SAME_PHRASES.sub(lambda found: _PHRASES[found[0].lower()], said)
    said = _MOVEMENT_EN.sub(" ", said).lower()
    return tuple(_stem(word) for word in _TOKEN.findall(said) if word not in _FILLER_EN)


def _opposites(sentence: Sentence, said: str) -> frozenset[str]:
    if not said.isascii():
        return frozenset(_APART_ZH.findall(said))
    words = {_SAME_EN.get(word, word) for word in sentence.words}
    return frozenset(words & _APART.keys())


def _numbers(text: str) -> tuple[frozenset[Fraction], frozenset[Fraction]]:
    """All values, those in names too; the same with times in seconds. Nothing at all is 0."""
    spoken = _NUMERAL.sub(_digits, _A_DAY.sub("in 1 ", text))
    found = find_quantities(_JOINED.sub(" ", spoken))
    if not found:
        none = frozenset([Fraction(0)] if _NOTHING.search(text) else [])
        return none, none
    values = frozenset([one.quantity.value for one in found])
    times = frozenset([in_unit(one.quantity, "s") or one.quantity.value for one in found])
    return values, times


def _digits(found: re.Match[str]) -> str:
    return _NUMERALS[found["en"].lower()] if found["en"] else _NUMERALS_ZH[found["zh"]]


def alike(one: Content, other: Content, least: Fraction) -> bool:
    """True where one says what the other says.

    Names and opposites that each has of its own are a contrast: new and existing customers,
    north and south. With the same numbers less must agree than with others.
    """
    common = one.tokens & other.tokens
    if _told_apart(one, other):
        return False
    if not common:
        return _agree(one, other) and (_abbreviates(one, other) or _abbreviates(other, one))
    if one.numbers and other.numbers:
        return _same_measure(one, other, least)
    if not (one.tokens <= other.tokens or other.tokens <= one.tokens):
        return Fraction(len(common), len(one.tokens | other.tokens)) >= _OTHERWISE
    return len(common) > 1


def _same_measure(one: Content, other: Content, least: Fraction) -> bool:
    if not _agree(one, other):
        return one.tokens == other.tokens
    common, fewest = one.tokens & other.tokens, min(len(one.tokens), len(other.tokens))
    if len(one.times & other.times) > 1:  # from where and to where
        return len(common) >= (least - _A_TENTH) * fewest
    return len(common) >= least * fewest and not _differ_in_one(one.order, other.order)


def _agree(one: Content, other: Content) -> bool:
    """Whether one names no number but the other's; a target alone agrees with from-to."""
    pairs = (one.numbers, other.numbers), (one.times, other.times)
    return any(a and b and (a <= b or b <= a) for a, b in pairs)


def _told_apart(one: Content, other: Content) -> bool:
    if one.names and other.names:
        mine, theirs = _roots(one.names - other.tokens), _roots(other.names - one.tokens)
        if mine - theirs and theirs - mine:
            return not _abbreviates(one, other) and not _abbreviates(other, one)
    if one.within and other.within and not one.within & other.within:
        return True
    groups = {_APART[word] for word in one.apart} & {_APART[word] for word in other.apart}
    both = {_APART[word] for word in one.apart & other.apart}
    return bool(groups - both)


def _roots(names: frozenset[str]) -> set[str]:
    return {name[:_ROOT] if name.isalpha() else name for name in names}


def _abbreviates(one: Content, other: Content) -> bool:
    """Whether a name of the one is made of the first letters of the other's words."""
    initials = "".join(word[0].lower() for word in _LATIN.findall(other.said))
    return any(word in initials for word in one.tokens if len(word) > 2)


def _differ_in_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """`electricity per square metre`, `water per square metre`: the same but for one thing."""
    shorter = min(len(one), len(other))
    front = next((n for n in range(shorter) if one[n] != other[n]), shorter)
    rest = shorter - front
    back = next((n for n in range(rest) if one[-1 - n] != other[-1 - n]), rest)
    mine, theirs = one[front : len(one) - back], other[front : len(other) - back]
    slot = 0 < len(mine) <= _LONGEST_SLOT and 0 < len(theirs) <= _LONGEST_SLOT
    return slot and front + back > 0 and not set(mine) & set(theirs)


def _stem(word: str) -> str:
    known = _SAME_EN.get(word) or _SAME_EN.get(word.rstrip("s")) or word
    return _ENDING.sub("", known)


def same_words(one: str, other: str) -> bool:
    """Spaces and capitals aside."""
    return bare_words(one) == bare_words(other)


def bare_words(text: str) -> str:
    return "".join(text.split()).casefold()
