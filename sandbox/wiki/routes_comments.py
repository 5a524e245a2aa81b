"""`/wiki/api/v2/footer-comments`, and those of a page."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import member, wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire
from sandbox.wiki.changes import check_storage
from sandbox.wiki.comments import Comment
from sandbox.wiki.model import Page, Version
from sandbox.wiki.requests import (
    body_object,
    number,
    paged,
    readable_page,
    storage_asked,
    storage_given,
    unsupported,
)
from sandbox.wire import JsonObject, as_object, as_text

bp = Blueprint("wiki_comments", __name__, url_prefix="/wiki/api/v2")
bp.before_request(wiki_gate)


def _comment(comment_id: str, *, version: int | None = None) -> tuple[Comment, Page]:
    """404 for a comment that is missing, and for one on a page that is not for this reader."""
    found = current_site().pages.comments.find(number(comment_id, "comment-id"), version=version)
    if found is None:
        raise errors.wiki_not_found()
    return found, readable_page(str(found.page_id))


def _written(comment: Comment, page: Page, *, with_body: bool) -> JsonObject:
    view = f"/spaces/{page.space.key}/pages/{page.id}?focusedCommentId={comment.id}"
    written: JsonObject = {
        "id": str(comment.id),
        "status": "current",
        "title": f"Re: {page.title}",
        "version": wire.version(comment.version),
        "body": wire.bodies({"storage": comment.body} if with_body else {}),
        "_links": {"webui": view},
    }
    if comment.parent_id is None:
        return written | {"pageId": str(page.id)}
    return written | {"parentCommentId": str(comment.parent_id)}


def _single(comment: Comment, page: Page, form: str | None) -> JsonObject:
    if form not in {None, "storage"}:
        raise unsupported(form)
    written = _written(comment, page, with_body=form is not None)
    written["_links"]["base"] = f"{current_site().base}/wiki"
    return written


@bp.get("/pages/<id>/footer-comments")
def get_page_comments(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    page, with_body = readable_page(id), storage_asked()
    found = current_site().pages.comments.on_page(page.id)
    return paged(found, lambda one: _written(one, page, with_body=with_body))


@bp.get("/footer-comments/<comment_id>")
def get_comment(comment_id: str) -> ResponseReturnValue:
    version = request.args.get("version")
    asked = None if version is None else number(version, "version")
    found, page = _comment(comment_id, version=asked)
    return _single(found, page, request.args.get("body-format"))


@bp.get("/footer-comments/<id>/children")
def get_answers(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    (comment, page), with_body = _comment(id), storage_asked()
    found = current_site().pages.comments.answers(comment)
    return paged(found, lambda one: _written(one, page, with_body=with_body))


@bp.post("/footer-comments")
def post_comment() -> ResponseReturnValue:
    """On a page or under another comment, and not both."""
    body, site = body_object(), current_site()
    if (body.get("pageId") is None) == (body.get("parentCommentId") is None):
        raise errors.wiki_invalid("Exactly one of pageId and parentCommentId must be provided")
    parent = None
    if body.get("pageId") is not None:
        page = readable_page(str(body["pageId"]))
    else:
        parent, page = _comment(str(body["parentCommentId"]))
    author = member()
    if not site.pages.may_work(page.space, author):
        raise errors.wiki_not_found()
    text = storage_given(body.get("body"))
    check_storage(text)
    version = Version(1, author.account_id, site.now(), "", minor=False)
    made = site.pages.comments.add(page.id, parent.id if parent else None, text, version)
    return _single(made, page, "storage"), HTTPStatus.CREATED


def _own(comment_id: str) -> tuple[Comment, Page]:
    comment, page = _comment(comment_id)
    first = current_site().pages.comments.find(comment.id, version=1)
    if first is None or first.version.author != member().account_id:
        raise errors.wiki_forbidden()
    return comment, page


@bp.put("/footer-comments/<comment_id>")
def put_comment(comment_id: str) -> ResponseReturnValue:
    body, site = body_object(), current_site()
    text, given = storage_given(body.get("body")), as_object(body.get("version"))
    check_storage(text)
    with site.pages.transaction():
        comment, page = _own(comment_id)
        following = comment.version.number + 1
        if given.get("number") != following:
            raise errors.wiki_conflict(
                "comment", current=comment.version.number, provided=given.get("number")
            )
        message = as_text(given.get("message"))
        version = Version(following, member().account_id, site.now(), message, minor=False)
        after = site.pages.comments.change(comment, text, version)
    return _single(after, page, "storage")


@bp.delete("/footer-comments/<comment_id>")
def delete_comment(comment_id: str) -> ResponseReturnValue:
    comment, _ = _own(comment_id)
    current_site().pages.comments.remove(comment)
    return "", HTTPStatus.NO_CONTENT
