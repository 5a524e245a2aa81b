"""Pages of Confluence Data Center: found and read by CQL, in as few calls as it takes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from connector.atlassian.answers import TooMuch
from connector.atlassian.batches import batches
from connector.atlassian.cql import labelled_pages, titled_page
from connector.atlassian.dc_people import DcPeople
from connector.atlassian.dc_wire import page, stamp, start_of_next
from connector.atlassian.endpoints import Read
from connector.atlassian.http import Door
from connector.atlassian.memory import ShortMemory
from connector.atlassian.wiki_wire import base_of
from connector.core.errors import NotFound, Unavailable
from connector.core.json import JsonObject
from connector.core.okr import PageId
from connector.ports import Clock, PageStamp, WikiPage

FOUND_PER_CALL = 200
READ_PER_CALL = 50
MOST_ANSWERS = 1000
_GONE_FOR = timedelta(hours=12)
_READING = "body.storage,version,space,metadata.labels,history.lastUpdated"

Params = dict[str, str | int]


class ConfluenceDataCenter:
    """
    WikiPages over one site, through REST API v1, the only one there is.

    Many pages cost one search per 50. A search gives pages as they are now, though which ones
    comes from an index that lags: a page it does not find is read by itself, and if it is not
    there either, not asked for again among others until a search finds it.
    """

    def __init__(self, door: Door, clock: Clock) -> None:
        self._door = door
        self._clock = clock
        self._gone: ShortMemory[PageId, bool] = ShortMemory(lasting=_GONE_FOR)
        self._people = DcPeople(door)

    def find_okr_pages(self, labels: Collection[str], since: datetime | None) -> list[PageStamp]:
        """
        One call per 200 pages. Adding a label does not change a page's `lastmodified`, so a
        search with `since` does not see it; the webhook or the next full search does.
        """
        if not labels:
            return []
        cql = labelled_pages(labels, since, now=self._clock.now())
        found = [stamp(one) for one in self._search(cql, "version", FOUND_PER_CALL)]
        for one in found:
            self._gone.forget(one.page)
        return list({one.page: one for one in found}.values())

    def read_pages(self, pages: Sequence[PageId]) -> list[WikiPage]:
        """Only current pages: trashed, archived and deleted ones are missing."""
        wanted = [found for found in dict.fromkeys(pages) if found.isascii() and found.isdecimal()]
        read: dict[PageId, WikiPage] = {}
        together = [] if len(wanted) == 1 else wanted
        for batch in batches(together, READ_PER_CALL):
            read |= {one.page: one for one in self._read_many(batch)}
        for alone in wanted:
            if alone in read or (together and self._gone.recall(alone)):
                continue
            if (one := self._read_one(alone)) is not None:
                read[alone] = one
        return [read[found] for found in wanted if found in read]

    def find_page(self, space: str, title: str) -> PageId | None:
        """One call; the index lags, so a page renamed a moment ago may not be found yet."""
        found = self._search(titled_page(space, title), "version", 1)
        return next((stamp(one).page for one in found), None)

    def name_people(self, accounts: Collection[str]) -> Mapping[str, str]:
        """One call per person; a name is remembered for a week."""
        return self._people.names(accounts)

    def _read_many(self, pages: Sequence[PageId]) -> list[WikiPage]:
        try:
            cql = f"id in ({','.join(pages)}) and type = page"
            return [
                page(one, base=base_of(one, self._door.base_url))
                for one in self._search(cql, _READING, READ_PER_CALL)
            ]
        except TooMuch:
            if len(pages) == 1:
                raise
            half = len(pages) // 2
            return self._read_many(pages[:half]) + self._read_many(pages[half:])

    def _read_one(self, wanted: PageId) -> WikiPage | None:
        """
        By id, from the database; `status` keeps to its default, current. Anything else than a
        page (a blog post, a comment) has an id of the same kind.
        """
        try:
            given = self._door.read(Read.DC_CONTENT, part=wanted, params={"expand": _READING})
        except NotFound:
            given = {}
        if given.get("status", "current") != "current" or given.get("type") != "page":
            self._gone.keep(wanted, True)
            return None
        self._gone.forget(wanted)
        return page(given, base=base_of(given, self._door.base_url))

    def _search(self, cql: str, expand: str, limit: int) -> Iterator[JsonObject]:
        """
        All results. The site may give fewer at once than asked for, and fewer than it says:
        what our account may not see is taken out.
        """
        params: Params = {"cql": cql, "expand": expand, "limit": limit}
        start = 0
        for _ in range(MOST_ANSWERS):
            answer = self._door.read(Read.DC_CONTENT_SEARCH, params=params | {"start": start})
            results = answer.get("results")
            if not isinstance(results, list) or not all(isinstance(one, dict) for one in results):
                raise Unavailable("confluence content_search answered without results")
            base = base_of(answer, self._door.base_url)
            for one in results:
                links = one.get("_links")
                own = links if isinstance(links, dict) else {}
                yield one | {"_links": {"base": base} | own}
            following = start_of_next(answer, start)
            if following is None:
                return
            if following <= start:
                raise Unavailable("confluence content_search repeats its start")
            start = following
        raise Unavailable("confluence content_search does not come to an end")
