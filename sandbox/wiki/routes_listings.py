"""`/wiki/api/v2/spaces`, and the lists of pages: of the site, of a space, of a label."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller, wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire
from sandbox.wiki.bodies import bodies_of, primary_asked
from sandbox.wiki.model import Page, Space
from sandbox.wiki.requests import chosen, number, numbers, paged, sort, visible_space

bp = Blueprint("wiki_listings", __name__, url_prefix="/wiki/api/v2")
bp.before_request(wiki_gate)

MOST_IDS = 250
MOST_SPACES = 100
STATUSES = ("current", "archived", "deleted", "trashed")
PAGE_SORTS: dict[str, Callable[[Page], Any]] = {
    "id": lambda page: page.id,
    "title": lambda page: page.title,
    "created-date": lambda page: page.created,
    "modified-date": lambda page: page.version.created,
}
SPACE_SORTS: dict[str, Callable[[Space], Any]] = {
    "id": lambda space: space.id,
    "key": lambda space: space.key,
    "name": lambda space: space.name,
}
SPACE_TYPES = (
    "global",
    "collaboration",
    "knowledge_base",
    "personal",
    "system",
    "onboarding",
    "xflow_sample_space",
)


@bp.get("/spaces")
def get_spaces() -> ResponseReturnValue:
    """Every space here is a current, global one without labels."""
    pages = current_site().pages
    keys = {k for given in request.args.getlist("keys") for k in given.split(",") if k}
    ids = set(numbers("ids", most=MOST_IDS))
    kinds, statuses = chosen("type", SPACE_TYPES), chosen("status", ("current", "archived"))
    none = (kinds and "global" not in kinds) or (statuses and "current" not in statuses)
    found = [
        space
        for space in pages.spaces()
        if pages.may_view(space, caller())
        and not (none or request.args.get("labels") or request.args.get("favorited-by"))
        and (not keys or space.key in keys)
        and (not ids or space.id in ids)
    ]
    sort(found, SPACE_SORTS)
    return paged(found, wire.space)


@bp.get("/spaces/<id>")
def get_space(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    answer = wire.space(visible_space(id))
    answer["_links"]["base"] = f"{current_site().base}/wiki"
    return answer


@bp.get("/pages")
def get_pages() -> ResponseReturnValue:
    return _listing(set(numbers("space-id", most=MOST_SPACES)))


@bp.get("/spaces/<id>/pages")
def get_space_pages(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    return _listing({visible_space(id).id})


@bp.get("/labels/<id>/pages")
def get_label_pages(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    pages = current_site().pages
    name = pages.label_name(number(id, "id"))
    if name is None:
        raise errors.wiki_not_found()
    spaces = set(numbers("space-id", most=MOST_SPACES))
    return _listing(
        spaces, lambda page: name in {(lb.prefix, lb.name) for lb in pages.labels(page)}
    )


def _listing(spaces: set[int], fits: Callable[[Page], bool] = lambda _page: True) -> Response:
    ids = set(numbers("id", most=MOST_IDS))
    title, form = request.args.get("title"), primary_asked()
    statuses = chosen("status", STATUSES) or {"current", "archived"}
    subtypes = chosen("subtype", ("live", "page"))
    roots = chosen("depth", ("all", "root")) == {"root"}
    site, user = current_site(), caller()
    found = [
        page
        for page in site.pages.all()
        if (not ids or page.id in ids)
        and (not spaces or page.space.id in spaces)
        and (title is None or page.title == title)
        and page.status in statuses
        and subtypes != {"live"}
        and not (roots and page.parent_id is not None)
        and site.pages.may_read(page, user)
        and fits(page)
    ]
    sort(found, PAGE_SORTS)
    return paged(found, lambda page: wire.page(page, bodies_of(page, form)))
