"""Habits of people who write OKR pages: each is read as a careful reader would."""

from fractions import Fraction

import pytest

from connector.core.okr import EpicLink, Person
from tests.pages.reading import only, read, results, rules, table

USER = "<ac:link><ri:user ri:account-id='{}' /></ac:link>"


def titles(body: str) -> list[tuple[str, list[str]]]:
    okrs = read(body).okrs
    return [(o.title, [k.title for k in o.key_results]) for o in (okrs.objectives if okrs else ())]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("准时率达到 90%；跑腿从 3 次降到 1 次", ["准时率达到 90%", "跑腿从 3 次降到 1 次"]),
        ("KR1: a 100%; KR2: b ≥ 85%", ["a 100%", "b ≥ 85%"]),
        ("① a 不超过 2 条；② b 率 95%", ["a 不超过 2 条", "b 率 95%"]),
        ("NPS 50; measured by the survey", ["NPS 50; measured by the survey"]),
        ("<p>3) Ferries run 75% full</p>", ["Ferries run 75% full"]),
        ("<p>Offer in 21 days</p><p>Median, by HR</p>", ["Offer in 21 days"]),
        ("<p>Returns fall from 5%</p><p>to 3%</p>", ["Returns fall from 5% to 3%"]),
        ("<s>Under 10%</s> Under 5%<sup>1</sup>", ["Under 5%"]),
        ("x 1%<br /><s>Hire 3 analysts</s>", ["x 1%"]),
        ("Pages ≤ 2 a week — epic AB-1", ["Pages ≤ 2 a week"]),
    ],
)
def test_the_words_of_a_cell(cell: str, expected: list[str]) -> None:
    """Semicolons part measures, notes go under the title, what is crossed out goes."""
    assert titles(table(("Objective", "KR"), ("A", cell))) == [("A", expected)]


def test_a_key_result_crossed_out_is_none_any_more() -> None:
    """It is told and not counted; the others of its objective stay."""
    body = table(("Objective", "KR"), ("A", "<s>Hire 3 analysts</s>"), ("", "x 1%"))
    assert titles(body) == [("A", ["x 1%"])]
    assert rules(read(body)) == ["F-26"]


def test_what_an_objective_has_no_place_for_stays_in_its_title() -> None:
    body = "<h2>O1 A (confidence: 7/10)</h2><ul><li>KR1 x 1%</li></ul>"
    assert titles(body) == [("A (confidence: 7/10)", ["x 1%"])]


def test_no_semicolon_parts_a_row_with_numbers_of_its_own() -> None:
    body = table(("Objective", "KR", "Target"), ("A", "a reaches 90%; b falls to 3%", "90%"))
    assert titles(body) == [("A", ["a reaches 90%; b falls to 3%"])]


@pytest.mark.parametrize(
    "mark", ["O1 A", "🎯 O1 – A", "[O1] A", "(O1) A", "【O1】A", "🎯 目标一：A", "Objective 1) A"]
)
def test_marks_may_be_dressed_up(mark: str) -> None:
    """Pictograms and brackets around a number are not part of the title."""
    assert titles(f"<h2>{mark}</h2><ul><li>✅ [KR1] x 1%</li></ul>") == [("A", ["x 1%"])]


@pytest.mark.parametrize(
    ("said", "owner"),
    [
        ("(owner: Ana, due 10 Dec)", "Ana"),
        ("（负责人：李娜，截止：12月10日）", "李娜"),
        (f"(Owner: {USER.format('u1')}, due: <time datetime='2026-12-10' />)", ""),
        ("；负责人：李娜；截止：12月10日", "李娜"),
        ("<ul><li>Owner: Ana</li><li>Due: 10 Dec</li></ul>", "Ana"),
        (f"<ul><li>Owner: {USER.format('u1')}</li><li>Due: 10 Dec</li></ul>", ""),
        ("<br />Owner: Ana<br />Due: 10 Dec 2026", "Ana"),
    ],
)
def test_owner_and_date_behind_a_title(said: str, owner: str) -> None:
    """They are the key result's own, and its title stays clean."""
    one = only(f"<h2>O1 A</h2><ul><li>KR1 x falls to 6% {said}</li></ul>")
    assert one.title == "x falls to 6%"
    assert one.owners == (Person(owner, None if owner else "u1"),)
    assert str(one.due) == "2026-12-10"


def test_several_owners_stay_together() -> None:
    one = only("<h2>O1 A</h2><ul><li>KR1 x 1% (owner: Ana, Bo; due: 10 Dec)</li></ul>")
    assert one.owners == (Person("Ana"), Person("Bo"))


def test_dotted_numbers_are_counted_not_measured() -> None:
    """Where they count up under their objective; a lone `1.5 h` is a measure."""
    body = table(
        ("O", "KR"), ("1. 甲", "1.1 培训 300 人次"), ("", "1.2 周活 60%"), ("乙", "1.5 h wait")
    )
    assert titles(body) == [("甲", ["培训 300 人次", "周活 60%"]), ("乙", ["1.5 h wait"])]


def test_mentions_leave_no_dash_behind() -> None:
    body = (
        f"<h2>O1 A</h2><p>Owner: {USER.format('o')}</p><ul><li>KR1 x 1% – {USER.format('k')}</li>"
    )
    reading = read(f"{body}<li>KR2 y 2% @王五</li></ul>")
    assert [(one.title, one.owners) for one in results(reading)] == [
        ("x 1%", (Person("", "k"),)),
        ("y 2%", (Person("王五"),)),
    ]
    assert reading.okrs is not None
    assert reading.okrs.objectives[0].owners == (Person("", "o"),)


def test_key_results_may_be_headings_or_tasks() -> None:
    """What is written under such a heading is said of it."""
    headings = "<h2>O1 A</h2><h3>KR1: x 71% → 90%</h3><p>Owner: Dana</p><h3>KR2: y 2%</h3>"
    tasks = "<ac:task-list><ac:task><ac:task-body>KR1: x 1%</ac:task-body></ac:task></ac:task-list>"
    assert titles(headings) == [("A", ["x 71% → 90%", "y 2%"])]
    assert results(read(headings))[0].owners == (Person("Dana"),)
    assert titles(f"<h2>O1 A</h2>{tasks}") == [("A", ["x 1%"])]


def test_a_row_over_the_whole_table_is_an_objective_or_a_title() -> None:
    """Above the header it names the table; under it, where no column does, the objective."""
    body = (
        "<table><tbody><tr><td colspan='2'>Growth</td></tr><tr><td colspan='2'>2026 Q4</td></tr>"
        "<tr><th>Key result</th><th>Owner</th></tr>"
        "<tr><td colspan='2'>O1: A</td></tr><tr><td>x 1%</td><td>Bo</td></tr>"
        "<tr><td>O2: B</td><td /></tr><tr><td>y 2%</td><td>Cy</td></tr></tbody></table>"
    )
    assert titles(body) == [("A", ["x 1%"]), ("B", ["y 2%"])]
    assert rules(read(body)) == []


def test_a_header_of_two_rows() -> None:
    body = (
        "<table><tr><th rowspan='2'>目标</th><th rowspan='2'>关键结果</th><th colspan='2'>数值</th>"
        "</tr><tr><th>基线</th><th>目标</th></tr>"
        "<tr><td>甲</td><td>候诊时长</td><td>52 分钟</td><td>25 分钟</td></tr></table>"
    )
    metric = only(body).metric
    assert metric is not None
    assert metric.baseline == 52
    assert metric.target == 25
    assert rules(read(body)) == []


def test_a_column_for_each_key_result() -> None:
    body = table(("目标", "关键结果1", "关键结果2"), ("甲", "a 1%", "b 2%"))
    assert titles(body) == [("甲", ["a 1%", "b 2%"])]


def test_codes_stand_beside_the_words() -> None:
    body = table(("O", "目标描述", "KR", "关键结果描述"), ("O1", "甲", "KR1", "a 1%"))
    assert titles(body) == [("甲", ["a 1%"])]


def test_the_header_may_come_again_and_a_total_at_the_end() -> None:
    head = ("Objective", "Key result", "Weight")
    body = table(head, ("A", "x 1%", "100"), head, ("B", "y 2%", "100"), ("Total", "", "200"))
    assert titles(body) == [("A", ["x 1%"]), ("B", ["y 2%"])]
    assert rules(read(body)) == []


def test_objectives_have_owners_and_weights_of_their_own() -> None:
    """Their columns are not those of the key results."""
    head = ("目标", "目标负责人", "目标权重", "关键结果", "KR负责人", "KR权重")
    one = read(table(("Goal", "Weight", "KR"), ("A", "60%", "x 1%"))).okrs
    two = read(table(head, ("甲", "乙", "60%", "a 1%", "丙", "100%"))).okrs
    assert one is not None
    assert two is not None
    for okrs in (one, two):
        assert okrs.objectives[0].weight == Fraction(3, 5)
    assert one.objectives[0].key_results[0].weight is None
    assert two.objectives[0].key_results[0].weight == 1
    assert two.objectives[0].key_results[0].owners == (Person("丙"),)


@pytest.mark.parametrize("weights", [("33.3%",) * 3, ("50", "25", "25"), ("16.7%",) * 6])
def test_weights_sum_up_with_what_rounding_leaves(weights: tuple[str, ...]) -> None:
    rows = (("A" if not n else "", f"x{n} 1%", weight) for n, weight in enumerate(weights))
    assert rules(read(table(("O", "KR", "Weight"), *rows))) == []


def test_weights_may_be_shares_of_the_whole_page() -> None:
    body = table(("O", "KR", "Weight"), ("A", "x 1%", "60%"), ("B", "y 2%", "40%"))
    assert rules(read(body)) == []


@pytest.mark.parametrize("nothing", ["-", "—", "N/A", "TBD", "待定", "?"])
def test_a_sign_for_nothing_is_nothing(nothing: str) -> None:
    head = ("O", "KR", "Target", "Confidence", "Score", "Due", "Jira", "Status", "Weight")
    reading = read(table(head, ("A", "x 1%", *[nothing] * (len(head) - 2))))
    assert rules(reading) == []
    assert results(reading)[0].status_text == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("已完成 80%，剩余两家供应商", 80),
        ("约 40%", 40),
        ("8/16 stores live", 50),
        ("waits for 3 sites to answer", None),
    ],
)
def test_a_report_may_follow_the_progress(text: str, expected: int | None) -> None:
    """And words alone are a note, never a slip of the author."""
    body = table(("O", "KR", "Progress"), ("A", "x 1%", text))
    ratio = only(body).reported_progress
    assert ratio is None if expected is None else ratio and ratio * 100 == expected
    assert rules(read(body)) == []


def test_a_count_under_progress_is_the_current_value() -> None:
    metric = only(table(("O", "KR", "完成度"), ("A", "覆盖 30 个病种", "12个"))).metric
    assert metric is not None
    assert metric.current == 12


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("Due", "EOY"),
        ("Due", "年底前"),
        ("Due", "Dec 2026"),
        ("Due", "10.1-12.31"),
        ("Due", "2026/10/01～2026/12/31"),
        ("Due", "Q4 2026"),
        ("Due", "EOQ"),
    ],
)
def test_ends_of_periods_are_dates(column: str, text: str) -> None:
    one = only("<p>Cycle: 2026-Q4</p>" + table(("O", "KR", column), ("A", "x 1%", text)))
    assert str(one.due) == "2026-12-31"


@pytest.mark.parametrize(
    ("text", "tenths"),
    [("★★★★☆", 8), ("中等", 5), ("60", 6), ("5 (↓ from 7)", 5), ("Very high", 9), ("6分", 6)],
)
def test_confidence_in_many_words(text: str, tenths: int) -> None:
    confidence = only(table(("O", "KR", "Confidence"), ("A", "x 1%", text))).confidence
    assert confidence is not None
    assert confidence * 10 == tenths


def test_two_dates_are_a_cycle() -> None:
    okr = table(("O", "KR"), ("A", "x 1%"))
    row = table(("Timeline", "2026-10-01 – 2026-12-31"))
    line = f"<p>Owner: {USER.format('t')} &nbsp; Cycle: Q4 2026</p>"
    titled = read(okr, title="OKR 2026-10 ~ 2026-12")
    for okrs in (read(row + okr).okrs, read(line + okr).okrs, titled.okrs):
        assert okrs is not None
        assert okrs.cycle == "2026-Q4"


def test_groups_beside_objectives_are_notes() -> None:
    """部门, priority and the like are known, and hide no objective."""
    body = table(("部门", "Priority", "目标", "关键结果"), ("运营", "P0", "甲", "a 1%"))
    assert only(body).notes == "部门: 运营\nPriority: P0"
    assert rules(read(body)) == []


@pytest.mark.parametrize(
    "head",
    [
        ("Authors", "Objective", "Key results", "Limitations"),
        ("Study", "Objective", "Participants", "Key results"),
        ("Activity", "Responsible", "Accountable", "Informed"),
        ("KPI", "Owner", "Target", "Actual"),
    ],
)
def test_foreign_tables_hold_no_okrs(head: tuple[str, ...]) -> None:
    assert rules(read(table(head, ("a", "b 1%", "c 2", "d")))) == ["F-03"]


def test_work_is_found_however_it_is_linked() -> None:
    """Board links name the selected issue; the crossed-out one is gone."""
    href = "https://x.example/jira/software/projects/AB/boards/3?selectedIssue=AB-9"
    one = only(table(("O", "KR", "Jira"), ("A", "x 1%", f"<s>AB-1</s> <a href='{href}'>AB-9</a>")))
    assert [link.key for link in one.links if isinstance(link, EpicLink)] == ["AB-9"]
