"""Comments at the foot of a page: said, answered, taken back. And its labels."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import escape

from sandbox import links
from sandbox.errors import Refused
from sandbox.guard import refuse_foreign_posts
from sandbox.site import current_site
from sandbox.ui.identity import acting, signed_in
from sandbox.ui.page_comments import author_of
from sandbox.ui.pages import editable_page, found_page, page_shown
from sandbox.wiki.changes import check_storage
from sandbox.wiki.comments import Comment
from sandbox.wiki.model import Page, Version
from sandbox.wiki.routes_labels import allowed_label

bp = Blueprint("ui_page_talk", __name__)
bp.before_request(refuse_foreign_posts)

_COMMENTS = "/<key>/pages/<int:page_id>/comments"


@bp.post(_COMMENTS)
def say(key: str, page_id: int) -> ResponseReturnValue:
    """Under the page, or under another comment."""
    page, site = found_page(key, page_id), current_site()
    if not site.pages.may_work(page.space, acting()):
        abort(HTTPStatus.FORBIDDEN)
    text = request.form.get("text", "").strip()
    parent = request.form.get("parent", type=int)
    if parent is not None:
        _found(page, parent)
    if text:
        body = as_paragraphs(text)
        try:
            check_storage(body)
        except Refused as refused:
            return page_shown(page, problem=_said(refused), status=refused.status)
        version = Version(1, signed_in().account_id, site.now(), "", minor=False)
        site.pages.comments.add(page.id, parent, body, version)
    return redirect(f"{links.page(page)}#comments", HTTPStatus.SEE_OTHER)


@bp.post(f"{_COMMENTS}/<int:comment_id>/delete")
def take_back(key: str, page_id: int, comment_id: int) -> ResponseReturnValue:
    page = found_page(key, page_id)
    comment = _found(page, comment_id)
    if author_of(comment) != signed_in().account_id:
        abort(HTTPStatus.FORBIDDEN)
    current_site().pages.comments.remove(comment)
    return redirect(f"{links.page(page)}#comments", HTTPStatus.SEE_OTHER)


@bp.post("/<key>/pages/<int:page_id>/labels")
def label(key: str, page_id: int) -> ResponseReturnValue:
    page, pages = editable_page(key, page_id), current_site().pages
    for name in request.form.get("add", "").casefold().split():
        if not allowed_label(name):
            abort(HTTPStatus.BAD_REQUEST)
        pages.add_label(page, name)
    if removed := request.form.get("remove"):
        pages.remove_label(page, removed)
    return redirect(links.page(page), HTTPStatus.SEE_OTHER)


def as_paragraphs(text: str) -> str:
    """
    Plain words as storage format.

    >>> as_paragraphs("a < b\\nc")
    '<p>a &lt; b</p><p>c</p>'
    """
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())


def _said(refused: Refused) -> str:
    return str(refused.body["errors"][0]["title"])


def _found(page: Page, comment_id: int) -> Comment:
    comment = current_site().pages.comments.find(comment_id)
    if comment is None or comment.page_id != page.id:
        abort(HTTPStatus.NOT_FOUND)
    return comment
