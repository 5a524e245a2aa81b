"""Which pages Confluence Cloud shows to somebody, asked as that person or about them."""

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor

from connector.atlassian.batches import batches
from connector.atlassian.endpoints import Read
from connector.atlassian.http import Door
from connector.atlassian.wiki_wire import next_cursor
from connector.core.errors import Forbidden, NotFound, Unauthorized, Unavailable
from connector.core.json import JsonObject
from connector.core.okr import PageId
from connector.core.viewer import Viewer, ViewerNotAccepted

PAGES_PER_CALL = 100
# One less than there are connections, so that the work of the connector has one left.
AT_ONCE = 4
_MOST_ANSWERS = 20
_ANONYMOUS = "anonymous"


class CloudRights:
    """
    The port `PageRights` over one site.

    With the viewer's token: the list of pages by id, which holds only those that its caller may
    view, 100 per call and without bodies. It is read from the database, where a search would come
    from an index that learns of restrictions later.
    https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/#api-pages-get

    Without: the permission check, one page per call. An account of ours may ask it about others
    only as an administrator of Confluence; Atlassian's own package for apps, npm's @forge/auth, has
    apps ask it before they show anybody anything.
    https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content-permissions/
    """

    def __init__(self, door: Door, viewer_door: Callable[[str], Door]) -> None:
        self._door = door
        self._viewer_door = viewer_door

    def per_call(self, viewer: Viewer) -> int:
        return PAGES_PER_CALL if viewer.token else 1

    def readable(self, viewer: Viewer, pages: Collection[PageId]) -> frozenset[PageId]:
        wanted = [one for one in dict.fromkeys(pages) if one.isascii() and one.isdecimal()]
        if not viewer.token:
            return self._checked(viewer.account, wanted)
        door = self._viewer_door(viewer.token)
        found = (_listed(door, some) for some in batches(wanted, PAGES_PER_CALL))
        return frozenset[PageId]().union(*found)

    def _checked(self, account: str, pages: Sequence[PageId]) -> frozenset[PageId]:
        """The first page that cannot be asked about ends it: nothing is known then."""
        if not pages:
            return frozenset()
        subject = {"type": "user", "identifier": account or _ANONYMOUS}
        with ThreadPoolExecutor(min(AT_ONCE, len(pages))) as pool:
            verdicts = pool.map(lambda page: self._may_read(subject, page), pages)
            return frozenset(page for page, may in zip(pages, verdicts, strict=True) if may)

    def _may_read(self, subject: JsonObject, page: PageId) -> bool:
        body: JsonObject = {"subject": subject, "operation": "read"}
        try:
            answer = self._door.read(Read.PAGE_CHECK, part=page, body=body)
        except NotFound:
            return False
        verdict = answer.get("hasPermission")
        if not isinstance(verdict, bool):
            raise Unavailable("confluence page_check answered without hasPermission")
        return verdict


def _listed(door: Door, pages: Sequence[PageId]) -> frozenset[PageId]:
    """Those that are in the list; none for somebody who may not use Confluence at all."""
    params: dict[str, str | int] = {
        "id": ",".join(pages),
        "status": "current",
        "limit": PAGES_PER_CALL,
    }
    found: set[str] = set()
    for _ in range(_MOST_ANSWERS):
        try:
            answer = door.read(Read.PAGES, params=params)
        except (Forbidden, NotFound):
            return frozenset()
        except Unauthorized as error:
            raise ViewerNotAccepted("the site does not accept the viewer's token") from error
        results = answer.get("results")
        if not isinstance(results, list):
            raise Unavailable("confluence pages answered without results")
        found |= {str(one.get("id")) for one in results if isinstance(one, dict)}
        cursor = next_cursor(answer)
        if cursor is None:
            return frozenset(pages) & found
        params = params | {"cursor": cursor}
    raise Unavailable("confluence pages does not come to an end")
