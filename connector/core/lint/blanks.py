"""Words that fill a cell and say nothing: TBD, 待定, n/a; and names that are nobody's."""

import re

from connector.core.text import plain, simplified

_NOTHING = re.compile(
    r"[\W_]*|(?:tb[dcah]|n/?a|none|nil|nothing|unknown|pending|to be (?:determined|decided|"
    r"defined|named|"
    r"confirmed)|todo|open|无|暂无|没有|待定|待补充?|待确认|待明确|待填写?|未定|略|不详|尚无|同上|见附件?)[\W_]*",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:the |all |our |whole |entire )*(?:team|everyone|everybody|all|us|we|group|staff|"
    r"department|"
    r"anyone|somebody|someone|management|leadership)(?: \w+)?|whole company|"
    r"大家|所有人|全员|全体(?:员工|成员)?|各部门|各团队|相关(?:部门|人员|同事|负责人)|团队|项目组|部门|我们|全公司|"
    r".{1,10}(?:部|部门|团队|小组|中心|项目组|委员会|事业群|组)|[\w& ]+ (?:team|department|"
    r"squad|group|committee|board)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\S[、,，/&+;；]\s?\S|\S\s?(?:和|与|及)\s?\S|\S\s(?:and|or)\s\S", re.IGNORECASE
)


def says_something(text: str) -> bool:
    """
    >>> [says_something(one) for one in ("carrier strike", " ", "TBD", "待定", "-")]
    [True, False, False, False, False]
    """
    return _NOTHING.fullmatch(plain(text)) is None


def is_somebody(name: str) -> bool:
    """Whether a name can be one person's: no placeholder and no collective.

    >>> [is_somebody(one) for one in ("Ana Ruiz", "陈洁", "the whole team", "数据团队", "TBD")]
    [True, True, False, False, False]
    """
    said = simplified(plain(name))
    return says_something(said) and _NOBODY.fullmatch(said) is None


def names_several(name: str) -> bool:
    """
    >>> [names_several(one) for one in ("Ana Ruiz and Tom Berg", "张三、李四", "Ana Ruiz")]
    [True, True, False]
    """
    return bool(_SEVERAL.search(simplified(name)))
