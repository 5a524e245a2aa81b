"""Macros as the wiki frames them: drawn, or said to be unchanged."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from connector.web.auth_macro import MACRO_VIEWER
from connector.web.drawing import draw_macro, export_storage
from connector.web.framed import answer_frame, known_tag, next_frame
from connector.web.number import NUMBER, number_storage

bp = Blueprint("macros", __name__, url_prefix="/macros")
bp.before_request(MACRO_VIEWER)


@bp.get("/<key>")
def macro(key: str) -> ResponseReturnValue:
    """The whole document of one frame, or 304 to a caller who shows this very state already."""
    frame = next_frame()
    return answer_frame(draw_macro(key, request.args, known=known_tag(), frame=frame), frame)


@bp.get("/number/static", defaults={"key": NUMBER})
def number(key: str) -> ResponseReturnValue:
    """One number in the run of a sentence; a dash for every reason not to say it."""
    del key
    return Response(number_storage(request.args), mimetype="text/html")


@bp.get("/<key>/static")
def static(key: str) -> ResponseReturnValue:
    """What stands for the macro where nothing can run: PDF, Word, e-mail; in storage format."""
    return Response(export_storage(key, request.args), mimetype="text/html")
