"""Errors as answers: RFC 9457 for programs, a small page where a macro would stand."""

from uuid import uuid4

import structlog
from flask import Flask, Response, json, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from connector.atlassian.bad_proof import BadProof
from connector.core.errors import (
    BadInput,
    Conflict,
    Forbidden,
    NotFound,
    OkrError,
    Refused,
    Throttled,
    Unauthorized,
    Unavailable,
)
from connector.core.words import Words
from connector.web.assets import assets_prefix
from connector.web.language import words_for
from connector.web.pace import TooOften
from connector.web.security import is_framed, is_page
from connector.web.services import services
from connector.web.signin import sign_in_offer
from macros.svg import icon

log = structlog.get_logger(__name__)

STATUS: dict[type[OkrError], int] = {
    BadInput: 400,
    Unauthorized: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    TooOften: 429,
    Throttled: 503,
    Unavailable: 503,
    Refused: 502,
    OkrError: 500,
}
_CODES = {400: "bad_input", 404: "not_found", 405: "method_not_allowed", 413: "too_large"}
_RETRY_AFTER = 30
_COME_AGAIN = frozenset({429, 503})


def answer_errors(app: Flask) -> None:
    """Every error leaves as a problem; nothing of a traceback does."""
    app.register_error_handler(OkrError, _foreseen)
    app.register_error_handler(HTTPException, _protocol)
    app.register_error_handler(Exception, _unforeseen)


def status_of(error: OkrError) -> int:
    return next(status for kind, status in STATUS.items() if isinstance(error, kind))


def _foreseen(error: OkrError) -> Response:
    status = status_of(error)
    if status == 500:
        return _unforeseen(error)
    if isinstance(error, BadProof):  # the log knows why; the caller does not
        log.warning("proof.refused", path=request.path, reason=error.reason)
    log.info("request.refused", code=error.code, status=status, reason=f"{error}")
    reason = f"{error}" if isinstance(error, BadInput) else ""
    response = _problem(error.code, status, reason=reason)
    if status == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="okr-connector"'
    if status in _COME_AGAIN:
        response.headers["Retry-After"] = f"{_pause(error)}"
    return response


def _protocol(error: HTTPException) -> AnyResponse:
    """What Flask itself refuses; an answer below 400 (a redirect) passes as it is."""
    status = error.code or 500
    made = error.get_response()
    if status < 400:
        return made
    response = _problem(_CODES.get(status, "refused_request"), status)
    if "Allow" in made.headers:
        response.headers["Allow"] = made.headers["Allow"]
    return response


def _unforeseen(error: Exception) -> Response:
    """The caller gets a number to tell us; what happened stands beside it in the log."""
    incident = f"{uuid4()}"
    log.error("request.failed", incident=incident, exc_info=error)
    return _problem("internal", 500, incident=incident)


def _pause(error: OkrError) -> int:
    if isinstance(error, Throttled):
        return max(1, round(error.retry_after.total_seconds()))
    return _RETRY_AFTER


def _problem(code: str, status: int, *, reason: str = "", incident: str = "") -> Response:
    words = words_for(request, services())
    if is_page(request):
        return _page(code, status, words, incident)
    title, detail = _said(code, words)
    body = {
        "type": f"urn:okr-connector:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
    }
    if reason:
        body["reason"] = reason
    if incident:
        body["instance"] = f"urn:uuid:{incident}"
    response = Response(
        json.dumps(body, ensure_ascii=False), status, mimetype="application/problem+json"
    )
    response.headers["Content-Language"] = words.locale
    return response


def _page(code: str, status: int, words: Words, incident: str) -> Response:
    title, detail = _said(code, words)
    offer = sign_in_offer(request, words) if status == 401 and is_framed(request) else None
    if offer is not None:
        title, detail = words.say("signin.title"), words.say("signin.lead")
    theme = request.args.get("theme", "")
    page = render_template(
        "problem.html",
        title=title,
        detail=detail,
        incident=words.say("problem.incident", incident=incident) if incident else "",
        offer=offer,
        theme=theme if theme in ("light", "dark") else "auto",
        lang=words.locale,
        assets=assets_prefix(request.path),
        icon=icon,
        now=services().clock.now().isoformat(),
        again_after=_RETRY_AFTER if _passes(status) and is_framed(request) else 0,
    )
    return Response(page, status, mimetype="text/html")


def _passes(status: int) -> bool:
    return status >= 500 or status in _COME_AGAIN


def _said(code: str, words: Words) -> tuple[str, str]:
    known = code if f"problem.{code}.title" in words.messages else "refused_request"
    return words.say(f"problem.{known}.title"), words.say(f"problem.{known}.detail")
