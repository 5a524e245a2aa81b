"""`/wiki/rest/api/content/{id}/child` and `…/descendant`."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.guard import wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire_content, wire_parts
from sandbox.wiki.model import Page
from sandbox.wiki.page_parts import children
from sandbox.wiki.requests_v1 import bad_request, expansions, readable_page, whole
from sandbox.wiki.routes_content import DEFAULT_RESULTS, MOST_RESULTS, paged, warn
from sandbox.wire import JsonObject

bp = Blueprint("wiki_content_kin", __name__, url_prefix="/wiki/rest/api/content/<id>")
bp.before_request(wiki_gate)
bp.after_request(warn)

KINDS = ("page", "comment", "attachment")
DEEPEST = 100


@bp.get("/child")
def get_children(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    return wire_content.kin(readable_page(id), expansions())


@bp.get("/child/comment")
def get_comments(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    return _comments(readable_page(id), "child")


@bp.get("/child/<type>")
def get_children_of_type(id: str, type: str) -> ResponseReturnValue:  # noqa: A002 - as published
    page = readable_page(id)
    return _of_type(page, type, children(page), "child")


@bp.get("/descendant")
def get_descendants(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    page, expand = readable_page(id), expansions()
    told = wire_content.kin(page, [one for one in expand if not one.startswith("page")])
    if any(one.startswith("page") for one in expand):
        found = [wire_content.content(one, []) for one in _below(page, DEEPEST)]
        path = f"/rest/api/content/{page.id}/descendant/page"
        told["page"] = wire_parts.listed(found, path)
        del told["_expandable"]["page"]
    return told


@bp.get("/descendant/<type>")
def get_descendants_of_type(id: str, type: str) -> ResponseReturnValue:  # noqa: A002 - as published
    page, depth = readable_page(id), request.args.get("depth", "all")
    if depth not in {"all", "root"} and not (depth.isdecimal() and 1 <= int(depth[:4]) <= DEEPEST):
        raise bad_request(f"'{depth}' is no depth")
    levels = {"all": DEEPEST, "root": 1}.get(depth) or int(depth)
    return _of_type(page, type, _below(page, levels), "descendant")


def _below(page: Page, levels: int) -> list[Page]:
    if levels == 0:
        return []
    return [one for child in children(page) for one in [child, *_below(child, levels - 1)]]


def _of_type(page: Page, kind: str, pages: list[Page], relation: str) -> JsonObject:
    if kind not in KINDS:
        raise bad_request(f"Cannot find {kind} {relation} of page")
    if kind == "comment":
        return _comments(page, relation)
    found = pages if kind == "page" else []
    return paged(found, f"/rest/api/content/{page.id}/{relation}/{kind}", expansions())


def _comments(page: Page, relation: str) -> JsonObject:
    start, limit = whole("start", 0), min(whole("limit", DEFAULT_RESULTS), MOST_RESULTS)
    wanted = {part for one in request.args.getlist("location") for part in one.split(",") if part}
    held = current_site().pages.comments
    found = [
        one
        for one in wire_content.comments(page)
        if not wanted or ("inline" if held.root(one).mark else "footer") in wanted
    ]
    shown = [wire_content.comment(one, page, expansions()) for one in found[start : start + limit]]
    path = f"/rest/api/content/{page.id}/{relation}/comment"
    return wire_parts.listed(shown, path) | {"start": start, "limit": limit}
