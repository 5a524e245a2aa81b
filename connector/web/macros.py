"""Macros as the wiki frames them: drawn, or said to be unchanged."""

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from connector.core.okr import PageId
from connector.web.auth import Proof, principal
from connector.web.auth_macro import MACRO_VIEWER
from connector.web.drawing import draw_macro, export_storage
from connector.web.frames import HEADER, LASTS, Frame, frame_token, renewed
from connector.web.services import services

bp = Blueprint("macros", __name__, url_prefix="/macros")
bp.before_request(MACRO_VIEWER)


@bp.get("/<key>")
def macro(key: str) -> ResponseReturnValue:
    """The whole document of one frame, or 304 to a caller who shows this very state already."""
    frame = _frame(PageId(request.args.get("page", "")), key)
    known = next(iter(request.if_none_match.as_set(include_weak=True)), "")
    drawn = draw_macro(key, request.args, known=known, frame=frame)
    response = Response(drawn.html, mimetype="text/html") if drawn.html else Response(status=304)
    if drawn.html:
        response.headers["Content-Language"] = drawn.locale
    response.set_etag(drawn.tag)
    if frame:
        response.headers[HEADER] = frame
    return response


@bp.get("/<key>/static")
def static(key: str) -> ResponseReturnValue:
    """What stands for the macro where nothing can run: PDF, Word, e-mail; in storage format."""
    return Response(export_storage(key, request.args), mimetype="text/html")


def _frame(page: PageId, macro: str) -> str:
    """What the page of an installed app's macro asks again with; empty for other callers."""
    who, now = principal(), services().seconds()
    if who.frame is not None:
        frame = renewed(who.frame, now=now)
    elif who.proof == Proof.CONNECT_REQUEST and who.viewer is not None:
        began = int(now)
        frame = Frame(who.site, who.viewer.account, page, macro, began, began + LASTS)
    else:
        return ""
    return frame_token(frame, services().frame_keys)
