"""Wiki pages for reading, with a box to edit their storage format."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from sandbox.directory import ADMIN
from sandbox.errors import Refused
from sandbox.guard import refuse_foreign_posts
from sandbox.site import current_site
from sandbox.ui.chrome import look, person, shown
from sandbox.wiki.changes import update_page
from sandbox.wiki.model import Page
from sandbox.wiki.render import rendered

bp = Blueprint("ui_pages", __name__, url_prefix="/wiki/spaces")
bp.before_request(refuse_foreign_posts)


def _page(key: str, page_id: int) -> Page:
    page = current_site().pages.find(page_id)
    if page is None or page.space.key != key or page.status != "current":
        abort(HTTPStatus.NOT_FOUND)
    return page


@bp.get("/<key>")
@bp.get("/<key>/overview")
def space(key: str) -> ResponseReturnValue:
    found = _siblings(key)
    if not found:
        return redirect(url_for("ui_index.home"))
    return redirect(url_for("ui_pages.view", key=key, page_id=found[0].id))


def _siblings(key: str) -> list[Page]:
    return [
        page
        for page in current_site().pages.all()
        if page.space.key == key and page.status == "current"
    ]


@bp.get("/<key>/pages/<int:page_id>")
@bp.get("/<key>/pages/<int:page_id>/<path:_title>")
def view(key: str, page_id: int, _title: str = "") -> ResponseReturnValue:
    return _shown(_page(key, page_id))


@bp.post("/<key>/pages/<int:page_id>")
def save(key: str, page_id: int) -> ResponseReturnValue:
    """As the REST API would: the same version rule, the same refusal of broken storage format."""
    page = _page(key, page_id)
    form = request.form
    base = form.get("version", 0, type=int)
    body = form.get("body", "").replace("\r\n", "\n")
    try:
        update_page(
            current_site(),
            page,
            title=form.get("title", ""),
            body=body,
            number=base + 1,
            author=ADMIN,
            message=form.get("message", ""),
        )
    except Refused as refused:
        problem = refused.body["errors"][0]["title"]
        return _shown(page, problem=problem, draft=body, status=refused.status)
    return redirect(url_for("ui_pages.view", key=key, page_id=page_id))


def _shown(
    page: Page, *, problem: str = "", draft: str | None = None, status: int = 200
) -> ResponseReturnValue:
    site, chosen = current_site(), look()
    return shown(
        "page.html",
        status,
        page=page,
        siblings=_siblings(page.space.key),
        labels=site.pages.labels(page),
        body=rendered(page, site, ADMIN, locale=chosen.locale, theme=chosen.theme),
        editor=person(page.version.author),
        problem=problem,
        draft=page.body if draft is None else draft,
        macros=site.macros,
        hooks=site.hooks.targets,
        admin=ADMIN,
    )
