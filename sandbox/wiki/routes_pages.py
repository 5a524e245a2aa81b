"""`/wiki/api/v2/pages` and `/wiki/api/v2/spaces`."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller, member, wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire
from sandbox.wiki.changes import check_storage, create_page, purge_page, trash_page, update_page
from sandbox.wiki.drafts import discard_draft, save_draft
from sandbox.wiki.model import Page, Space
from sandbox.wiki.render import rendered
from sandbox.wiki.requests import (
    body_object,
    editable_page,
    flag,
    number,
    numbers,
    paged,
    readable_page,
    storage_asked,
    storage_given,
    unsupported,
)
from sandbox.wire import JsonObject, as_object, as_text

bp = Blueprint("wiki_pages", __name__, url_prefix="/wiki/api/v2")
bp.before_request(wiki_gate)

MOST_IDS = 250
MOST_SPACES = 100
RENDERED = {"view", "export_view", "anonymous_export_view", "styled_view"}
SORTS: dict[str, Callable[[Page], Any]] = {
    "id": lambda page: page.id,
    "title": lambda page: page.title,
    "created-date": lambda page: page.created,
    "modified-date": lambda page: page.version.created,
}
REQUIRED = ("id", "status", "title", "body", "version")


@bp.get("/spaces")
def get_spaces() -> ResponseReturnValue:
    pages = current_site().pages
    keys = {k for given in request.args.getlist("keys") for k in given.split(",") if k}
    ids = set(numbers("ids", most=MOST_IDS))
    found = [
        space
        for space in pages.spaces()
        if pages.may_view(space, caller())
        and (not keys or space.key in keys)
        and (not ids or space.id in ids)
    ]
    return paged(found, wire.space)


@bp.get("/spaces/<id>")
def get_space(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    answer = wire.space(_space(id))
    answer["_links"]["base"] = f"{current_site().base}/wiki"
    return answer


def _space(space_id: object) -> Space:
    pages = current_site().pages
    found = pages.space(str(number(space_id, "id")))
    if found is None or not pages.may_view(found, caller()):
        raise errors.wiki_not_found()
    return found


@bp.get("/pages")
def get_pages() -> ResponseReturnValue:
    return _listing(set(numbers("space-id", most=MOST_SPACES)))


@bp.get("/spaces/<id>/pages")
def get_space_pages(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    return _listing({_space(id).id})


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


def _listing(spaces: set[int], chosen: Callable[[Page], bool] = lambda _page: True) -> Response:
    ids = set(numbers("id", most=MOST_IDS))
    title = request.args.get("title")
    statuses = _statuses() or {"current", "archived"}
    roots = request.args.get("depth") == "root"
    with_body = storage_asked()
    site, user = current_site(), caller()
    found = [
        page
        for page in site.pages.all()
        if (not ids or page.id in ids)
        and (not spaces or page.space.id in spaces)
        and (title is None or page.title == title)
        and page.status in statuses
        and not (roots and page.parent_id is not None)
        and site.pages.may_read(page, user)
        and chosen(page)
    ]
    _sort(found)
    return paged(found, lambda page: wire.page(page, {"storage": page.body} if with_body else {}))


def _sort(found: list[Page]) -> None:
    order = request.args.get("sort", "id")
    key = SORTS.get(order.removeprefix("-"))
    if key is None:
        raise errors.wiki_invalid(f"Provided value {{{order}}} for 'sort' is not supported")
    found.sort(key=key, reverse=order.startswith("-"))


@bp.get("/pages/<id>")
def get_page(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    statuses, drafts = _statuses() or {"current", "archived", "trashed"}, flag("get-draft")
    page = readable_page(id, statuses=sorted(statuses | ({"draft"} if drafts else set())))
    if drafts:
        page = current_site().pages.drafts.of(page)
    if "version" in request.args:
        asked = number(request.args["version"], "version")
        older = current_site().pages.find(page.id, version=asked)
        if older is None:
            raise errors.wiki_not_found()
        page = older
    return written(page, request.args.get("body-format"))


def written(page: Page, form: str | None) -> JsonObject:
    """One page with what the request wants included."""
    pages, link = current_site().pages, f"/wiki/api/v2/pages/{page.id}"
    answer = wire.page(page, _bodies(page, form))
    answer["_links"]["base"] = f"{current_site().base}/wiki"
    if flag("include-labels"):
        labels = [wire.label(label) for label in pages.labels(page)]
        answer["labels"] = wire.included(labels, f"{link}/labels")
    if flag("include-properties"):
        held = [wire.content_property(found) for found in pages.properties(page)]
        answer["properties"] = wire.included(held, f"{link}/properties")
    return answer


def _bodies(page: Page, form: str | None) -> dict[str, str]:
    if form is None:
        return {}
    if form == "storage":
        return {"storage": page.body}
    if form in RENDERED:
        return {form: str(rendered(page, current_site(), caller()))}
    raise unsupported(form)


def _statuses() -> set[str]:
    return {s for given in request.args.getlist("status") for s in given.split(",") if s}


@bp.post("/pages")
def post_page() -> ResponseReturnValue:
    body = body_object()
    space, author = _space(body.get("spaceId")), member()
    if not current_site().pages.may_work(space, author):
        raise errors.wiki_not_found()
    status = body.get("status", "current")
    if status not in {"current", "draft"}:
        raise errors.wiki_invalid("A page is created as current or draft")
    page = create_page(
        current_site(),
        space=space,
        title=as_text(body.get("title")),
        body=storage_given(body.get("body", {"representation": "storage", "value": ""})),
        parent_id=_parent(body),
        author=author,
        draft=status == "draft",
    )
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
            raise errors.wiki_invalid(f"Required field '{name}' is missing")
    if str(body["id"]) != id:
        raise errors.wiki_invalid("The id in the path and the id in the body are not the same")
    if body["status"] not in {"current", "draft"}:
        raise errors.wiki_invalid("A page is updated as current or draft")
    page = editable_page(id, statuses=("current", "trashed", "draft"))
    version, text = as_object(body["version"]), storage_given(body["body"])
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
    if status not in {"current", "draft"}:
        raise errors.wiki_invalid("Required field 'status' is missing")
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


@bp.get("/pages/<id>/labels")
def get_labels(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    page = readable_page(id)
    prefix = request.args.get("prefix")
    labels = [lb for lb in current_site().pages.labels(page) if prefix in {None, lb.prefix}]
    return paged(labels, wire.label)


def _version_number(value: object) -> int | None:
    """None for what is no number, which conflicts with every version."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None
