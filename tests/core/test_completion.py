"""Which issues count, and how."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from connector.core.completion import count_work
from connector.core.okr import (
    Issue,
    IssueId,
    IssueKey,
    LinkedWork,
    Progress,
    StatusCategory,
    Verdict,
)
from connector.core.policy import CountingRule, Depth

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def issue(
    number: int,
    category: str = "new",
    *,
    parent: int | None = None,
    level: int = 0,
    resolution: str | None = None,
) -> Issue:
    return Issue(
        IssueId(str(number)),
        IssueKey(f"PAY-{number}"),
        f"Issue {number}",
        "whatever it is called here",
        StatusCategory(category),
        resolution,
        IssueKey(f"PAY-{parent}") if parent else None,
        level,
    )


EPIC = issue(1, level=1)


def under_epic(*issues: Issue) -> LinkedWork:
    return LinkedWork(EPIC, issues)


def test_done_is_a_category_never_the_name_of_a_status() -> None:
    found = count_work(
        [under_epic(issue(2, "done", parent=1), issue(3, parent=1), issue(4, parent=1))],
        rule=CountingRule(),
        read_at=NOON,
    )

    assert (found.done, found.total) == (1, 3)
    assert found.progress == Progress(Fraction(1, 3))


def test_cancelled_work_leaves_the_total_but_is_still_listed() -> None:
    found = count_work(
        [under_epic(issue(2, "done", parent=1), issue(3, "done", parent=1, resolution="WON'T DO"))],
        rule=CountingRule(),
        read_at=NOON,
    )

    assert (found.done, found.total) == (1, 1)
    assert [one.verdict for one in found.issues] == [Verdict.DONE, Verdict.CANCELLED]


def test_an_empty_epic_is_no_data() -> None:
    assert count_work([under_epic()], rule=CountingRule(), read_at=NOON).progress is None


def test_a_link_that_cannot_be_read_is_hidden_not_zero() -> None:
    found = count_work(
        [None, under_epic(issue(2, "done", parent=1))], rule=CountingRule(), read_at=NOON
    )

    assert (found.hidden, found.done, found.total) == (1, 1, 1)
    assert count_work([None], rule=CountingRule(), read_at=NOON).progress is None


def test_an_issue_reached_twice_counts_once() -> None:
    same = issue(2, "done", parent=1)
    by_query = LinkedWork(None, (same, issue(9)))

    found = count_work([under_epic(same), by_query], rule=CountingRule(), read_at=NOON)

    assert (found.done, found.total) == (1, 2)


SUBTASKS = (
    issue(2, "indeterminate", parent=1),
    issue(3, "done", parent=2, level=-1),
    issue(4, parent=2, level=-1),
    issue(5, parent=1),
)


@pytest.mark.parametrize(
    ("depth", "counted"),
    [
        (Depth.EPIC, ["PAY-1"]),
        (Depth.CHILDREN, ["PAY-2", "PAY-5"]),
        (Depth.SUBTASKS, ["PAY-3", "PAY-4", "PAY-5"]),
    ],
)
def test_depth_decides_and_a_subtask_never_counts_beside_its_parent(
    depth: Depth, counted: list[str]
) -> None:
    found = count_work([under_epic(*SUBTASKS)], rule=CountingRule(depth=depth), read_at=NOON)

    assert [one.key for one in found.issues] == counted


@pytest.mark.parametrize(
    ("depth", "counted"),
    [(Depth.CHILDREN, ["PAY-2"]), (Depth.SUBTASKS, ["PAY-3", "PAY-4"])],
)
def test_a_linked_story_stands_for_itself_or_for_its_subtasks(
    depth: Depth, counted: list[str]
) -> None:
    story = LinkedWork(SUBTASKS[0], SUBTASKS[1:3])

    found = count_work([story], rule=CountingRule(depth=depth), read_at=NOON)

    assert [one.key for one in found.issues] == counted


def test_a_query_that_finds_an_epic_and_its_children_counts_the_children() -> None:
    found = count_work([LinkedWork(None, (EPIC, *SUBTASKS))], rule=CountingRule(), read_at=NOON)

    assert [one.key for one in found.issues] == ["PAY-2", "PAY-5"]


def test_work_in_progress_has_the_credit_that_policy_gives_it() -> None:
    rule = CountingRule(in_progress_credit=Fraction(1, 2))

    found = count_work(
        [under_epic(issue(2, "indeterminate", parent=1), issue(3, "done", parent=1))],
        rule=rule,
        read_at=NOON,
    )

    assert found.progress == Progress(Fraction(3, 4))
