"""`/wiki/rest/api/search`: CQL, for which v2 has nothing."""

import base64
import binascii
import json
import time
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller, wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire_v1
from sandbox.wiki.cql import CqlError, CqlSearch
from sandbox.wiki.model import Page
from sandbox.wire import JsonObject, as_object, as_text

bp = Blueprint("wiki_search", __name__, url_prefix="/wiki/rest/api")
bp.before_request(wiki_gate)

DEFAULT_RESULTS = 25
MOST_RESULTS = 250


@bp.get("/search")
def search() -> ResponseReturnValue:
    started = time.monotonic()
    answer = _answer("/rest/api/search", wire_v1.search_result)
    took = int((time.monotonic() - started) * 1000)
    return answer | {"cqlQuery": request.args.get("cql", ""), "searchDuration": took}


@bp.get("/content/search")
def search_content() -> ResponseReturnValue:
    answer = _answer("/rest/api/content/search", wire_v1.content)
    del answer["totalSize"]
    return answer


def _answer(path: str, written: Callable[[Page, list[str]], JsonObject]) -> JsonObject:
    limit = request.args.get("limit", DEFAULT_RESULTS, type=int)
    limit = max(1, min(limit, MOST_RESULTS))
    start = _opened(request.args.get("cursor")) or request.args.get("start", 0, type=int)
    site, found = current_site(), _found()
    expand = request.args.get("expand", "").split(",")
    shown = found[start : start + limit]
    links = {"base": f"{site.base}/wiki", "context": "/wiki", "self": request.url}
    if start + limit < len(found):
        kept = {n: request.args[n] for n in ("cql", "cqlcontext", "expand") if n in request.args}
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
