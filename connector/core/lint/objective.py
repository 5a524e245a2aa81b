"""Rules about an objective: qualitative, ambitious, one aim, somebody's, in time."""

import re
from collections.abc import Iterator

from connector.core.findings import Severity
from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.blanks import is_somebody, names_several
from connector.core.lint.patterns import any_of, forms
from connector.core.lint.rule import Limits, Remark, Rule, said
from connector.core.lint.sentence import Sentence
from connector.core.lint.subjects import ObjectiveIn
from connector.core.lint.verbs import is_verb, leading_verb, zh_verbs
from connector.core.okr import Person
from connector.core.sieve import sifted

_FACTOR = sifted(
    r"翻[一两二三四]?番|翻倍|减半|[一二两三四五六七八九十百]+(?:倍|成(?!为|功|长|本|交|果|员|熟|立))|"
    r"\b(?:doubl|tripl|quadrupl|halv)(?:e|es|ing)\b(?!-)|\b\d+x\b|\b(?:by|in) (?:a |"
    r"one )?(?:half|third|quarter)\b|"
    r"\b(?:a|half a|one) (?:million|billion|thousand|hundred|dozen)\b|"
    r"[百千万亿]+(?:级)?(?=用户|客户|家庭|门店|粉丝|会员|人次|名|家)|"
    r"\btwice (?:as|the)\b|\b(?:two|three)[- ](?:thirds|quarters|fold)|\btenfold\b|"
    rf"\b(?:{any_of(en.NUMBER_TARGETS)})s? (?:new|more|million|thousand|percent|additional|"
    rf"extra)\b",
    re.IGNORECASE,
)
# Numbers that describe rather than aim: 24 hours a day, 三端合一, one place, 从 0 到 1.
_NOT_TARGETS = sifted(
    r"\d+\s?[+*x×/]\s?(?:24|7|365)|(?:24|7|365)\s?(?:小时|天)|"
    r"\d+\s?(?:小时|分钟|天|周|个?月|公里)(?=[^\d,;。]{0,3}(?:圈|达|送达))|"
    r"\b24[- ]hours?\b|\d{2}\s?后|0\s?[到至]\s?1|从\s?(?:0|零)\s?到\s?(?:1|一)|"
    r"\b\d[- ]stars?\b|\b\d days a week\b|\b\d hours a day\b|\b(?:19|20)\d\d\b(?!%)|\d+\s?小时之外|"
    r"\bzero to one\b|\b0 to 1\b|一站式|"
    r"第一|唯一|首[家个批选]|\bone\b|\bfirst\b|"
    r"[0-9零一二两三四五六七八九十]+[\s个]?(?:地|线|端|方|层|位一体|大(?!客户)|化|级|院|国|省|市|园|校区|厂|"
    r"家门店|家公司|大区|个城市|个部门|个园区|条产线|间|座)(?!以上|以内)",
    re.IGNORECASE,
)
_DELIVER_ZH = sifted(
    r"^(?:我们|团队|本季度?|按时|按期|顺利|全面|成功|尽快|如期|正式|高质量地?|快速|年内|年底前|"
    r"在?\d*月?底前|重新|自主|独立|联合|陆续)*"
    + zh_verbs(
        zh.DELIVERY,
        noun_after=(
            "会(?!员)|客户体验|用户体验|服务体验|"
            "即|让|变|成为|更|越|不再|得更|从|又快|又稳|快|稳|准|有|像|好用|人人|可靠|靠谱|必|零|无|后|日|"
            "一次|就|与|和|者|是|再也|不用|不必|当天|变得|容易|简单|轻松|自如"
        ),
    )
    + rf"(?!(?:{any_of(zh.NOUN_AFTER)}|过程|日|窗口|节奏|现场|结果|前夜|"
    rf"方式)[^,;。]*?(?:{any_of(zh.PREDICATES)}))"
)
_DELIVER_NOUN_ZH = sifted(
    rf"^{zh_verbs(zh.DELIVERY_OR_NOUN, nouns=True, noun_after='与|和|让|更')}"
)
# What nobody delivers: to create joy or rebuild trust is no piece of work.
_NO_ARTEFACT = frozenset(en.NO_ARTEFACT.split())
_DELIVER_EN = forms(en.DELIVERY)
_MOVE_ZH = any_of("提升 提高 改善 优化 加强 完善 增强 促进 推进 强化 深化 改进 健全 夯实 推动")
_ABSTRACT_ZH = rf"[^,;。的让使]{{0,8}}?(?:{any_of(zh.ABSTRACT)})"
_EVER_ZH = r"(?:持续|不断|进一步|全面|有效|大幅|显著|稳步|整体|切实)*"
_BARE_MOVE_ZH = sifted(
    rf"^{_EVER_ZH}(?P<verb>{_MOVE_ZH})(?:{_ABSTRACT_ZH}[和与及、]?){{1,2}}$|"
    rf"^{_ABSTRACT_ZH}{_EVER_ZH}(?P<after>{_MOVE_ZH})$"
)
_MOVES_EN = (
    "improve increase enhance boost strengthen optimise optimize raise better drive advance "
    "elevate achieve foster promote grow deepen"
)
_BARE_MOVE_EN = sifted(
    r"^make (?:our |the )?\w+ (?:more \w+|better|faster|easier|simpler)$|"
    r"^(?:be|become) (?:even )?(?:more|better) [a-z-]+$|"
    rf"^(?:to )?(?:[a-z]+ly |further )?(?P<verb>{any_of(' '.join(sorted(forms(_MOVES_EN))))}) "
    rf"(?:[a-z-]+ ){{0,3}}?(?:{any_of(en.ABSTRACT)})(?: and (?:[a-z]+ )?[a-z]+)?"
    r"(?: (?:of|in|across|within|between|for|at) (?:[a-z-]+ ){0,2}[a-z]+)?$",
    re.IGNORECASE,
)
_OPENING_ZH = (
    r"(?:^|[,;。、]\s*|并|和)\s*"
    r"(?:我们|团队|稳定|长期|稳步|一如既往地?|努力|仍|全力|切实|有效|全面)*"
)
_USUAL_ZH = sifted(
    rf"{_OPENING_ZH}(?P<word>{any_of(zh.KEEP)})(?!者|期|架构|距离|器|膜|鲜)|"
    r"^[^,;。让使能]{2,10}(?P<later>保持|维持|继续)(?!者|期|器|膜|鲜)"
)
_ENSURE_ZH = sifted(
    rf"{_OPENING_ZH}(?P<word>持续(?!集成|交付|部署|时间|性|学习力|改进文化|葡萄糖|监测|血糖|增长曲线|经营)|"
    r"确保|保证(?!金|书|期)|保障(?!房|部|性|卡|金|体系|能力|服务|团队|中心|队))|"
    r"^[^,;。让使能]{2,10}(?P<later>持续(?:提升|优化|改进|改善|增强|完善|加强|向好)|得到保障|确保)"
)
_USUAL_EN = forms(en.KEEP)
_ENSURE_EN = forms(en.ENSURE)
_CHANGES_NOT = sifted(rf"^(?:{any_of(en.KEPT_MOVING)})\b", re.IGNORECASE)
_TWO_AIMS_ZH = sifted(
    r"既[^,;。]{1,10}又|并重|并举|双提升|双增长|双丰收|兼顾|降本[增提][效质]|提[质效]降本|增收节支|"
    rf"^(?:{_MOVE_ZH})[^,;。]{{1,8}}[和与及、][^,;。]{{1,8}}$|"
    rf"[;]|(?:{any_of(zh.AIMS, '成为 让 使')})[^;。]{{2,}}?"
    rf"(?:[,、并且同时以及和与又还也]|并且|同时|以及)\s?(?:{any_of(zh.AIMS, '让 使')})"
)
_TWO_AIMS_EN = sifted(
    r"^\w+er \w+, \w+er \w+$|"
    rf";|\b(?:and|while|as well as)(?: also)? (?:{any_of(' '.join(sorted(forms(en.AIMS))))})\b",
    re.IGNORECASE,
)
_HAN_OR_WORD = re.compile(r"[\u3400-\u9fff]|[A-Za-z0-9][A-Za-z0-9.+&/’'-]*")
_WORD = re.compile(r"[A-Za-z0-9][\w&/’'.+-]*")


def titled_and_owned(subject: ObjectiveIn, _limits: Limits) -> Iterator[Remark]:
    """O-01: no words at all is E; nobody, or a crowd, that answers for it is W."""
    if not subject.objective.title.strip():
        yield Remark({"case": "title"}, Severity.E)
    elif not any(one.account_id or is_somebody(one.name) for one in subject.owners):
        yield said(case="owner")
    elif len(subject.owners) > 1 or _joined(subject.owners[0]):
        yield said(case="one", names=", ".join(one.name for one in subject.owners))


def _joined(one: Person) -> bool:
    return one.account_id is None and names_several(one.name)


def in_time(subject: ObjectiveIn, _limits: Limits) -> Iterator[Remark]:
    """O-02: whoever reads it must know when it ends."""
    if subject.cycle is None:
        yield said()


def qualitative(subject: ObjectiveIn, _limits: Limits) -> Iterator[Remark]:
    """O-03: the number belongs into a key result; years, quarters and names are fine."""
    text = subject.sentence.text
    said_otherwise = _NOT_TARGETS.sub(lambda found: " " * len(found[0]), text)
    plain = subject.sentence if said_otherwise == text else Sentence(said_otherwise)
    factor = _FACTOR.search(plain.text)
    if factor:
        yield said(number=factor[0])
    elif plain.quantities:
        first = plain.quantities[0]
        yield said(number=text[first.start : first.end].strip())


def delivers(subject: ObjectiveIn, _limits: Limits) -> Iterator[Remark]:
    """O-04: it begins with work, not with what the work is for."""
    sentence = subject.sentence
    if sentence.chinese:
        found = _DELIVER_ZH.match(sentence.text) or _DELIVER_NOUN_ZH.match(sentence.text)
        if found:
            yield said(word=found["word"])
        return
    at = leading_verb(sentence.words)
    first = "".join(sentence.words[at : at + 1])
    what = set(sentence.words[at + 1 : at + 4])
    if first in _DELIVER_EN and is_verb(sentence.words, at) and not what & _NO_ARTEFACT:
        yield said(word=first)


def bare_movement(subject: ObjectiveIn, _limits: Limits) -> Iterator[Remark]:
    """O-05: "improve quality" says neither whose nor what for."""
    text = subject.sentence.text.rstrip("。.!? ")
    found = (_BARE_MOVE_ZH if subject.sentence.chinese else _BARE_MOVE_EN).match(text)
    if found:
        yield said(word=next(filter(None, found.groups()), text.split()[0]))


def business_as_usual(subject: ObjectiveIn, _limits: Limits) -> Iterator[Remark]:
    """O-06: nothing changes when this is reached; to ensure it may be a change, hence I."""
    sentence = subject.sentence
    if sentence.chinese:
        usual, ensured = _USUAL_ZH.search(sentence.text), _ENSURE_ZH.search(sentence.text)
        if usual:
            yield said(word=usual["word"] or usual["later"])
        elif ensured:
            yield Remark({"word": next(filter(None, ensured.groups()))}, Severity.I)
        return
    words, at = sentence.words, leading_verb(sentence.words)
    first = words[at] if at < len(words) else ""
    if first in _USUAL_EN and is_verb(words, at):
        if not _CHANGES_NOT.match(" ".join(words[at + 1 :])):
            yield said(word=first)
    elif (first in _ENSURE_EN and is_verb(words, at)) or _continual(words[:at]):
        yield Remark({"word": first}, Severity.I)


def _continual(before: list[str]) -> bool:
    """持续 in English is an adverb."""
    return bool({"continuously", "continually", "constantly"} & set(before))


def short(subject: ObjectiveIn, limits: Limits) -> Iterator[Remark]:
    """O-08: what cannot be remembered guides nobody. In Chinese a Latin name counts one."""
    sentence = subject.sentence
    least, most = limits.title_characters if sentence.chinese else limits.title_words
    count = len((_HAN_OR_WORD if sentence.chinese else _WORD).findall(sentence.text))
    if sentence.text and not least <= count <= most:
        yield said(length=str(count), least=str(least), most=str(most))


def one_aim(subject: ObjectiveIn, _limits: Limits) -> Iterator[Remark]:
    """O-09: two aims are two objectives."""
    sentence = subject.sentence
    if (_TWO_AIMS_ZH if sentence.chinese else _TWO_AIMS_EN).search(sentence.text):
        yield said()


def type_set(subject: ObjectiveIn, _limits: Limits) -> Iterator[Remark]:
    """O-10: committed or aspirational decides how it is scored."""
    if subject.objective.type is None:
        yield said()


RULES = (
    Rule("O-01", Severity.W, "practice", titled_and_owned),
    Rule("O-02", Severity.E, "practice", in_time),
    Rule("O-03", Severity.W, "guide-2.1", qualitative),
    Rule("O-04", Severity.W, "google-playbook", delivers),
    Rule("O-05", Severity.I, "practice", bare_movement),
    Rule("O-06", Severity.W, "google-playbook", business_as_usual),
    Rule("O-08", Severity.W, "guide-2.1", short),
    Rule("O-09", Severity.I, "practice", one_aim),
    Rule("O-10", Severity.W, "google-playbook", type_set),
)
