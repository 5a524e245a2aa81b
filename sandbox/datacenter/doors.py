"""The addresses under which Data Center knows pages; they lead to the pages for people."""

from http import HTTPStatus
from urllib.parse import quote

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from sandbox import links
from sandbox.site import current_site
from sandbox.wiki.model import Page

bp = Blueprint("dc_doors", __name__)


def _to(page: Page | None) -> ResponseReturnValue:
    if page is None:
        abort(HTTPStatus.NOT_FOUND)
    return redirect(links.page(page))


@bp.get("/confluence/pages/viewpage.action")
def view_page() -> ResponseReturnValue:
    asked = request.args.get("pageId", "")
    return _to(current_site().pages.find(int(asked)) if asked.isdecimal() else None)


@bp.get("/confluence/x/<tiny>")
def tiny_link(tiny: str) -> ResponseReturnValue:
    try:
        return _to(current_site().pages.find(int(tiny, 16)))
    except ValueError:
        abort(HTTPStatus.NOT_FOUND)


@bp.get("/confluence/display/<key>")
def view_space(key: str) -> ResponseReturnValue:
    return redirect(links.space(quote(key, safe="")))


@bp.get("/confluence/display/<key>/<path:title>")
def view_by_title(key: str, title: str) -> ResponseReturnValue:
    found = (
        page
        for page in current_site().pages.all()
        if page.space.key == key and page.title == title and page.status == "current"
    )
    return _to(next(found, None))


@bp.get("/confluence/")
@bp.get("/jira/")
def home() -> ResponseReturnValue:
    return redirect(links.home())
