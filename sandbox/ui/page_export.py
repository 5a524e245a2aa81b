"""A page as it goes into a PDF, a Word file or an e-mail, as HTML to look at."""

from http import HTTPStatus

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from sandbox.site import current_site
from sandbox.ui.identity import acting
from sandbox.ui.pages import found_page
from sandbox.wiki.export import exported, styled
from sandbox.wiki.render import rendered

bp = Blueprint("ui_page_export", __name__)

OUTPUTS = ("pdf", "word", "email")


@bp.get("/<key>/pages/<int:page_id>/export/<output>")
def export(key: str, page_id: int, output: str) -> ResponseReturnValue:
    if output not in OUTPUTS:
        abort(HTTPStatus.NOT_FOUND)
    page, site = found_page(key, page_id), current_site()
    view = exported(rendered(page, site, acting(), output=output), site.base)
    return styled(view, page.title), {"Cache-Control": "no-store"}
