"""Pages to read: dense with OKRs, tables alone, and as teams keep them through a quarter.

No two sentences of a page are the same, nor are those of two pages with different seeds.
"""

from collections.abc import Callable, Iterator
from random import Random

_HEAD = "".join(f"<th><p><strong>{one}</strong></p></th>" for one in ("Objective", "Key result"))
_SENTENCES = (
    "Repeat orders of area {n} rise from 31% to 45%",
    "第 {n} 区客户流失率从 8% 降到 5%",
    "Improve onboarding of new shops in area {n}",
)
_NOTES = (
    "<h3>Notes {n}</h3><p>The <strong>night shift</strong> of dock {n} reports "
    '<a href="https://example.org/x?y={n}">calm days</a> and <em>no</em> damage.</p><ul>'
    "<li><p>Ask the carrier about week {n}</p></li>"
    "<li><p>Write to <code>team-{n}</code></p></li></ul>"
)
_COLUMNS = {
    "en": ("Key result", "Owner", "Baseline", "Current", "Target", "Confidence", "Status", "Jira"),
    "zh": ("关键结果", "负责人", "基线", "当前值", "目标值", "信心指数", "状态", "关联任务"),
}
_WHOSE = {
    "en": "bookings|refunds|night shifts|berths|road permits|returns|claims|first calls|audits"
    "|spare parts|trial users|depots|reefers|customs files|pilots|handovers",
    "zh": "订舱|退款|夜班|泊位|通行证|退货|理赔|首次来电|盘点|备件|试用客户|堆场|冷箱|报关单"
    "|引航|交接",
}
_WHERE = {
    "en": "in the north|for small shippers|at new sites|on rainy days|after the merger|in Lisbon"
    "|without paper|before noon|by partners|under the old tariff",
    "zh": "北区|小微货主|新站点|雨天|合并之后|宁波港|无纸化|上午|合作方|旧费率",
}
_MEASURES = {
    "en": (
        "{whose} finished {where} rise from {a}% to {b}%",
        "Time to settle {whose} {where} falls from {b} hours to {a} hours",
        "At least {b} customers use {whose} {where}",
        "Complaints about {whose} {where} drop by {a}% against last year",
        "Complete the new process for {n} {whose} {where}",
    ),
    "zh": (
        "{where}{whose}一次完成率从 {a}% 提升到 {b}%",
        "{where}{whose}平均耗时由 {b} 小时缩短至 {a} 小时",
        "不少于 {b} 家客户在{where}使用{whose}",
        "{where}{whose}投诉量同比下降 {a}%",
        "完成{where} {n} 项{whose}新流程上线",
    ),
}
_AIMS = {
    "en": "Everybody who depends on {whose} {where} can plan the day before",
    "zh": "让每一位{where}的同事对{whose}心里有数",
}
_TALK = {
    "en": "We looked at {whose} {where} again and agreed to wait for the figures of week {n}; "
    "the carrier had asked for more time, and nobody wants to change the plan twice.",
    "zh": "本周复盘了{where}{whose}的情况，大家同意等第 {n} 周的数据出来再定，承运商希望多给一点"
    "时间。",
}


def dense(size: int, seed: int = 0) -> str:
    """Objectives of three key results each, between short notes: 21 of them in 50 KB.

    No page that we know has as many; it shows what a key result costs.
    """
    parts, length, number = ["<p>Cycle: 2026-Q4</p>"], 0, seed * 1_000
    while length < size:
        number += 1
        aims = (f"Aim {number} that people want", "", "")
        rows = "".join(
            f"<tr><td><p>{aim}</p></td><td><p>{one.format(n=number)}</p></td></tr>"
            for aim, one in zip(aims, _SENTENCES, strict=True)
        )
        table = f"<table><tbody><tr>{_HEAD}</tr>{rows}</tbody></table>"
        parts += [table, *(_NOTES.format(n=number * 10 + n) for n in range(8))]
        length += sum(map(len, parts[-9:]))
    return "".join(parts)


def tables(size: int, seed: int = 0) -> str:
    """Objectives with key results of eight columns and little else, as the present editor stores
    them: 1.1 KB for each key result. The longest pages of the sandbox's company have 1.0 KB."""
    return "".join(_Quarter(seed, weeks=0).parts(size))


def kept(size: int, seed: int = 0) -> str:
    """The same with what two teams write down from week to week: four objectives of four key
    results each in 50 KB, 3.3 KB for each. The larger page is that of more teams."""
    return "".join(_Quarter(seed, weeks=9).parts(size))


class _Quarter:
    def __init__(self, seed: int, *, weeks: int) -> None:
        self._random = Random(seed)  # noqa: S311 - the same pages every time
        self._weeks, self._said = weeks, 0

    def parts(self, size: int) -> Iterator[str]:
        yield self._properties()
        length = 0
        while length < size:
            for language in ("en", "zh"):
                for part in self._team(language):
                    if length < size:
                        length += len(part.encode())
                        yield part

    def _team(self, language: str) -> Iterator[str]:
        for number in (1, 2):
            mark = f"O{number}: " if language == "en" else f"目标{number}："
            yield f"<h2>{mark}{self._say(_AIMS[language], language)}</h2>"
            yield f"<p{self._id()}>{self._say(_TALK[language], language)}</p>"
            yield self._results(language)
        for week in range(1, self._weeks + 1):
            yield self._week(week, language)

    def _properties(self) -> str:
        rows = {"Owner": self._person(), "Cycle": "2026-Q4", "Level": "Team", "Type": "Committed"}
        cells = (
            f"<tr{self._id()}><th><p{self._id()}>{name}</p></th>"
            f"<td><p{self._id()}>{value}</p></td></tr>"
            for name, value in rows.items()
        )
        return (
            f'<ac:structured-macro ac:name="details" ac:schema-version="1"{self._macro()}>'
            f"<ac:rich-text-body><table{self._id('ac:')}><tbody>{''.join(cells)}</tbody></table>"
            "</ac:rich-text-body></ac:structured-macro>"
        )

    def _results(self, language: str) -> str:
        columns = _COLUMNS[language]
        head = "".join(f"<th><p{self._id()}><strong>{one}</strong></p></th>" for one in columns)
        widths = '<col style="width: 110.0px;" />' * len(columns)
        rows = "".join(self._row(language, number) for number in range(4))
        return (
            f'<table data-table-width="1800" data-layout="wide"{self._id("ac:")}>'
            f"<colgroup>{widths}</colgroup><tbody><tr{self._id()}>{head}</tr>{rows}</tbody></table>"
        )

    def _row(self, language: str, number: int) -> str:
        sentence = self._say(_MEASURES[language][(self._said + number) % 5], language)
        ends = sorted(self._random.sample(range(3, 97), 3))
        key = f"HBR-{self._random.randrange(100, 999)}"
        link = (
            f'<a href="https://team.example/browse/{key}" data-card-appearance="inline">{key}</a>'
        )
        values = [self._person(), *(f"{one}%" for one in ends), f"{ends[0] % 9 + 1}/10"]
        cells = (sentence, *values, self._lozenge(language), link)
        inside = "".join(f"<td><p{self._id()}>{one}</p></td>" for one in cells)
        return f"<tr{self._id()}>{inside}</tr>"

    def _week(self, week: int, language: str) -> str:
        lines = "".join(
            f"<li><p{self._id()}>{self._say(_TALK[language], language)}</p></li>" for _ in range(4)
        )
        task = (
            f"<ac:task-list><ac:task><ac:task-id>{self._said}</ac:task-id><ac:task-status>"
            f"incomplete</ac:task-status><ac:task-body>{self._person()} {self._topic(language)} "
            f'<time datetime="2026-11-{week + 10}" /></ac:task-body></ac:task></ac:task-list>'
        )
        risk = "".join(
            f"<tr{self._id()}><td><p{self._id()}>{self._topic(language)}</p></td>"
            f"<td><p{self._id()}>{self._say(_TALK[language], language)}</p></td></tr>"
            for _ in range(2)
        )
        names = ("Risk", "What we do") if language == "en" else ("风险", "应对")
        head = "".join(f"<th><p{self._id()}><strong>{one}</strong></p></th>" for one in names)
        return (
            f"<h3>{'Week' if language == 'en' else '周会'} {week}</h3>"
            f"<p{self._id()}><strong>{self._person()}</strong> "
            f"{self._say(_TALK[language], language)} "
            f'<a href="https://team.example/wiki/x/{self._said}">more</a></p><ul>{lines}</ul>{task}'
            f'<ac:structured-macro ac:name="info" ac:schema-version="1"{self._macro()}>'
            f"<ac:rich-text-body><p{self._id()}>{self._say(_TALK[language], language)}</p>"
            "</ac:rich-text-body></ac:structured-macro>"
            f"<table{self._id('ac:')}><tbody><tr{self._id()}>{head}</tr>{risk}</tbody></table>"
        )

    def _say(self, pattern: str, language: str) -> str:
        """A sentence that the page does not have yet."""
        self._said += 1
        few, many = sorted(self._random.sample(range(3, 97), 2))
        words = {
            name: self._random.choice(lists[language].split("|"))
            for name, lists in (("whose", _WHOSE), ("where", _WHERE))
        }
        return pattern.format(n=self._said, a=few, b=many, **words)

    def _topic(self, language: str) -> str:
        return self._say("{whose} {where} {n}", language)

    def _lozenge(self, language: str) -> str:
        known = {"en": ("On track", "At risk"), "zh": ("正常", "有风险")}[language]
        which = self._random.randrange(2)
        return (
            f'<ac:structured-macro ac:name="status" ac:schema-version="1"{self._macro()}>'
            f'<ac:parameter ac:name="title">{known[which]}</ac:parameter><ac:parameter '
            f'ac:name="colour">{("Green", "Yellow")[which]}</ac:parameter></ac:structured-macro>'
        )

    def _person(self) -> str:
        return f'<ac:link><ri:user ri:account-id="712020:{self._hex(24)}" /></ac:link>'

    def _macro(self) -> str:
        return f' ac:macro-id="{self._hex(36)}"'

    def _id(self, prefix: str = "") -> str:
        return f' {prefix}local-id="{self._hex(12)}"'

    def _hex(self, length: int) -> str:
        return f"{self._random.getrandbits(4 * length):0{length}x}"


PAGES: dict[str, Callable[[int, int], str]] = {"dense": dense, "tables": tables, "kept": kept}
