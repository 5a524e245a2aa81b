"""`/wiki/api/v2/pages`: one page, from its first draft to the trash."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import member, wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire
from sandbox.wiki.bodies import body_given, single_asked
from sandbox.wiki.changes import check_storage, create_page, purge_page, trash_page, update_page
from sandbox.wiki.drafts import discard_draft, save_draft
from sandbox.wiki.model import Label, Page
from sandbox.wiki.page_parts import operations, written
from sandbox.wiki.requests import (
    body_object,
    chosen,
    editable_page,
    flag,
    number,
    paged,
    readable_page,
    sort,
    visible_space,
)
from sandbox.wire import JsonObject, as_object, as_text

bp = Blueprint("wiki_pages", __name__, url_prefix="/wiki/api/v2")
bp.before_request(wiki_gate)

STATUSES = ("current", "archived", "trashed", "deleted", "historical", "draft")
WRITTEN = ("current", "draft")
KEPT = {"current", "archived", "trashed"}
LABEL_SORTS: dict[str, Callable[[Label], Any]] = {
    "id": lambda label: label.id,
    "created-date": lambda label: label.id,
    "name": lambda label: label.name,
}
REQUIRED = ("id", "status", "title", "body", "version")
REQUIRED_MISSING = "Required field '{}' is missing"


@bp.get("/pages/<id>")
def get_page(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    statuses, drafts = chosen("status", STATUSES) or KEPT, flag("get-draft")
    page = readable_page(id, statuses=sorted(statuses | ({"draft"} if drafts else set())))
    if drafts:
        page = current_site().pages.drafts.of(page)
    if "version" in request.args:
        asked = number(request.args["version"], "version")
        older = current_site().pages.find(page.id, version=asked)
        if older is None:
            raise errors.wiki_not_found()
        page = older
    return written(page, single_asked())


@bp.post("/pages")
def post_page() -> ResponseReturnValue:
    body = body_object()
    if body.get("spaceId") is None:
        raise errors.wiki_invalid(REQUIRED_MISSING.format("spaceId"))
    space, author = visible_space(body["spaceId"], "spaceId"), member()
    if not current_site().pages.may_work(space, author):
        raise errors.wiki_not_found()
    status = body.get("status", "current")
    if status not in WRITTEN:
        raise errors.wiki_invalid("A page is created as current or draft")
    if flag("root-level") and body.get("parentId") is not None:
        raise errors.wiki_invalid("A page at the root level cannot have a parentId")
    page = create_page(
        current_site(),
        space=space,
        title=as_text(body.get("title")),
        body=body_given(body.get("body", {"representation": "storage", "value": ""})),
        parent_id=_parent(body),
        author=author,
        draft=status == "draft",
    )
    if flag("private"):
        current_site().pages.restrict(page, author, may_edit=True)
    return written(page, "storage")


def _parent(body: JsonObject, page: Page | None = None) -> int | None:
    """The page it is to be under; no page comes under itself."""
    if body.get("parentId") is None:
        return None
    parent = readable_page(str(body["parentId"]))
    above = {parent.id, *(higher.id for higher in current_site().pages.ancestors(parent))}
    if page is not None and page.id in above:
        raise errors.wiki_invalid("A page cannot be moved under itself")
    return parent.id


@bp.put("/pages/<id>")
def put_page(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    body = body_object()
    for name in REQUIRED:
        if body.get(name) is None:
            raise errors.wiki_invalid(REQUIRED_MISSING.format(name))
    if str(body["id"]) != id:
        raise errors.wiki_invalid("The id in the path and the id in the body are not the same")
    if body["status"] not in WRITTEN:
        raise errors.wiki_invalid("A page is updated as current or draft")
    page = editable_page(id, statuses=("current", "trashed", "draft"))
    version, text = as_object(body["version"]), body_given(body["body"])
    title, count = as_text(body["title"]), _version_number(version.get("number"))
    site, author = current_site(), member()
    if body["status"] == "draft":
        check_storage(text)
        draft = save_draft(site, page, title=title, body=text, number=count, author=author)
        return written(draft, "storage")
    after = update_page(
        site,
        page,
        title=title,
        body=text,
        number=count,
        author=author,
        message=as_text(version.get("message")),
        minor=version.get("minorEdit") is True,
        parent_id=_parent(body, page),
    )
    return written(after, "storage")


@bp.put("/pages/<id>/title")
def put_title(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    body = body_object()
    status, title = body.get("status"), as_text(body.get("title"))
    if status not in WRITTEN:
        raise errors.wiki_invalid(REQUIRED_MISSING.format("status"))
    page, site = editable_page(id, statuses=("current", "draft")), current_site()
    if status == "draft":
        text = site.pages.drafts.of(page).body
        draft = save_draft(site, page, title=title, body=text, number=1, author=member())
        return written(draft, None)
    following = 1 if page.status == "draft" else page.version.number + 1
    after = update_page(site, page, title=title, body=page.body, number=following, author=member())
    return written(after, None)


@bp.delete("/pages/<id>")
def delete_page(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    site = current_site()
    if flag("draft"):
        discard_draft(site, editable_page(id, statuses=("draft", "current")))
        return "", HTTPStatus.NO_CONTENT
    purge = flag("purge")
    page = editable_page(id, statuses=("trashed",) if purge else ("current",))
    (purge_page if purge else trash_page)(site, page, member())
    return "", HTTPStatus.NO_CONTENT


@bp.get("/pages/<id>/operations")
def get_operations(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    return {"operations": operations(readable_page(id))}


@bp.get("/pages/<id>/labels")
def get_labels(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    page = readable_page(id)
    prefix = request.args.get("prefix")
    labels = [lb for lb in current_site().pages.labels(page) if prefix in {None, lb.prefix}]
    sort(labels, LABEL_SORTS)
    return paged(labels, wire.label)


def _version_number(value: object) -> int | None:
    """None for what is no number, which conflicts with every version."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
