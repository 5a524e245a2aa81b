"""Pages of a Connect app beside its macros: under a title, beside an issue, in the menu."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from connector.core.installation import Product
from connector.web.auth_macro import PAGE_VIEWER
from connector.web.drawing import draw, draw_macro
from connector.web.framed import answer_frame, known_tag, next_frame
from connector.web.page_drawings import byline_drawing, panel_drawing
from macros.registry import BOARD

bp = Blueprint("connect_pages", __name__)
bp.before_request(PAGE_VIEWER)


@bp.get("/connect/byline")
def byline() -> ResponseReturnValue:
    """The dialog that opens below a page's title."""
    frame = next_frame()
    drawn = draw("byline", byline_drawing(request.args), known=known_tag(), frame=frame)
    return answer_frame(drawn, frame)


@bp.get("/connect/issue-panel")
def issue_panel() -> ResponseReturnValue:
    """Beside an issue, which Jira shows to whoever looks, or it would not ask."""
    frame = next_frame()
    drawing = panel_drawing(request.args)
    drawn = draw("panel", drawing, known=known_tag(), frame=frame, inside=Product.JIRA)
    return answer_frame(drawn, frame)


@bp.get("/okr")
def general_page() -> ResponseReturnValue:
    """All objectives of the site in a page of their own."""
    frame = next_frame()
    return answer_frame(draw_macro(BOARD.key, request.args, known=known_tag(), frame=frame), frame)
