"""Every number of the macro can answer why: rule, sum, sources, issues."""

from dataclasses import replace
from fractions import Fraction

import pytest

from connector.core.okr import (
    CountedIssue,
    IssueKey,
    KrKey,
    Person,
    ProgressFrom,
    Verdict,
)
from connector.core.policy import CountingRule, Depth
from tests.fakes.okrs import (
    NOW,
    Sample,
    delivery,
    harbourline,
    warehouse,
)
from tests.macros.views import POLICY, changed, fact, row, view_of


def test_why_shows_the_sum_and_both_numbers() -> None:
    view = view_of(harbourline())

    assert fact(view, "1001-1", "This number").text.startswith("The outcome")
    assert fact(view, "1001-1", "Outcome").text == "(29 − 20) ÷ (40 − 20) = 45%"
    assert fact(view, "1001-1", "Linked work").text == (
        "18 of 43 issues done = 42%; 3 more linked but hidden from this connection"
    )
    assert fact(view, "1001-1", "Weight").text == "50% of the objective"
    assert fact(view, "1001-3", "Reported on the page").text == "33%"


def test_why_shows_where_the_work_was_looked_for() -> None:
    view = view_of(harbourline())
    (epic,) = fact(view, "1001-1", "Counted under").links

    assert (epic.text, epic.url) == ("HBR-1", "https://jira.example.org/browse/HBR-1")
    assert fact(view, "1001-2", "Query (JQL)").code == (
        'project = HBR AND type = Bug AND labels = "<aged>"',
    )
    assert fact(view, "1001-1", "Read from Jira").moment is not None


@pytest.mark.parametrize("jira_url", ["", "javascript:alert(1)//"])
def test_without_an_address_of_jira_keys_stay_plain_text(jira_url: str) -> None:
    view = view_of(harbourline(), jira_url=jira_url)

    assert [one.issue.url for one in row(view, "1001-1").why.issues] == [""] * 43


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (ProgressFrom.DELIVERY, "The linked work, as chosen"),
        (ProgressFrom.AUTO, "The linked work, until a value other"),
    ],
)
def test_why_names_the_rule_that_chose_the_number(source: ProgressFrom, said: str) -> None:
    sample = changed(warehouse(), "2002-2", progress_from=source)

    assert fact(view_of(sample), "2002-2", "This number").text.startswith(said)


def test_why_of_a_key_result_without_a_metric() -> None:
    sample = changed(warehouse(), "2002-2", metric=None)

    assert "no metric of its own" in fact(view_of(sample), "2002-2", "This number").text
    assert "Nothing to compute" in fact(view_of(warehouse()), "2002-6", "This number").text


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (CountingRule(excluded_resolutions=frozenset()), "Only done issues move the number."),
        (CountingRule(in_progress_credit=Fraction(1, 2)), "in progress counts 50%."),
        (CountingRule(depth=Depth.EPIC), "Each linked issue counts as one."),
        (CountingRule(depth=Depth.SUBTASKS), "The lowest level counts"),
        (CountingRule(excluded_resolutions=frozenset({"dropped"})), "resolved as dropped leave"),
    ],
)
def test_why_says_the_counting_rule_in_words(rule: CountingRule, said: str) -> None:
    view = view_of(warehouse(), policy=replace(POLICY, counting=rule))

    assert said in fact(view, "2002-1", "Counting rule").text


def test_counted_issues_are_listed_by_verdict_with_the_cancelled_last() -> None:
    issues = row(view_of(warehouse()), "2002-1").why.issues

    assert [one.counted for one in issues] == (
        ["Done"] * 4 + ["In progress"] * 3 + ["Open"] * 2 + ["Not counted"]
    )


def test_a_long_list_is_cut_and_says_so() -> None:
    many = delivery("YUN", 70, 0, 50)
    sample = Sample(warehouse().page, {KrKey("2002-2"): many})
    why = row(view_of(sample), "2002-2").why

    assert len(why.issues) == 100
    assert why.caption == "Counted issues (120)"
    assert why.more.startswith("20 more issues")


def test_why_holds_what_a_narrow_row_drops() -> None:
    sample = changed(
        warehouse(),
        "2002-1",
        partners=(Person("周敏"), Person("陈立")),
        due=NOW.date(),
        measure_method="系统日志",
    )
    view = view_of(sample, "zh-CN")

    assert fact(view, "2002-1", "协同人").text == "周敏、陈立"
    assert fact(view, "2002-1", "截止日").text == "2026年11月23日"
    assert fact(view, "2002-1", "衡量方式").text == "系统日志"
    assert fact(view, "2002-1", "负责人").text == "李伟"


def test_an_issue_key_cannot_leave_its_place_in_an_address() -> None:
    odd = CountedIssue(IssueKey("A-1/../x?y"), "s", "s", Verdict.OPEN)
    counted = replace(delivery("A", 0, 0, 1), issues=(odd,))
    view = view_of(Sample(warehouse().page, {KrKey("2002-2"): counted}))

    (line,) = row(view, "2002-2").why.issues
    assert line.issue.url == "https://jira.example.org/browse/A-1%2F..%2Fx%3Fy"
