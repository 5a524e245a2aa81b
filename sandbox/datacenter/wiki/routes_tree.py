"""What is below a page: other pages and comments."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.wiki.expand import Expand
from sandbox.datacenter.wiki.requests import expand, paged, visible_page, writer
from sandbox.guard import caller
from sandbox.site import current_site
from sandbox.wiki.comments import Comment
from sandbox.wiki.model import Page
from sandbox.wire import JsonObject

api = Blueprint("dc_tree", __name__)

_KINDS = ("attachment", "comment", "page")


def _pages(page: Page) -> list[Page]:
    pages, user = current_site().pages, caller()
    return [
        one
        for one in pages.all()
        if one.parent_id == page.id and one.status == "current" and pages.may_read(one, user)
    ]


def _below(page: Page) -> list[Page]:
    return [found for one in _pages(page) for found in (one, *_below(one))]


def _comments(page: Page, *, deep: bool) -> list[Comment]:
    comments = current_site().pages.comments
    return [found for one in comments.on_page(page.id) for found in _with_answers(one, deep=deep)]


def _with_answers(comment: Comment, *, deep: bool) -> list[Comment]:
    if not deep:
        return [comment]
    answers = current_site().pages.comments.answers(comment)
    return [comment, *(found for one in answers for found in _with_answers(one, deep=True))]


def _listed(page: Page, kind: str, asked: Expand, *, deep: bool) -> JsonObject:
    match kind:
        case "page":
            found = _below(page) if deep else _pages(page)
            return paged(found, lambda one: writer().page(one, asked))
        case "comment":
            return paged(_comments(page, deep=deep), lambda one: writer().comment(one, page, asked))
        case "attachment":
            return paged([], _nothing)
    raise errors.wiki(HTTPStatus.NOT_FOUND, f"No children of type: {kind}")


def _nothing(_one: object) -> JsonObject:
    """No page of this sandbox has attachments."""
    return {}


def _kinds(page: Page, link: str, *, deep: bool) -> JsonObject:
    asked = expand()
    address = f"/rest/api/content/{page.id}/{link}"
    site = current_site()
    shown = [kind for kind in _KINDS if kind in asked]
    return {
        **{kind: _listed(page, kind, asked.within(kind), deep=deep) for kind in shown},
        "_expandable": {kind: f"{address}/{kind}" for kind in _KINDS if kind not in asked},
        "_links": {
            "self": f"{site.wiki_base}{address}",
            "base": site.wiki_base,
            "context": "/confluence",
        },
    }


@api.get("/content/<id>/child")
def children(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    return _kinds(visible_page(id), "child", deep=False)


@api.get("/content/<id>/child/<type>")
def children_of_type(id: str, type: str) -> ResponseReturnValue:  # noqa: A002 - as published
    return _listed(visible_page(id), type, expand(), deep=False)


@api.get("/content/<id>/child/comment")
def comments(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    """`depth=all` brings the answers too."""
    deep = request.args.get("depth") == "all"
    return _listed(visible_page(id), "comment", expand(), deep=deep)


@api.get("/content/<id>/descendant")
def descendants(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    return _kinds(visible_page(id), "descendant", deep=True)


@api.get("/content/<id>/descendant/<type>")
def descendants_of_type(id: str, type: str) -> ResponseReturnValue:  # noqa: A002 - as published
    return _listed(visible_page(id), type, expand(), deep=True)
