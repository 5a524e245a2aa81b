"""The guards of what stands in frames: whoever shows exactly one proof that some door knows."""

import structlog
from flask import Request

from connector.core.errors import Unauthorized
from connector.core.installation import DoorKind
from connector.core.viewer import Viewer
from connector.web.auth import Guard, Principal, Proof, own_site, token_viewer
from connector.web.auth_connect import bears_jwt, connect_door, connect_principal
from connector.web.frames import HEADER, Frame, read_frame, shown_at
from connector.web.services import WebServices
from connector.web.signin import viewer_of_session

log = structlog.get_logger(__name__)


def _macro_viewer(request: Request, services: WebServices) -> Principal:
    """
    A host's token for this very address, our own token for this frame, the session of somebody
    who signed in, or a proof of the settings' site.
    """
    if HEADER in request.headers or bears_jwt(request):
        return _page_viewer(request, services)
    known = None if "Authorization" in request.headers else viewer_of_session(request)
    if known is not None:
        return Principal(own_site(services), Proof.SESSION, viewer=known)
    return token_viewer(request, services)


def _page_viewer(request: Request, services: WebServices) -> Principal:
    """The same without the settings' site: what only a Connect host frames."""
    framed = request.headers.get(HEADER)
    if framed is None:
        return connect_principal(request, services)
    if bears_jwt(request):
        raise Unauthorized("two proofs at once")
    return _framed(framed, request, services)


def _framed(text: str, request: Request, services: WebServices) -> Principal:
    """
    A frame is for what it shows, while the installation lives with which it began; asked about
    anything else it is no proof.
    """
    installations = connect_door(services).installations
    found = read_frame(text, services.frame_keys, now=services.seconds())
    if found is not None and found.shows == shown_at(request.path, request.args):
        here = installations.find(DoorKind.CONNECT, found.installation)
        if here is not None and here.alive and here.site == found.site:
            return _of_frame(found)
    log.info("proof.refused", path=request.path, reason="frame")
    raise Unauthorized("no valid proof of who is calling")


def _of_frame(frame: Frame) -> Principal:
    viewer, key = Viewer(frame.account), frame.installation
    return Principal(frame.site, Proof.FRAME, None, viewer, installation=key, frame=frame)


MACRO_VIEWER = Guard(_macro_viewer, paced=True)
PAGE_VIEWER = Guard(_page_viewer, paced=True)
