"""
Sign in with Confluence: how a frame on a page of Data Center learns who looks at it.

The frame opens a popup on `start`, which leads to Confluence and comes back to `callback`. A
cookie that the popup gets is none of the frame's: browsers keep cookies apart by the page around
the frame. So the popup hands a code to its opener, to a page of our own origin only, and the
frame redeems it: the cookie in that answer belongs to the frame on this wiki.
https://developer.mozilla.org/en-US/docs/Web/Privacy/Guides/Privacy_sandbox/Partitioned_cookies

Whoever steals the code gets nothing without the verifier, which never leaves the frame; whoever
lures somebody to `start` gets no code, for the popup talks to our own pages alone.
"""

import json
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

import structlog
from flask import (
    Blueprint,
    Flask,
    Request,
    Response,
    current_app,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue

from connector.atlassian.oauth import challenge_of
from connector.core.errors import BadInput, Forbidden, OkrError, Unauthorized
from connector.core.grant import Grant
from connector.core.json import JsonObject
from connector.core.okr import SiteId
from connector.core.viewer import Viewer
from connector.core.words import Words
from connector.ports import Clock
from connector.web.assets import assets_prefix, root_from
from connector.web.bodies import whole_body
from connector.web.forms import ForeignForm
from connector.web.language import words_for
from connector.web.looking import one_of_few
from connector.web.loopback import names_this_machine
from connector.web.services import services
from connector.web.sessions import LONGEST, Seal, Session, Sessions

log = structlog.get_logger(__name__)

bp = Blueprint("signin", __name__, url_prefix="/signin")

EXTENSION = "okr_connector_signin"
OPEN_ON_PURPOSE = frozenset({"signin.start", "signin.callback", "signin.redeem", "signin.out"})
POPUP_LASTS = timedelta(minutes=10)
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_CODE = re.compile(r"[A-Za-z0-9_-]{20,100}")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_LONGEST_CODE = 2000


class NeedsHttps(Forbidden):
    """Over plain HTTP no browser gives a frame of another site a cookie."""

    code = "signin_needs_https"


class NoSignIn(Forbidden):
    """Nobody linked us to the wiki as an application."""

    code = "signin_closed"


class StaleSignIn(Forbidden):
    """What came back belongs to no sign-in that began here: too late, spent, or somebody else's."""

    code = "signin_stale"


class SignInDenied(Forbidden):
    """The person did not let us in."""

    code = "signin_denied"


class Host(Protocol):
    """The wiki that knows the person. Every call raises the errors of `connector.core.errors`."""

    def authorize_url(self, *, state: str, verifier: str) -> str: ...

    def exchange(self, code: str, *, verifier: str) -> Grant: ...

    def refresh(self, token: str) -> Grant: ...

    def revoke(self, token: str) -> None: ...

    def account(self, access: str) -> str: ...


@dataclass(frozen=True, slots=True)
class Cookies:
    """How cookies must look for browsers to give them back to the frame."""

    session: str
    popup: str
    secure: bool

    def set_session(self, response: Response, value: str) -> None:
        response.set_cookie(
            self.session,
            value,
            max_age=int(LONGEST.total_seconds()),
            httponly=True,
            secure=self.secure,
            samesite="None" if self.secure else "Lax",
            partitioned=self.secure,
        )

    def drop_session(self, response: Response) -> None:
        response.delete_cookie(
            self.session,
            httponly=True,
            secure=self.secure,
            samesite="None" if self.secure else "Lax",
            partitioned=self.secure,
        )

    def set_popup(self, response: Response, value: str) -> None:
        """Lax: the way back from Confluence is a link that the person follows."""
        response.set_cookie(
            self.popup,
            value,
            max_age=int(POPUP_LASTS.total_seconds()),
            httponly=True,
            secure=self.secure,
            samesite="Lax",
        )

    def drop_popup(self, response: Response) -> None:
        response.delete_cookie(self.popup, httponly=True, secure=self.secure, samesite="Lax")


def cookies_for(base_url: str) -> Cookies | None:
    """
    Those of our own address; None where there can be none.

    On this machine itself the wiki and we are one site to browsers, whatever the port, so that a
    demonstration works without a certificate.

    >>> cookies_for("http://okr.corp.example") is None
    True
    """
    parts = urlsplit(base_url)
    if parts.scheme == "https":
        return Cookies("__Host-okr", "__Host-okr-signin", secure=True)
    if names_this_machine(parts.hostname or ""):
        return Cookies("okr", "okr-signin", secure=False)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """All that signing in needs; `base_url` is the address under which browsers know us."""

    site: SiteId
    host: Host
    sessions: Sessions
    seal: Seal
    clock: Clock
    base_url: str

    @property
    def cookies(self) -> Cookies:
        """Raises NeedsHttps."""
        found = cookies_for(self.base_url)
        if found is None:
            raise NeedsHttps("OKR_BASE_URL begins with http: no cookie reaches a frame")
        return found


def open_sign_in(app: Flask, sign_in: SignIn) -> None:
    app.extensions[EXTENSION] = sign_in


def sign_in_here() -> SignIn | None:
    """None where nobody linked us to the wiki."""
    found: SignIn | None = current_app.extensions.get(EXTENSION)
    return found


def viewer_of_session(received: Request) -> Viewer | None:
    """
    Who looks, by the cookie of an earlier sign-in; None for a person we do not know.

    Raises the errors of the host when the token must be renewed and the host does not answer.
    """
    here = sign_in_here()
    cookies = cookies_for(here.base_url) if here else None
    given = received.cookies.get(cookies.session, "") if cookies else ""
    if here is None or not given:
        return None

    def renew(refresh: str) -> Grant:
        with one_of_few(services()):
            return here.host.refresh(refresh)

    return here.sessions.viewer(given, renew, site=here.site)


@dataclass(frozen=True, slots=True)
class Offer:
    """The button in the frame: where its script goes, and what it says."""

    root: str
    assets: str
    words: Words


def sign_in_offer(received: Request, words: Words) -> Offer | None:
    """None where nobody can sign in, or no cookie would reach the frame."""
    here = sign_in_here()
    if here is None or cookies_for(here.base_url) is None:
        return None
    path = received.path
    return Offer(f"{root_from(path)}signin/", assets_prefix(path), words)


@bp.get("/start")
def start() -> ResponseReturnValue:
    """The popup's first address: on to Confluence, with what must come back kept in a cookie."""
    here = _open()
    _refuse_foreign(request, here)
    challenge = request.args.get("challenge", "")
    if not _CHALLENGE.fullmatch(challenge):
        raise BadInput("challenge is the base64url SHA-256 of a verifier")
    asked = _Asked(
        state=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(48),
        challenge=challenge,
        until=here.clock.now() + POPUP_LASTS,
    )
    response = redirect(here.host.authorize_url(state=asked.state, verifier=asked.verifier), 303)
    assert isinstance(response, Response)
    here.cookies.set_popup(response, here.seal.lock(asked.written()))
    return response


@bp.get("/callback")
def callback() -> ResponseReturnValue:
    """Back from Confluence, in the popup; whatever comes of it, this sign-in is over."""
    here = _open()
    session, challenge = _brought_home(here)
    words = words_for(request, services())
    page = render_template(
        "signed_in.html",
        words=words,
        lang=words.locale,
        assets=assets_prefix(request.path),
        code=here.sessions.hand_over(session, challenge),
        challenge=challenge,
    )
    return Response(page, mimetype="text/html")


@bp.after_request
def end_of_a_popup(response: Response) -> Response:
    """A way back is taken once, whatever comes of it."""
    here = sign_in_here()
    if here is not None and request.endpoint == "signin.callback":
        cookies = cookies_for(here.base_url)
        if cookies is not None:
            cookies.drop_popup(response)
    return response


@bp.post("/redeem")
def redeem() -> ResponseReturnValue:
    """The frame changes the popup's code, once, for the cookie that is its own."""
    here = _open()
    code, verifier = _redeemed()
    _refuse_foreign(request, here)
    session = here.sessions.redeem(code, challenge_of(verifier))
    if session is None or session.site != here.site:
        raise StaleSignIn("no such code, or not from this frame")
    if before := request.cookies.get(here.cookies.session):
        _give_back(here, before)
    response = Response(status=204)
    here.cookies.set_session(response, here.sessions.begin(session))
    log.info("signin.done", site=here.site)
    return response


@bp.post("/out")
def out() -> ResponseReturnValue:
    here = _open()
    _refuse_foreign(request, here)
    if given := request.cookies.get(here.cookies.session):
        _give_back(here, given)
    response = Response(status=204)
    here.cookies.drop_session(response)
    return response


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the popup's cookie remembers of a sign-in that is on its way, locked."""

    state: str
    verifier: str
    challenge: str
    until: datetime

    def written(self) -> str:
        return json.dumps([self.state, self.verifier, self.challenge, self.until.isoformat()])

    @classmethod
    def read(cls, text: str) -> "_Asked":
        state, verifier, challenge, until = json.loads(text)
        return cls(state, verifier, challenge, datetime.fromisoformat(until))


def _open() -> SignIn:
    """Raises NoSignIn, and NeedsHttps where no cookie would reach the frame."""
    here = sign_in_here()
    if here is None:
        raise NoSignIn("no application link is set")
    _ = here.cookies  # says so where there can be none
    return here


def _brought_home(here: SignIn) -> tuple[Session, str]:
    """The session, and the challenge of the frame that waits for it."""
    asked = _asked_before(here)
    if not secrets.compare_digest(asked.state.encode(), _argument("state").encode()):
        raise StaleSignIn("the state is not that of this popup")
    if refusal := _argument("error"):
        if refusal == "access_denied":
            raise SignInDenied("the person did not let us in")
        raise StaleSignIn(f"the site says {refusal[:60]}")
    code = _argument("code")
    if not 0 < len(code) <= _LONGEST_CODE:
        raise StaleSignIn("there is no code")
    try:
        with one_of_few(services()):
            grant = here.host.exchange(code, verifier=asked.verifier)
            account = here.host.account(grant.access)
    except Unauthorized as error:
        raise StaleSignIn(f"{error}") from None
    return Session.of(here.site, account, grant, here.clock.now()), asked.challenge


def _argument(name: str) -> str:
    return request.args.get(name, "")


def _asked_before(here: SignIn) -> _Asked:
    """Raises StaleSignIn for a popup that began elsewhere, or too long ago."""
    locked = request.cookies.get(here.cookies.popup, "")
    try:
        asked = _Asked.read(here.seal.open(locked))
    except OkrError:
        raise StaleSignIn("this popup did not begin here") from None
    if asked.until <= here.clock.now():
        raise StaleSignIn("the popup took too long")
    return asked


def _redeemed() -> tuple[str, str]:
    """Code and verifier. Raises BadInput; JSON alone is taken, which no foreign form can send."""
    told = _json_of(request)
    code, verifier = told.get("code"), told.get("verifier")
    if not (isinstance(code, str) and _CODE.fullmatch(code)):
        raise BadInput("code is missing")
    if not (isinstance(verifier, str) and _VERIFIER.fullmatch(verifier)):
        raise BadInput("verifier is missing")
    return code, verifier


def _json_of(received: Request) -> JsonObject:
    """Empty for what is no JSON object; deep ones end Python's own reader."""
    if received.mimetype != "application/json":
        return {}
    try:
        told = json.loads(whole_body(received, services()))
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _refuse_foreign(received: Request, here: SignIn) -> None:
    """
    Raises ForeignForm for what a page of another origin opens or sends.

    Browsers tell it in Sec-Fetch-Site, and of what is sent in Origin; programs send neither, and
    no cookies.
    """
    site = received.headers.get("Sec-Fetch-Site", "same-origin")
    origin = received.headers.get("Origin")
    ours = urlsplit(here.base_url)
    if site not in {"same-origin", "none"}:
        raise ForeignForm("asked by a page of another site")
    if origin is not None and origin.lower() != f"{ours.scheme}://{ours.netloc}".lower():
        raise ForeignForm("sent from a page of another site")


def _give_back(here: SignIn, given: str) -> None:
    """End a session here, and at the host as well as it goes."""
    ended = here.sessions.end(given)
    if ended is None:
        return
    try:
        with one_of_few(services()):
            here.host.revoke(ended.refresh)
    except OkrError as error:
        log.warning("signin.token_not_given_back", site=here.site, reason=f"{error}")
