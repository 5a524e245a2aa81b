"""`/wiki/rest/api/user`: who am I, who is that, and what do they watch."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.directory import User
from sandbox.errors import Refused
from sandbox.guard import member, wiki_gate
from sandbox.jira.groups import GROUPS
from sandbox.site import current_site
from sandbox.wiki import wire_v1
from sandbox.wiki.requests_v1 import (
    bad_request,
    chosen_user,
    expansions,
    forbidden,
    readable_page,
    whole,
)
from sandbox.wire import JsonObject

bp = Blueprint("wiki_people", __name__, url_prefix="/wiki/rest/api/user")
bp.before_request(wiki_gate)


@bp.get("/current")
def current_user() -> ResponseReturnValue:
    return _person(member())


@bp.get("")
def get_user() -> ResponseReturnValue:
    if "accountId" not in request.args:
        raise bad_request("accountId must be provided")
    return _person(chosen_user(by_admin=False))


def _person(user: User) -> JsonObject:
    """`operations` are those that the person may do, whoever asks."""
    answer = wire_v1.user(user)
    if "operations" in expansions():
        del answer["_expandable"]["operations"]
        answer["operations"] = wire_v1.site_operations(user)
    return answer


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


def _label(label_name: str) -> str:
    """403 for a label that no page has, as published."""
    pages, name = current_site().pages, label_name.casefold()
    if not any(name == label.name for page in pages.all() for label in pages.labels(page)):
        raise forbidden("No label exists with that name")
    return name


@bp.get("/watch/label/<label_name>")
def is_watching_label(label_name: str) -> ResponseReturnValue:
    return _watching("label", _label(label_name))


@bp.route("/watch/label/<label_name>", methods=["POST", "DELETE"])
def watch_label(label_name: str) -> ResponseReturnValue:
    return _change("label", _label(label_name))


@bp.get("/memberof")
def get_groups() -> ResponseReturnValue:
    user, start, limit = chosen_user(by_admin=False), whole("start", 0), whole("limit", 200)
    found = [wire_v1.group(name) for name, members in GROUPS.items() if user in members]
    shown = found[start : start + limit]
    links = {"base": f"{current_site().base}/wiki", "context": "/wiki", "self": request.base_url}
    return {
        "results": shown,
        "start": start,
        "limit": limit,
        "size": len(shown),
        "_links": links,
    }
