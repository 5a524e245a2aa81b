"""Rules about an objective: qualitative, ambitious, one aim, somebody's, in time."""

import re
from collections.abc import Iterator
from itertools import zip_longest

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
    r"翻[一两二三四]?番|翻倍|减半|[一二两三四五六七八九十百]+(?:倍|成(?!为|功|长|本|交|果|员|熟|"
    r"立))|"
    r"\b(?:doubl|tripl|quadrupl|halv)(?:e|es|ing)\b(?!-)|\b\d+x\b|\b(?:by|in) (?:a |"
    r"one )?(?:half|third|quarter)\b|"
    r"\b(?:a|half a|one) (?:million|billion|thousand|hundred|dozen)\b|"
    r"[百千万亿]+(?:级)?(?=用户|客户|家庭|门店|粉丝|会员|人次|名|家|企业|规模|产值|营收|产业|"
    r"集团|级)|"
    r"\btwice (?:as|the)\b|\b(?:two|three)[- ](?:thirds|quarters|fold)|\btenfold\b|"
    rf"\b(?:{any_of(en.NUMBER_TARGETS)})s? (?:{any_of(en.MEASURED_IN)})\b|"
    rf"\b(?:{any_of(en.ACQUIRE)})\w{{0,3}} (?:at least |over |more than |another )?"
    rf"(?:{any_of(en.NUMBER_TARGETS)})s? (?:[a-z-]+ ){{0,3}}[a-z]+s\b|"
    r"\bdouble-digit\b|\b(?:one|two|three|nine) (?:in|out of) (?:two|three|four|five|ten)\b|"
    r"\bhalf (?:our|the|all) (?!battle|way|story|world)|\b(?:half|a third|a quarter|a fifth) "
    r"(?:fewer|less|more|of (?:all|the|our))\b|"
    r"(?:新增|签约|签下|拿下|招聘|招到|招满|引进|培养|开设|新开|开出|覆盖|孵化|攻下|争取|实现|"
    r"达到|突破|超过|不少于|至少)"
    r"[^,;。]{0,6}?[两三四五六七八九十百千]+[余多]?[家个名位所项款场座万亿倍店人单件]|"
    r"[过破超达][千百十]?[万亿](?!能)|[两三四五六七八九十半]+个?(?:周|天|小时|分钟|个月|月|日|秒)"
    r"(?:以内|之内|内|以下)",
    re.IGNORECASE,
)
# Numbers that describe rather than aim: 24 hours a day, 三端合一, one place, 从 0 到 1.
_NOT_TARGETS = sifted(
    r"\d+\s?[+*x×/]\s?(?:24|7|365)|(?:24|7|365)\s?(?:小时|天)|"
    r"\d+\s?(?:小时|分钟|天|周|个?月|公里)(?=[^\d,;。]{0,3}(?:圈|达|送达))|"
    r"\b24[- ]hours?\b|\d{2}\s?后|0\s?[到至]\s?1|从\s?(?:0|零)\s?到\s?(?:1|一)|"
    r"\b\d[- ]stars?\b|\b\d days a week\b|\b\d hours a day\b|\b(?:19|20)\d\d\b(?!%)|\d+\s?小时之外|"
    r"\bzero to one\b|\b0 to 1\b|一站式|"
    r"第一|唯一|首[家个批选]|"
    r"\bone\b(?! (?:million|billion|thousand|hundred|dozen|third|quarter|in|out))|\bfirst\b|"
    r"[0-9零一二两三四五六七八九十]+[\s个]?(?:地|线|端|方|层|位一体|大(?!客户)|化|级|院|国|省|市|"
    r"园|校区|厂|"
    r"家门店|家公司|大区|个城市|个部门|个园区|条产线|间|座)(?!以上|以内)",
    re.IGNORECASE,
)
_DELIVER_ZH = sifted(
    r"^(?:我们|团队|本季度?|按时|按期|顺利|全面|成功|尽快|如期|正式|高质量地?|快速|年内|年底前|"
    r"在?\d*月?底前|重新|自主|独立|联合|陆续|尽早|率先|一次性|加快|加速|积极|今年|年内|上半年|"
    r"下半年|牵头|全力|推动|推进)*"
    + zh_verbs(
        zh.DELIVERY,
        noun_after=(
            "会(?!员)|客户体验|用户体验|服务体验|"
            "即|让|变|成为|更|越|不再|得更|从|又快|又稳|快|稳|准|有|像|好用|人人|可靠|靠谱|必|零"
            "(?!碳|售|件|部件|工|食|信任|基础)|无(?!人|障碍|线|纸|菌|尘)|后|日|"
            "师傅|资金|费用|经理|得|"
            "一次|就|与|和|者|是|再也|不用|不必|当天|变得|容易|简单|轻松|自如"
        ),
    )
    + rf"(?!(?:{any_of(zh.NOUN_AFTER)}|过程|日|窗口|节奏|现场|结果|前夜|"
    rf"方式)[^,;。]*?(?:{any_of(zh.PREDICATES)}))"
    # 发布节奏可预期, 部署在客户机房的版本一样省心: the verb belongs to the subject
    r"(?!周期|节奏|当天|当日|现场|前夜|窗口|频率|难度|日[,让不再]|时[,让不再]|之?后|以后|之?前|"
    r"期间|过程|速度|门槛)"
    rf"(?!在[^,;。]{{1,12}}的|[^,;。让]{{0,14}}的[^,;。]{{1,8}}?"
    rf"(?:{any_of(zh.PREDICATES, zh.DOES)}))"
    r"(?!去的|出去|起来|下去)(?![^,;。让使的]{1,8}(?:像|不再|再也不|如同|变得|成为|变成|越来越))"
)
_BUILD_ZH = sifted(
    rf"^(?:我们|团队|今年|年内|按期|如期|全面|加快|尽快|统一)*(?P<word>{any_of(zh.BUILD)})"
    rf"(?!{any_of(zh.NOUN_AFTER)}|让|使|者)[^,;。让使令]{{1,20}}?(?:{any_of(zh.ARTEFACTS)})(?:$|"
    rf"[,;。]|并|和|,)"
)
_DELIVER_NOUN_ZH = sifted(
    rf"^{zh_verbs(zh.DELIVERY_OR_NOUN, nouns=True, noun_after='与|和|让|更')}"
)
# What nobody delivers: to create joy or rebuild trust is no piece of work.
_NO_ARTEFACT = frozenset(en.NO_ARTEFACT.split())
_BRINGS_LIVE = sifted(
    r"^(?:to |we |successfully )*(?P<word>set up|stand up|put in place|go live with|switch on|"
    r"hand over|"
    r"bring live|kick off|spin up|turn on|switch over|(?:get|bring|put|take) [^,;.]{2,40} live|"
    r"move [^,;.]{2,40} to the cloud)\b",
    re.IGNORECASE,
)
_GOES_ON = frozenset(en.OBJECT_FOLLOWS.split()) | {"among", "between", "again", "is", "where"}
_DELIVER_EN = forms(en.DELIVERY)
_MOVE_ZH = any_of(
    "提升 提高 改善 优化 加强 完善 增强 促进 推进 强化 深化 改进 健全 夯实 推动 增进 "
    "巩固 加快 提振 做强 做优 提质 扩大 增加 激发 打造 树立 建设 发展"
)
_ABSTRACT_ZH = rf"[^,;。的让使]{{0,8}}?(?:{any_of(zh.ABSTRACT, zh.UNMEASURABLE)})"
_EVER_ZH = (
    r"(?:持续|不断|进一步|全面|有效|大幅|显著|稳步|整体|切实|着力|大力|努力|明显|得到|有所|"
    r"逐步|积极|深入)*"
)
_BARE_MOVE_ZH = sifted(
    rf"^{_EVER_ZH}(?P<verb>{_MOVE_ZH})(?:{_ABSTRACT_ZH}[和与及、]?){{1,2}}(?:建设|工作|提升|发展|"
    rf"改善|升级|水平)?$|"
    rf"^{_ABSTRACT_ZH}{_EVER_ZH}(?P<after>{_MOVE_ZH})$|"
    rf"^[^,;。让使的]{{1,6}}(?P<verb2>{_MOVE_ZH})(?<!打造)(?<!建设)(?<!发展){_ABSTRACT_ZH}$"
)
_MOVES_EN = any_of(" ".join(sorted(forms(en.MOVES))), en.MOVED)
_BARE_MOVE_EN = sifted(
    r"^make (?:our |the )?\w+ (?:more \w+|better|faster|easier|simpler)$|"
    r"^(?:be|become) (?:even )?(?:more|better) [a-z-]+$|"
    rf"^(?:to )?(?:[a-z]+ly |further )?(?P<verb>{_MOVES_EN}) "
    rf"(?:[a-z-]+ ){{0,3}}?(?:{any_of(en.ABSTRACT)})(?: and (?:[a-z]+ )?[a-z]+)?"
    r"(?: (?:of|in|across|within|between|for|at|among|throughout) (?:[a-z-]+ ){0,3}[a-z]+)?"
    r"(?: (?:further|even more|even further|overall|again|this [a-z]+|next [a-z]+|in 20\d\d|"
    r"in [qh]\d|"
    r"continuously|significantly|substantially|year on year))?$",
    re.IGNORECASE,
)
_OPENING_ZH = (
    r"(?:^|[,;。、]\s*|并|和)\s*"
    r"(?:我们|团队|稳定|长期|稳步|一如既往地?|努力|仍|全力|切实|有效|全面|始终|"
    r"在[^,;。]{1,8}?[上中内]|"
    r"[为对给向][^,;。让使]{1,8}?|本季度?|今年|20\d\d年|明年|下半年|上半年|[^,;。让使]{1,6}?部|"
    r"[^,;。让使]{1,6}?团队){0,3}"
)
_USUAL_ZH = sifted(
    rf"{_OPENING_ZH}(?P<word>{any_of(zh.KEEP)})(?!者|期|架构|距离|器|膜|鲜|到底|教育|医学教育|"
    rf"设备|仪|"
    rf"治疗|剂)|"
    r"^[^,;。让使能]{2,10}(?<!愿意)(?<!生命)(?<!乐意)(?<!希望)(?<!选择)(?<!主动)(?<!想)(?<!肯)"
    r"(?<!敢)(?<!不再)(?<!爱)"
    r"(?P<later>保持|维持|继续)(?!者|期|器|膜|鲜|教育|设备|仪|治疗|剂)|"
    r"^[让使把将][^,;。]{1,12}(?P<still>保持|维持|继续|延续|稳定在|停留在|控制在)[^,;。]{0,10}?"
    r"(?:水平|现状|不变|不下降|不下滑|不降|平稳|稳定|正常|原样|运转|好$|住$|前列|领先)"
)
_ENSURE_ZH = sifted(
    rf"{_OPENING_ZH}(?P<word>持续(?!集成|交付|部署|时间|性|学习力|改进文化|葡萄糖|监测|血糖|"
    rf"增长曲线|经营)|"
    r"确保|保证(?!金|书|期)|保障(?!房|部|性|卡|金|体系|能力|服务|团队|中心|队))|"
    r"^[^,;。让使能]{2,10}(?P<later>持续(?:提升|优化|改进|改善|增强|完善|加强|向好)|得到保障|确保)"
)
_USUAL_EN = forms(en.KEEP)
_ENSURE_EN = forms(en.ENSURE)
_CHANGES_NOT = sifted(
    rf"^(?:{any_of(en.KEPT_MOVING)})\b|^(?:[a-z-]+ ){{1,3}}(?:coming|returning|guessing|wanting|"
    rf"asking|"
    rf"talking|growing|learning|dreaming)\b",
    re.IGNORECASE,
)
_STILL_EN = sifted(
    rf"^(?:to |we )?(?P<word>{any_of(en.KEEP_PHRASES)})\b|"
    rf"\b(?P<later>keeps?|stays?|remains?|continues?)\b [^,;.]{{0,40}}\b"
    rf"(?:{any_of(en.AS_BEFORE)})\b",
    re.IGNORECASE,
)
_TWO_AIMS_ZH = sifted(
    r"既[^,;。]{1,10}又|并重|并举|双提升|双增长|双丰收|兼顾|降本[增提][效质]|提[质效]降本|"
    r"增收节支|两手抓|双管齐下|两不误|"
    r"齐头并进|一手[^,;。]{1,12},?一手|一边[^,;。]{1,12},?一边|一方面|不仅[^;。]{2,}?[还更也]|"
    r"不但[^;。]{2,}?而且|"
    rf"^(?:{_MOVE_ZH})[^,;。]{{1,8}}[和与及、][^,;。]{{1,8}}$|"
    rf"[;]|(?:{any_of(zh.AIMS, '成为 让 使 做 把')})[^;。]{{2,}}?"
    rf"(?:[,、并且同时以及和与又还也]|并且|同时|以及|另外|此外|加上|外加|还要)\s?(?:还要?|也要?|"
    rf"又|再|要)?"
    rf"(?:{any_of(zh.AIMS, '让 使')})"
)
_AIMS_EN = any_of(" ".join(sorted(forms(en.AIMS))))
_COMPARED = (
    r"(?:better|stronger|higher|lower|more|fewer|less|[a-z]{3,}ier|faster|shorter|safer|larger|"
    r"smaller)"
)
_TWO_AIMS_EN = sifted(
    r"^\w+er \w+, \w+er \w+$|"
    rf";|\b(?:and|while|as well as|whilst|plus|but also|along with|besides|in addition to|then)"
    rf"(?: also| then| to)? (?:{_AIMS_EN})\b|"
    rf", (?:plus|also|as well as|along with|and also) [a-z]|\bplus (?:an?|the|more|better) |"
    rf"\bnot only\b|"
    rf"\b{_COMPARED} (?:[a-z-]+ ){{1,4}}?(?:and|as well as|plus|with) (?:a |an |"
    rf"the )?{_COMPARED} [a-z]|"
    r"^(?:both|two) (?:goals|aims)",
    re.IGNORECASE,
)
_TWO_VERBS = sifted(r"^\w+ and (?=[a-z])", re.IGNORECASE)  # win and keep the trust
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
        patterns = _DELIVER_ZH, _DELIVER_NOUN_ZH, _BUILD_ZH
        found = next(filter(None, (one.match(sentence.text) for one in patterns)), None)
        if found:
            yield said(word=found["word"])
        return
    phrase = _BRINGS_LIVE.match(sentence.text)
    if phrase:
        yield said(word=phrase["word"])
        return
    at = leading_verb(sentence.words)
    first = "".join(sentence.words[at : at + 1])
    delivers_it = first in _DELIVER_EN and is_verb(sentence.words, at)
    if delivers_it and not _is_no_thing(sentence.words[at + 1 : at + 6]):
        yield said(word=first)


def _is_no_thing(what: list[str]) -> bool:
    """`a culture where mistakes are shared`, but not `a culture survey`."""
    return any(
        one in _NO_ARTEFACT and (after in _GOES_ON or not after)
        for one, after in zip_longest(what[:4], what[1:5], fillvalue="")
    )


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
            yield said(word=next(filter(None, usual.groups())))
        elif ensured:
            yield Remark({"word": next(filter(None, ensured.groups()))}, Severity.I)
        return
    words, at = sentence.words, leading_verb(sentence.words)
    first = words[at] if at < len(words) else ""
    still = _STILL_EN.search(sentence.text)
    if still:
        yield said(word=next(filter(None, still.groups())))
    elif first in _USUAL_EN and is_verb(words, at):
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
    text = _TWO_VERBS.sub("", sentence.text)
    if (_TWO_AIMS_ZH if sentence.chinese else _TWO_AIMS_EN).search(text):
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
