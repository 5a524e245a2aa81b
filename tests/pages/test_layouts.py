"""The layouts that people already have, and those that only look like them."""

import pytest

from connector.core.okr import EpicLink, Health, JqlLink, Level, MetricKind, ObjectiveState, Person
from tests.pages.reading import only, read, results, rules, table


def titles(body: str, title: str = "OKRs") -> list[tuple[str, list[str]]]:
    okrs = read(body, title=title).okrs
    return [(o.title, [k.title for k in o.key_results]) for o in (okrs.objectives if okrs else ())]


def test_a_blank_objective_cell_means_the_one_above() -> None:
    """`&nbsp;`, an empty paragraph and a repeated text all mean the same objective."""
    body = table(
        ("Objective", "Key Results"),
        ("A", "x 1%"),
        ("&nbsp;", "y 2%"),
        ("<p />", "z 3%"),
        ("A", "w 4%"),
    )
    assert titles(body) == [("A", ["x 1%", "y 2%", "z 3%", "w 4%"])]


def test_a_row_span_is_one_objective() -> None:
    """Rows under a spanning cell belong to it."""
    body = (
        "<table><tbody><tr><th>目标</th><th>关键结果</th></tr>"
        "<tr><td rowspan='2'>甲</td><td>a 1%</td></tr><tr><td>b 2%</td></tr>"
        "<tr><td>乙</td><td>c 3%</td></tr></tbody></table>"
    )
    assert titles(body) == [("甲", ["a 1%", "b 2%"]), ("乙", ["c 3%"])]


def test_bold_cells_head_a_table_inside_a_layout_and_a_panel() -> None:
    """Wrappings do not matter; a header need not be <th>."""
    body = (
        "<ac:layout><ac:layout-section><ac:layout-cell><ac:structured-macro ac:name='info'>"
        "<ac:rich-text-body><table><tbody><tr><td><strong>Objective</strong></td><td><p><b>KR</b></p>"
        "</td></tr><tr><td>A</td><td>x 1%</td></tr></tbody></table></ac:rich-text-body>"
        "</ac:structured-macro></ac:layout-cell></ac:layout-section></ac:layout>"
    )
    assert titles(body) == [("A", ["x 1%"])]


def test_several_key_results_in_one_cell() -> None:
    """Marked lines and bullets are key results of their own."""
    lines = table(("目标", "关键结果"), ("甲", "KR1：a 从 1 到 2<br/>备注<br/>KR2：b≥80%"))
    bullets = table(
        ("目标", "关键结果"), ("甲", "<ul><li>a 1%<ul><li>n</li></ul></li><li>b 2%</li></ul>")
    )

    assert titles(lines) == [("甲", ["a 从 1 到 2", "b≥80%"])]
    assert titles(bullets) == [("甲", ["a 1%", "b 2%"])]
    assert [one.notes for one in results(read(bullets))] == ["n", ""]


def test_numbered_lines_are_key_results_too() -> None:
    body = table(("目标", "关键结果"), ("甲", "1、a 达到 50%<br/>2、b 3.5%"))
    assert titles(body) == [("甲", ["a 达到 50%", "b 3.5%"])]


def test_a_lozenge_beside_a_title_is_a_status() -> None:
    """Its words are not the title's; they are the health where no column gives one."""
    lozenge = (
        "<ac:structured-macro ac:name='status'><ac:parameter ac:name='title'>At risk</ac:parameter>"
        "</ac:structured-macro>"
    )
    body = f"<h2>O1 A {lozenge}</h2><ul><li>KR1 x 1% {lozenge}</li></ul>"
    assert titles(body) == [("A", ["x 1%"])]
    assert only(body).reported_health is Health.AT_RISK


def test_a_type_column_tells_objectives_from_key_results() -> None:
    body = table(("类型", "目标/关键结果", "目标值"), ("O", "甲", ""), ("KR", "NPS", "50"))
    assert titles(body) == [("甲", ["NPS"])]


def test_a_review_table_tells_them_by_their_marks() -> None:
    body = table(("OKR", "评分"), ("目标一：甲", ""), ("关键结果一：NPS 达到 50", "0.7"))
    assert titles(body) == [("甲", ["NPS 达到 50"])]


def test_a_table_without_an_objective_column_takes_the_heading() -> None:
    body = "<h2>O1 Delight</h2>" + table(("关键结果", "分值", "当前评分"), ("NPS 50", "50", "0.6"))
    assert titles(body) == [("Delight", ["NPS 50"])]


@pytest.mark.parametrize(
    "heading",
    ["O1 A", "O1: A", "Objective 1: A", "Objective: A", "目标一：A", "目标1 A", "目标：A"],
)
def test_a_heading_with_a_list_is_an_objective(heading: str) -> None:
    body = f"<h2>{heading}</h2><ul><li>KR1.1 x 1%<ul><li>deeper</li></ul></li><li>KR1.2 y</li></ul>"
    assert titles(body) == [("A", ["x 1%", "y"])]


def test_a_title_may_stand_under_its_number() -> None:
    body = "<h2>O1</h2><p>Make it</p><h3>Key results</h3><ul><li>loved</li></ul>"
    assert titles(body) == [("Make it", ["loved"])]


@pytest.mark.parametrize(
    "body",
    [
        table(("周/Phase", "目标", "关键结果", "状态"), ("1", "a", "b", "done")),
        table(("阶段", "目标", "关键结果", "状态"), ("1", "a", "b", "done")),
        table(("方法", "范式", "关键结果"), ("a", "b", "c 3%")),
        "<h2>Goals</h2><ul><li>Agree on 3 dates</li></ul>",
        "<p>Objective: keep it short</p><ul><li>Priya has 2 tickets</li></ul>",
        "<h2>Objective</h2><p>Discuss the budget</p><ul><li>5 % more?</li></ul>",
        "<p>Good keeping</p>",
        "",
    ],
)
def test_what_only_looks_like_okrs_gives_none(body: str) -> None:
    """Plans, research tables and minutes use the same words."""
    reading = read(body)
    assert (reading.okrs, rules(reading)) == (None, ["F-03"])


def test_a_template_nobody_filled_in_gives_none() -> None:
    """Placeholders and sample texts are not OKRs."""
    body = table(
        ("Objectives", "Key results", "Owner", "Expected key result score"),
        (
            "<ac:placeholder>objective</ac:placeholder>",
            "<ac:placeholder>kr</ac:placeholder>",
            "",
            "0",
        ),
        ("e.g. Be kind", "Add your key result here", "", ""),
    )
    assert read(body).okrs is None


def test_details_come_in_any_order() -> None:
    """Status, level, owner and cycle, beside their labels or under them."""
    rest = "<h2>O1 A</h2><ul><li>KR1 x 1%</li></ul>"
    wrap = (
        "<ac:structured-macro ac:name='details'><ac:rich-text-body>{}</ac:rich-text-body>"
        "</ac:structured-macro>"
    )
    down = table(("Status", "Draft"), ("层级", "部门"), ("Lead", "Ana"), ("时间", "26Q4"))
    across = table(("周期", "Level", "Owner", "状态"), ("2026-Q4", "department", "Ana", "草稿"))
    for details in (down, across):
        okrs = read(wrap.format(details) + rest, title="2025-H1").okrs
        assert okrs is not None
        assert (okrs.cycle, okrs.level, okrs.owners) == (
            "2026-Q4",
            Level.DEPARTMENT,
            (Person("Ana"),),
        )
        assert okrs.objectives[0].state is ObjectiveState.DRAFT


def test_the_cycle_is_that_of_the_title_without_a_row() -> None:
    okrs = read("<h2>O1 A</h2><ul><li>KR1 x 1%</li></ul>", title="公司 OKR 2026年第四季度").okrs
    assert okrs is not None
    assert okrs.cycle == "2026-Q4"


def test_every_column_has_its_meaning() -> None:
    """One row with everything."""
    body = table(
        (
            "目标",
            "关键结果",
            "DRI",
            "配合部门",
            "基准值",
            "现状",
            "指标值",
            "完成率",
            "RAG",
            "信心值",
            "得分",
            "占比",
            "完成时间",
            "计算口径",
            "关联任务",
            "关键举措",
            "卡点/风险",
        ),
        (
            "甲",
            "留存率",
            "张三、李四",
            "市场",
            "20%",
            "30%",
            "≥40%",
            "50%",
            "🟡",
            "8",
            "0.6",
            "100%",
            "12月31日",
            "数仓口径",
            "ABC-1",
            "做活动",
            "缺人",
        ),
    )
    one = only(body)
    assert one.metric is not None
    assert (one.metric.kind, one.metric.unit) == (MetricKind.INCREASE, "%")
    assert [
        float(v or 0) for v in (one.metric.baseline, one.metric.current, one.metric.target)
    ] == [
        20,
        30,
        40,
    ]
    assert one.owners == (Person("张三"), Person("李四"))
    assert one.partners == (Person("市场"),)
    assert [
        float(v or 0) for v in (one.reported_progress, one.confidence, one.score, one.weight)
    ] == [0.5, 0.8, 0.6, 1.0]
    assert one.reported_health is Health.AT_RISK
    assert str(one.due) == "2026-12-31"
    assert (one.measure_method, one.initiatives, one.notes) == (
        "数仓口径",
        "做活动",
        "卡点/风险: 缺人",
    )
    assert one.links == (EpicLink("ABC-1"),)  # type: ignore[arg-type] # a literal key


def test_a_target_to_the_right_of_key_results_is_a_target() -> None:
    """目标 twice: the one over numbers, right of 关键结果, is the target."""
    one = only(table(("目标", "关键结果", "目标"), ("甲", "留存率", "40%")))
    assert one.metric is not None
    assert one.metric.target == 40


JIRA = (
    "<a href='https://x.example/browse/AB-2' data-card-appearance='inline'>"
    "https://x.example/browse/AB-2</a>"
)
MACRO = (
    "<ac:structured-macro ac:name='jira'><ac:parameter ac:name='{}'>{}</ac:parameter>"
    "</ac:structured-macro>"
)


@pytest.mark.parametrize(
    ("title", "column", "expected"),
    [
        ("Fast (AB-1, AB-2)", "", ["AB-1", "AB-2"]),
        ("Fast — AB-1", "", ["AB-1"]),
        ("Fast, see epic AB-1 today", "", ["AB-1"]),
        ("UTF-8 and COVID-19, SHA-256, ISO-8601 in Q4-2026", "", []),
        ("Fast (UTF-8)", "", []),
        ("Fast", "AB-1 and AB-1, then AB-3; UTF-8", ["AB-1", "AB-3"]),
        (f"Fast {JIRA}", "", ["AB-2"]),
        ("Fast", JIRA + MACRO.format("key", "AB-2"), ["AB-2"]),
        ("Fast", MACRO.format("jqlQuery", "project = AB"), ["project = AB"]),
        ("Fast", "project = AB AND labels = x", ["project = AB AND labels = x"]),
    ],
)
def test_jira_work_in_a_row(title: str, column: str, expected: list[str]) -> None:
    """Keys, links, smart links and macros, in their order, once each."""
    one = only(table(("Objective", "Key result", "Jira"), ("A", title, column)))
    assert [x.jql if isinstance(x, JqlLink) else x.key for x in one.links] == expected
    assert one.title.startswith(("Fast", "UTF-8"))
    assert "AB-2" not in one.title


def test_a_row_is_never_dropped_because_a_value_is_odd() -> None:
    """What is not understood is kept word for word, with a remark at its cell."""
    body = table(("O", "KR", "Due", "Foo"), ("A", "x 1%", "someday", "bar"))
    one, found = only(body), read(body).findings
    assert one.notes == "Foo: bar\nDue: someday"
    assert [f.rule for f in found] == ["F-08", "F-12"]
    assert body.encode()[found[1].place.start : found[1].place.end] == b"<td>someday</td>"
