"""Digits that belong to a name: 5G, ISO 27001, 双11, Web 3.0, 30-day. They measure nothing."""

import re
from functools import lru_cache

from connector.core.sieve import Alternatives, sifted

_STANDARDS = (
    "ISO|IEC|SOC|PCI|CMMI|GB/?T?|RFC|EN|DIN|IATF|AS|HIPAA|GDPR|Web|Windows|Python|Java|Vue|"
    "Basel|Industry|IPv|HTTP|Solvency|Covid|SAP S|GPT|USB|Euro|UN|NFPA|API|BS|ASTM|TISAX|"
    "Fortune|Microsoft|Formula|Channel|Studio|Boeing|Airbus|Highway|World|Catch|IFRS|Office|"
    "CC|Oracle|Postgres|PostgreSQL|MySQL|Kubernetes|Angular|React|iOS|Android|PHP|OAuth|TLS|"
    "Article"
)
_NUMBERED = (
    "Level|Tier|Phase|Stage|Wave|Version|Release|Type|Class|Gate|Layer|Chapter|Title|Section|"
    "Pillar|"
    "Route|Terminal|Plant|Gen|Series|Agenda|Vision|Horizon|Form|Area|Zone|Room|Building|Hall|"
    "Dock|Berth|Pier|Grade|Scope|Step|Round|Batch|Module|Severity"
)
_PARTS = (
    r"双\s?1[128]",
    r"(?<!\d)(?:618|12306|315|12345|12315|12123|10086|10010|95598|996)(?=\s?[\u3400-\u9fff]|$)"
    r"(?!\s?"
    r"(?:[个家人次件条单台套倍户篇场名位份例款起元分秒天年月周日万亿千百座所项笔间辆只门级亩页行处种类组批支张箱吨米公]|平(?!台)|小时|以|左右|降|升|提|增|减|到|至|→))",
    r"(?i:\b(?:line|lane|ward|floor|bay|aisle|cohort|shift|key stage|table|gate|cell|flight|berth|"
    r"crew|squad|team|stream|unit))\s\d{1,3}(?![\d.,%])(?!\sto\s\d)"
    r"(?!\s(?:m?s|secs?|seconds?|mins?|minutes?|hours?|days?|weeks?|months?|million|times)\b)",
    r"1家(?=人|子|亲|之)",
    r"(?<!\d)(?:1[12]\d|9\d{4}|123\d\d)(?=\s?(?:指挥|热线|接警|急救|报警|电话|联动|调度|出警|"
    r"客服))",
    r"(?i:\byear)\s\d{1,2}(?=\s(?:pupils|students|children|class|classes|groups|parents|exams?|"
    r"maths|tests))",
    r"\b20[1-4]\d(?=\s(?i:budget|plan|plans|roadmap|strategy|season|edition|model|collection|"
    r"report|"
    r"reports|target|targets|goals?|programme|program|cycle|campaign|financial|fiscal|annual|"
    r"summer|"
    r"winter|spring|autumn|audit|census|catalogue|level|levels|figures?|results|baseline|average|"
    r"agenda|vision|standard|elections?|fair|conference|price|prices|rates?|process|planning)\b)",
    r"(?<=(?i:\bin |\bby |\bof ))(?i:week|month|day)\s\d{1,2}(?![\d%])",
    r"(?<=[\u3400-\u9fff])101(?=\s?[\u3400-\u9fff])",
    r"(?<![\d.])\d{1,3}(?:[GDSP](?!i?B\b)|PL|C|W)(?![A-Za-z])(?=$|[^A-Za-z0-9%])",
    r"[BCG]2[BCGE]\b|O2O|M2M|P2P|[SAB]2B",
    rf"(?<![A-Za-z])(?:{_STANDARDS}|(?i:{_NUMBERED}))[\s/-]?\d+(?:[.:/-]\d+)*(?![\d%])"
    r"(?!\s(?:m?s|secs?|seconds?|mins?|minutes?|hours?|days?|weeks?|months?)\b)",
    r"\b(?:911|112|401k)\b(?!\s?[%→.])|(?<!\d)\d{1,2} o'clock|\b[1-9]0/[1-9]0\b",
    r"工业\s?4\.0",
    r"第\s?\d+\s?(?:阶段|期|版|代|号|条|章|批|届|方|线|产业|曲线|名|家|个)",
    r"\d+(?:\.\d+)?\s?(?:版本|号楼|号线|号店|号仓|号机|期工程|期项目|级等保|级医院|号院|号厂房|级)",
    r"等保\s?\d(?:\.\d)?(?:级)?",
    r"(?<![\d.])\d{3}\s?(?:度(?:评估|评价|反馈|环评|全景|视图|画像)|[- ]degree)",
    r"(?<![A-Za-z])[A-Z]{1,5}-?\d{1,4}(?![\d%.])(?!\s?(?:→|->|to\b|到|降|升|提))",
    r"(?<![\d.])\d{1,4}-(?:day|hour|minute|month|week|year|person|point|step|mile|seat|country|"
    r"page)s?\b",
    r"\b(?i:top|first|last|next|past|these|those)\s\d{1,3}(?![\d%])(?=\s[a-z])",
    r"前\s?\d{1,3}\s?(?=[大强名家位]|个)",
    r"(?<!\d)\d{1,3}\s?[日天](?=留存|活跃|复购|无理由|滚动|回访|续费|转化)",
    r"(?<!\d)\d{1,3}\s?(?:小时|分钟|天|日|个工作日|周)(?:内|以内)?(?=[^\d,;。]{0,6}(?:率|比例|"
    r"占比))",
    r"(?<!\d)(?:24|7|48|72)\s?(?:小时|天)(?=客服|服务|值守|在线|热线|营业|响应机制|便利)",
    r"[A-Za-z]+\d+[A-Za-z]+",
    r"(?<![\d.])\b\d(?!GB|MB|TB|KB|PB|MW|KW|GW|EUR|USD|GBP|CNY|RMB|HZ|PP)[A-Z]{2,4}\b",
)
_KEPT = 1_024  # the reader and lint look at the same sentences in turn
_DIGIT = re.compile(r"\d")
_NAMES = Alternatives([sifted(part) for part in _PARTS])
# Of letters and digits alone are only names that have a letter beside a digit.
_BESIDE = re.compile(r"[A-Za-z]-?\d|\d[A-Za-z]")


def without_names(text: str) -> str:
    """The text with such digits blanked out, every other character where it was.

    >>> without_names("5G 基站 20 座, ISO 27001")
    '   基站 20 座,          '
    """
    return _named(text)[0]


def names_in(text: str) -> list[str]:
    """
    >>> names_in("7日留存率 and ISO 27001")
    ['7日', 'ISO 27001']
    """
    return list(_named(text)[1])


@lru_cache(_KEPT)
def _named(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without the names, and the names."""
    spans = []
    if _DIGIT.search(text):
        spans = _NAMES.spans(text, always=_BESIDE.search(text) is not None)
    blank = text
    for start, end in spans:
        blank = f"{blank[:start]}{' ' * (end - start)}{blank[end:]}"
    return blank, tuple([text[start:end] for start, end in spans])
