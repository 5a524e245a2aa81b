"""A small world for use cases: one page, one epic, fakes for everything outside."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from connector.core.events import IssueMoved
from connector.core.okr import (
    Issue,
    IssueId,
    IssueKey,
    JiraLink,
    PageId,
    SiteId,
    StatusCategory,
)
from connector.core.policy import Policy
from connector.ports import WikiPage
from connector.usecases.handle import Ports
from tests.fakes.store import FakeStore
from tests.fakes.tracker import FakeTracker
from tests.fakes.wiki import FakeWiki

SITE = SiteId("example.atlassian.net")
PAGE = PageId("101")
EPIC = IssueKey("PAY-1")
MORNING = datetime(2026, 11, 23, 9, tzinfo=UTC)

ROW = "<tr><td><p>{title}</p></td><td><p>{target}</p></td><td><p>{epic}</p></td></tr>"
BODY = """<h2>Objective: Customers pay without a second thought</h2><table><tbody>
<tr><th><p>Key Result</p></th><th><p>Target</p></th><th><p>Epic</p></th></tr>{rows}
</tbody></table>"""


@dataclass
class FakeClock:
    moment: datetime = MORNING

    def now(self) -> datetime:
        return self.moment

    def pass_by(self, **span: float) -> None:
        self.moment += timedelta(**span)


class NoTurns:
    """Everybody at once."""

    @contextmanager
    def of(self, links: Collection[JiraLink]) -> Iterator[None]:
        yield

    def breathe(self, links: Collection[JiraLink]) -> None:
        pass


@dataclass
class World:
    wiki: FakeWiki = field(default_factory=FakeWiki)
    tracker: FakeTracker = field(default_factory=FakeTracker)
    store: FakeStore = field(default_factory=FakeStore)
    clock: FakeClock = field(default_factory=FakeClock)
    policy: Policy = field(default_factory=Policy)

    @property
    def ports(self) -> Ports:
        return Ports(self.wiki, self.tracker, self.store, self.clock, self.policy, NoTurns())

    def write(
        self, *rows: str, version: int = 1, labels: Collection[str] = ("okr",), body: str = ""
    ) -> None:
        """Save the page with these key results, or with this body."""
        page = WikiPage(
            PAGE,
            "Payments OKRs 2026 Q4",
            "PAY",
            "https://example.atlassian.net/wiki/spaces/PAY/pages/101",
            version,
            frozenset(labels),
            body or BODY.format(rows="".join(rows)),
            self.clock.now(),
        )
        self.wiki.save(page, self.clock.now())

    def plan(self, *categories: str) -> None:
        """An epic with one issue per category, numbered from 2."""
        self.tracker.put(issue(1, "new", level=1))
        for number, category in enumerate(categories, start=2):
            self.tracker.put(issue(number, category, parent=EPIC))


def row(title: str, *, target: str = "", epic: str = "") -> str:
    return ROW.format(title=title, target=target, epic=epic)


def issue(number: int, category: str, *, parent: IssueKey | None = None, level: int = 0) -> Issue:
    return Issue(
        IssueId(f"{10000 + number}"),
        IssueKey(f"PAY-{number}"),
        f"Issue {number}",
        category,
        StatusCategory(category),
        None,
        parent,
        level,
        MORNING,
    )


def moved(
    number: int, world: World, *, delivery: str = "d-1", parents: tuple[IssueKey, ...] = (EPIC,)
) -> IssueMoved:
    return IssueMoved(
        SITE,
        IssueKey(f"PAY-{number}"),
        IssueId(f"{10000 + number}"),
        parents,
        delivery,
        world.clock.now(),
    )
