"""Pages above and below a page."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire
from sandbox.wiki.model import Page
from sandbox.wiki.page_parts import children
from sandbox.wiki.requests import number, paged, readable_page
from sandbox.wire import JsonObject

bp = Blueprint("wiki_tree", __name__, url_prefix="/wiki/api/v2/pages/<id>")
bp.before_request(wiki_gate)

DEPTH = 2
DEEPEST = 5


@bp.get("/children")
def get_children(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    return paged(children(readable_page(id)), wire.child)


@bp.get("/direct-children")
def get_direct_children(id: str) -> ResponseReturnValue:  # noqa: A002 - as published
    return paged(children(readable_page(id)), lambda page: wire.child(page) | {"type": "page"})


@bp.get("/ancestors")
def get_ancestors(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    """The highest first."""
    found = current_site().pages.ancestors(readable_page(id))
    return paged(found, lambda page: {"id": str(page.id), "type": "page"})


@bp.get("/descendants")
def get_descendants(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    depth = number(request.args.get("depth", DEPTH), "depth")
    if not 1 <= depth <= DEEPEST:
        raise errors.wiki_invalid(f"depth must be between 1 and {DEEPEST}")
    return paged(_below(readable_page(id), 1, depth), _descendant)


def _below(page: Page, level: int, deepest: int) -> list[tuple[Page, int]]:
    if level > deepest:
        return []
    return [
        found
        for child in children(page)
        for found in [(child, level), *_below(child, level + 1, deepest)]
    ]


def _descendant(found: tuple[Page, int]) -> JsonObject:
    page, depth = found
    written = wire.child(page) | {"type": "page", "parentId": str(page.parent_id), "depth": depth}
    del written["spaceId"]
    return written
