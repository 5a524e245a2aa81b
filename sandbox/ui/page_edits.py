"""What people do to pages: write, change a cell, bring back a version, throw away, restore."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from sandbox import links
from sandbox.errors import Refused
from sandbox.guard import refuse_foreign_posts
from sandbox.site import current_site
from sandbox.ui.app_links import blueprints
from sandbox.ui.chrome import look, shown
from sandbox.ui.identity import acting, signed_in
from sandbox.ui.page_tree import readable_pages, tree
from sandbox.ui.pages import editable_page, found_page, found_space, page_shown
from sandbox.wiki.cells import NotPlain, plain_cells, with_cell
from sandbox.wiki.changes import create_page, purge_page, trash_page, update_page
from sandbox.wiki.model import Page, Space

bp = Blueprint("ui_page_edits", __name__)
bp.before_request(refuse_foreign_posts)

_PAGE = "/<key>/pages/<int:page_id>"


@bp.post(_PAGE)
def save(key: str, page_id: int) -> ResponseReturnValue:
    """As the REST API would: the same version rule, the same refusal of broken storage format."""
    page, form = editable_page(key, page_id), request.form
    body, title = unix_lines(form.get("body", "")), form.get("title", "")
    base = form.get("version", 0, type=int)
    try:
        _update(page, title=title, body=body, base=base, message=form.get("message", ""))
    except Refused as refused:
        conflict = refused.status == HTTPStatus.CONFLICT
        return page_shown(
            page,
            problem=reason(refused),
            draft=body,
            title=title,
            status=refused.status,
            conflict=conflict,
        )
    return redirect(links.page(page))


@bp.post(f"{_PAGE}/cell")
def save_cell(key: str, page_id: int) -> ResponseReturnValue:
    """Only the bytes of that cell's text change."""
    page, form = editable_page(key, page_id), request.form
    number, text = form.get("cell", -1, type=int), form.get("text", "")
    cell = plain_cells(page.body).get(number)
    base = form.get("version", 0, type=int)
    if base != page.version.number:
        problem = look().words["cell_conflict"]
        return page_shown(
            page, problem=problem, opened=number, cell_text=text, status=HTTPStatus.CONFLICT
        )
    if cell is None:
        problem = look().words["cell_not_plain"]
        return page_shown(page, problem=problem, status=HTTPStatus.BAD_REQUEST)
    try:
        body = with_cell(page.body, number, text)
        if plain_cells(body)[number].text != cell.text:
            _update(page, title=page.title, body=body, base=base)
    except (Refused, NotPlain) as error:
        return page_shown(
            page,
            problem=reason(error) if isinstance(error, Refused) else str(error),
            opened=number,
            cell_text=text,
            status=HTTPStatus.BAD_REQUEST,
        )
    return redirect(f"{links.page(page)}#cell-{number}", HTTPStatus.SEE_OTHER)


@bp.post(f"{_PAGE}/restore")
def restore_version(key: str, page_id: int) -> ResponseReturnValue:
    """What was written then becomes the newest version."""
    page = editable_page(key, page_id)
    number = request.form.get("version", 0, type=int)
    older = current_site().pages.find(page.id, version=number)
    if older is None or number == page.version.number:
        abort(HTTPStatus.NOT_FOUND)
    message = f"Reverted from v. {number}"
    base = page.version.number
    try:
        _update(page, title=older.title, body=older.body, base=base, message=message)
    except Refused as refused:
        return page_shown(page, problem=reason(refused), status=refused.status)
    return redirect(links.page(page), HTTPStatus.SEE_OTHER)


@bp.post(f"{_PAGE}/trash")
def trash(key: str, page_id: int) -> ResponseReturnValue:
    page = editable_page(key, page_id)
    trash_page(current_site(), page, signed_in())
    return redirect(links.space(key, "trash"), HTTPStatus.SEE_OTHER)


@bp.get("/<key>/trash")
def in_trash(key: str) -> ResponseReturnValue:
    space, pages, me = found_space(key), current_site().pages, acting()
    found = [
        page
        for page in pages.all()
        if page.space.id == space.id and page.status == "trashed" and pages.may_edit(page, me)
    ]
    found.sort(key=lambda page: page.version.created, reverse=True)
    return shown("trash.html", space=space, pages=found, branches=_branches(space), page=None)


@bp.post(f"{_PAGE}/untrash")
def untrash(key: str, page_id: int) -> ResponseReturnValue:
    page = editable_page(key, page_id, status="trashed")
    _update(page, title=page.title, body=page.body, base=page.version.number)
    return redirect(links.page(page), HTTPStatus.SEE_OTHER)


@bp.post(f"{_PAGE}/purge")
def purge(key: str, page_id: int) -> ResponseReturnValue:
    purge_page(current_site(), editable_page(key, page_id, status="trashed"), signed_in())
    return redirect(links.space(key, "trash"), HTTPStatus.SEE_OTHER)


@bp.get("/<key>/new")
def new_page(key: str) -> ResponseReturnValue:
    space = writable_space(key)
    return new_shown(space, parent=request.args.get("parent", type=int))


@bp.post("/<key>/new")
def create(key: str) -> ResponseReturnValue:
    space, form = writable_space(key), request.form
    parent, body = form.get("parent", type=int), unix_lines(form.get("body", ""))
    if parent is not None:
        found_page(key, parent)
    title = form.get("title", "")
    try:
        page = create_page(
            current_site(),
            space=space,
            title=title,
            body=body,
            parent_id=parent,
            author=signed_in(),
        )
    except Refused as refused:
        return new_shown(
            space,
            parent=parent,
            title=title,
            body=body,
            problem=reason(refused),
            status=refused.status,
        )
    return redirect(links.page(page), HTTPStatus.SEE_OTHER)


def new_shown(
    space: Space,
    *,
    parent: int | None,
    title: str = "",
    body: str = "<p></p>",
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> ResponseReturnValue:
    return shown(
        "new_page.html",
        status,
        space=space,
        parent=parent,
        title=title,
        body=body,
        problem=problem,
        choices=readable_pages(current_site().pages, space, acting()),
        blueprints=blueprints(),
        branches=_branches(space),
        page=None,
    )


def writable_space(key: str) -> Space:
    space = found_space(key)
    if not current_site().pages.may_work(space, acting()):
        abort(HTTPStatus.FORBIDDEN)
    return space


def _branches(space: Space) -> object:
    return tree(readable_pages(current_site().pages, space, acting()))


def _update(page: Page, *, title: str, body: str, base: int, message: str = "") -> None:
    update_page(
        current_site(),
        page,
        title=title,
        body=body,
        number=base + 1,
        author=signed_in(),
        message=message,
    )


def unix_lines(text: str) -> str:
    """Forms end their lines in two characters."""
    return text.replace("\r\n", "\n")


def reason(refused: Refused) -> str:
    """The API's own sentence, with the place of the mistake where there is one."""
    return str(refused.body["errors"][0]["title"])
