"""What search sees, which may be behind what is stored."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sandbox.jira.model import Issue


@dataclass(frozen=True, slots=True)
class Unindexed:
    """A change that search does not see yet: until then it finds the issue as it was before."""

    issue_id: int
    before: Issue | None
    until: datetime


class Searchable:
    """The issues as search sees them: those that changed lately may still be as they were."""

    def __init__(
        self,
        everything: Callable[[], list[Issue]],
        by_id: Callable[[int], Issue | None],
        before: dict[int, Issue | None],
    ) -> None:
        self._all = everything
        self._by_id = by_id
        self._before = before

    def among(self, ids: Iterable[int] | None) -> list[Issue]:
        """
        Those of these ids, or all for None, in the order of ids.

        An issue that search sees as it was may have had another parent then: it is always there.
        """
        if ids is None:
            held = {issue.id: issue for issue in self._all()}
        else:
            wanted = sorted({*ids, *self._before})
            held = {i: issue for i in wanted if (issue := self._by_id(i))}
        for issue_id, issue in self._before.items():
            if issue is None:
                held.pop(issue_id, None)
            else:
                held[issue_id] = issue
        return list(held.values())
