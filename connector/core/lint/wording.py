"""Rules about the words of a key result: vague, busy or boastful ones."""

import re
from collections.abc import Iterator, Sequence

from connector.core.findings import Severity
from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.patterns import any_of, forms
from connector.core.lint.rule import Limits, Remark, Rule, said
from connector.core.lint.sentence import Sentence
from connector.core.lint.subjects import KeyResultIn
from connector.core.lint.verbs import en_predicate, is_verb, leading_verb, zh_predicates, zh_verbs
from connector.core.names import without_names
from connector.core.okr import MetricKind
from connector.core.sieve import sifted

_VAGUE_ZH = sifted(zh_verbs(zh.VAGUE, noun_after="会(?!员)|款|机会"))
_VAGUE_EN = forms(en.VAGUE)
_CORE = any_of(en.VAGUE_IN_ANY_FORM)
_STEM = any_of(" ".join(verb.removesuffix("e") for verb in en.VAGUE_IN_ANY_FORM.split()))
_GROWS = any_of(en.GROWING)
_BECOMES_EN = sifted(
    rf"\b(?P<word>(?:{_STEM})(?:e?s|e?d|ing)|(?:simplif|intensif|amplif)(?:ies|ied|ying)|"
    rf"(?<=[a-z]s )(?:{_CORE}|{_GROWS})(?=$|[,.;]| (?:in|at|on|for|with|across|among|by|over|"
    rf"during|further|again|steadily)\b)|(?:{_GROWS})s(?=$|[,.;]| [a-z]+$))\b",
    re.IGNORECASE,
)
_MADE_EN = sifted(
    rf"\bmake\w* [^,;.]{{1,40}}? (?P<so>better|easier|faster|simpler|smoother|stronger|clearer|"
    rf"more (?!than)\w+)\b|\b(?:is|are|be|been|being|gets?|"
    rf"becomes?)\s(?:\w+ly\s)?(?P<word>{any_of(en.MADE)})\b",
    re.IGNORECASE,
)
_NO_ACTIVITY = (
    r"客户数|用户数|语言|\s?\d[\d,.]*\s?[万千]?(?:并发|语言|种|路|QPS|TPS|用户|终端|国)|"
    r"终端|支付|多语言|离线|并发|系统集成|到位|结果|结论|通过|完成率|达成|请求|驾驶|申请|按钮|"
    r"诊断|决策|生殖|线下|热线|单|饲料|样本|公差|"
    rf"(?:[^,;。把将使让\d]{{0,16}}?|[^,;。把将使让]{{0,14}}?的[^,;。\d]{{0,8}}?)"
    rf"(?:{any_of(zh.MEASURES)})[^,;。\d]{{0,4}}?"
    r"(?:从|由|降|升|增|减|涨|提|压|达|突破|控制|不[低高少多超]|低于|高于|超过|保持|至少|[≥≤→<>]|"
    r"-|\s?\d)"
)
_ACTIVITY_ZH = zh_predicates(zh.ACTIVITY, noun_after=_NO_ACTIVITY)
_ACTIVITY_OR_NOUN_ZH = zh_predicates(zh.ACTIVITY, noun_after=_NO_ACTIVITY, nouns=True)
_MADE_ZH = sifted(
    "(?P<word>更[加为]?(?:好|快|顺畅|高效|稳定|便捷|规范|紧密|完善|清晰|满意|轻松|智能|顺|方便|"
    "简单|准确|流畅|省心|"
    "省力|安全|可靠|合理|科学|精准|透明|灵活|敏捷|健康|友好|舒适|丰富|均衡|扎实|牢固|融洽|及时|"
    "深入|强|优|稳|准|细|实))"
)
_ACTIVITY_EN = forms(en.ACTIVITY)
_TEAMS, _HELPS = frozenset(en.TEAMS.split()), frozenset(en.TEAM_HELPS.split())
_RESULTS = frozenset(en.FINITE.split())
_MOST_BEFORE = 7
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
            rf"(?:{any_of(zh.DONE)})[^,;。]{{0,24}}?{_TIMES_ZH}[^,;。]{{0,10}}?"
            rf"(?:{any_of(zh.DEEDS)})",
            rf"(?>{any_of(zh.DEEDS)})(?!间|室|平台|用户|学员|会员|客户|后|前|库|被|听众|观众|"
            rf"参与者|粉丝|"
            rf"转化|带来|中|现场观众)[^,;。\d从]{{0,8}}?{_AT_LEAST_ZH}{_TIMES_ZH}",
            rf"与\s?{_TIMES_ZH}[^,;。]{{0,10}}?(?:{any_of(zh.DEEDS)})",
            rf"(?:{any_of(zh.CALLS)})[^,;。\d]{{0,10}}{_TIMES_ZH}",
        ),
    )
)
_BUSIER_ZH = sifted(
    rf"^[^,;。\d]{{0,16}}?(?:{any_of(zh.BUSY)})(?:场次|次数|频次|频率|场数|数量|篇数|条数|数|"
    rf"量)?\s?"
    rf"(?:(?:[由从]|频次|每[年季月周天人]|人均|平均)\s?)*\d[\d.]*\s?"
    rf"(?:{any_of(zh.COUNTERS)})[^,;。\d]{{0,8}}"
    r"(?:增|提|升|涨|扩|加|到|至|→)[^,;。\d]{0,8}\d"
)
_WORTH_ZH = sifted(any_of(zh.OUTCOMES))
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
        rf"(?:$| (?:per|a|each|every|in each) |[^,;.]{{0,30}}\b(?:{any_of(en.HELD)})\b)",
        rf"^(?:{any_of(en.PEOPLE_DEEDS)})\b(?: (?:with|at least|all|each of|each|every|our|the|"
        rf"of|more "
        rf"than|over|another|up to|some|to|new|key))*\s{_NUMBER_EN}\s",
        rf"^(?:{any_of(en.WORKED)})\s(?:at least |all |another |more than |over )?{_NUMBER_EN}\s",
        rf"^(?:hold|host|organi[sz]e|run|stage|arrange|attend)\b[^,;.]{{0,16}}?\b{_NUMBER_EN}"
        r"\s(?:[\w-]+\s){1,3}?(?:days?|evenings?|nights?|weeks?)\b",
        rf"^(?:{any_of(en.DONE)}|{any_of(en.PEOPLE_DEEDS)})\b[^;.]{{2,60}}\b"
        rf"(?:twice|(?:\d+|{any_of(en.NUMBERS)}) times)\b",
        rf"\b(?:{any_of(en.DONE)})\b[^,;.]{{0,24}}\b{_DEED_EN}\b[^,;.]{{0,16}}"
        r"\b(?:(?:every|each|per|a) (?:week|month|sprint|day|fortnight)|in (?:each|every|all))\b",
        rf"^(?:{any_of(en.DONE)})\b[^,;.]{{0,16}}\b"
        rf"(?:once|twice|(?:\d+|{any_of(en.NUMBERS)}) times) "
        r"(?:a|per|each|every) (?:day|week|month)\b",
        rf"^(?:number of )?{_DEED_EN}(?: (?:{any_of(en.HELD)}))?:?\s\d+$",
    )
)
_BUSIER_EN = sifted(
    rf"^(?:to )?(?:(?:increase|raise|grow|double|triple|lift|step up|expand|more|boost)\b ?)?"
    rf"(?:the )?(?:(?:number|count|frequency|amount) of )?"
    r"(?:(?!(?:from|by|after|in|at|per|on|via|through|to|with|for|that|who|met|since|before|"
    r"during) )"
    rf"[a-z-]+ ){{0,3}}?(?:{any_of(en.BUSY)})s?\b"
    r"(?: [a-z]+){0,5}:? (?:(?:goes|go|grows|grow|rises|rise|increases|increase|climbs|up) )?"
    r"(?:from )?\d+(?: a \w+| per \w+)? ?(?:to|→|->) \d",
    re.IGNORECASE,
)
_OUTCOME_EN = sifted(rf"\bfrom \d|≤|\b(?:{any_of(en.OUTCOMES)})\b", re.IGNORECASE)
_QUOTED = sifted(r"[“\"「『《‘][^“”\"「」『』《》‘’]{1,40}[”\"」』》’]")
_DEGREE_ZH = sifted(
    r"(?!大幅度?(?:面|宽|画|照|图|海报|广告|喷绘)|努力(?:度|值|程度|指数|者|奋斗者)|不断(?:电|货|"
    r"供|链|网|粮|档|线|点)|"
    r"争取(?:到|权)|极大(?:似然|值|团)|大力(?:神|士|丸|钳|矫)|逐步骤|力争上游|尽快递|着力点|"
    r"全力[以赴]{0,2}(?:杯|队))"
    rf"(?P<word>{any_of(zh.DEGREE)}|"
    rf"(?:{any_of(zh.DEGREE_BEFORE_CHANGE)})地?(?={any_of(zh.CHANGE)}))|"
    rf"(?:{any_of(zh.CHANGE)})得?(?P<after>(?:{any_of(zh.DEGREE_AFTER_CHANGE)})(?!性|于|差异|缺陷))"
)
_DEGREE_EN = sifted(
    rf"(?<!statistically )(?<!clinically )(?!heavily \w+ed\b)\b(?P<word>{any_of(en.DEGREE)}|"
    r"as (?:much|many|soon|fast|quickly|far|often|early|low|high|little|few)(?: \w+)? as possible|"
    rf"(?:much|far|way) (?:{any_of(en.MUCH)})|"
    rf"(?:{any_of(en.BIG)})(?:ly)? (?:{any_of(en.STEPS)})|"
    rf"further (?:{any_of(en.FURTHER)})|to the (?:fullest|maximum))\b(?!-)(?! (?:typed|typing|"
    rf"multiplayer|parallel))",
    re.IGNORECASE,
)


def vague_verb(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-03: a verb of change and nothing that says how much."""
    sentence = subject.sentence
    if subject.has_number or (subject.has_criterion and not _leads_vaguely(subject)):
        return
    patterns = (_VAGUE_ZH, _MADE_ZH) if sentence.chinese else (_MADE_EN, _BECOMES_EN)
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
    vague = vague and is_verb(words, at)
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
        word = word or _team_helps(sentence.words)
    if word:
        yield said(word=word)


def _team_helps(words: Sequence[str]) -> str | None:
    """`The data team supports marketing`; in `support engineers solve 80 %` nobody supports."""
    for at, word in enumerate(words[1:_MOST_BEFORE], start=1):
        if word in _HELPS and words[at - 1] in _TEAMS and words[at + 1 :]:
            return word if not set(words[at + 1 :]) & _RESULTS and is_verb(words, at) else None
    return None


def counts_activity(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-05: a number, but of deeds."""
    sentence = subject.sentence
    busier = _busier(sentence)
    if busier:
        yield said(text=busier)
        return
    counted = _COUNTED_ZH if sentence.chinese else _COUNTED_EN
    if (_OUTCOME_ZH if sentence.chinese else _OUTCOME_EN).search(sentence.text):
        return
    text = without_names(sentence.text)  # `Complete the SOC 2 audit` counts nothing
    found = next(filter(None, (pattern.search(text) for pattern in counted)), None)
    if found:
        yield said(text=found[0].strip())


def _busier(sentence: Sentence) -> str | None:
    """`Sales demos from 30 to 50 a month`: more of the same work."""
    found = (_BUSIER_ZH if sentence.chinese else _BUSIER_EN).search(sentence.text)
    metric = sentence.statement.metric if sentence.statement else None
    if found is None or metric is None or metric.kind is not MetricKind.INCREASE:
        return None
    return None if sentence.chinese and _WORTH_ZH.search(sentence.text) else found[0].strip()


def degree_word(subject: KeyResultIn, _limits: Limits) -> Iterator[Remark]:
    """K-07: words that stand where a number should."""
    sentence = subject.sentence
    text = _QUOTED.sub(" ", sentence.text)  # words that are looked at, not used
    found = (_DEGREE_ZH if sentence.chinese else _DEGREE_EN).search(text)
    if found:
        yield said(word=next(filter(None, found.groups())))


RULES = (
    Rule("K-03", Severity.E, "guide-2.2", vague_verb),
    Rule("K-04", Severity.W, "rework", activity_verb),
    Rule("K-05", Severity.W, "google-playbook", counts_activity),
    Rule("K-07", Severity.W, "practice", degree_word),
)
