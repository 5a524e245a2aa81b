"""Words that fill a cell and say nothing: TBD, 待定, n/a; names that are nobody's; no reasons."""

import re

from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.patterns import any_of
from connector.core.text import plain, simplified

_NOTHING = re.compile(
    r"[\W_]*|(?:tb[dcah]|n/?a|none|nil|nothing|unknown|pending|to be (?:determined|decided|"
    r"defined|named|"
    r"confirmed)|todo|open|无|暂无|没有|待定|待补充?|待确认|待明确|待填写?|未定|略|不详|尚无|"
    r"同上|见附件?)[\W_]*",
    re.IGNORECASE,
)
# That something was changed, or is told elsewhere, is no reason for it.
_TOLD_ELSEWHERE = re.compile(
    r"\b(?:see|cf|look (?:at|in)|refer to|as per|per|(?:told|said|explained|discussed|described|"
    r"noted|written|"
    rf"shown|details|more|reasons?) (?:are |is )?(?:in|at|on|by)) [\w’' -]{{0,40}}?\b"
    rf"(?:{any_of(en.RECORDS)})\b|"
    rf"(?:详?见|参[见考照阅]|查看|请看)[^,;:。]{{0,12}}(?:{any_of(zh.RECORDS)})[里中内上]?",
    re.IGNORECASE,
)
_NO_REASON = re.compile(
    rf"\b(?:{any_of(en.NO_REASON)})\b|\d[\d.,]*%?|{any_of(zh.NO_REASON)}", re.IGNORECASE
)
_NOBODY = re.compile(
    r"(?:un(?:assigned|named|filled|staffed|decided|owned)|vacan(?:t|cy)|nobody|no one|no owner|"
    r"no-one|(?:not|none) (?:yet )?(?:assigned|named|decided|known|defined|set|yet|hired)|"
    r"to be (?:hired|assigned|recruited|appointed|found)|(?:new |future )?hire|hiring|recruiting|"
    r"being hired|open (?:position|role|headcount)|whoever|anybody|n\.? ?n\.?|x{2,})"
    r"(?: yet| so far| for now| at the moment| as of now)?|"
    r"(?:尚未|还未|未|没有?|还没有?|暂未|待|暂不|尚待)(?:分配|指派|指定|安排|确定|定|任命|招聘|"
    r"招|入职|落实|明确|到岗|认领|填写?)"
    r"(?:负责人|人选|人员|中)?|(?:暂|空)缺|缺人|缺编|空岗|空白|[无没]人(?:负责|认领)?|招聘中|"
    r"某人|某某|谁|新人|新员工|"
    r"(?:暂无|没有|尚无)(?:负责人|人选)?|谁.{1,8}|大家.{1,6}|各.{1,8}[门线部队组区]|全体.{0,4}|"
    r"(?:the |all |our |whole |entire )*(?:team|everyone|everybody|all|us|we|group|staff|"
    r"department|"
    r"anyone|somebody|someone|management|leadership)(?: \w+)?|whole company|"
    r"大家|所有人|全员|全体(?:员工|成员)?|各部门|各团队|相关(?:部门|人员|同事|负责人)|团队|"
    r"项目组|部门|我们|全公司|"
    r".{1,10}(?:部|部门|团队|小组|中心|项目组|委员会|事业群|组)|[\w& ]+ (?:team|department|"
    r"squad|group|committee|board)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"^(?:负责人|责任人|owner)\s?:?\s?|\s?\([^()]{0,40}\)$", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\S[、,，/&+;；]\s?\S|\S\s?(?:和|与|及)\s?\S|\S\s(?:and|or)\s\S", re.IGNORECASE
)


def says_something(text: str) -> bool:
    """
    >>> [says_something(one) for one in ("carrier strike", " ", "TBD", "待定", "-")]
    [True, False, False, False, False]
    """
    return _NOTHING.fullmatch(plain(text)) is None


def gives_reason(text: str) -> bool:
    """Whether a note says why; that a number was changed, or is explained elsewhere, does not.

    >>> [gives_reason(one) for one in ("carrier strike", "target updated", "见上周周报", "已调整")]
    [True, False, False, False]
    """
    said = simplified(plain(text))
    rest = _NO_REASON.sub(" ", _TOLD_ELSEWHERE.sub(" ", said))
    return says_something(said) and re.search(r"\w", rest) is not None


def is_somebody(name: str) -> bool:
    """Whether a name can be one person's: no placeholder and no collective.

    >>> [is_somebody(one) for one in ("Ana Ruiz", "陈洁", "the whole team", "数据团队", "TBD")]
    [True, True, False, False, False]
    """
    said = _ASIDE.sub("", simplified(plain(name)))
    return says_something(said) and _NOBODY.fullmatch(said) is None


def names_several(name: str) -> bool:
    """
    >>> [names_several(one) for one in ("Ana Ruiz and Tom Berg", "张三、李四", "Ana Ruiz")]
    [True, True, False]
    """
    return bool(_SEVERAL.search(simplified(name)))
