"""`/wiki/rest/api/user`: who am I, who is that, and what do they watch."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.errors import Refused
from sandbox.guard import member, wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire_v1
from sandbox.wiki.requests_v1 import bad_request, chosen_user, forbidden, readable_page

bp = Blueprint("wiki_people", __name__, url_prefix="/wiki/rest/api/user")
bp.before_request(wiki_gate)


@bp.get("/current")
def current_user() -> ResponseReturnValue:
    return wire_v1.user(member())


@bp.get("")
def get_user() -> ResponseReturnValue:
    if "accountId" not in request.args:
        raise bad_request("accountId must be provided")
    return wire_v1.user(chosen_user(by_admin=False))


def _content(content_id: str) -> str:
    try:
        return str(readable_page(content_id).id)
    except Refused:
        raise forbidden("You do not have permission to view the content") from None


def _space(space_key: str) -> str:
    pages = current_site().pages
    space = pages.space(space_key)
    if space is None or space.key != space_key or not pages.may_view(space, member()):
        raise forbidden("You do not have permission to view the space")
    return space.key


def _watching(kind: str, target: str) -> ResponseReturnValue:
    found = current_site().pages.watches.watching(kind, target, chosen_user().account_id)
    return {"watching": found}


def _change(kind: str, target: str) -> ResponseReturnValue:
    if request.headers.get("X-Atlassian-Token") != "no-check":
        raise forbidden("XSRF check failed")
    watches = current_site().pages.watches
    change = watches.watch if request.method == "POST" else watches.unwatch
    change(kind, target, chosen_user().account_id)
    return "", HTTPStatus.NO_CONTENT


@bp.get("/watch/content/<content_id>")
def is_watching_content(content_id: str) -> ResponseReturnValue:
    return _watching("content", _content(content_id))


@bp.route("/watch/content/<content_id>", methods=["POST", "DELETE"])
def watch_content(content_id: str) -> ResponseReturnValue:
    return _change("content", _content(content_id))


@bp.get("/watch/space/<space_key>")
def is_watching_space(space_key: str) -> ResponseReturnValue:
    return _watching("space", _space(space_key))


@bp.route("/watch/space/<space_key>", methods=["POST", "DELETE"])
def watch_space(space_key: str) -> ResponseReturnValue:
    return _change("space", _space(space_key))
