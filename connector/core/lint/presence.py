"""Whether a sentence says what changes, and by what it is measured."""

import re

from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.patterns import any_of, forms
from connector.core.lint.sentence import Sentence
from connector.core.sieve import sifted

_MOVED_ZH = rf"(?:{any_of(zh.UP, zh.DOWN, '改进 优化 加强')})"
_ABSTRACT_ZH = sifted(
    rf"^(?:将|把|让|使)?[^,;。\d]{{0,10}}?(?:{any_of(zh.UNMEASURABLE)})"
    rf"(?:再|整体|全面|显著|大幅|持续|进一步)?{_MOVED_ZH}(?:了|至|到)?\s?[\d一两]|"
    rf"^{_MOVED_ZH}[^,;。\d]{{0,10}}?(?:{any_of(zh.UNMEASURABLE)})\s?(?:至|到|约)?\s?\d"
)
_OUR_EN = rf"(?:(?:{any_of(en.OUR)}) )*"
_ABSTRACT_EN = sifted(
    rf"^(?:to )?(?:{any_of(' '.join(sorted(forms(en.VAGUE))))}) (?:[a-z-]+ ){{0,2}}"
    rf"(?:{any_of(en.UNMEASURABLE)})\s(?:by|to|up)\s\d|"
    rf"^{_OUR_EN}(?:{any_of(en.UNMEASURABLE)})\s(?:{any_of(en.UP, en.DOWN)}) (?:by|to)?\s?\d",
    re.IGNORECASE,
)
_BARE_ZH = sifted(
    rf"^(?:同比|环比|整体|总体|本季度?|再|全年|年底前?|目标|较上季度|比去年)*\s?"
    rf"(?:达到?|达成|完成|实现|目标的|增长率|达成率|完成率|{_MOVED_ZH}|翻番|翻倍|减半|做到|突破|超过|不低于|从\s?[\d.,%]+|≥|≤)+了?(?:至|到)?\s?"
    r"(?:\d[\d.,]*\s?(?:%|倍|万|亿|个百分点|成|分|个|百分点)*)?(?:一倍)?(?:以上|以内)?[。.]?$"
)
_GOES_EN = "reach achieve hit get_to exceed double triple stay_above stay_below"
_BARE_EN = sifted(
    rf"^(?:to )?(?:{any_of(en.UP, en.DOWN, _GOES_EN)})"
    r"\s?(?:it |them |this |that )?(?:by |to |at least |from |of |another )*[\d.,]*\s?"
    r"(?:%|percent|x|points?|a third|a quarter|half|it)?(?:\s?to [\d.,]+%?)?"
    r"(?: of (?:the |our )?(?:target|goal|plan)s?)?(?: (?:this|by|in|year|yoy) ?[\w ]*)?[.]?$",
    re.IGNORECASE,
)


def is_bare(sentence: Sentence) -> bool:
    """`Increase by 20 %`: nobody knows what.

    >>> is_bare(Sentence.of("Increase by 20%")), is_bare(Sentence.of("Orders increase by 20%"))
    (True, False)
    """
    return bool((_BARE_ZH if sentence.chinese else _BARE_EN).match(sentence.text))


def is_abstract(sentence: Sentence) -> bool:
    """`improve quality by 20 %`: nobody knows what is counted."""
    pattern = _ABSTRACT_ZH if sentence.chinese else _ABSTRACT_EN
    return bool(pattern.search(sentence.text))
