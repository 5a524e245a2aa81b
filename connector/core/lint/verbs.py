"""Verbs in OKR sentences, told from the nouns that look the same.

Chinese has no word borders and English verbs double as nouns, so a word counts as a verb by what
stands around it: 参与 is one in 参与客户拜访 and none in 参与度, "support" is one in "support the
sales team" and none in "support tickets fall".
"""

from collections.abc import Collection, Sequence

from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.patterns import any_of, forms
from connector.core.sieve import Sifted, sifted

_ORG = "人(?!力|群)|机(?!制|会)|量(?!产|化)|部(?!署)|数(?![字据])|单(?!元)|区(?!域)|日(?!常)"
_ENDING = f"{any_of(zh.NOUN_ENDING)}|{_ORG}"
_NOUN_AFTER = f"{any_of(zh.NOUN_AFTER)}|{_ENDING}"
# Circumstances before the verb: 为门店, 在季度内, 与财务部一起.
_AROUND = (
    r"(?:与|和|跟|同)[^,;。\d]{1,12}?(?:一起|共同)?|[为对向给][^,;。\d]{1,14}?|"
    r"(?:配合|围绕|针对|通过|基于|按照|根据)[^,;。]{1,16}?|在[^,;。]{1,14}?[中上内里前后]|"
    r"\d{1,2}月(?:底|末|\d{1,2}日)?前|Q[1-4]|每[^,;。]{1,4}?|于[^,;。]{1,8}?"
)
_CLAUSE_START = (
    rf"(?:^|[,;。、:!?]\s*|并且?|同时|以及|从而)(?:{any_of(zh.BEFORE_VERB)}|{_AROUND}|\s|地)*?"
)
_OBJECT_FOLLOWS = frozenset(en.OBJECT_FOLLOWS.split())
_FINITE = frozenset(en.FINITE.split())
_NOUN_HEADS = frozenset(en.NOUN_HEADS.split())
_OR_NOUN = frozenset(en.OR_NOUN.split())
_CHANGE = forms(en.VAGUE)
_OPENERS = frozenset(en.OPENERS.split())
_IN_FRONT = frozenset(en.IN_FRONT.split())
_MOST_BEFORE = 4


def zh_verbs(words: str, *, noun_after: str = "", nouns: bool = False) -> str:
    """A pattern of these words as verbs anywhere: none that is the front of a noun.

    With `nouns` they are often nouns: 分析平台, where 参与平台选型 is a verb and its object.
    """
    ending = _NOUN_AFTER if nouns else _ENDING
    return rf"(?P<word>{any_of(words)})(?!{ending}{'|' if noun_after else ''}{noun_after})"


def zh_predicates(words: str, *, noun_after: str = "", nouns: bool = False) -> Sifted:
    """These words as what a clause begins with, adverbs and circumstances before them aside."""
    return sifted(_CLAUSE_START + zh_verbs(words, noun_after=noun_after, nouns=nouns))


def en_predicate(words: Sequence[str], verbs: Collection[str]) -> str | None:
    """The first word, or the one after "to", "we" or "and", where it is one of the verbs.

    >>> en_predicate("support the sales team".split(), {"support"})
    'support'
    >>> en_predicate("support tickets fall from 40".split(), {"support"}) is None
    True
    """
    for number, word in enumerate(words):
        if word in verbs and _starts(words, number) and is_verb(words, number):
            return word
    return None


def leading_verb(words: Sequence[str]) -> int:
    """Where the sentence's own first word stands, openers and adverbs aside."""
    for number, word in enumerate(words):
        if not _opens(word):
            return number
    return len(words)


def _starts(words: Sequence[str], at: int) -> bool:
    if at == leading_verb(words[: at + 1]):
        return True
    return words[at - 1] in {"and", "then", "we"} or (words[at - 1] == "to" and at <= _MOST_BEFORE)


def _opens(word: str) -> bool:
    return word in _OPENERS or (word.endswith("ly") and len(word) > len("reply"))


def is_verb(words: Sequence[str], at: int) -> bool:
    """Whether the word there acts on what follows, or is the front of a noun."""
    word, rest = words[at], words[at + 1 :]
    if not rest or not (word in _OR_NOUN or word.endswith("ing")):
        return True
    if rest[0] in _OBJECT_FOLLOWS or rest[0][0].isdigit():
        return not (rest[0] in _IN_FRONT and _finite(rest))
    counted = any(one[0].isdigit() for one in rest)
    if rest[0] in _NOUN_HEADS and (counted or word not in _CHANGE):
        return False
    return not _finite(rest[:5])


def _finite(rest: Sequence[str]) -> bool:
    return any(word in _FINITE for word in rest)
