"""`/wiki/rest/api/space`: spaces by key, which v2 knows by id alone. Deprecated, and answered."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller, wiki_gate
from sandbox.site import current_site
from sandbox.wiki.model import Space
from sandbox.wiki.requests_v1 import whole
from sandbox.wiki.routes_content import DEFAULT_RESULTS, MOST_RESULTS, warn
from sandbox.wire import JsonObject

bp = Blueprint("wiki_spaces", __name__, url_prefix="/wiki/rest/api/space")
bp.before_request(wiki_gate)
bp.after_request(warn)

EXPANDABLE = (
    "settings",
    "metadata",
    "operations",
    "lookAndFeel",
    "permissions",
    "icon",
    "description",
    "theme",
    "history",
    "homepage",
)


@bp.get("")
def get_spaces() -> ResponseReturnValue:
    start, limit = whole("start", 0), min(whole("limit", DEFAULT_RESULTS), MOST_RESULTS)
    keys = set(request.args.getlist("spaceKey"))
    found = [space for space in _visible() if not keys or space.key in keys]
    shown = [_written(space) for space in found[start : start + limit]]
    base = f"{current_site().base}/wiki"
    links = {"base": base, "context": "/wiki", "self": f"{base}/rest/api/space"}
    if shown and start + limit < len(found):
        links["next"] = f"/rest/api/space?limit={limit}&start={start + limit}"
    return {"results": shown, "start": start, "limit": limit, "size": len(shown), "_links": links}


@bp.get("/<space_key>")
def get_space(space_key: str) -> ResponseReturnValue:
    found = next((space for space in _visible() if space.key == space_key), None)
    if found is None:
        raise errors.wiki_v1(HTTPStatus.NOT_FOUND, f"No space found with key : {space_key}")
    answer = _written(found)
    answer["_links"] |= {"base": f"{current_site().base}/wiki", "context": "/wiki"}
    return answer


def _visible() -> list[Space]:
    pages = current_site().pages
    return [space for space in pages.spaces() if pages.may_view(space, caller())]


def _written(space: Space) -> JsonObject:
    """What could be expanded is nowhere set here, so that expanding it adds nothing."""
    return {
        "id": space.id,
        "key": space.key,
        "name": space.name,
        "type": "global",
        "status": "current",
        "_expandable": dict.fromkeys(EXPANDABLE, ""),
        "_links": {
            "webui": f"/spaces/{space.key}",
            "self": f"{current_site().base}/wiki/rest/api/space/{space.key}",
        },
    }
