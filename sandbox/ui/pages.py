"""Wiki pages for reading: the page as it is, and as it was."""

from collections.abc import Mapping
from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from sandbox import links
from sandbox.site import current_site
from sandbox.ui.app_parts import byline
from sandbox.ui.chrome import look, shown
from sandbox.ui.identity import acting
from sandbox.ui.page_comments import threads, threads_in_text
from sandbox.ui.page_tree import readable_pages, tree
from sandbox.wiki.cells import PlainCell, plain_cells
from sandbox.wiki.model import Page, Space
from sandbox.wiki.render import CellLook, rendered

bp = Blueprint("ui_pages", __name__)


def found_space(key: str) -> Space:
    pages = current_site().pages
    space = pages.space(key)
    if space is None or space.key != key or not pages.may_view(space, acting()):
        abort(HTTPStatus.NOT_FOUND)
    return space


def found_page(key: str, page_id: int, *, status: str = "current") -> Page:
    """404 for what is missing and for what is hidden: nothing tells which."""
    pages = current_site().pages
    page = pages.find(page_id)
    if page is None or page.space.key != key or page.status != status:
        abort(HTTPStatus.NOT_FOUND)
    if not pages.may_read(page, acting()):
        abort(HTTPStatus.NOT_FOUND)
    return page


def editable_page(key: str, page_id: int, *, status: str = "current") -> Page:
    page = found_page(key, page_id, status=status)
    if not current_site().pages.may_edit(page, acting()):
        abort(HTTPStatus.FORBIDDEN)
    return page


@bp.get("/<key>")
@bp.get("/<key>/overview")
def space(key: str) -> ResponseReturnValue:
    """The first page there is for this reader."""
    found = found_space(key)
    readable = tree(readable_pages(current_site().pages, found, acting()))
    if not readable:
        return shown("space_empty.html", space=found, branches=(), page=None)
    return redirect(links.page(readable[0].page))


@bp.get("/<key>/pages/<int:page_id>")
@bp.get("/<key>/pages/<int:page_id>/<path:_title>")
def view(key: str, page_id: int, _title: str = "") -> ResponseReturnValue:
    return page_shown(found_page(key, page_id), opened=request.args.get("cell", type=int))


def page_shown(
    page: Page,
    *,
    status: int = HTTPStatus.OK,
    problem: str = "",
    draft: str | None = None,
    title: str | None = None,
    conflict: bool = False,
    opened: int | None = None,
    cell_text: str | None = None,
) -> ResponseReturnValue:
    """
    The page with its boxes. After a refusal `draft`, `title` and `cell_text` are what was
    written; in a `conflict` they stand beside what is stored now.
    """
    site, me, chosen = current_site(), acting(), look()
    may_edit = site.pages.may_edit(page, me)
    cells = _cell_looks(page, opened, cell_text) if may_edit else {}
    return shown(
        "page.html",
        status,
        page=page,
        branches=tree(readable_pages(site.pages, page.space, me), page),
        above=[one for one in site.pages.ancestors(page) if site.pages.may_read(one, me)],
        labels=site.pages.labels(page),
        byline=byline(page, request.args.get("item", "")),
        restricted=bool(site.pages.rights.hidden_by(page)),
        body=rendered(page, site, me, locale=chosen.locale, theme=chosen.theme, cells=cells),
        threads=threads(page, me),
        in_text=threads_in_text(page, me),
        may_edit=may_edit,
        may_comment=site.pages.may_work(page.space, me),
        problem=problem,
        cell_problem=opened is not None and bool(problem),
        conflict=conflict,
        draft=page.body if draft is None else draft,
        draft_title=page.title if title is None else title,
        macros=site.macros,
        hooks=site.hooks.targets,
    )


def _cell_looks(page: Page, opened: int | None, text: str | None) -> Mapping[int, CellLook]:
    """Cells that can be edited as text; the opened one holds a form."""
    words, found = look().words, plain_cells(page.body)
    looks = {number: _closed(number, words["edit_cell"]) for number in found}
    if opened in found:
        looks[opened] = CellLook(
            Markup(' id="cell-{}" class="cell-open"').format(opened),
            _cell_form(page, found[opened], text),
        )
    return looks


def _closed(number: int, title: str) -> CellLook:
    return CellLook(Markup(' id="cell-{0}" data-cell="{0}" title="{1}"').format(number, title))


def _cell_form(page: Page, cell: PlainCell, text: str | None) -> Markup:
    shown_text = cell.text if text is None else text
    return Markup(  # noqa: S704 - the template escapes what it is given
        render_template(
            "_cell_form.html",
            page=page,
            cell=cell,
            text=shown_text,
            rows=min(8, 2 + len(shown_text) // 40),
            links=links,
            words=look().words,
        )
    )
