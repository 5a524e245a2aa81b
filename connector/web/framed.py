"""Answers to a frame: its document, or that nothing changed, and what it asks again with."""

from dataclasses import replace

from flask import Response, request

from connector.core.errors import Unauthorized
from connector.web.auth import Proof, principal
from connector.web.drawing import Drawn
from connector.web.frames import HEADER, LASTS, Frame, frame_token, renewed, shown_at, signed_frame
from connector.web.services import services


def known_tag() -> str:
    """Of what the caller shows already; empty if it shows nothing yet."""
    return next(iter(request.if_none_match.as_set(include_weak=True)), "")


def next_frame() -> str:
    """What the page of an installed app asks again with; empty for other callers."""
    who, now = principal(), services().seconds()
    if who.frame is not None:
        frame = renewed(who.frame, now=now)
    elif who.proof == Proof.CONNECT_REQUEST and who.viewer and who.installation:
        began, shows = int(now), shown_at(request.path, request.args)
        account = who.viewer.account
        frame = Frame(who.installation, who.site, account, shows, began, began + LASTS)
    else:
        return ""
    return frame_token(frame, services().frame_keys)


def begun_anew(over: str) -> str:
    """
    What the page of a frame that is over asks again with, once its host has said who looks: the
    same person at the same installation. Raises Unauthorized.
    """
    here, who = services(), principal()
    found = signed_frame(over, here.frame_keys)
    if (
        found is None
        or who.viewer is None
        or (found.installation, found.account) != (who.installation, who.viewer.account)
    ):
        raise Unauthorized("not the frame of whoever asks")
    began = int(here.seconds())
    again = replace(found, site=who.site, began=began, ends=began + LASTS)
    return frame_token(again, here.frame_keys)


def answer_frame(drawn: Drawn, frame: str) -> Response:
    response = Response(drawn.html, mimetype="text/html") if drawn.html else Response(status=304)
    if drawn.html:
        response.headers["Content-Language"] = drawn.locale
    response.set_etag(drawn.tag)
    if frame:
        response.headers[HEADER] = frame
    return response
