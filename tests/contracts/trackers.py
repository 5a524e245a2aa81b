"""Trackers with the same work in them: a fake, and sandboxes behind the real adapters."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Protocol

from connector.core.okr import Issue, IssueId, IssueKey, StatusCategory
from connector.ports import IssueTracker
from sandbox.directory import BOT
from sandbox.jira.kinds import DONE, ISSUE_TYPES, SEALED
from tests.atlassian.planted import Connection, planted
from tests.fakes.tracker import FakeTracker

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
LEVELS = {"Epic": 1, "Story": 0, "Sub-task": -1}
# What an author may write here; the fake knows no JQL, so it is told what these mean.
STORIES = "project = HBR AND type = Story"
DONE_ONES = "project = HBR AND statusCategory = Done"
ALL = "project = HBR"
BROKEN = "project = HBR AND ((flavour = sweet"


class TrackerWorld(Protocol):
    """What people do in Jira, so that a test need not know which Jira it is."""

    @property
    def tracker(self) -> IssueTracker: ...

    def add(self, kind: str, parent: IssueKey | None = None) -> IssueKey: ...

    def finish(self, key: IssueKey) -> None: ...

    def hide(self, key: IssueKey) -> None: ...

    def id_of(self, key: IssueKey) -> IssueId: ...


@dataclass
class FakeTrackerWorld:
    tracker: FakeTracker = field(default_factory=FakeTracker)

    def __post_init__(self) -> None:
        self.tracker.queries = {
            STORIES: lambda issue: issue.hierarchy_level == 0,
            DONE_ONES: lambda issue: issue.category is StatusCategory.DONE,
            ALL: lambda _issue: True,
        }

    def add(self, kind: str, parent: IssueKey | None = None) -> IssueKey:
        number = len(self.tracker.kept) + 1
        key = IssueKey(f"HBR-{number}")
        self.tracker.put(
            Issue(
                id=IssueId(str(10000 + number)),
                key=key,
                summary=f"{kind} {number}",
                status="To Do",
                category=StatusCategory.NEW,
                resolution=None,
                parent=parent,
                hierarchy_level=LEVELS[kind],
                updated=LONG_AGO,
            )
        )
        return key

    def finish(self, key: IssueKey) -> None:
        done = replace(
            self.tracker.kept[key],
            status="Done",
            category=StatusCategory.DONE,
            resolution="Done",
            updated=datetime.now(UTC),
        )
        self.tracker.put(done)

    def hide(self, key: IssueKey) -> None:
        self.tracker.hidden.add(key)

    def id_of(self, key: IssueKey) -> IssueId:
        return self.tracker.kept[key].id


@dataclass
class SandboxTrackerWorld:
    connection: Connection

    @property
    def tracker(self) -> IssueTracker:
        return self.connection.jira

    def add(self, kind: str, parent: IssueKey | None = None) -> IssueKey:
        """As if it had been there for years, so that only what a test does is a change."""
        type_id = next(t.id for t in ISSUE_TYPES.values() if t.name == kind)
        site = self.connection.site
        given = {
            "project": {"key": "HBR"},
            "issuetype": {"id": type_id},
            "summary": kind,
            "parent": {"key": parent} if parent else None,
        }
        created = site.desk.create(given, BOT)
        site.issues.put(replace(created, updated=LONG_AGO), at=LONG_AGO)
        return IssueKey(created.key)

    def finish(self, key: IssueKey) -> None:
        desk, issue = self.connection.site.desk, self.connection.site.issues.find(key)
        assert issue is not None
        done = next(status for status in desk.allowed(issue) if status.category is DONE)
        desk.move(issue, done, {}, BOT)

    def hide(self, key: IssueKey) -> None:
        issue = self.connection.site.issues.find(key)
        assert issue is not None
        self.connection.site.issues.put(replace(issue, security_id=SEALED), at=LONG_AGO)

    def id_of(self, key: IssueKey) -> IssueId:
        issue = self.connection.site.issues.find(key)
        assert issue is not None
        return IssueId(str(issue.id))


@contextmanager
def tracker_world(kind: str) -> Iterator[TrackerWorld]:
    if kind == "fake":
        yield FakeTrackerWorld()
        return
    with planted("empty", flavor=kind) as connection:
        yield SandboxTrackerWorld(connection)
