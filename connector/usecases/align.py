"""Keep the network of a site in step with its pages: what changed, and whom that touches.

The network stands in memory and is made from the store when it is first needed; what it remarks
is kept in the store, so that whoever shows a page needs no network. Several processes may each
have one: all come to the same remarks, and whoever wrote looks again until nothing is new.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import RLock

from connector.core.alignment import Aligned
from connector.core.alignment_findings import AlignmentFinding, Named, in_words
from connector.core.alignment_reading import aligned_of
from connector.core.findings import Finding
from connector.core.lint.aligning import Alignments
from connector.core.okr import ObjectiveKey, PageId, SiteId, StoredPage
from connector.core.policy import Policy
from connector.ports import OkrStore

# Pages that changed since we last looked are read one by one, more than these all together.
_FEW = 100
_MOST_ROUNDS = 5
NAMELESS = "–"


@dataclass(frozen=True, slots=True)
class PageAlignment:
    """What is remarked about a page, with the names of all whom it mentions; for those who may
    know everything. `page` is the page's title."""

    title: str
    found: tuple[AlignmentFinding, ...]
    names: Mapping[ObjectiveKey, Named]


NOT_ALIGNED = PageAlignment("", (), {})


@dataclass(slots=True)
class SiteNetwork:
    """
    The network of one site, as of the last look at its pages.

    One thread at a time changes it; the others wait, for a change takes milliseconds.
    """

    _alignments: Alignments | None = None
    _readings: dict[PageId, int] = field(default_factory=dict)
    _unwritten: set[PageId] = field(default_factory=set)
    _guard: RLock = field(default_factory=RLock)

    def align(
        self, site: SiteId, *, store: OkrStore, policy: Policy, changed: Collection[PageId] = ()
    ) -> frozenset[PageId]:
        """
        Look at the pages that were read since the last time, `changed` among them, and keep what
        is remarked about them and about those that they touch. Which pages have other remarks.
        """
        told: frozenset[PageId] = frozenset()
        with self._guard:
            for _ in range(_MOST_ROUNDS):
                if not self._catch_up(site, store, policy, changed) and not self._unwritten:
                    break
                told |= self._write(site, store)
                changed = ()
        return told

    def preview(self, page: StoredPage, *, store: OkrStore, policy: Policy) -> PageAlignment:
        """What would be remarked about the page as it is given; nothing of it is kept."""
        with self._guard:
            self._catch_up(page.site, store, policy, ())
            there = self._there
            before = there.network.on_page(page.page)
            there.replace(page.page, _aligned(page, policy))
            try:
                return self._of_page(page.page)
            finally:
                there.replace(page.page, before)

    def listed(
        self, site: SiteId, *, store: OkrStore, policy: Policy
    ) -> tuple[dict[PageId, PageAlignment], tuple[Finding, ...]]:
        """Every page of which something is remarked, by title, and what is remarked about all."""
        with self._guard:
            self.align(site, store=store, policy=policy)
            there = self._there
            pages = {there.network.objectives[key].page for key in there.found}
            found = [(page, self._of_page(page)) for page in pages]
            found.sort(key=lambda one: (one[1].title.casefold(), one[0]))
            return dict(found), there.of_the_network

    def preview_findings(
        self, page: StoredPage, *, store: OkrStore, policy: Policy
    ) -> tuple[Finding, ...]:
        """The same in words, for those who may know everything."""
        if page.shown is None:
            return ()
        seen = self.preview(page, store=store, policy=policy)
        return tuple(in_words(seen.found, page.shown, seen.names, hidden=NAMELESS))

    def size(self) -> int:
        """How many objectives the network has."""
        with self._guard:
            return len(self._alignments.network.objectives) if self._alignments else 0

    def _of_page(self, page: PageId) -> PageAlignment:
        objectives = self._there.network.objectives
        found = self._there.of_page(page)
        mentioned = {one.objective for one in found}
        mentioned |= {other.objective for one in found for other in one.others}
        named = {
            key: Named(one.title, one.cycle.code if one.cycle else "")
            for key in mentioned
            if (one := objectives.get(key))
        }
        title = next((one.page_title for one in self._there.network.on_page(page)), "")
        return PageAlignment(title, found, named)

    @property
    def _there(self) -> Alignments:
        """After the first look at the pages."""
        assert self._alignments is not None
        return self._alignments

    def _catch_up(
        self, site: SiteId, store: OkrStore, policy: Policy, changed: Collection[PageId]
    ) -> bool:
        """Whether anything was looked at. A page whose reading fails is looked at next time."""
        readings = store.readings(site)
        due = [page for page, number in readings.items() if self._readings.get(page) != number]
        due += [page for page in changed if page in readings and page not in due]
        gone = self._readings.keys() - readings.keys()
        if self._alignments is None:
            self._fill(store.pages(site), policy)
        else:
            for page in _read(site, due, store):
                self._replace(page.page, page, policy)
        for page_id in gone:
            self._replace(page_id, None, policy)
        self._readings = dict(readings)
        return bool(due or gone)

    def _fill(self, pages: Iterable[StoredPage], policy: Policy) -> None:
        """All at once: nobody was told anything yet, so nobody is touched."""
        kept = list(pages)
        objectives = [one for page in kept for one in _aligned(page, policy)]
        self._alignments = Alignments(policy.lint, objectives, spaces=policy.spaces)
        self._unwritten |= {page.page for page in kept}

    def _replace(self, page: PageId, now: StoredPage | None, policy: Policy) -> None:
        there = self._there
        touched = there.replace(page, _aligned(now, policy) if now else ())
        self._unwritten |= {there.network.objectives[key].page for key in touched} | {page}

    def _write(self, site: SiteId, store: OkrStore) -> frozenset[PageId]:
        found = {page: self._there.of_page(page) for page in self._unwritten}
        told = store.keep_alignment(site, found)
        self._unwritten.clear()
        return told


def _aligned(page: StoredPage, policy: Policy) -> tuple[Aligned, ...]:
    return aligned_of(page, fiscal_year_start_month=policy.fiscal_year_start_month)


def _read(site: SiteId, due: list[PageId], store: OkrStore) -> Iterator[StoredPage]:
    if len(due) > _FEW:
        wanted = set(due)
        yield from (page for page in store.pages(site) if page.page in wanted)
        return
    for one in due:
        if page := store.page(site, one):
            yield page
