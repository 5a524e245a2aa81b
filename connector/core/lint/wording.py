"""Rules about the words of a key result: vague, busy or boastful ones."""

import re
from collections.abc import Iterator

from connector.core.findings import Severity
from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.patterns import any_of, forms
from connector.core.lint.rule import Limits, Remark, Rule, said
from connector.core.lint.subjects import KeyResultIn
from connector.core.lint.verbs import en_predicate, leading_verb, zh_predicates, zh_verbs
from connector.core.names import without_names
from connector.core.sieve import sifted

_VAGUE_ZH = sifted(zh_verbs(zh.VAGUE, noun_after="会(?!员)|款|机会"))
_VAGUE_EN = forms(en.VAGUE)
_MADE_EN = sifted(
    rf"\bmake\w* [^,;.]{{1,40}}? (?P<so>better|easier|faster|simpler|smoother|stronger|clearer|"
    rf"more (?!than)\w+)\b|\b(?:is|are|be|been|being|gets?|"
    rf"becomes?)\s(?:\w+ly\s)?(?P<word>{any_of(en.MADE)})\b",
    re.IGNORECASE,
)
_NO_ACTIVITY = (
    r"客户数|用户数|语言|\s?\d[\d,.]*\s?[万千]?(?:并发|语言|种|路|QPS|TPS|用户|终端|国)|"
    r"终端|支付|多语言|离线|并发|系统集成|到位|结果|结论|通过|完成率|达成"
)
_ACTIVITY_ZH = zh_predicates(zh.ACTIVITY, noun_after=_NO_ACTIVITY)
_ACTIVITY_OR_NOUN_ZH = zh_predicates(zh.ACTIVITY, noun_after=_NO_ACTIVITY, nouns=True)
_MADE_ZH = sifted(
    "(?P<word>更[加为]?(?:好|快|顺畅|高效|稳定|便捷|规范|紧密|完善|清晰|满意|轻松|智能|顺))"
)
_ACTIVITY_EN = forms(en.ACTIVITY)
_PHRASES_EN = sifted(
    rf"^(?:we |team |actively |to |closely )*(?P<word>{any_of(en.ACTIVITY_PHRASES)})\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[A-Za-z ]{1,30}:\s?.*\d")  # `Track record: 9 of 10`
_TIMES_ZH = rf"(?:\d[\d,.]*\s?[万千]?|[一两二三四五六七八九十]+)\s?(?:{any_of(zh.COUNTERS)})"
_AT_LEAST_ZH = r"(?:≥|不少于|不低于|达到?|共|累计|至少|超过|约)?\s?"
_COUNTED_ZH = tuple(
    map(
        sifted,
        (
            rf"(?:{any_of(zh.DONE)})[^,;。]{{0,24}}?{_TIMES_ZH}[^,;。]{{0,10}}?(?:{any_of(zh.DEEDS)})",
            rf"(?:{any_of(zh.DEEDS)})[^,;。\d从]{{0,8}}?{_AT_LEAST_ZH}{_TIMES_ZH}",
            rf"与\s?{_TIMES_ZH}[^,;。]{{0,10}}?(?:{any_of(zh.DEEDS)})",
            rf"(?:{any_of(zh.CALLS)})[^,;。\d]{{0,10}}{_TIMES_ZH}",
        ),
    )
)
_OUTCOME_ZH = sifted(rf"从\s?\d|率(?=[^,;。]{{0,8}}\d)|被[^,;。]{{1,10}}采|{any_of(zh.OUTCOMES)}")
_NUMBER_EN = (
    rf"(?:\d[\d,.]*|{any_of(en.NUMBERS)}|(?:one|two|three|four|an?)(?: \w+)? "
    r"(?:per|a|each|every) (?:day|week|month|sprint|quarter))\+?"
)
_DEED_EN = rf"(?:(?:{any_of(en.DEEDS)})s?|{any_of(en.DEED_PLURALS)})"
_COUNTED_EN = tuple(
    sifted(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:{any_of(en.DONE)})(?:s|es|ed|ing)?\b[^,;.]{{0,24}}?\b{_NUMBER_EN}"
        rf"\s(?:[\w-]+\s){{0,4}}?{_DEED_EN}\b",
        rf"^(?:at least |more than |over )?{_NUMBER_EN}\s(?:[\w-]+\s){{0,4}}?{_DEED_EN}\b"
        rf"(?:$|[^,;.]{{0,30}}\b(?:{any_of(en.HELD)})\b)",
        rf"^(?:{any_of(en.PEOPLE_DEEDS)})\b(?: with| at least| all)?\s{_NUMBER_EN}\s",
        rf"\b(?:{any_of(en.DONE)})\b[^,;.]{{0,24}}\b{_DEED_EN}\b[^,;.]{{0,16}}"
        r"\b(?:every|each|per|a) (?:week|month|sprint|day|fortnight)\b",
        rf"^(?:{any_of(en.DONE)})\b[^,;.]{{0,16}}\b"
        rf"(?:once|twice|(?:\d+|{any_of(en.NUMBERS)}) times) "
        r"(?:a|per|each|every) (?:day|week|month)\b",
        rf"^(?:number of )?{_DEED_EN}(?: (?:{any_of(en.HELD)}))?:?\s\d+$",
    )
)
_OUTCOME_EN = sifted(rf"\bfrom \d|≤|\b(?:{any_of(en.OUTCOMES)})\b", re.IGNORECASE)
_DEGREE_ZH = sifted(
    rf"(?P<word>(?:{any_of(zh.DEGREE)})(?!面积|学|奋斗者|电|断|货|档|线|程度|到|神|值|士)|"
    rf"(?:{any_of(zh.DEGREE_BEFORE_CHANGE)})地?(?=(?:{any_of(zh.CHANGE)})))|"
    rf"(?:{any_of(zh.CHANGE)})得?(?P<after>(?:{any_of(zh.DEGREE_AFTER_CHANGE)})(?!性|于|差异|缺陷))"
)
_DEGREE_EN = sifted(
    rf"(?<!statistically )(?<!clinically )\b(?P<word>{any_of(en.DEGREE)}|"
    r"as (?:much|many|soon|fast|quickly|far|often|early|low|high|little|few)(?: \w+)? as possible|"
    rf"(?:much|far|way) (?:{any_of(en.MUCH)})|"
    rf"(?:{any_of(en.BIG)})(?:ly)? (?:{any_of(en.STEPS)})|"
    rf"further (?:{any_of(en.FURTHER)})|to the (?:fullest|maximum))\b",
    re.IGNORECASE,
)


def vague_verb(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-03: a verb of change and nothing that says how much."""
    sentence = subject.sentence
    if subject.has_number or (subject.has_criterion and not _leads_vaguely(subject)):
        return
    patterns = (_VAGUE_ZH, _MADE_ZH) if sentence.chinese else (_MADE_EN,)
    found = next(filter(None, (one.search(sentence.text) for one in patterns)), None)
    word = next(filter(None, found.groups())) if found else None
    if word is None and not sentence.chinese:
        word = en_predicate(sentence.words, _VAGUE_EN)
    if word:
        yield said(word=word)


def _leads_vaguely(subject: KeyResultIn) -> bool:
    """`Improve the licence process`: the licence is no criterion there; a column still is one."""
    sentence = subject.sentence
    words, at = sentence.words, leading_verb(sentence.words)
    vague = not sentence.chinese and at < len(words) and words[at] in _VAGUE_EN
    return vague and not subject.has_written_criterion


def activity_verb(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-04: the sentence tells what somebody does, not what comes of it."""
    sentence, word = subject.sentence, None
    if sentence.chinese:
        goes_on = sentence.measured or subject.has_criterion  # 学习平台上线
        pattern = _ACTIVITY_OR_NOUN_ZH if goes_on else _ACTIVITY_ZH
        found = pattern.search(sentence.text)
        word = found["word"] if found else None
    elif not _LABELLED.match(sentence.text):
        phrase = _PHRASES_EN.search(sentence.text)
        word = phrase["word"] if phrase else en_predicate(sentence.words, _ACTIVITY_EN)
    if word:
        yield said(word=word)


def counts_activity(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-05: a number, but of deeds."""
    sentence = subject.sentence
    counted = _COUNTED_ZH if sentence.chinese else _COUNTED_EN
    if (_OUTCOME_ZH if sentence.chinese else _OUTCOME_EN).search(sentence.text):
        return
    text = without_names(sentence.text)  # `Complete the SOC 2 audit` counts nothing
    found = next(filter(None, (pattern.search(text) for pattern in counted)), None)
    if found:
        yield said(text=found[0].strip())


def degree_word(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-07: words that stand where a number should."""
    sentence = subject.sentence
    found = (_DEGREE_ZH if sentence.chinese else _DEGREE_EN).search(sentence.text)
    if found:
        yield said(word=next(filter(None, found.groups())))


RULES = (
    Rule("K-03", Severity.E, "guide-2.2", vague_verb),
    Rule("K-04", Severity.W, "rework", activity_verb),
    Rule("K-05", Severity.W, "google-playbook", counts_activity),
    Rule("K-07", Severity.W, "practice", degree_word),
)
