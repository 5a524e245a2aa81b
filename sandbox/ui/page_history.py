"""The versions of a page: who, when, why; how one differs from another."""

from http import HTTPStatus

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from sandbox.site import current_site
from sandbox.ui.chrome import look, shown
from sandbox.ui.identity import acting
from sandbox.ui.page_tree import readable_pages, tree
from sandbox.ui.pages import found_page
from sandbox.wiki.differences import differences
from sandbox.wiki.model import Page
from sandbox.wiki.render import rendered

bp = Blueprint("ui_page_history", __name__)

_PAGE = "/<key>/pages/<int:page_id>"


@bp.get(f"{_PAGE}/history")
def history(key: str, page_id: int) -> ResponseReturnValue:
    """The newest version first."""
    page = found_page(key, page_id)
    versions = current_site().pages.versions(page)[::-1]
    return _shown("history.html", page, versions=versions)


@bp.get(f"{_PAGE}/versions/<int:number>")
def version(key: str, page_id: int, number: int) -> ResponseReturnValue:
    page, chosen = found_page(key, page_id), look()
    older = _version(page, number)
    body = rendered(older, current_site(), acting(), locale=chosen.locale, theme=chosen.theme)
    return _shown("version.html", page, older=older, body=body)


@bp.get(f"{_PAGE}/diff")
def diff(key: str, page_id: int) -> ResponseReturnValue:
    """The older text on the left, whichever was named first."""
    page, args = found_page(key, page_id), request.args
    latest = page.version.number
    asked = {args.get("from", max(1, latest - 1), type=int), args.get("to", latest, type=int)}
    before, after = _version(page, min(asked)), _version(page, max(asked))
    lines = differences(before.body, after.body)
    return _shown("diff.html", page, before=before, after=after, lines=lines)


def _version(page: Page, number: int) -> Page:
    found = current_site().pages.find(page.id, version=number)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _shown(template: str, page: Page, **values: object) -> ResponseReturnValue:
    pages, me = current_site().pages, acting()
    return shown(
        template,
        page=page,
        branches=tree(readable_pages(pages, page.space, me), page),
        may_edit=pages.may_edit(page, me),
        **values,  # type: ignore[arg-type]  # none of them is a status
    )
