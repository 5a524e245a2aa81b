"""Whether a sentence says something that is met or not, so that two people would agree.

Qualitative key results are allowed, wishes are not.
"""

import re

from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.patterns import any_of, forms
from connector.core.lint.sentence import Sentence
from connector.core.lint.verbs import en_predicate, zh_predicates, zh_verbs
from connector.core.sieve import sifted

_NEAR = r"[^,;。]{0,24}?"
_FINISHED_ZH = zh_predicates(zh.FINISHED)
_STANDS_ZH = sifted(zh_verbs(zh.FINISHED_BY_ITSELF))
_FINISHED_EN = forms(en.FINISHED)
_MILESTONE_ZH, _MILESTONE_EN = zh_predicates(zh.MILESTONE), forms(en.MILESTONE)
DELIVERED_EN = sifted(
    r"\b(?:is|are|goes?|went) live\b|\blive (?:by|in|on|at)\b|"
    r"^(?:successful )?(?:roll-?out|launch|go-live|release|completion|delivery|introduction|"
    r"migration|implementation|opening|installation) of\b|"
    r"\b(?:is|are|been|be|gets?) (?:launched|released|shipped|"
    r"delivered|"
    r"deployed|completed|introduced|built|migrated|published|installed|rolled out|in production|"
    r"in operation|signed off|replaced|opened|finished|implemented)\b",
    re.IGNORECASE,
)
_DATED = sifted(
    r"\d\s?月|季度?[末内底前]|年[底内]|[上下]半年|\b(?:by|before|until) (?:the )?(?:end|mid|"
    r"early|late|\d|q[1-4]|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|christmas)",
    re.IGNORECASE,
)
_CRITERIA_ZH = sifted(
    rf"通过(?!率){_NEAR}(?:{any_of(zh.PASSED)})|(?:{any_of(zh.PASSED)})(?:全部)?(?:通过|合格)(?!率)|"
    rf"(?:获得|取得|拿到|拿下|取到|荣获|获评|入选|中标){_NEAR}(?:{any_of(zh.GRANTED)})|"
    rf"(?:零|无|没有|不再有?|杜绝|不发生|未发生|不出现)[^,;。]{{0,12}}?(?:{any_of(zh.MISHAPS)})|"
    rf"(?:{any_of(zh.MISHAPS)})(?:清零|归零|为零)|"
    r"(?:^|[,;。])[^,;。]{0,12}?(?:全部|所有|每[个位条家次张笔台名]|全体|人人|全量|任意|任何)"
    r"[^,;。]{0,30}?(?:都|均|已|能|可以|可|不再|无需)|全部(?:关闭|清零|达标|通过|合格|签署|覆盖|迁移)|"
    r"由[^,;。]{1,16}?(?:签字|签收|验收|确认)|获[^,;。]{1,16}?(?:批准|认可|验收|签字)|"
    r"(?:签约|签署|签订|签下)[^,;。\d]{2,}|(?:董事会|委员会|客户|法务|财务|专家)[^,;。]{0,6}"
    r"(?:批准|签字|验收|签收|确认)|"
    r"进入[^,;。]{0,16}(?:前|榜单|名录|名单|目录|短名单)|上市挂牌|(?:不再|无需|无须)[^,;。]{2,}"
)
_CRITERIA_EN = sifted(
    rf"\b(?:{any_of(en.PASSED)})\b|"
    rf"\bno (?:\w+ ){{0,4}}?(?:{any_of(en.MISHAPS)})\b|"
    r"^(?:all|every|each|no|any|both)\b(?!-)(?: [\w'-]+){3}|"
    r"\bno longer\b|\bno one\b|\bby the board\b|\bwithout (?:a|any|the|help)\b|"
    r"\bsigned (?:by|with)\b|\bsign (?:a|an|the|our) \w+",
    re.IGNORECASE,
)


def is_criterion(sentence: Sentence) -> bool:
    """
    >>> is_criterion(Sentence.of("Pass the ISO 27001 audit")), is_criterion(Sentence.of("体验更好"))
    (True, False)
    """
    if sentence.chinese:
        if _DATED.search(sentence.text) and _MILESTONE_ZH.search(sentence.text):
            return True
        patterns = _CRITERIA_ZH, _FINISHED_ZH, _STANDS_ZH
        return any(pattern.search(sentence.text) for pattern in patterns)
    finished = en_predicate(sentence.words, _FINISHED_EN) is not None
    dated = _DATED.search(sentence.text) and en_predicate(sentence.words, _MILESTONE_EN)
    delivered = DELIVERED_EN.search(sentence.text)
    return finished or bool(dated or delivered) or bool(_CRITERIA_EN.search(sentence.text))
