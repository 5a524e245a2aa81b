"""The port `WikiPages` in a dictionary."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from connector.core.errors import Unavailable
from connector.core.okr import PageId
from connector.ports import PageStamp, WikiPage

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass
class FakeWiki:
    """Pages that are there and shown; what is not in `kept` is trashed, hidden or unknown."""

    kept: dict[PageId, WikiPage] = field(default_factory=dict)
    saved_at: dict[PageId, datetime] = field(default_factory=dict)
    reads: list[PageId] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)
    asked_for: list[frozenset[str]] = field(default_factory=list)
    down: bool = False

    def save(self, page: WikiPage, at: datetime = LONG_AGO) -> None:
        self.kept[page.page] = page
        self.saved_at[page.page] = at

    def trash(self, page: PageId) -> None:
        del self.kept[page]

    def find_okr_pages(self, labels: Collection[str], since: datetime | None) -> list[PageStamp]:
        self._answer()
        return [
            PageStamp(page.page, page.version)
            for page in self.kept.values()
            if page.labels & set(labels) and (since is None or self.saved_at[page.page] >= since)
        ]

    def read_pages(self, pages: Sequence[PageId]) -> list[WikiPage]:
        self._answer()
        self.reads.extend(pages)
        return [self.kept[page] for page in dict.fromkeys(pages) if page in self.kept]

    def find_page(self, space: str, title: str) -> PageId | None:
        self._answer()
        return next(
            (
                one.page
                for one in self.kept.values()
                if (one.space, one.title.casefold()) == (space, title.casefold())
            ),
            None,
        )

    def name_people(self, accounts: Collection[str]) -> Mapping[str, str]:
        self.asked_for.append(frozenset(accounts))
        if self.down:
            return {}
        return {one: self.people[one] for one in accounts if one in self.people}

    def _answer(self) -> None:
        if self.down:
            raise Unavailable("confluence is down")
