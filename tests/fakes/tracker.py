"""The port `IssueTracker` in a dictionary."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from connector.core.errors import Unauthorized, Unavailable
from connector.core.okr import Issue, IssueId, IssueKey, JiraLink, JqlLink, LinkedWork
from connector.core.policy import Depth


@dataclass
class FakeTracker:
    """Issues by key; a query is the text an author writes and a question about an issue."""

    kept: dict[IssueKey, Issue] = field(default_factory=dict)
    hidden: set[IssueKey] = field(default_factory=set)
    queries: dict[str, Callable[[Issue], bool]] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    down: bool = False
    token_refused: bool = False

    def put(self, *issues: Issue) -> None:
        self.kept.update({issue.key: issue for issue in issues})

    def fetch_work(
        self,
        links: Collection[JiraLink],
        *,
        depth: Depth,
        reconcile: Collection[IssueId] = (),
    ) -> Mapping[JiraLink, LinkedWork | None]:
        self._answer("fetch_work")
        return {link: self._work(link, depth) for link in links}

    def changed_links(
        self, links: Collection[JiraLink], *, since: datetime
    ) -> Collection[JiraLink]:
        self._answer("changed_links")
        return {link for link in links if self._changed(link, since)}

    def links_matching(
        self, issue: IssueId, key: IssueKey, links: Collection[JiraLink]
    ) -> Collection[JiraLink]:
        self._answer("links_matching")
        return {
            link
            for link in links
            if isinstance(link, JqlLink)
            and any(found.id == issue for found in self._found(link.jql) or ())
        }

    def _answer(self, call: str) -> None:
        self.calls.append(call)
        if self.down:
            raise Unavailable("jira is down")
        if self.token_refused:
            raise Unauthorized("jira refuses the token")

    def _shown(self) -> list[Issue]:
        return [issue for issue in self.kept.values() if issue.key not in self.hidden]

    def _below(self, key: IssueKey) -> list[Issue]:
        return [issue for issue in self._shown() if issue.parent == key]

    def _found(self, jql: str) -> list[Issue] | None:
        asks = self.queries.get(jql)
        return None if asks is None else [issue for issue in self._shown() if asks(issue)]

    def _work(self, link: JiraLink, depth: Depth) -> LinkedWork | None:
        if isinstance(link, JqlLink):
            found = self._found(link.jql)
            return None if found is None else LinkedWork(None, tuple(found))
        root = self.kept.get(link.key)
        if root is None or root.key in self.hidden:
            return None
        issues = self._below(root.key) if depth is not Depth.EPIC else []
        if depth is Depth.SUBTASKS:
            issues = [deep for child in issues for deep in (child, *self._below(child.key))]
        return LinkedWork(root, tuple(issues))

    def _changed(self, link: JiraLink, since: datetime) -> bool:
        work = self._work(link, Depth.CHILDREN)
        if work is None:
            return False
        issues = work.issues if work.root is None else (work.root, *work.issues)
        return any(issue.updated is not None and issue.updated >= since for issue in issues)
