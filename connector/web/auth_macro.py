"""The guard of macros: whoever shows exactly one proof that some door knows."""

import structlog
from flask import Request

from connector.core.errors import Unauthorized
from connector.core.viewer import Viewer
from connector.web.auth import Guard, Principal, Proof, token_viewer
from connector.web.auth_connect import bears_jwt, connect_principal
from connector.web.frames import HEADER, Frame, read_frame
from connector.web.services import WebServices

log = structlog.get_logger(__name__)


def _macro_viewer(request: Request, services: WebServices) -> Principal:
    """A host's token for this very address, our own token for this frame, or a proof of the
    settings' site."""
    framed = request.headers.get(HEADER)
    if framed is not None and bears_jwt(request):
        raise Unauthorized("two proofs at once")
    if framed is not None:
        return _framed(framed, request, services)
    if bears_jwt(request):
        return connect_principal(request, services)
    return token_viewer(request, services)


def _framed(text: str, request: Request, services: WebServices) -> Principal:
    """A frame is for its own page and macro; asked about another one it is no proof."""
    found = read_frame(text, services.frame_keys, now=services.seconds())
    asked = request.args.get("page", ""), f"{(request.view_args or {}).get('key', '')}"
    if found is None or (found.page, found.macro) != asked:
        log.info("proof.refused", path=request.path, reason="frame")
        raise Unauthorized("no valid proof of who is calling")
    return _of_frame(found)


def _of_frame(frame: Frame) -> Principal:
    return Principal(frame.site, Proof.FRAME, None, Viewer(frame.account), frame=frame)


MACRO_VIEWER = Guard(_macro_viewer)
