"""Pages of Confluence Cloud: found by CQL (v1), read by v2, in as few calls as it takes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from connector.atlassian.answers import TooMuch
from connector.atlassian.batches import batches
from connector.atlassian.cql import labelled_pages, titled_page
from connector.atlassian.endpoints import Read
from connector.atlassian.http import Door
from connector.atlassian.memory import ShortMemory
from connector.atlassian.people import People
from connector.atlassian.wiki_wire import (
    base_of,
    label_names,
    next_cursor,
    page,
    searched_labels,
    stamp,
)
from connector.core.errors import NotFound, Unavailable
from connector.core.json import JsonObject
from connector.core.okr import PageId
from connector.ports import Clock, PageStamp, WikiPage

FOUND_PER_CALL = 200
READ_PER_CALL = 50
MOST_ANSWERS = 1000
_LABELS_LAST = timedelta(minutes=10)
_EXPAND = "content.version,content.metadata.labels"

Params = dict[str, str | int]


class ConfluenceCloud:
    """
    WikiPages over one site.

    Labels: the v2 list has none, so they are taken from the search that found the page, when
    that was a few minutes ago; any other page is read alone, where labels come with it.
    """

    def __init__(self, door: Door, clock: Clock) -> None:
        self._door = door
        self._clock = clock
        self._labels: ShortMemory[PageId, frozenset[str]] = ShortMemory(lasting=_LABELS_LAST)
        self._people = People(door)

    def find_okr_pages(self, labels: Collection[str], since: datetime | None) -> list[PageStamp]:
        """
        One call per 200 pages. Adding a label does not change a page's `lastmodified`, so a
        search with `since` does not see it; the webhook or the next full search does.
        """
        if not labels:
            return []
        params: Params = {
            "cql": labelled_pages(labels, since, now=self._clock.now()),
            "limit": FOUND_PER_CALL,
            "expand": _EXPAND,
        }
        found: dict[PageId, PageStamp] = {}
        for result in self._results(Read.WIKI_SEARCH, params):
            seen = stamp(result)
            if seen is not None:
                found[seen.page] = seen
                self._remember(seen.page, searched_labels(result))
        return list(found.values())

    def read_pages(self, pages: Sequence[PageId]) -> list[WikiPage]:
        """Only current pages: trashed, archived and deleted ones are missing."""
        wanted = [found for found in dict.fromkeys(pages) if found.isascii() and found.isdecimal()]
        known = {} if len(wanted) == 1 else {p: self._labels.recall(p) for p in wanted}
        together = [found for found in wanted if known.get(found) is not None]
        read = {
            one.page: one
            for batch in batches(together, READ_PER_CALL)
            for one in self._read_many(batch, known)
        }
        for alone in wanted:
            if alone not in together and (one := self._read_one(alone)) is not None:
                read[alone] = one
        return [read[found] for found in wanted if found in read]

    def find_page(self, space: str, title: str) -> PageId | None:
        """One call; the index lags, so a page renamed a moment ago may not be found yet."""
        params: Params = {"cql": titled_page(space, title), "limit": 1, "expand": _EXPAND}
        found = (stamp(one) for one in self._results(Read.WIKI_SEARCH, params))
        return next((one.page for one in found if one is not None), None)

    def name_people(self, accounts: Collection[str]) -> Mapping[str, str]:
        """One call per 250 accounts that were not asked for within the hour."""
        return self._people.names(accounts)

    def _remember(self, found: PageId, labels: frozenset[str] | None) -> None:
        if labels is None:
            self._labels.forget(found)
        else:
            self._labels.keep(found, labels)

    def _read_many(
        self, pages: Sequence[PageId], labels: dict[PageId, frozenset[str] | None]
    ) -> list[WikiPage]:
        params: Params = {
            "id": ",".join(pages),
            "status": "current",
            "body-format": "storage",
            "limit": READ_PER_CALL,
        }
        try:
            results = list(self._results(Read.PAGES, params))
        except TooMuch:
            if len(pages) == 1:
                raise
            half = len(pages) // 2
            return self._read_many(pages[:half], labels) + self._read_many(pages[half:], labels)
        return [
            page(
                given, labels=labels[found] or frozenset(), base=base_of(given, self._door.base_url)
            )
            for given in results
            if (found := PageId(str(given.get("id")))) in labels
        ]

    def _read_one(self, wanted: PageId) -> WikiPage | None:
        params: Params = {
            "status": "current",
            "body-format": "storage",
            "include-labels": "true",
        }
        try:
            given = self._door.read(Read.PAGE, part=wanted, params=params)
        except NotFound:
            return None
        if given.get("status", "current") != "current":
            return None
        labels = self._all_labels(wanted, given)
        self._labels.keep(wanted, labels)
        return page(given, labels=labels, base=base_of(given, self._door.base_url))

    def _all_labels(self, wanted: PageId, given: JsonObject) -> frozenset[str]:
        """A page includes its first 50 labels; only beyond that they are asked for."""
        included = given.get("labels")
        if not isinstance(included, dict) or not isinstance(included.get("results"), list):
            raise Unavailable("confluence: a page without the labels that were asked for")
        meta = included.get("meta")
        if not (isinstance(meta, dict) and meta.get("hasMore")):
            return label_names(included["results"])
        params: Params = {"limit": 250}
        return label_names(list(self._results(Read.PAGE_LABELS, params, part=wanted)))

    def _results(self, what: Read, params: Params, *, part: str = "") -> Iterator[JsonObject]:
        """
        All results over all pages of the answer, of which some may be empty: what our account
        may not see is taken out of them. A cursor that comes again is an error.
        """
        seen: set[str] = set()
        cursor: str | None = None
        for _ in range(MOST_ANSWERS):
            answer = self._door.read(
                what, part=part, params=params | ({"cursor": cursor} if cursor else {})
            )
            results = answer.get("results")
            if not isinstance(results, list):
                raise Unavailable(f"confluence {what.name.lower()} answered without results")
            base = base_of(answer, self._door.base_url)
            for result in results:
                yield result | {"_links": {"base": base} | result.get("_links", {})}
            cursor = next_cursor(answer)
            if cursor is None:
                return
            if cursor in seen:
                raise Unavailable(f"confluence {what.name.lower()} repeats its cursor")
            seen.add(cursor)
        raise Unavailable(f"confluence {what.name.lower()} does not come to an end")
