"""From linked Jira work to a number: which issues count, and how."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from connector.core.okr import (
    CountedIssue,
    Delivery,
    Issue,
    IssueKey,
    LinkedWork,
    StatusCategory,
    Verdict,
)
from connector.core.policy import CountingRule, Depth


def count_work(
    works: Sequence[LinkedWork | None], *, rule: CountingRule, read_at: datetime
) -> Delivery:
    """The delivery of one key result from all the work it links.

    An issue reached through several links counts once. A link that cannot be read (None) is
    counted as hidden, never as 0 %; an epic without issues adds nothing, so alone it is no data.
    """
    chosen: dict[IssueKey, Issue] = {}
    for work in works:
        if work is not None:
            chosen.update((issue.key, issue) for issue in _countable(work, rule.depth))
    counted = tuple(_judged(issue, rule) for issue in _once_per_branch(chosen, rule.depth))
    verdicts = [issue.verdict for issue in counted]
    done, moving = verdicts.count(Verdict.DONE), verdicts.count(Verdict.IN_PROGRESS)
    return Delivery(
        done=done,
        total=len(counted) - verdicts.count(Verdict.CANCELLED),
        hidden=sum(work is None for work in works),
        credit=done + moving * rule.in_progress_credit,
        issues=counted,
        read_at=read_at,
    )


def _countable(work: LinkedWork, depth: Depth) -> Iterable[Issue]:
    """The issues of one link that the depth lets count."""
    if work.root is None:
        return work.issues
    is_epic = work.root.hierarchy_level > 0
    if depth is Depth.EPIC or (depth is Depth.CHILDREN and not is_epic):
        return (work.root,)
    if depth is Depth.CHILDREN:
        return tuple(issue for issue in work.issues if issue.parent == work.root.key)
    return work.issues if is_epic else (work.root, *work.issues)


def _once_per_branch(chosen: dict[IssueKey, Issue], depth: Depth) -> list[Issue]:
    """Never both an issue and its parent: with sub-tasks the leaves count, else the upper ones.

    An epic that a query finds together with its children always gives way to them.
    """
    parents = {issue.parent for issue in chosen.values() if issue.parent in chosen}
    return [
        issue
        for issue in chosen.values()
        if not (
            (issue.key in parents and (depth is Depth.SUBTASKS or issue.hierarchy_level > 0))
            or (
                depth is not Depth.SUBTASKS and issue.hierarchy_level < 0 and issue.parent in chosen
            )
        )
    ]


def _judged(issue: Issue, rule: CountingRule) -> CountedIssue:
    return CountedIssue(issue.key, issue.summary, issue.status, _verdict(issue, rule))


def _verdict(issue: Issue, rule: CountingRule) -> Verdict:
    if issue.resolution and issue.resolution.casefold() in rule.excluded_resolutions:
        return Verdict.CANCELLED
    match issue.category:
        case StatusCategory.DONE:
            return Verdict.DONE
        case StatusCategory.INDETERMINATE:
            return Verdict.IN_PROGRESS
        case _:
            return Verdict.OPEN
