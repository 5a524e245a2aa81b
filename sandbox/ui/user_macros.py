"""User macros: the administrator's page on which a template is pasted."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from sandbox import links
from sandbox.guard import refuse_foreign_posts
from sandbox.site import current_site
from sandbox.ui.chrome import administers, shown
from sandbox.ui.identity import acting
from sandbox.wiki.user_macros import LONGEST_TEMPLATE, WrongMacro

bp = Blueprint("ui_user_macros", __name__)
bp.before_request(refuse_foreign_posts)


@bp.before_request
def administrators_only() -> None:
    if not administers(acting()):
        abort(HTTPStatus.FORBIDDEN)


@bp.get("/admin/usermacros.action")
def user_macros() -> ResponseReturnValue:
    opened = current_site().dc.user_macros.find(request.args.get("macro", ""))
    name, template = (opened.name, opened.template) if opened else ("", "")
    return _page(name, template)


@bp.post("/admin/usermacros.action")
def change() -> ResponseReturnValue:
    held, form = current_site().dc.user_macros, request.form
    if gone := form.get("remove"):
        held.remove(gone)
        return redirect(links.user_macros(), HTTPStatus.SEE_OTHER)
    name, template = form.get("name", "").strip(), form.get("template", "")
    try:
        held.put(name, template)
    except WrongMacro as error:
        return _page(name, template, str(error))
    return redirect(links.asked(links.user_macros(), macro=name), HTTPStatus.SEE_OTHER)


def _page(name: str, template: str, problem: str = "") -> ResponseReturnValue:
    return shown(
        "user_macros.html",
        HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK,
        macros=current_site().dc.user_macros.all(),
        name=name,
        text=template,
        longest=LONGEST_TEMPLATE,
        problem=problem,
    )
