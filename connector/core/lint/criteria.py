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
    r"in operation|signed off|replaced|opened|finished|implemented)\b|"
    r"^(?:the |our |a |new )?(?:[\w'’-]+ ){1,6}?(?:built|delivered|launched|released|shipped|"
    r"deployed|completed|"
    r"introduced|migrated|published|installed|rolled out|set up|up and running|in place|"
    r"implemented|finished|"
    r"handed over|connected|integrated|automated|replaced|refurbished|commissioned|ready|live|done)"
    r"(?=$|[.,;]| (?:to|in|for|at|by|on|across|before|with|and)\b)",
    re.IGNORECASE,
)
_DATED = sifted(
    r"\d\s?月|季度?[末内底前]|年[底内]|[上下]半年|\b(?:by|before|until) (?:the )?(?:end|mid|"
    r"early|late|\d|q[1-4]|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"christmas)",
    re.IGNORECASE,
)
_CRITERIA_ZH = sifted(
    rf"通过(?!率){_NEAR}(?:{any_of(zh.PASSED)})|(?:{any_of(zh.PASSED)})(?:全部)?(?:通过|合格)"
    rf"(?!率)|"
    rf"(?:获得|取得|拿到|拿下|取到|荣获|获评|获颁|入选|中标|申领|办妥|办结|取回|换发){_NEAR}"
    rf"(?:{any_of(zh.GRANTED)})(?!率|数|意识|感|标准化?水平)|"
    rf"(?:{any_of(zh.GRANTED)})(?:到手|获批|下发|颁发|核发|落袋|签发|获得|取得)|(?:获批|批复|"
    rf"核准|核发|受理|审议通过|表决通过|审批通过|书面同意)"
    r"(?!率|时|周|数|量|效|速|能|流程|环节|窗口|进度|材料|机制|的)|"
    r"(?:获评|荣获|荣膺|入选|被评为|被认定为|当选)[^,;。]{2,}|"
    rf"(?:出具|给出|签发|拿到|获得|收到)[^,;。]{{0,12}}?(?:{any_of(zh.CLEAN)})[^,;。]{{0,4}}?"
    rf"(?:意见|报告|结论|证明)|"
    rf"(?:{any_of(zh.DECIDERS)})[^,;。更]{{0,10}}?(?:{any_of(zh.DECIDED)})(?!率|度|数|时|周|流程|"
    rf"的|环节|感)|"
    rf"(?:{any_of(zh.SIGNERS)})[^,;。更]{{0,6}}?(?:{any_of(zh.SIGNED)})(?!率|度|数|时|周|流程|的|"
    rf"环节|更)|"
    rf"(?:零|无|没有|不再有?|杜绝|不发生|未发生|不出现)[^,;。]{{0,12}}?(?:{any_of(zh.MISHAPS)})|"
    rf"(?:{any_of(zh.MISHAPS)})(?:清零|归零|为零)|"
    r"(?:^|[,;。])[^,;。]{0,12}?(?:全部|所有|每[个位条家次张笔台名]|全体|人人|全量|任意|任何)"
    r"[^,;。]{0,30}?(?:都|均|已|能|可以|可|不再|无需)|全部(?:关闭|清零|达标|通过|合格|签署|覆盖|"
    r"迁移)|"
    r"由[^,;。]{1,16}?(?:签字|签收|验收|确认)|获[^,;。]{1,16}?(?:批准|认可|验收|签字)|"
    rf"(?:签约|签署|签订|签下)(?!{any_of(zh.NOUN_AFTER)}|率|额|会|仪式|前|后|时|量)[^,;。\d]{{2,}}|"
    r"(?:协议|合同|章程|备忘录|条例|办法)[^,;。]{0,14}?(?:生效|盖章|签署|签订|签字|到账|施行)"
    r"(?!率|流程|效率|时)|"
    r"(?:进入|列入|纳入|入围)[^,;。]{0,16}(?:前|榜单|名录|名单|目录|短名单|白名单)|上市挂牌|"
    r"(?:不再|无需|无须)[^,;。]{2,}|(?:首次|成功)?(?:挂牌|摘牌|摘帽|销号|结项|结题|获奖|入选|"
    r"中选|过会|通车|封顶|并网|点火)"
    r"(?!率|数|量|时|周)|(?:临床|IND|CDE)[^,;。]{0,8}(?:入组|获批)"
)
_CRITERIA_EN = sifted(
    rf"\b(?:{any_of(en.PASSED)})\b|"
    rf"\bno (?:\w+ ){{0,4}}?(?:{any_of(en.MISHAPS)})\b|"
    r"^(?:all|every|each|no|any|both)\b(?!-)(?: [\w'-]+){3}|"
    rf"\b(?:{any_of(en.DECIDERS)})(?:['’]s?)? (?:[a-z]+ ){{0,2}}?(?:{any_of(en.DECIDES)})\b|"
    rf"\b(?:{any_of(en.DECIDES)}) (?:in writing )?by (?:the |our |an? |both |all )?"
    rf"(?:[\w-]+ ){{0,3}}?"
    rf"(?:{any_of(en.DECIDERS)})\b|"
    rf"\b(?:{any_of(en.SIGNERS)})(?:['’]s?)? (?:[a-z]+ )?(?:{any_of(en.SIGNS)})\b|"
    rf"\b(?:{any_of(en.SIGNS)}) by (?:the |our |an? |both |all )?(?:[\w-]+ ){{0,3}}?"
    rf"(?:{any_of(en.SIGNERS)})\b|"
    rf"\bwithout (?:[\w-]+ ){{0,3}}?(?:{any_of(en.MISHAPS)})\b|"
    r"\bno longer\b|\bno one\b|\bby the board\b|\bwithout (?:a|any|the|help)\b|"
    r"\bsigned (?:by|with|off)\b|\bsign (?:a|an|the|our) \w+|"
    r"\b(?:report|certificate|opinion|permit|licence|license|approval|clearance|visa|patent|"
    r"charter) "
    r"(?:is |are |was )?(?:issued|obtained|received|granted|in place|in hand)\b|"
    r"\b(?:obtain|get|secure|receive|win|gain|earn|achieve|attain|hold)\w*(?: [\w-]+){0,5} "
    r"(?:certification|certificate|accreditation|approval|licen[cs]e|permit|clearance|patent|"
    r"status|"
    r"authori[sz]ation|attestation|consent|mandate|contract|award|seal|label)\b(?! (?:from|to) \d)",
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
