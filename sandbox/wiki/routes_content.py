"""
`/wiki/rest/api/content`: pages and comments by the API's first version.

It has been deprecated since 2023 and is answered still, with a header that says so.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller, member, wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire_content, wire_parts
from sandbox.wiki.changes import purge_page, trash_page
from sandbox.wiki.comments import Comment
from sandbox.wiki.content_changes import create, restored, updated
from sandbox.wiki.model import Page
from sandbox.wiki.requests_v1 import (
    as_v1,
    bad_request,
    body,
    editable_page,
    expansions,
    forbidden,
    not_found,
    readable_page,
    whole,
)
from sandbox.wire import JsonObject, as_object

bp = Blueprint("wiki_content", __name__, url_prefix="/wiki/rest/api/content")
bp.before_request(wiki_gate)

WARNING = '299 - "Deprecated API, will be removed on Mon, 31 Mar 2025"'
DEFAULT_EXPANDED = ["space", "history", "version"]
# Data Center's description says so, and clients of Cloud find `lastUpdated` without asking for it.
HISTORY_EXPANDED = ["previousVersion", "nextVersion", "lastUpdated"]
STATUSES = ("current", "trashed", "deleted", "historical", "draft", "archived", "any")
DEFAULT_RESULTS = 25
MOST_RESULTS = 250
_REFUSAL = "Could not update content"
_ORDERS: dict[str, Callable[[Page], Any]] = {
    "id": lambda page: page.id,
    "title": lambda page: page.title.casefold(),
    "history.createdDate": lambda page: page.created,
    "history.lastUpdated.when": lambda page: page.version.created,
}


@bp.errorhandler(errors.Refused)
def refused(error: errors.Refused) -> ResponseReturnValue:
    shaped = as_v1(error)
    return shaped.body, shaped.status, shaped.headers


@bp.after_request
def warn(response: Response) -> Response:
    response.headers["Warning"] = WARNING
    return response


def _statuses(default: set[str]) -> set[str]:
    given = {s for one in request.args.getlist("status") for s in one.split(",") if s}
    wrong = sorted(given - set(STATUSES))
    if wrong:
        raise bad_request(f"'{wrong[0]}' is no status of content")
    return set(STATUSES) if "any" in given else given or default


def paged(found: list[Page], path: str, expand: list[str]) -> JsonObject:
    start, limit = whole("start", 0), min(whole("limit", DEFAULT_RESULTS), MOST_RESULTS)
    shown = found[start : start + limit]
    base = f"{current_site().base}/wiki"
    links = {"self": f"{base}{path}", "base": base, "context": "/wiki"}
    if shown and start + limit < len(found):
        links["next"] = f"{path}?limit={limit}&start={start + limit}"
    results = [wire_content.content(page, expand) for page in shown]
    return {
        "results": results,
        "start": start,
        "limit": limit,
        "size": len(results),
        "_links": links,
    }


@bp.get("")
def get_contents() -> ResponseReturnValue:
    """Pages; there is no other content to list."""
    kind, title, key = (request.args.get(name) for name in ("type", "title", "spaceKey"))
    statuses, site = _statuses({"current"}), current_site()
    found = [
        page
        for page in site.pages.all()
        if kind in {None, "page"}
        and page.status in statuses
        and (title is None or page.title == title)
        and (key is None or page.space.key == key)
        and site.pages.may_read(page, caller())
    ]
    order, _, direction = request.args.get("orderby", "id").partition(" ")
    if order not in _ORDERS:
        raise bad_request(f"Cannot order by: {order}")
    found.sort(key=_ORDERS[order], reverse=direction.strip().casefold() == "desc")
    return paged(found, "/rest/api/content", expansions() or DEFAULT_EXPANDED)


def _shown(found: Page | tuple[Comment, Page]) -> JsonObject:
    expand = expansions() or DEFAULT_EXPANDED
    if isinstance(found, Page):
        answer = wire_content.content(found, expand)
    else:
        answer = wire_content.comment(*found, expand)
    answer["_links"] |= {"base": f"{current_site().base}/wiki", "context": "/wiki"}
    return answer


@bp.post("")
def post_content() -> ResponseReturnValue:
    """A page or a comment; a draft is published by its id."""
    return _shown(create(as_object(body())))


@bp.get("/<id>")
def get_content(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    statuses = _statuses({"current", "archived"})
    comment = _comment(id)
    if comment is not None:
        return _shown(comment)
    if "historical" in statuses:
        statuses |= {"current"}
    page = readable_page(id, statuses=sorted(statuses))
    if "draft" in statuses and "current" not in statuses:
        page = current_site().pages.drafts.of(page)
    if version := whole("version", 0):
        older = current_site().pages.find(page.id, version=version)
        if older is None:
            raise not_found(id)
        page = older
    user = caller()
    if request.args.get("trigger") == "viewed" and user is not None:
        current_site().pages.watches.view(page.id, user.account_id)
    return _shown(page)


def _comment(content_id: str) -> tuple[Comment, Page] | None:
    """Comments and pages have no id in common."""
    if not content_id.isdecimal():
        return None
    found = current_site().pages.comments.find(int(content_id))
    return (found, readable_page(str(found.page_id))) if found else None


@bp.put("/<id>")
def put_content(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    page = editable_page(id, _REFUSAL, statuses=("current", "trashed", "draft"))
    return _shown(updated(page, as_object(body())))


@bp.delete("/<id>")
def delete_content(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    """To the trash; with `status=trashed` out of it for good. Comments are gone at once."""
    comment = _comment(id)
    if comment is not None:
        _delete_comment(*comment)
        return "", HTTPStatus.NO_CONTENT
    status = request.args.get("status", "current")
    wanted = status if status in {"current", "trashed", "draft"} else "current"
    page = editable_page(id, "Could not delete content", statuses=(wanted,))
    (trash_page if wanted == "current" else purge_page)(current_site(), page, member())
    return "", HTTPStatus.NO_CONTENT


def _delete_comment(comment: Comment, _page: Page) -> None:
    comments = current_site().pages.comments
    first = comments.find(comment.id, version=1)
    if first is None or first.version.author != member().account_id:
        raise forbidden("Could not delete content")
    comments.remove(comment)


@bp.get("/<id>/history")
def get_history(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    return wire_parts.history(readable_page(id), expansions() or HISTORY_EXPANDED)


@bp.get("/<id>/version")
def get_versions(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    """The newest first."""
    page = readable_page(id)
    found = current_site().pages.versions(page)[::-1]
    start, limit = whole("start", 0), min(whole("limit", 200), 200)
    shown = [wire_content.version(one, expansions()) for one in found[start : start + limit]]
    path = f"/rest/api/content/{page.id}/version"
    return wire_parts.listed(shown, path) | {"start": start, "limit": limit}


@bp.get("/<id>/version/<version_number>")
def get_version(id: str, version_number: str) -> ResponseReturnValue:  # noqa: A002 - as published
    return wire_content.version(_version(readable_page(id), version_number), expansions())


def _version(page: Page, number: object) -> Page:
    text = str(number)
    asked = int(text) if text.isdecimal() else 0
    found = current_site().pages.find(page.id, version=asked)
    if found is None:
        raise errors.wiki_v1(HTTPStatus.NOT_FOUND, f"No version {number} of content {page.id}")
    return found


@bp.post("/<id>/version")
def post_version(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    """`restore`: an older version's text once more, as the next version."""
    page = editable_page(id, _REFUSAL)
    given = as_object(body())
    params = as_object(given.get("params"))
    if given.get("operationKey") != "restore":
        raise bad_request("operationKey must be restore")
    older = _version(page, params.get("versionNumber"))
    return wire_content.version(restored(page, older, params), expansions())
