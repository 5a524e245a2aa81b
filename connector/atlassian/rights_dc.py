"""Which pages Confluence Data Center shows to somebody, asked with that person's token."""

from collections.abc import Callable, Collection, Sequence

from connector.atlassian.batches import batches
from connector.atlassian.dc_wire import start_of_next
from connector.atlassian.endpoints import Read
from connector.atlassian.http import Door
from connector.core.errors import Forbidden, NotFound, Unauthorized, Unavailable
from connector.core.okr import PageId
from connector.core.viewer import Viewer, ViewerNotAccepted

PAGES_PER_CALL = 100
_MOST_ANSWERS = 20


class DataCenterRights:
    """
    The port `PageRights` over one site.

    A search by id as the viewer, 100 pages per call and without bodies: it finds what its caller
    may view, as far as the index has learnt, and there is no list by id. Of somebody without a
    token only the site could tell, and it has no such question; people who are not signed in ask
    as nobody.
    """

    def __init__(self, viewer_door: Callable[[str], Door], nobodys_door: Door) -> None:
        self._viewer_door = viewer_door
        self._nobodys_door = nobodys_door

    def per_call(self, _viewer: Viewer) -> int:
        return PAGES_PER_CALL

    def readable(self, viewer: Viewer, pages: Collection[PageId]) -> frozenset[PageId]:
        if viewer.account and not viewer.token:
            return frozenset()
        wanted = [one for one in dict.fromkeys(pages) if one.isascii() and one.isdecimal()]
        door = self._viewer_door(viewer.token) if viewer.token else self._nobodys_door
        try:
            found = [_found(door, some) for some in batches(wanted, PAGES_PER_CALL)]
        except (Forbidden, NotFound):
            return frozenset()
        except Unauthorized as error:
            if not viewer.token:
                return frozenset()
            raise ViewerNotAccepted("the site does not accept the viewer's token") from error
        return frozenset[PageId]().union(*found)


def _found(door: Door, pages: Sequence[PageId]) -> frozenset[PageId]:
    cql = f"id in ({','.join(pages)}) and type = page"
    params: dict[str, str | int] = {"cql": cql, "limit": PAGES_PER_CALL}
    found: set[str] = set()
    start = 0
    for _ in range(_MOST_ANSWERS):
        answer = door.read(Read.DC_CONTENT_SEARCH, params=params | {"start": start})
        results = answer.get("results")
        if not isinstance(results, list):
            raise Unavailable("confluence content_search answered without results")
        found |= {str(one.get("id")) for one in results if isinstance(one, dict)}
        following = start_of_next(answer, start)
        if following is None:
            return frozenset(pages) & found
        if following <= start:
            raise Unavailable("confluence content_search repeats its start")
        start = following
    raise Unavailable("confluence content_search does not come to an end")
