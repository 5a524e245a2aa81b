"""JQL that is put together from keys and authors' queries."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.atlassian.jql import (
    any_of,
    could_match,
    is_key,
    keys_in,
    keys_named,
    updated_since,
    without_order,
)
from connector.core.errors import BadInput
from connector.core.okr import IssueKey

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@given(st.text() | st.from_regex(r"[A-Z]+-\d+.*", fullmatch=True))
def test_no_text_from_a_page_gets_into_a_query_as_anything_but_a_key(text: str) -> None:
    try:
        jql = keys_in("parent", [IssueKey(text)])
    except BadInput:
        assert not is_key(text)
    else:
        assert re.fullmatch(r'parent in \("[A-Z][A-Z0-9_]*-\d+"\)', jql)


@pytest.mark.parametrize(
    "text", ["", "PAY", "PAY-", "pay-1", "PAY-1 ", "PAY-1\n", 'A-1") OR ("', "PAY-１", "1-1"]
)
def test_these_are_no_keys(text: str) -> None:
    assert not is_key(text)
    with pytest.raises(BadInput):
        keys_in("key", [IssueKey("PAY-1"), IssueKey(text)])


@pytest.mark.parametrize(
    ("jql", "expected"),
    [
        ("project = PAY", "project = PAY"),
        ("project = PAY order by created, key DESC", "project = PAY"),
        ("project = PAY\nORDER\tBY rank", "project = PAY"),
        ("text ~ 'order by' OrDeR bY key", "text ~ 'order by'"),
        (r'text ~ "say \"order by\"" order by key', r'text ~ "say \"order by\""'),
        ("(a = 1 OR b = 2) AND c = 3 ORDER BY key", "(a = 1 OR b = 2) AND c = 3"),
        ("labels in (okr, 目标)", "labels in (okr, 目标)"),
        ("border by = 1", "border by = 1"),
    ],
)
def test_sorting_is_taken_off_and_quoted_words_are_left_alone(jql: str, expected: str) -> None:
    assert without_order(jql) == expected


@pytest.mark.parametrize(
    "jql",
    [
        "",
        "  ",
        "ORDER BY key",
        "a = 1) OR (b = 2",
        "a = 1)",
        "(a = 1",
        'a = "1',
        "a = '1",
        'a = "1\\"',
        "(a = 1 ORDER BY key)",
        "a" * 20_000,
    ],
)
def test_a_query_that_could_reach_beyond_its_parentheses_is_refused(jql: str) -> None:
    """An ORDER BY inside brackets stays where it is, and Jira refuses it."""
    try:
        kept = without_order(jql)
    except BadInput:
        return
    assert kept == "(a = 1 ORDER BY key)"


def test_queries_are_joined_each_in_its_own_parentheses() -> None:
    assert any_of(["a = 1 OR b = 2", "c = 3"]) == "(a = 1 OR b = 2) OR (c = 3)"


def test_a_border_in_time_is_relative_in_whole_minutes_and_has_a_margin() -> None:
    assert updated_since(NOW - timedelta(seconds=61), now=NOW) == 'updated >= "-4m"'
    assert updated_since(NOW + timedelta(hours=1), now=NOW) == 'updated >= "-1m"'


@pytest.mark.parametrize(
    ("jql", "possible"),
    [
        ("project = PAY", True),
        ("project = YUN", False),
        ('project in (YUN, "OPS") AND labels = okr', False),
        ("project in (YUN, PAY) AND labels = okr", True),
        ("labels = okr AND PROJECT = YUN", False),
        ("project = YUN ORDER BY rank", False),
        ("project = YUN OR labels = okr", True),
        ("(project = YUN OR labels = okr) AND type = Bug", True),
        ("NOT project = YUN", True),
        ("project != YUN", True),
        ("project not in (YUN)", True),
        ('project = "Yun warehouse"', True),
        ("project = yun", True),
        ('text ~ "or" AND project = YUN', False),
        ("", True),
        ("project = YUN)", True),
    ],
)
def test_a_query_of_another_project_cannot_match_and_doubt_means_perhaps(
    jql: str, possible: bool
) -> None:
    assert could_match(jql, IssueKey("PAY-12")) is possible


def test_keys_are_found_in_the_words_of_an_error() -> None:
    said = "没有编号为“PAY-9”的事务；UTF-8-1, pay-3, OPS-12."

    assert keys_named(said) == ["PAY-9", "OPS-12"]
