"""`/wiki/api/v2/pages` and `/wiki/api/v2/spaces`."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import member, wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire
from sandbox.wiki.changes import create_page, purge_page, trash_page, update_page
from sandbox.wiki.model import Page
from sandbox.wiki.render import rendered
from sandbox.wiki.requests import (
    body_object,
    editable_page,
    flag,
    number,
    numbers,
    paged,
    readable_page,
)
from sandbox.wire import JsonObject, as_object, as_text

bp = Blueprint("wiki_pages", __name__, url_prefix="/wiki/api/v2")
bp.before_request(wiki_gate)

MOST_IDS = 250
MOST_SPACES = 100
RENDERED = {"view", "export_view", "anonymous_export_view", "styled_view"}
REQUIRED = ("id", "status", "title", "body", "version")


@bp.get("/spaces")
def get_spaces() -> ResponseReturnValue:
    keys = {k for given in request.args.getlist("keys") for k in given.split(",") if k}
    ids = set(numbers("ids", most=MOST_IDS))
    found = [
        space
        for space in current_site().pages.spaces()
        if (not keys or space.key in keys) and (not ids or space.id in ids)
    ]
    return paged(found, wire.space)


@bp.get("/pages")
def get_pages() -> ResponseReturnValue:
    ids = set(numbers("id", most=MOST_IDS))
    spaces = set(numbers("space-id", most=MOST_SPACES))
    title = request.args.get("title")
    statuses = _statuses() or {"current", "archived"}
    form = request.args.get("body-format")
    if form not in {None, "storage"}:
        raise _unsupported(form)
    site, user = current_site(), member()
    found = [
        page
        for page in site.pages.all()
        if (not ids or page.id in ids)
        and (not spaces or page.space.id in spaces)
        and (title is None or page.title == title)
        and page.status in statuses
        and site.pages.may_read(page, user)
    ]
    return paged(found, lambda page: wire.page(page, {"storage": page.body} if form else {}))


@bp.get("/pages/<id>")
def get_page(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    page = readable_page(id, statuses=sorted(_statuses() or {"current", "archived", "trashed"}))
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
        return {form: str(rendered(page, current_site()))}
    raise _unsupported(form)


def _unsupported(form: str | None) -> errors.Refused:
    return errors.wiki_invalid(
        f"Provided value {{{form}}} for 'body-format' is not supported by this sandbox"
    )


def _statuses() -> set[str]:
    return {s for given in request.args.getlist("status") for s in given.split(",") if s}


@bp.post("/pages")
def post_page() -> ResponseReturnValue:
    body = body_object()
    space = current_site().pages.space(str(number(body.get("spaceId"), "spaceId")))
    if space is None:
        raise errors.wiki_not_found()
    parent = body.get("parentId")
    if parent is not None:
        readable_page(str(parent))
    page = create_page(
        current_site(),
        space=space,
        title=as_text(body.get("title")),
        body=_storage(body.get("body", {"representation": "storage", "value": ""})),
        parent_id=int(parent) if parent is not None else None,
        author=member(),
    )
    return written(page, "storage")


@bp.put("/pages/<id>")
def put_page(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    body = body_object()
    for name in REQUIRED:
        if body.get(name) is None:
            raise errors.wiki_invalid(f"Required field '{name}' is missing")
    if str(body["id"]) != id:
        raise errors.wiki_invalid("The id in the path and the id in the body are not the same")
    if body["status"] != "current":
        raise errors.wiki_invalid("Only status 'current' is supported by this sandbox")
    page = editable_page(id, statuses=("current", "trashed"))
    version = as_object(body["version"])
    after = update_page(
        current_site(),
        page,
        title=as_text(body["title"]),
        body=_storage(body["body"]),
        number=_version_number(version.get("number")),
        author=member(),
        message=as_text(version.get("message")),
        minor=version.get("minorEdit") is True,
    )
    return written(after, "storage")


@bp.delete("/pages/<id>")
def delete_page(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    purge = flag("purge")
    page = editable_page(id, statuses=("trashed",) if purge else ("current",))
    (purge_page if purge else trash_page)(current_site(), page, member())
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


def _storage(body: object) -> str:
    """Both published forms: `{representation, value}` and `{storage: {representation, value}}`."""
    given = as_object(body)
    given = as_object(given.get("storage", given))
    if given.get("representation", "storage") != "storage":
        raise errors.wiki_invalid("Only the storage representation is supported by this sandbox")
    value = given.get("value")
    if not isinstance(value, str):
        raise errors.wiki_invalid("Body value must be provided as text")
    return value
