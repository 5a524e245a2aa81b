"""`/wiki/rest/api/search`: CQL, for which v2 has nothing."""

import base64
import binascii
import json
import time
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode
from xml.sax.saxutils import escape

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller, wiki_gate
from sandbox.query.words import highlighter
from sandbox.site import current_site
from sandbox.wiki import wire_content
from sandbox.wiki.cql import CqlError, CqlSearch, sought_words
from sandbox.wiki.cql_fields import words_of
from sandbox.wiki.model import Page
from sandbox.wiki.requests_v1 import bad_request, expansions, whole
from sandbox.wire import JsonObject, as_object, as_text

bp = Blueprint("wiki_search", __name__, url_prefix="/wiki/rest/api")
bp.before_request(wiki_gate)

DEFAULT_RESULTS = 25
MOST_RESULTS = 250
EXCERPT = 300
EXCERPTS = ("highlight", "indexed", "none", "highlight_unescaped", "indexed_unescaped")
_KEPT = ("cql", "cqlcontext", "expand", "excerpt")


@bp.get("/search")
def search() -> ResponseReturnValue:
    started, show = time.monotonic(), _excerpts()

    def written(page: Page, expand: list[str]) -> JsonObject:
        return wire_content.search_result(page, expand, show(page))

    answer = _answer("/rest/api/search", written)
    took = int((time.monotonic() - started) * 1000)
    return answer | {"cqlQuery": request.args.get("cql", ""), "searchDuration": took}


@bp.get("/content/search")
def search_content() -> ResponseReturnValue:
    answer = _answer("/rest/api/content/search", wire_content.content)
    del answer["totalSize"]
    return answer


def _answer(path: str, written: Callable[[Page, list[str]], JsonObject]) -> JsonObject:
    limit = min(whole("limit", DEFAULT_RESULTS), MOST_RESULTS)
    start = _opened(request.args.get("cursor")) or whole("start", 0)
    site, found = current_site(), _found()
    expand = expansions()
    shown = found[start : start + limit]
    links = {"base": f"{site.base}/wiki", "context": "/wiki", "self": request.url}
    if shown and start + limit < len(found):
        kept = {n: request.args[n] for n in _KEPT if n in request.args}
        following = {"limit": limit, "start": start + limit} | kept
        query = urlencode({"next": "true", "cursor": _cursor(start + limit)} | following)
        links["next"] = f"{path}?{query}"
    return {
        "results": [written(page, expand) for page in shown],
        "start": start,
        "limit": limit,
        "size": len(shown),
        "totalSize": len(found),
        "_links": links,
    }


def _excerpts() -> Callable[[Page], str]:
    """By the parameter `excerpt`: the words that were sought stand between marks."""
    kind = request.args.get("excerpt", "highlight")
    if kind not in EXCERPTS:
        raise bad_request(f"'{kind}' is no excerpt strategy")
    if kind == "none":
        return lambda _page: ""
    sought = None
    if kind.startswith("highlight"):
        try:
            sought = highlighter(sought_words(request.args.get("cql", "")))
        except CqlError as error:
            raise bad_request(str(error)) from error

    def written(page: Page) -> str:
        words = words_of(page)
        place = sought.search(words) if sought else None
        start = max(0, place.start() - EXCERPT // 2) if place else 0
        part = words[start : start + EXCERPT]
        part = part if kind.endswith("_unescaped") else escape(part)
        return sought.sub(r"@@@hl@@@\g<0>@@@endhl@@@", part) if sought else part

    return written


def _found() -> list[Page]:
    site, context = current_site(), _context()
    space, content = as_text(context.get("spaceKey")), as_text(context.get("contentId"))
    asking = CqlSearch(caller(), site.now(), site.pages, space or None, content or None)
    try:
        return asking.find(request.args.get("cql", ""))
    except CqlError as error:
        raise errors.wiki_v1(HTTPStatus.BAD_REQUEST, str(error)) from error


def _context() -> JsonObject:
    """What `currentSpace()` and `currentContent()` mean."""
    try:
        return as_object(json.loads(request.args.get("cqlcontext", "{}")))
    except ValueError as error:
        raise errors.wiki_v1(HTTPStatus.BAD_REQUEST, "cqlcontext is not JSON") from error


def _cursor(start: int) -> str:
    return "_sa_" + base64.urlsafe_b64encode(str(start).encode()).decode()


def _opened(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        return int(base64.urlsafe_b64decode(cursor.removeprefix("_sa_").encode()))
    except (binascii.Error, ValueError) as error:
        raise errors.wiki_v1(HTTPStatus.BAD_REQUEST, "Invalid cursor") from error
