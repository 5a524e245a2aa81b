"""Whether a sentence says what changes, how far, and by what it is measured."""

import re

from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.patterns import any_of
from connector.core.lint.sentence import Sentence

# All that says how much, which way, until when and compared with what …
_ASIDE_EN = re.compile(
    rf"\b(?:{any_of(en.UP, en.DOWN, en.VAGUE, en.LEVELS, en.NO_SUBJECT)}|"
    rf"(?:{any_of(en.VAGUE_IN_ANY_FORM)})[sd]?|than [a-z ]+|q[1-4]|h[12]|fy\d*)\b|"
    r"\d[\d.,]*[a-z]?\b",
    re.IGNORECASE,
)
_ASIDE_ZH = re.compile(
    rf"{any_of(zh.UP, zh.DOWN, zh.VAGUE, zh.LEVELS, zh.NO_SUBJECT)}|[升增涨降减]|\d[\d.,]*|Q[1-4]",
    re.IGNORECASE,
)
# … and whose it is, and what nobody can count.
_ABSTRACT_EN = re.compile(
    rf"\b(?:(?P<what>{any_of(en.UNMEASURABLE)})|{any_of(en.OUR)})\b|[’']s\b|{_ASIDE_EN.pattern}",
    re.IGNORECASE,
)
_ABSTRACT_ZH = re.compile(
    rf"(?P<what>{any_of(zh.UNMEASURABLE)})|{any_of(zh.OUR)}|{_ASIDE_ZH.pattern}", re.IGNORECASE
)
_LETTER = re.compile(r"[^\W\d_]")
_SPAN = re.compile(r"\bfrom\s\d|[从由]\s?\d|→|->", re.IGNORECASE)
_STARTS = re.compile(
    r"(?:[现从由]|目前|当前|现在|现状|现有|基线|去年|上季度?|上月|本来|原来|此前|"
    r"\b(?:today|now|currently|baseline|at present|presently|last year|was|from|starting at))"
    r"(?:[为是在有约值:]|\s|is|at|about|of|平均)*$",
    re.IGNORECASE,
)
_NEARLY_ALL = 90
_MOST_EMPTY_WORDS = 80  # nobody says nothing at greater length


def is_bare(sentence: Sentence) -> bool:
    """`Increase by 20 %`: nobody knows what.

    >>> is_bare(Sentence.of("Increase by 20%")), is_bare(Sentence.of("Orders increase by 20%"))
    (True, False)
    """
    if len(sentence.text) > _MOST_EMPTY_WORDS:
        return False
    aside = _ASIDE_ZH if sentence.chinese else _ASIDE_EN
    return not _LETTER.search(aside.sub(" ", sentence.text))


def is_abstract(sentence: Sentence) -> bool:
    """`improve quality by 20 %`: nobody knows what is counted.

    >>> is_abstract(Sentence.of("Improve quality by 20%"))
    True
    """
    if len(sentence.text) > _MOST_EMPTY_WORDS or _SPAN.search(sentence.text):
        return False
    if any(one.quantity.value >= _NEARLY_ALL for one in sentence.quantities):
        return False  # reliability of 99.9 %
    aside = _ABSTRACT_ZH if sentence.chinese else _ABSTRACT_EN
    named = any(one["what"] for one in aside.finditer(sentence.text))
    return named and not _LETTER.search(aside.sub(" ", sentence.text))


def only_starts(sentence: Sentence) -> bool:
    """`Time to hire (currently 58 days)`: where it stands, not where it shall go."""
    found = sentence.quantities
    return len(found) == 1 and bool(_STARTS.search(sentence.text[: found[0].start]))
