"""The ports `PageRights` and `Administrators` in dictionaries."""

from collections.abc import Collection
from dataclasses import dataclass, field

from connector.core.errors import Unavailable
from connector.core.okr import IssueKey, PageId
from connector.core.viewer import Viewer


@dataclass
class FakeRights:
    """What the host shows to whom, by account; the empty one is everybody who is not signed in."""

    shown: dict[str, set[PageId]] = field(default_factory=dict)
    at_a_time: int = 100
    down: bool = False
    silent_about: frozenset[PageId] = frozenset()
    asked: list[tuple[Viewer, tuple[PageId, ...]]] = field(default_factory=list)

    def show(self, page: PageId, *accounts: str) -> None:
        for account in accounts:
            self.shown.setdefault(account, set()).add(page)

    def hide(self, page: PageId, *accounts: str) -> None:
        for account in accounts:
            self.shown.get(account, set()).discard(page)

    def per_call(self, _viewer: Viewer) -> int:
        return self.at_a_time

    def readable(self, viewer: Viewer, pages: Collection[PageId]) -> frozenset[PageId]:
        self.asked.append((viewer, tuple(pages)))
        if self.down or self.silent_about & frozenset(pages):
            raise Unavailable("confluence is down")
        return frozenset(pages) & self.shown.get(viewer.account, set())


@dataclass
class FakeAdministrators:
    """The port `Administrators` in a set."""

    accounts: set[str] = field(default_factory=set)
    down: bool = False

    def administers(self, account: str) -> bool:
        if self.down:
            raise Unavailable("confluence is down")
        return account in self.accounts


@dataclass
class FakeIssueRights:
    """What the tracker shows to whom, by account; only a viewer's own token can ask it."""

    shown: dict[str, set[IssueKey]] = field(default_factory=dict)
    down: bool = False
    asked: list[tuple[Viewer, tuple[IssueKey, ...]]] = field(default_factory=list)

    def show(self, issue: IssueKey, *accounts: str) -> None:
        for account in accounts:
            self.shown.setdefault(account, set()).add(issue)

    def per_call(self, _viewer: Viewer) -> int:
        return 100

    def readable(self, viewer: Viewer, issues: Collection[IssueKey]) -> frozenset[IssueKey]:
        self.asked.append((viewer, tuple(issues)))
        if self.down:
            raise Unavailable("jira is down")
        return frozenset(issues) & self.shown.get(viewer.account if viewer.token else "", set())
