"""How it stands, in an author's words or colours: health, state, level, confidence, score."""

import re
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from connector.core.okr import Health, Level, ObjectiveState, ObjectiveType
from connector.core.text import exact, parse_quantity, parse_share, plain, simplified

_HEALTH = {
    Health.ON_TRACK: (
        "on track|ontrack|healthy|good|green|no risk|"
        "正常|正常推进|健康|顺利|无风险|绿|绿色|🟢|✅|💚"
    ),
    Health.AT_RISK: (
        "at risk|some risk|risk|needs attention|yellow|amber|"
        "有风险|风险|存在风险|需关注|预警|黄|黄色|🟡|🟠|⚠"
    ),
    Health.OFF_TRACK: (
        "off track|not on track|behind|delayed|late|blocked|red|high risk|"
        "落后|滞后|严重滞后|已延期|延期|延迟|阻塞|受阻|未达标|高风险|红|红色|🔴|❌|🚨"
    ),
    Health.DONE: "done|completed|complete|achieved|met|finished|完成|已完成|已达成|达成|已达标|🏁",
    Health.PAUSED: "paused|on hold|hold|暂停|已暂停|搁置|⏸",
    Health.STALE: "stale|outdated|未更新",
    Health.NO_DATA: "no data|not started|to do|todo|无数据|暂无数据|未开始|未启动|待开始",
}
_NEGATED = re.compile(
    r"\bnot (?:done|complete|completed|achieved|met|finished)\b|未完成|未达成|尚未"
)
_COLOURS = {"green": Health.ON_TRACK, "yellow": Health.AT_RISK, "red": Health.OFF_TRACK}
_STATES = {
    ObjectiveState.DRAFT: "draft|草稿",
    ObjectiveState.PROPOSED: "proposed|in review|待对齐|待审",
    ObjectiveState.ACTIVE: "active|in progress|ongoing|on track|进行中|执行中",
    ObjectiveState.CLOSED: "closed|done|scored|已结束|已关闭|已完成",
    ObjectiveState.ABANDONED: "abandoned|cancelled|canceled|dropped|已放弃|已取消",
}
_LEVELS = {
    Level.COMPANY: "company|organisation|organization|corporate|公司|公司级|集团",
    Level.DEPARTMENT: "department|division|business unit|部门|部门级|事业部",
    Level.TEAM: "team|squad|group|团队|团队级|小组",
    Level.INDIVIDUAL: "individual|personal|个人|个人级",
}
_TYPES = {
    ObjectiveType.COMMITTED: (
        "committed|commit|commitment|must win|must-win|roofshot|承诺|承诺型|必达|必成"
    ),
    ObjectiveType.ASPIRATIONAL: (
        "aspirational|aspiration|stretch|moonshot|ambitious|挑战|挑战型|愿景|愿景型|进取型|突破型"
    ),
}
_ANSWERS = {
    True: "yes|y|true|done|是|有|通过|达成|完成|已完成|已通过|已达成|✓|✔|✅|☑|√",
    False: "no|n|false|not yet|否|无|没有|未|未通过|未完成|未达成|尚未|✗|✘|❌|☐|×",
}
_ANSWER = {word: meaning for meaning, words in _ANSWERS.items() for word in words.split("|")}
_EITHER = re.compile(
    "yes/no|y/n|是/否|是否|布尔|布尔值|boolean|binary|bool|done/notdone|0/1|完成/未完成"
)
_CONFIDENCE = dict(
    [
        *zip(
            ("很高", "高", "较高", "中", "较低", "低", "很低"), (9, 8, 7, 5, 3, 2, 1), strict=True
        ),
        *zip(("very high", "high", "medium", "low", "very low"), (9, 8, 5, 2, 1), strict=True),
        *zip(("中等", "一般", "med", "moderate"), (5, 5, 5, 5), strict=True),
    ]
)
_LED = re.compile(r"^(\d(?:\.\d{1,3})?)\s?(?:\s[-–—]\s|[(,;:]).*$")  # 0.8 (10 of 12), 0.5 - late
_STARS = re.compile(r"([★⭐]{1,5})☆{0,4}")
_FIVE = 5
_PERCENTAGES = range(20, 101, 5)  # nobody writes 60 out of ten
_BEFORE_ASIDE = re.compile(r"^([^()]+?)\s?(?:\([^()]{1,40}\)|[↑↓]\s?)+$")
_TEN = 10
_BARE = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?")
_LONGEST = 400  # what is longer is a report
_KEPT = 1_024  # pages say few different things in such columns
T = TypeVar("T")


def parse_health(text: str, colour: str = "") -> Health | None:
    """Words first, the longest that fits; the colour of a lozenge where words say nothing.

    >>> parse_health("Not on track"), parse_health("进行中", "Green"), parse_health("soon")
    (<Health.OFF_TRACK: 'off_track'>, <Health.ON_TRACK: 'on_track'>, None)
    """
    return _said_health(text[:_LONGEST]) or _COLOURS.get(colour.lower())


@lru_cache(_KEPT)
def _said_health(text: str) -> Health | None:
    said = _folded(text)
    return None if _NEGATED.search(said) else _longest(said, _HEALTH)


def parse_state(text: str) -> ObjectiveState | None:
    """
    >>> parse_state("进行中")
    <ObjectiveState.ACTIVE: 'active'>
    """
    return _longest(_folded(text), _STATES)


def parse_level(text: str) -> Level | None:
    """
    >>> parse_level("部门")
    <Level.DEPARTMENT: 'department'>
    """
    return _longest(_folded(text), _LEVELS)


def parse_type(text: str) -> ObjectiveType | None:
    """None where nothing is said, or both: a template's `committed / aspirational`.

    >>> parse_type("承诺型"), parse_type("Committed / Aspirational")
    (<ObjectiveType.COMMITTED: 'committed'>, None)
    """
    said = _folded(text)
    found = [meaning for meaning, words in _TYPES.items() if _longest(said, {meaning: words})]
    return found[0] if len(found) == 1 else None


def parse_answer(text: str) -> bool | None:
    """`yes` and `否`; None for anything that is no plain answer.

    >>> parse_answer("是"), parse_answer("Not yet"), parse_answer("60%")
    (True, False, None)
    """
    return _ANSWER.get(simplified(plain(text[:40])).lower().strip(" .。!"))


def asks_for_answer(text: str) -> bool:
    """Whether a unit or a target says that the measure is met or not: `是/否`."""
    said = simplified(plain(text[:40])).lower().replace(" ", "")
    return bool(_EITHER.fullmatch(said))


def parse_confidence(text: str) -> Fraction | None:
    """0..1 from `7/10`, `70%`, `0.7`, `7` or 高/中/低; a bare number above 1 is out of ten.

    >>> [str(parse_confidence(t)) for t in ("7/10", "70%", "0.7", "7", "高", "12/10")]
    ['7/10', '7/10', '7/10', '7/10', '4/5', '6/5']
    """
    return _confidence(text[:100])


@lru_cache(_KEPT)
def _confidence(text: str) -> Fraction | None:
    said = _BEFORE_ASIDE.sub(r"\1", simplified(plain(text)))
    word = _CONFIDENCE.get(said.lower())
    stars = _STARS.fullmatch(said)
    if stars:
        return Fraction(len(stars[1]), _FIVE)
    return Fraction(word, _TEN) if word else _of_one(said, _TEN)


def parse_score(text: str) -> Fraction | None:
    """A grade as it is meant, 0..1; what is above 1 is left for its author to mend.

    >>> [parse_score(t) for t in ("0.7", "7/10", "70%", "7")]
    [Fraction(7, 10), Fraction(7, 10), Fraction(7, 10), Fraction(7, 1)]
    """
    return _of_one(_LED.sub(r"\1", plain(text[:200])), 1)


def parse_weight(text: str) -> Fraction | None:
    """As written: 30 of 100 stays 30, `30%` is 3/10.

    >>> parse_weight("30%"), parse_weight("30")
    (Fraction(3, 10), Fraction(30, 1))
    """
    found = parse_quantity(text)
    if found is None:
        return None
    return found.value / 100 if found.unit == "%" else found.value


def _of_one(text: str, scale: int) -> Fraction | None:
    share = parse_share(text)
    if share is not None:
        return share
    said = plain(text[:100]).removesuffix("分")
    bare = said.removesuffix("%")
    if not _BARE.fullmatch(bare):
        return None
    value = exact(bare)
    if bare != said:
        return value / 100
    if scale == _TEN and value in _PERCENTAGES:
        return value / 100
    return value / scale if value > 1 else value


def _folded(text: str) -> str:
    return simplified(plain(text[:_LONGEST])).lower()


def _longest(said: str, table: Mapping[T, str]) -> T | None:
    best: tuple[int, T] | None = None
    for meaning, words in table.items():
        for word in words.split("|"):
            if word not in said or (best and len(word) <= best[0]):
                continue
            if not word.isascii() or _whole(word).search(said):
                best = len(word), meaning
    return best[1] if best else None


def _whole(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z]){re.escape(word)}(?![a-z])")
