"""`/wiki/rest/api/search`: CQL, for which v2 has nothing."""

import base64
import binascii
import time
from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import member, wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire_v1
from sandbox.wiki.cql import CqlError, CqlSearch

bp = Blueprint("wiki_search", __name__, url_prefix="/wiki/rest/api")
bp.before_request(wiki_gate)

DEFAULT_RESULTS = 25
MOST_RESULTS = 250


@bp.get("/search")
def search() -> ResponseReturnValue:
    started = time.monotonic()
    cql = request.args.get("cql", "")
    limit = request.args.get("limit", DEFAULT_RESULTS, type=int)
    limit = max(1, min(limit, MOST_RESULTS))
    start = _opened(request.args.get("cursor")) or request.args.get("start", 0, type=int)
    site = current_site()
    try:
        found = CqlSearch(member(), site.now(), site.pages).find(cql)
    except CqlError as error:
        raise errors.wiki_v1(HTTPStatus.BAD_REQUEST, str(error)) from error
    expand = request.args.get("expand", "").split(",")
    shown = found[start : start + limit]
    links = {"base": f"{site.base}/wiki", "context": "/wiki", "self": request.url}
    if start + limit < len(found):
        following = {"cql": cql, "limit": limit, "start": start + limit}
        if "expand" in request.args:
            following["expand"] = request.args["expand"]
        query = urlencode({"next": "true", "cursor": _cursor(start + limit)} | following)
        links["next"] = f"/rest/api/search?{query}"
    return {
        "results": [wire_v1.search_result(page, expand) for page in shown],
        "start": start,
        "limit": limit,
        "size": len(shown),
        "totalSize": len(found),
        "cqlQuery": cql,
        "searchDuration": int((time.monotonic() - started) * 1000),
        "_links": links,
    }


def _cursor(start: int) -> str:
    return "_sa_" + base64.urlsafe_b64encode(str(start).encode()).decode()


def _opened(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        return int(base64.urlsafe_b64decode(cursor.removeprefix("_sa_").encode()))
    except (binascii.Error, ValueError) as error:
        raise errors.wiki_v1(HTTPStatus.BAD_REQUEST, "Invalid cursor") from error
