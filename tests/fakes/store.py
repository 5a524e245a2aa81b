"""The port `OkrStore` in dictionaries."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from connector.core.alignment_findings import AlignmentFinding, told_to_all
from connector.core.okr import (
    FROZEN_STATES,
    Delivery,
    EpicLink,
    IssueId,
    IssueKey,
    JiraLink,
    KeyResult,
    KrKey,
    PageId,
    PageState,
    SiteId,
    StoredPage,
)
from connector.core.publishing import Published
from connector.ports import MeasuredPage, StoredDelivery


@dataclass
class FakeStore:
    """As the real store, and what it holds may be read straight from its fields."""

    kept: dict[tuple[SiteId, PageId], StoredPage] = field(default_factory=dict)
    measured: dict[tuple[SiteId, KrKey], Delivery] = field(default_factory=dict)
    touches: dict[tuple[SiteId, JiraLink, IssueId], datetime] = field(default_factory=dict)
    down: dict[tuple[SiteId, str], datetime] = field(default_factory=dict)
    swept: dict[SiteId, datetime] = field(default_factory=dict)
    left: dict[tuple[SiteId, PageId], Published] = field(default_factory=dict)
    aligned: dict[tuple[SiteId, PageId], tuple[AlignmentFinding, ...]] = field(default_factory=dict)
    revisions_of: Counter[tuple[SiteId, PageId]] = field(default_factory=Counter)

    def ping(self) -> None:
        pass

    def page(self, site: SiteId, page: PageId) -> StoredPage | None:
        return self.kept.get((site, page))

    def pages(self, site: SiteId) -> list[StoredPage]:
        mine = [page for page in self.kept.values() if page.site == site]
        return sorted(mine, key=lambda page: (page.title, page.page))

    def save_page(self, page: StoredPage) -> bool:
        place = page.site, page.page
        old = self.kept.get(place)
        if old and old.version > page.version:
            return False
        seen = replace(old, read_at=page.read_at, last_number=page.last_number) if old else None
        self.revisions_of[place] += page != seen
        self.kept[place] = page
        linked = {key_result.key for key_result, _ in _linked(page)}
        for key_result in _key_results(old):
            if key_result.key not in linked:
                self.measured.pop((page.site, key_result.key), None)
        return True

    def links(self, site: SiteId) -> Mapping[JiraLink, frozenset[KrKey]]:
        fed: dict[JiraLink, frozenset[KrKey]] = {}
        for key_result in self._live(site):
            for link in key_result.links:
                fed[link] = fed.get(link, frozenset()) | {key_result.key}
        return fed

    def links_counting(self, site: SiteId, issue: IssueKey) -> frozenset[JiraLink]:
        return frozenset(
            link
            for key_result in self._live(site)
            if (delivery := self.delivery(site, key_result.key))
            and any(counted.key == issue for counted in delivery.issues)
            for link in key_result.links
        )

    def moved_by(self, site: SiteId, issue: IssueKey) -> Mapping[PageId, frozenset[KrKey]]:
        moved = {one.key for one in self._live(site) if self._moves(site, issue, one)}
        found: dict[PageId, frozenset[KrKey]] = {}
        for page in self.pages(site):
            if mine := moved & {one.key for one in _key_results(page)}:
                found[page.page] = frozenset(mine)
        return found

    def _moves(self, site: SiteId, issue: IssueKey, one: KeyResult) -> bool:
        delivery = self.delivery(site, one.key)
        counted = delivery.issues if delivery else ()
        return EpicLink(issue) in one.links or any(each.key == issue for each in counted)

    def delivery(self, site: SiteId, key_result: KrKey) -> Delivery | None:
        return self.measured.get((site, key_result))

    def deliveries(self, site: SiteId, page: PageId) -> Mapping[KrKey, Delivery]:
        return {
            key_result.key: self.measured[site, key_result.key]
            for key_result in _key_results(self.page(site, page))
            if (site, key_result.key) in self.measured
        }

    def save_deliveries(self, site: SiteId, found: Collection[StoredDelivery]) -> None:
        shown_on = {
            key_result.key: page.page
            for page in self.pages(site)
            for key_result, _ in _linked(page)
        }
        grown = set()
        for one in found:
            old = self.delivery(site, one.key_result)
            late = old is not None and old.read_at >= one.delivery.read_at
            if one.key_result in shown_on and not late:
                self.measured[site, one.key_result] = one.delivery
                grown.add((site, shown_on[one.key_result]))
        self.revisions_of.update(grown)

    def touch(
        self, site: SiteId, issue: IssueId, links: Collection[JiraLink], at: datetime
    ) -> None:
        for link in links:
            known = self.touches.get((site, link, issue), at)
            self.touches[site, link, issue] = max(at, known)

    def touched(self, site: SiteId, links: Collection[JiraLink], since: datetime) -> list[IssueId]:
        latest: dict[IssueId, datetime] = {}
        for (where, link, issue), at in self.touches.items():
            if where == site and link in links and at >= since:
                latest[issue] = max(at, latest.get(issue, at))
        return sorted(latest, key=lambda issue: (-latest[issue].timestamp(), issue))

    def last_event(self, site: SiteId) -> datetime | None:
        return max((at for (where, *_), at in self.touches.items() if where == site), default=None)

    def revision(self, site: SiteId, page: PageId) -> int:
        return self.revisions_of[site, page]

    def revisions(self, site: SiteId) -> Mapping[PageId, int]:
        return {page.page: self.revisions_of[site, page.page] for page in self.pages(site)}

    def measured_pages(self, site: SiteId, pages: Collection[PageId]) -> list[MeasuredPage]:
        kept = [page for page in self.pages(site) if page.page in pages]
        return [
            MeasuredPage(
                page,
                self.revisions_of[site, page.page],
                self.deliveries(site, page.page),
                self.alignment(site, page.page),
            )
            for page in kept
        ]

    def alignment(self, site: SiteId, page: PageId) -> tuple[AlignmentFinding, ...]:
        return self.aligned.get((site, page), ())

    def keep_alignment(
        self, site: SiteId, found: Mapping[PageId, tuple[AlignmentFinding, ...]]
    ) -> frozenset[PageId]:
        changed = {
            page
            for page, now in found.items()
            if (site, page) in self.kept and now != self.alignment(site, page)
        }
        for page in changed:
            before = self.alignment(site, page)
            self.revisions_of[site, page] += told_to_all(before) != told_to_all(found[page])
            self.aligned[site, page] = found[page]
        return frozenset(changed)

    def readings(self, site: SiteId) -> Mapping[PageId, int]:
        return {page.page: int(page.read_at.timestamp() * 1e6) for page in self.pages(site)}

    def note_outage(self, site: SiteId, product: str, since: datetime | None) -> None:
        if self.down.get((site, product)) == since:
            return
        self.down.pop((site, product), None)
        if since is not None:
            self.down[site, product] = since
        self.revisions_of.update(place for place in self.kept if place[0] == site)

    def outages(self, site: SiteId) -> Mapping[str, datetime]:
        return {product: since for (where, product), since in self.down.items() if where == site}

    def last_sweep(self, site: SiteId) -> datetime | None:
        return self.swept.get(site)

    def note_sweep(self, site: SiteId, began: datetime) -> None:
        self.swept[site] = max(began, self.swept.get(site, began))

    def published(self, site: SiteId, page: PageId) -> Published | None:
        return self.left.get((site, page))

    def note_published(self, site: SiteId, found: Published) -> None:
        if (site, found.page) in self.kept:
            self.left[site, found.page] = found

    def pages_to_publish(
        self, site: SiteId, *, changed: datetime, unchanged: datetime, most: int
    ) -> list[PageId]:
        due: list[tuple[float, PageId]] = []
        for page in self.pages(site):
            left = self.left.get((site, page.page))
            if left is None:
                due.append((0.0, page.page))
            else:
                moved = left.revision != self.revisions_of[site, page.page]
                if left.checked_at < (changed if moved else unchanged):
                    due.append((left.checked_at.timestamp(), page.page))
        return [page for _, page in sorted(due)[:most]]

    def forget_all(self, site: SiteId) -> None:
        self.swept.pop(site, None)
        everything: tuple[dict[tuple[SiteId, str], object], ...]
        everything = (  # type: ignore[assignment]  # keys differ after the site
            self.kept,
            self.measured,
            self.touches,
            self.down,
            self.revisions_of,
            self.aligned,
        )
        self.left = {place: one for place, one in self.left.items() if place[0] != site}
        for kept in everything:
            for key in [key for key in kept if key[0] == site]:
                del kept[key]

    def _live(self, site: SiteId) -> Iterator[KeyResult]:
        for page in self.pages(site):
            if page.state in (PageState.READ, PageState.ERRORS):
                yield from (key_result for key_result, live in _linked(page) if live)


def _key_results(page: StoredPage | None) -> Iterator[KeyResult]:
    for objective in page.okrs.objectives if page and page.okrs else ():
        yield from objective.key_results


def _linked(page: StoredPage) -> Iterator[tuple[KeyResult, bool]]:
    for objective in page.okrs.objectives if page.okrs else ():
        for key_result in objective.key_results:
            if key_result.links:
                yield key_result, objective.state not in FROZEN_STATES
