"""`/rest/api/content`: reading."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.wiki.requests import (
    content_id,
    expand,
    number,
    paged,
    visible_page,
    writer,
)
from sandbox.datacenter.wiki.wire import BY_DEFAULT, rooted
from sandbox.guard import caller
from sandbox.site import current_site
from sandbox.wiki.comments import Comment
from sandbox.wiki.model import Page, Space

api = Blueprint("dc_content", __name__)

_STATUSES = {"current", "trashed", "historical", "draft", "any"}
_TYPES = {"page", "blogpost", "comment"}


@api.get("/content")
def contents() -> ResponseReturnValue:
    """Pages of all spaces or of one, by title, ids and status."""
    args, site, user = request.args, current_site(), caller()
    key, title = args.get("spaceKey"), args.get("title")
    space = known_space(key) if key is not None else None
    statuses = _asked_statuses("current")
    kinds = args.getlist("type") or ["page"]
    if unknown := set(kinds) - _TYPES:
        raise errors.invalid(f"No ContentType found for: {sorted(unknown)[0]}")
    ids = {part for given in args.getlist("ids") for part in given.split(",") if part}
    found = [
        page
        for page in site.pages.all()
        if page.status in statuses
        and (space is None or page.space.id == space.id)
        and (title is None or page.title.casefold() == title.casefold())
        and (not ids or str(page.id) in ids)
        and site.pages.may_read(page, user)
        and "page" in kinds
    ]
    asked = expand()
    return paged(found, lambda page: writer().page(page, asked))


def known_space(key: str) -> Space:
    site = current_site()
    found = next((one for one in site.pages.spaces() if one.key.casefold() == key.casefold()), None)
    if found is None or not site.pages.may_view(found, caller()):
        raise errors.wiki(HTTPStatus.NOT_FOUND, f"No space with key : {key}")
    return found


def _asked_statuses(default: str) -> set[str]:
    given = set(request.args.getlist("status")) or {default}
    if unknown := given - _STATUSES:
        raise errors.invalid(f"Invalid content status: {sorted(unknown)[0]}")
    return {"current", "trashed", "draft"} if "any" in given else given


@api.get("/content/<id>")
def content(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    """A page or a comment; `version` with `status=historical` gives an older state of a page."""
    asked = expand(BY_DEFAULT)
    held = found_comment(id)
    if held is not None:
        return rooted(current_site(), writer().comment(*held, asked))
    statuses = _asked_statuses("current")
    page = visible_page(id, *statuses | ({"current"} if "historical" in statuses else set()))
    wanted = number(request.args.get("version"), "version", 0)
    if wanted and wanted != page.version.number:
        page = _historical(page, wanted)
    return rooted(current_site(), writer().page(page, asked))


def _historical(page: Page, wanted: int) -> Page:
    older = current_site().pages.find(page.id, version=wanted)
    if older is None:
        raise errors.no_content(str(page.id))
    return older


def found_comment(id: str) -> tuple[Comment, Page] | None:  # noqa: A002 - the published parameter
    """The comment of this id with its page; None when the id is that of something else."""
    site = current_site()
    comment = site.pages.comments.find(content_id(id))
    page = site.pages.find(comment.page_id) if comment else None
    if comment is None or page is None or page.status != "current":
        return None
    return (comment, page) if site.pages.may_read(page, caller()) else None


@api.get("/content/<id>/history")
def history(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    page = visible_page(id, "current", "trashed")
    asked = expand("previousVersion,nextVersion,lastUpdated")
    return rooted(current_site(), writer().history(page, asked))
