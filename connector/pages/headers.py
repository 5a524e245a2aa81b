"""Which column a header names: a table of synonyms, the longest match first."""

import re
from enum import StrEnum
from functools import lru_cache
from unicodedata import category

from connector.core.text import plain, simplified


class Column(StrEnum):
    OBJECTIVE = "objective"
    KEY_RESULT = "key_result"
    EITHER = "objective_or_key_result"
    TYPE = "type"
    NUMBER = "number"
    PERIOD = "period"
    GROUP = "group"
    OBJECTIVE_OWNER = "objective_owner"
    OBJECTIVE_WEIGHT = "objective_weight"
    OBJECTIVE_TYPE = "objective_type"
    OBJECTIVE_DUE = "objective_due"
    ORIGIN = "origin"
    PARENT = "parent"
    DEPENDENCY = "dependency"
    NEEDED_BY = "needed_by"
    CONTRIBUTION = "contribution"
    WORDS = "words"
    OWNER = "owner"
    PARTNERS = "partners"
    BASELINE = "baseline"
    CURRENT = "current"
    TARGET = "target"
    PROGRESS = "progress"
    STATUS = "status"
    CONFIDENCE = "confidence"
    SCORE = "score"
    FULL_MARKS = "full_marks"
    MILESTONES = "milestones"
    WEIGHT = "weight"
    DUE = "due"
    UNIT = "unit"
    COMMENTS = "comments"
    METHOD = "measure_method"
    JIRA = "jira"
    INITIATIVES = "initiatives"


_WRITTEN = {
    Column.OBJECTIVE: "objective|objectives|goal|goals|o|目标|目标描述|目标o|o目标|目标名称",
    Column.KEY_RESULT: (
        "key result|key results|keyresult|keyresults|kr|krs|measure|关键结果|关键成果|"
        "关键结果kr|kr关键结果|关键结果描述"
    ),
    Column.EITHER: "okr|okrs|o/kr|目标/关键结果|objective/key result|目标与关键结果",
    Column.TYPE: "type|类型|类别",
    Column.NUMBER: (
        "#|no|no.|id|code|kr code|okr id|nr|sn|s/n|ref|序号|编号|代号|kr #|kr no|kr no.|"
        "kr id|kr number|"
        "key result #|o #|o no|"
        "objective #|objective id|kr编号|kr序号|kr号|o编号|o序号|目标编号|目标序号|"
        "关键结果编号|关键结果序号"
    ),
    Column.OBJECTIVE_TYPE: (
        "objective type|okr type|goal type|commitment|committed/aspirational|目标类型|"
        "目标性质|okr类型|"
        "承诺型/挑战型|挑战/承诺"
    ),
    Column.OBJECTIVE_DUE: (
        "objective due|objective due date|目标截止日|目标截止日期|目标截止时间|目标完成时间"
    ),
    Column.ORIGIN: "origin|source of objective|objective source|来源|目标来源|okr来源",
    Column.PARENT: (
        "supports|supporting|aligned to|aligned with|aligns to|aligns with|alignment|"
        "parent|parents|"
        "parent objective|parent okr|parent goal|contributes to|company objective|rolls up to|"
        "对齐|对齐目标|对齐okr|上级目标|上级okr|上级对齐|承接|承接目标|承接上级|支撑|"
        "支撑目标|关联目标|"
        "向上对齐|对应公司目标|公司目标"
    ),
    Column.DEPENDENCY: (
        "dependency|dependencies|depends on|dependent on|dependent teams|依赖|依赖方|"
        "依赖项|依赖团队|"
        "依赖部门|依赖关系|横向依赖|外部依赖"
    ),
    Column.NEEDED_BY: (
        "needed by|required by|depended on by|teams depending on us|被依赖|被依赖方|被依赖项|"
        "被依赖团队|被谁依赖|承诺支持"
    ),
    Column.CONTRIBUTION: (
        "contribution|contributes|our contribution|贡献|贡献说明|支撑说明|价值贡献"
    ),
    Column.WORDS: (
        "content|text|description|statement|title|name|wording|内容|描述|名称|目标内容|"
        "具体内容|okr内容|表述"
    ),
    Column.MILESTONES: (
        "milestones|key milestones|关键里程碑|里程碑节点|里程碑事件|关键节点|阶段目标"
    ),
    Column.PERIOD: (
        "week|weeks|wk|phase|day|sprint|iteration|milestone|周|周次|周数|阶段|里程碑|迭代|期次"
    ),
    Column.GROUP: (
        "team|teams|department|departments|area|region|category|theme|pillar|priority|quarter|"
        "部门|团队|小组|区域|模块|业务线|方向|分类|维度|优先级|季度|层级|级别"
    ),
    Column.OBJECTIVE_OWNER: "objective owner|goal owner|o owner|目标负责人|目标责任人|o负责人",
    Column.OBJECTIVE_WEIGHT: "objective weight|goal weight|目标权重|o权重|目标占比",
    Column.OWNER: (
        "kr owner|key result owner|kr负责人|关键结果负责人|"
        "owner|owners|lead|dri|responsible|"
        "assignee|accountable|kr lead|owned by|负责人|第一负责人|主要负责人|责任人|"
        "跟进人|主责人|牵头人|主责|owner负责人"
    ),
    Column.PARTNERS: (
        "partner with|partner|partners|"
        "contributor|contributors|协同人|协作人|配合部门|支持部门|协同部门|配合人"
    ),
    Column.BASELINE: "baseline|start|start value|from|基线|基线值|起始值|基准值|初始值|基准",
    Column.CURRENT: "current|current value|now|today|actual|actuals|目前|目前值|现值|"
    "当前值|现状|实际值|当前|实际|最新值",
    Column.TARGET: "target|target value|目标值|指标值|指标",
    Column.PROGRESS: (
        "progress|% complete|%complete|complete|completion|进度|当前进度|完成度|完成率|达成率|"
        "完成情况|达成情况|完成进度|完成百分比"
    ),
    Column.STATUS: (
        "status|current status|rag|rag status|health|kr status|状态|当前状态|红绿灯|"
        "健康度|灯号|健康状态"
    ),
    Column.CONFIDENCE: "confidence|confidence level|信心|信心指数|信心值|信心度",
    Column.SCORE: (
        "score|grade|final score|"
        "expected key result score|expected score|self score|self-score|result score|"
        "评分|当前评分|打分|得分|自评|自评分|自评得分|最终评分|实际得分|考核得分"
    ),
    Column.WEIGHT: "kr weight|kr权重|weight|weights|weighting|权重|占比|分值|权重占比",
    Column.DUE: (
        "due|due date|timeline|deadline|"
        "target date|end date|截止日|截止日期|截止时间|完成时间|完成日期|"
        "到期日|预计完成时间|计划完成时间|计划完成日期|截止|起止时间|起止日期|时间节点|"
        "完成期限|期限|by when|eta"
    ),
    Column.UNIT: "unit|units|单位",
    Column.FULL_MARKS: "max score|full marks|max points|满分|满分值|标准分",
    Column.COMMENTS: (
        "原因|原因分析|偏差原因|分析|反思|经验|改进|亮点|reason|root cause|why|"
        "comment|comments|note|notes|blocker|"
        "blockers|risks|update|updates|latest update|备注|进展|"
        "remark|remarks|next steps|problems|learnings|support needed|当前进展|进展情况|"
        "进展说明|下周计划|下一步|下一步计划|问题|发现的问题|解决方案|解决方案及计划|"
        "改进措施|需要的支持|总结|复盘|"
        "本周进展|最新进展|卡点|卡点/风险|风险|说明"
    ),
    Column.METHOD: (
        "measure method|measurement|metric|metrics|how measured|"
        "how we measure|data source|衡量方式|衡量标准|测量方式|"
        "计算口径|口径|数据来源|衡量方法"
    ),
    Column.JIRA: (
        "jira|epic|epics|jira epic|jira link|jira links|linked work|linked issues|ticket|tickets|"
        "关联任务|史诗|关联史诗|关联jira|jira任务|jira史诗|关联需求"
    ),
    Column.INITIATIVES: (
        "initiative|initiatives|action plan|actions|举措|关键举措|行动计划|行动|主要举措"
    ),
}
_SYNONYMS = {word: column for column, words in _WRITTEN.items() for word in words.split("|")}
_WHOLE_ONLY = frozenset({Column.WORDS, Column.ORIGIN, Column.CONTRIBUTION, Column.NUMBER})
_KEPT = 4_096  # headers and labels are the same on many pages, and on one page many times
_LONGEST = 80  # what is longer is a sentence
_LEAST_INSIDE = 2  # a single letter or sign inside other words says nothing
_COUNTED = re.compile(
    r"(?:krs?|key results?|关键结果|关键成果)\s?[#.-]?\s?(?:\d{1,2}|[一二三四五六])"
)  # a column for each key result
_TOKEN = re.compile(r"[a-z0-9]+|[^\x00-\x7f]")
_LETTERS = re.compile(r"[\w\s]*")  # none of which is a pictogram
_WORDLY = re.compile("[a-z0-9]")
_BRACKETED = re.compile(r"[(\[【「〔<{].*?[)\]】」〕>}]")
_BRACKETS = re.compile(r"[()\[\]【】「」〔〕<>{}*:：?？]")


def normalised(header: str) -> str:
    """NFKC, simplified, lower case, without brackets' content, emoji and doubled spaces.

    >>> normalised(" 🎯 目標（Objective） ")
    '目标'
    """
    return _normalised(header) if len(header) <= _LONGEST else _without_signs(header)


def _without_signs(header: str) -> str:
    said = simplified(plain(header)).lower()
    if said.replace(" ", "").isalnum():
        return said
    if _BRACKETS.search(said) is None:
        return _bare(said)
    bare = _bare(_BRACKETED.sub(" ", said))
    return bare or _bare(said)


def column_of(header: str) -> Column | None:
    """The column a header names, None for one that is not known.

    >>> column_of("目标值"), column_of("Q4 目标"), column_of("Key Results (KR)")
    (<Column.TARGET: 'target'>, <Column.OBJECTIVE: 'objective'>, <Column.KEY_RESULT: 'key_result'>)
    """
    return _column(header) if len(header) <= _LONGEST else None


_normalised = lru_cache(maxsize=_KEPT)(_without_signs)


@lru_cache(maxsize=_KEPT)
def _column(header: str) -> Column | None:
    said = normalised(header)
    squeezed = re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", said)
    exact = _SYNONYMS.get(said) or _SYNONYMS.get(squeezed)
    if _COUNTED.fullmatch(squeezed):
        return Column.KEY_RESULT
    if exact:
        return exact
    parts = [_SYNONYMS.get(part.strip()) for part in re.split(r"[/、&|]|\band\b", squeezed)]
    named = [part for part in parts if part]
    if {Column.OBJECTIVE, Column.KEY_RESULT} <= set(named):
        return Column.EITHER
    return named[0] if named else _inside(squeezed)


def exact_column(label: str) -> Column | None:
    """The column a label in running text names: only whole names count there."""
    said = normalised(label)
    return Column.DUE if said == "by" else _SYNONYMS.get(said)


def _by_sign() -> dict[str, list[tuple[str, Column]]]:
    """The synonyms by what is certainly found in a text that holds them: their first English
    word, or their first Chinese character."""
    found: dict[str, list[tuple[str, Column]]] = {}
    for word, column in _SYNONYMS.items():
        tokens = _TOKEN.findall(word)
        if column in _WHOLE_ONLY or len(word) < _LEAST_INSIDE or not tokens:
            continue
        sign = tokens[0] if word.isascii() else next(one for one in tokens if not one.isascii())
        found.setdefault(sign, []).append((word, column))
    return found


def _inside(said: str) -> Column | None:
    """Both languages put the head last: of the names inside, the rightmost, then the longest."""
    best: tuple[int, int, Column] | None = None
    signs = {*_TOKEN.findall(said)}
    for word, column in (pair for sign in signs for pair in _BY_SIGN.get(sign, ())):
        at = _find(word, said)
        if at is not None and (best is None or (at + len(word), len(word)) > best[:2]):
            best = at + len(word), len(word), column
    return best[2] if best and len(said) <= best[1] * 4 + 8 else None


def _find(word: str, said: str) -> int | None:
    if not word.isascii():
        return said.rfind(word) if word in said else None
    at = said.rfind(word)
    while at >= 0:
        if not (_WORDLY.match(said, at + len(word)) or (at and _WORDLY.match(said, at - 1))):
            return at
        at = said.rfind(word, 0, at + len(word) - 1)
    return None


def _bare(said: str) -> str:
    words = _BRACKETS.sub(" ", said)
    if not _LETTERS.fullmatch(words):
        words = "".join(c for c in words if category(c) not in {"So", "Sk", "Cs"})
    return " ".join(words.split())


_BY_SIGN = _by_sign()
