"""Verbs in OKR sentences, told from the nouns that look the same.

Chinese has no word borders and English verbs double as nouns, so a word counts as a verb by what
stands around it: 参与 is one in 参与客户拜访 and none in 参与度, "support" is one in "support the
sales team" and none in "support tickets fall".
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.patterns import any_of, forms
from connector.core.sieve import Sifted, sifted

# Characters that end a noun (参与度, 协助员), where they begin no other word (协助员工).
_LAST = (
    "人(?!力|群|员|才|均|次|民|工|文|事|口)|机(?!制|会|构|器|场|房|关|动)|量(?!产|化)|部(?!署|门|"
    "分|委|队)|数(?![字据智])|"
    "单(?!元|店|位|项|车|品|个)|区(?!域|块|县)|日(?!常|均|活)|度(?!假|过|夜)|师(?!生|资|徒|傅|德|"
    "范)|"
    "员(?!工)|器(?!材|械|官|具)|院(?!前|感|内|外|校|区|长|士)|所(?!有|属|在|需|长)|"
    "商(?!品|业|家|城|户|圈|机|务|誉|超|场|标|会)|页(?!面)|岗(?!位|前)|官(?!网|方|微)|费(?!用|率|"
    "力|时|控)|"
    "型(?!号)|类(?!目|别)|性(?!能|价|别|格)|力(?!量|争)|后(?!台|端|勤|续|备|市场|期|厨)|班(?!组|"
    "次|子|级|主任|车|务|长)|"
    "式(?!样)|箱(?!包)|金(?!融|属|额|价)|生(?!产|活|态|意|命|成|鲜|长|物|源)|券|出的|出来的|过的|"
    "后的|中的|所得|"
    "版(?!本|权|面|块)|里(?!程)|内(?!控|部|容|涵|外|训|审|功|生|需|存|勤|贸|销|核|地|网)|"
    "中(?!心|台|层|小|高|国|央|间|后|试|期|标|学|年|老|西|药|控|长|枢|欧|东)"
)
_ENDING = f"{any_of(zh.NOUN_ENDING)}|{_LAST}"
_NOUN_AFTER = f"{any_of(zh.NOUN_AFTER)}|{_ENDING}"
_CLAUSE_STARTS = re.compile(r"^|[,;。、:!?]\s*|并且?|同时|以及|从而")
# Words, dates and whose task it is may stand before the verb …
_BEFORE = re.compile(
    rf"{any_of(zh.BEFORE_VERB)}|\s|地|\d{{1,2}}月(?:底|末|\d{{1,2}}日)?前|Q[1-4]|"
    r"[^,;。\d的]{1,6}?(?:部门|部|小组|组|团队|中心|科室|科|处|室|办|专员|工程师|同事|骨干|党员)"
    r"(?=协助|参与|配合|跟进|牵头|参加|督促|帮助)"
)
# … and circumstances: 为门店, 在季度内, 与财务部. Each with what it may hold and end with.
_AROUND = tuple(
    (re.compile(f"(?:{opening}){held}"), re.compile(end))
    for opening, held, end in (
        ("[与和跟同]", r"[^,;。\d]{1,12}", ""),
        ("[为对向给]", r"[^,;。\d]{1,14}", ""),
        ("配合|围绕|针对|通过|基于|按照|根据", "[^,;。]{1,16}", ""),
        ("在", "[^,;。]{2,15}", "(?<=[中上内里前后])"),
        ("每", "[^,;。]{1,4}", ""),
        ("于", "[^,;。]{1,8}", ""),
        ("由|作为|以", r"[^,;。\d]{1,10}", ""),
    )
)
_LONG_OPENINGS = frozenset(["配合", "围绕", "针对", "通过", "基于", "按照", "根据", "作为"])
_KEPT = 1_024  # several rules look for their verbs in one sentence
_OBJECT_FOLLOWS = frozenset(en.OBJECT_FOLLOWS.split())
_FINITE = frozenset(en.FINITE.split())
_NOUN_HEADS = frozenset(en.NOUN_HEADS.split())
_OR_NOUN = frozenset(en.OR_NOUN.split())
_CHANGE = forms(en.VAGUE)
_OPENERS = frozenset(en.OPENERS.split())
_IN_FRONT = frozenset(en.IN_FRONT.split())
_BEFORE_LEVEL = frozenset(("from", "at", "below", "under"))
_DONE = frozenset(["won", "sold", "lost", "found", "made", "given", "seen", "read", "sent", "held"])
_PLURAL_VERBS = frozenset(en.PLURAL_VERBS.split())
_MOST_BEFORE = 4


def zh_verbs(words: str, *, noun_after: str = "", nouns: bool = False) -> str:
    """A pattern of these words as verbs anywhere: none that is the front of a noun.

    With `nouns` they are often nouns: 分析平台, where 参与平台选型 is a verb and its object.
    """
    ending = _NOUN_AFTER if nouns else _ENDING
    return rf"(?P<word>{any_of(words)})(?!{ending}{'|' if noun_after else ''}{noun_after})"


class Predicates(Sifted):
    """Verbs as what a clause begins with, adverbs and circumstances before them aside."""

    __slots__ = ()

    def search(self, text: str) -> re.Match[str] | None:
        if super().search(text) is None:
            return None
        found = (self.pattern.match(text, at) for at in _openings(text))
        return next(filter(None, found), None)


def zh_predicates(words: str, *, noun_after: str = "", nouns: bool = False) -> Predicates:
    verbs = sifted(zh_verbs(words, noun_after=noun_after, nouns=nouns))
    return Predicates(verbs.pattern, verbs.bit)


@lru_cache(_KEPT)
def _openings(text: str) -> tuple[int, ...]:
    """Where a predicate may begin. Every place is looked at once, however it is reached."""
    starts = {found.end() for found in _CLAUSE_STARTS.finditer(text)}
    reached, ahead = set(starts), list(starts)
    while ahead:
        after = {end for end in _steps(text, ahead.pop()) if end not in reached}
        reached |= after
        ahead.extend(after)
    return tuple(sorted(reached))


def _steps(text: str, at: int) -> Iterator[int]:
    word = _BEFORE.match(text, at)
    if word:
        yield word.end()
    for around, end in _AROUND:
        found = around.match(text, at)
        if found:
            first = at + (2 if text[at : at + 2] in _LONG_OPENINGS else 1) + 1
            yield from (n for n in range(first, found.end() + 1) if end.match(text, n))


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
    if word not in _CHANGE and counted and _states(rest):
        return False
    if rest[0].endswith("s") and len(rest) > 1 and rest[1] in _PLURAL_VERBS:
        return False
    if rest[0] in _NOUN_HEADS and (counted or word not in _CHANGE):
        return False
    return not _finite(rest[:5])


def _states(rest: Sequence[str]) -> bool:
    """`success rate from 71%`, `articles viewed`: a measure and not somebody's work."""
    span = any(one in _BEFORE_LEVEL and two[0].isdigit() for one, two in pairwise(rest))
    done = len(rest) > 1 and (rest[1].endswith("ed") or rest[1] in _DONE)
    return span or done


def _finite(rest: Sequence[str]) -> bool:
    return any(word in _FINITE for word in rest)
