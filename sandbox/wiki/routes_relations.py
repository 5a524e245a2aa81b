"""`/wiki/rest/api/relation/favourite/…`: pages and spaces that somebody likes to find again."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import member, wiki_gate
from sandbox.site import current_site
from sandbox.wiki.requests_v1 import bad_request, forbidden, readable_page

bp = Blueprint("wiki_relations", __name__, url_prefix="/wiki/rest/api/relation")
bp.before_request(wiki_gate)

FAVOURITES = ("favourite", "favorite")
_ONE = "/<relation_name>/from/<source_type>/<source_key>/to/<target_type>/<target_key>"


@bp.route(_ONE, methods=["GET", "PUT", "DELETE"])
def relation(
    relation_name: str, source_type: str, source_key: str, target_type: str, target_key: str
) -> ResponseReturnValue:
    """Only favourites are kept, and only one's own."""
    if relation_name not in FAVOURITES or source_type != "user":
        raise bad_request("Only favourites of users are kept here")
    account = member().account_id
    if source_key not in {"current", account}:
        raise forbidden("Favourites are one's own")
    kind, target = _target(target_type, target_key)
    watches = current_site().pages.watches
    if request.method == "DELETE":
        watches.unwatch(kind, target, account)
        return "", HTTPStatus.NO_CONTENT
    if request.method == "PUT":
        watches.watch(kind, target, account)
    elif not watches.watching(kind, target, account):
        raise errors.wiki_v1(HTTPStatus.NOT_FOUND, "No such relation exists")
    return {
        "name": "favourite",
        "_expandable": {"relationData": "", "source": "", "target": ""},
        "_links": {"base": f"{current_site().base}/wiki", "self": request.base_url},
    }


def _target(kind: str, key: str) -> tuple[str, str]:
    if kind == "content":
        return "favourite", str(readable_page(key).id)
    pages = current_site().pages
    space = pages.space(key) if kind == "space" else None
    if space is None or space.key != key or not pages.may_view(space, member()):
        raise errors.wiki_v1(HTTPStatus.NOT_FOUND, f"No {kind} found with key: {key}")
    return "favourite-space", space.key
