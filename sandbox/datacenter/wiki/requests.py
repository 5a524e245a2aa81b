"""What the routes of this product read and answer alike."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import urlencode

from flask import request

from sandbox.datacenter import errors
from sandbox.datacenter.wiki.content import ContentWriter
from sandbox.datacenter.wiki.expand import Expand
from sandbox.datacenter.wiki.wire import CONTEXT
from sandbox.guard import caller, member
from sandbox.site import current_site
from sandbox.wiki.model import Page
from sandbox.wiki.render import rendered
from sandbox.wire import JsonObject, is_text

T = TypeVar("T")
DEFAULT_RESULTS = 25
MOST_RESULTS = 200


def writer() -> ContentWriter:
    site = current_site()
    return ContentWriter(site, caller(), lambda page: str(rendered(page, site, reader=caller())))


def expand(default: str = "") -> Expand:
    """What the request asks for; the defaults count only when it asks for nothing."""
    asked = request.args.getlist("expand")
    return Expand.of(*asked) if any(asked) else Expand.of(default)


def body() -> JsonObject:
    given = request.get_json(silent=True)
    if not isinstance(given, dict) or not is_text(given):
        raise errors.invalid("Could not parse the body of the request as JSON")
    return given


def number(text: object, name: str, default: int) -> int:
    """A count of the query. Raises a 400 that names the parameter."""
    if text is None:
        return default
    if not str(text).isascii() or not str(text).isdecimal():
        raise errors.invalid(f"{name} must be a number and not negative, but was: {text}")
    return int(str(text)[:9])


def content_id(text: str) -> int:
    """An id of content. Raises a 400 for what is none, as Confluence does."""
    if not text.isascii() or not text.isdecimal():
        raise errors.invalid(f"Invalid content id: {text}")
    return int(text)


def visible_page(id: str, *statuses: str) -> Page:  # noqa: A002 - the published parameter
    """404 for what is missing and for what is hidden: nothing tells which."""
    pages = current_site().pages
    page = pages.find(content_id(id))
    if page is None or page.status not in (statuses or ("current",)):
        raise errors.no_content(id)
    if not pages.may_read(page, caller()):
        raise errors.no_content(id)
    return page


def editable_page(id: str, *statuses: str) -> Page:  # noqa: A002 - the published parameter
    page = visible_page(id, *statuses)
    if not current_site().pages.may_edit(page, member()):
        raise errors.wiki(403, f"User not permitted to edit content with id: ContentId{{id={id}}}")
    return page


def bounds() -> tuple[int, int]:
    """`start` and `limit`; a limit beyond the site's is lowered, and the answer says so."""
    start = number(request.args.get("start"), "start", 0)
    limit = number(request.args.get("limit"), "limit", DEFAULT_RESULTS)
    return start, min(limit, MOST_RESULTS)


def paged(found: Sequence[T], written: Callable[[T], JsonObject]) -> JsonObject:
    """One page of results; the next one is named in `_links.next`, below the context path."""
    start, limit = bounds()
    shown = found[start : start + limit]
    site = current_site()
    path = request.path.removeprefix(CONTEXT)
    query = request.query_string.decode()
    links: dict[str, str] = {
        "self": f"{site.wiki_base}{path}" + (f"?{query}" if query else ""),
        "base": site.wiki_base,
        "context": CONTEXT,
    }
    if limit and start + limit < len(found):
        links["next"] = f"{path}?{_query(start + limit, limit)}"
    if start > 0:
        links["prev"] = f"{path}?{_query(max(0, start - limit), limit)}"
    return {
        "results": [written(one) for one in shown],
        "start": start,
        "limit": limit,
        "size": len(shown),
        "_links": links,
    }


def _query(start: int, limit: int) -> str:
    kept = [(k, v) for k, v in request.args.items(multi=True) if k not in {"start", "limit"}]
    return urlencode([*kept, ("limit", limit), ("start", start)])
