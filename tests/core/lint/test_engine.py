"""All rules over a page: what hides what, what is left alone, and that nothing raises."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connector.core.cycle import cycle_of
from connector.core.findings import Finding, Severity
from connector.core.lint.engine import all_rules, lint_page
from connector.core.lint.quality import quality
from connector.core.lint.rule import EVERYTHING_ON, LintPolicy
from connector.core.okr import ObjectiveState, OkrPage
from connector.core.policy import Policy
from connector.pages import read_okrs
from tests.core.lint.examples import page_of

CYCLE = cycle_of("2026-Q4")
GOOD = {
    "objective": "Small shops choose us for their first online sale",
    "owner": "Ana Ruiz",
    "type": "committed",
    "key_results": [
        {"key_result": "Repeat orders rise from 31% to 45%", "method": "BI report"},
        {"key_result": "Complaints fall from 40 to 10 a month", "method": "BI report"},
    ],
}


def ids(found: tuple[Finding, ...]) -> list[str]:
    return [one.rule for one in found]


def with_result(sentence: str) -> OkrPage:
    return page_of(
        [GOOD | {"key_results": [*GOOD["key_results"], {"key_result": sentence, "method": "x"}]}]
    )


def test_a_good_page_hears_nothing() -> None:
    assert lint_page(page_of([GOOD]), CYCLE, EVERYTHING_ON) == ()


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Improve onboarding", ["K-03"]),
        ("Significantly improve onboarding", ["K-03"]),
        ("Support the sales team with tenders", ["K-01", "K-04"]),
        ("Hold 12 customer interviews", ["K-05"]),
        ("Launch the new portal", ["K-13"]),
        ("Reduce churn from 5% to 8%", ["K-08"]),
        ("提升客户满意度", ["K-03"]),
        ("增长20%", ["K-06"]),
    ],
)
def test_one_remark_says_what_is_wrong_with_a_sentence(sentence: str, told: list[str]) -> None:
    """A graver or more telling remark hides those that would say the same again."""
    assert ids(lint_page(with_result(sentence), CYCLE, EVERYTHING_ON)) == told


def test_what_is_closed_is_left_alone() -> None:
    page = with_result("Improve onboarding")
    closed = replace(page.objectives[0], state=ObjectiveState.CLOSED)
    assert lint_page(replace(page, objectives=(closed,)), CYCLE, EVERYTHING_ON) == ()


def test_a_rule_that_is_off_says_nothing() -> None:
    page = with_result("Improve onboarding")
    assert ids(lint_page(page, CYCLE, LintPolicy(off=frozenset({"K-03"})))) == ["K-01"]


def test_no_cycle_is_grave() -> None:
    found = lint_page(page_of([GOOD]), None, EVERYTHING_ON)
    assert [(one.rule, one.severity) for one in found] == [("O-02", Severity.E)]


def test_rules_have_ids_of_their_own_in_order() -> None:
    known = [rule.id for rule in all_rules()]
    assert len(known) == len(set(known))
    assert len(known) == 48


@given(st.lists(st.text(max_size=300), min_size=1, max_size=4))
@settings(max_examples=300, deadline=None)
def test_any_text_is_judged_the_same_every_time(texts: list[str]) -> None:
    results = [{"key_result": text, "method": text[:20]} for text in texts]
    page = page_of([{"objective": texts[0], "owner": texts[-1], "key_results": results}])
    assert lint_page(page, CYCLE, EVERYTHING_ON) == lint_page(page, CYCLE, EVERYTHING_ON)


SENTENCES = [
    "Improve onboarding",
    "增长20%",
    "NPS 从 31 提升到 45",
    "Hold 12 interviews",
    "完成调研10次",
]


@given(st.permutations(SENTENCES))
def test_the_order_of_key_results_changes_nothing(texts: list[str]) -> None:
    def told(order: list[str]) -> set[tuple[str, str]]:
        page = page_of([GOOD | {"key_results": [{"key_result": one} for one in order]}])
        return {(one.rule, one.key_result) for one in lint_page(page, CYCLE, EVERYTHING_ON)}

    assert told(texts) == told(SENTENCES)


@given(st.lists(st.sampled_from(["E", "W", "I"]), max_size=30), st.integers(1, 5))
def test_reasons_add_up_to_what_is_missing(severities: list[str], results: int) -> None:
    page = page_of([GOOD | {"key_results": [{"key_result": f"kr {n}"} for n in range(results)]}])
    page_wide = Finding("S-02", Severity.W)
    found = [page_wide] + [
        replace(page_wide, rule=f"K-{n:02}", severity=Severity(one), key_result=f"kr {n % results}")
        for n, one in enumerate(severities)
    ]
    judged = quality(page, found)
    assert judged is not None
    assert 0 <= judged.score <= 100
    assert judged.score + sum(one.points for one in judged.reasons) == 100


def test_a_page_without_okrs_has_no_score() -> None:
    assert quality(page_of([]), ()) is None


def test_a_page_in_traditional_chinese_is_read_and_judged() -> None:
    body = (
        "<table><tr><th>目標</th><th>關鍵結果</th><th>負責人</th><th>基準值</th><th>目標值</th></tr>"
        "<tr><td>讓客戶願意推薦我們</td><td>大幅提升客戶滿意度</td><td>陳潔</td><td></td><td></td></tr>"
        "</table>"
    )
    today = date(2026, 11, 23)
    read = read_okrs(body, page=page_of([]).page, title="Q4", policy=Policy(), today=today)
    assert read.okrs is not None
    assert "K-03" in ids(lint_page(read.okrs, CYCLE, EVERYTHING_ON))
