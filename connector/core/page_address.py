"""Which page a person means by what they paste: an id, or an address from a browser.

The forms are those of Cloud (`/wiki/spaces/KEY/pages/ID/Title`) and of Data Center, old and new
(`/pages/viewpage.action?pageId=ID`, `/display/KEY/Title`).
"""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, unquote, unquote_plus, urlsplit

from connector.core.errors import BadInput
from connector.core.okr import PageId

LONGEST = 2_000
_ID = re.compile(r"[0-9]{1,19}")
_BY_ID = re.compile(r"/pages/(?:edit-v2/|edit/)?([0-9]{1,19})(?:/|$)")
_BY_TITLE = re.compile(r"/display/([^/]+)/([^/]+)/?$")
_OTHER_KINDS = re.compile(
    r"/spaces/[^/]+/(?:blog|whiteboard|database|folder|embed)/|/display/[^/]+/\d{4}/\d\d/\d\d/"
)
_TINY = re.compile(r"/x/[A-Za-z0-9_-]+/?$|/l/c[p]?/")
_SPACE = re.compile(r"/(?:spaces|display)/[^/]+(?:/(?:overview|pages))?/?$|/viewspace\.action$")
# Behind it the pages of every site have addresses of their own.
_GATEWAY = "api.atlassian.com"


@dataclass(frozen=True, slots=True)
class PageById:
    page: PageId


@dataclass(frozen=True, slots=True)
class PageByTitle:
    """A title is unique within a space."""

    space: str
    title: str


PageMeant = PageById | PageByTitle


class NoPageMeant(BadInput):
    """The text names no page. `reason` is one of unreadable, tiny, elsewhere, space, other_kind."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"names no page: {reason}")
        self.reason = reason


def page_meant(text: str, *, wiki_url: str = "") -> PageMeant:
    """The page behind an id or an address; raises NoPageMeant.

    An address of another host than `wiki_url` is refused: ids are given out anew on every site.

    >>> page_meant("https://x.example/wiki/spaces/OKR/pages/65601/Q4")
    PageById(page='65601')
    >>> page_meant("/display/OKR/Company+OKRs+Q4")
    PageByTitle(space='OKR', title='Company OKRs Q4')
    """
    said = text.strip().strip("<>")[:LONGEST]
    if _ID.fullmatch(said):
        return PageById(PageId(said))
    address = _address(said)
    _same_site(address, wiki_url)
    found = _by_id(address) or _by_title(address)
    if found is None:
        raise NoPageMeant(_what_it_is(address.path))
    return found


def _address(said: str) -> SplitResult:
    try:
        address = urlsplit(said)
        _ = address.hostname
    except ValueError:
        raise NoPageMeant("unreadable") from None
    if address.scheme not in ("", "http", "https"):
        raise NoPageMeant("unreadable")
    return address


def _same_site(address: SplitResult, wiki_url: str) -> None:
    ours, theirs = urlsplit(wiki_url).hostname, address.hostname
    if theirs and ours and ours != _GATEWAY and theirs.rstrip(".") != ours:
        raise NoPageMeant("elsewhere")


def _by_id(address: SplitResult) -> PageById | None:
    if _OTHER_KINDS.search(address.path):
        return None
    in_path = _BY_ID.search(address.path)
    given = in_path[1] if in_path else _asked(address, "pageId")
    return PageById(PageId(given)) if _ID.fullmatch(given) else None


def _by_title(address: SplitResult) -> PageByTitle | None:
    if _OTHER_KINDS.search(address.path):
        return None
    in_path = _BY_TITLE.search(address.path)
    if in_path:
        return PageByTitle(unquote(in_path[1]), unquote_plus(in_path[2]))
    space, title = _asked(address, "spaceKey"), _asked(address, "title")
    return PageByTitle(space, title) if space and title else None


def _asked(address: SplitResult, name: str) -> str:
    return parse_qs(address.query).get(name, [""])[0].strip()


def _what_it_is(path: str) -> str:
    if _TINY.search(path):
        return "tiny"
    if _OTHER_KINDS.search(path):
        return "other_kind"
    return "space" if _SPACE.search(path) else "unreadable"
