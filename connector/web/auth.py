"""Guards: one per way of proving who calls; each yields a Principal, and views see only that."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

import structlog
from flask import Request, g, request

from connector.atlassian.forge_claims import Invocation
from connector.core.errors import Forbidden, NotFound, Unauthorized
from connector.core.installation import InstallationKey
from connector.core.okr import PageId, SiteId
from connector.core.viewer import Viewer
from connector.usecases.sites import NotConnected, Site
from connector.web.bodies import whole_body
from connector.web.frames import Frame
from connector.web.loopback import is_local
from connector.web.services import WebServices, services
from connector.web.signatures import is_signed, sign_macro

log = structlog.get_logger(__name__)


class Proof(StrEnum):
    API_TOKEN = "api_token"  # noqa: S105 - the name of a way, not a token
    LOOPBACK = "loopback"
    SIGNED_LINK = "signed_link"
    SIGNED_DELIVERY = "signed_delivery"
    PATH_TOKEN = "path_token"  # noqa: S105 - the name of a way, not a token
    CONNECT_LIFECYCLE = "connect_lifecycle"
    CONNECT_REQUEST = "connect_request"
    CONNECT_CONTEXT = "connect_context"
    FORGE = "forge"
    FRAME = "frame"
    SESSION = "session"


_UNPACED = frozenset({Proof.API_TOKEN, Proof.LOOPBACK})


@dataclass(frozen=True, slots=True)
class Principal:
    """
    Whoever calls, however proved. `page` is the only one a signed link may read; `viewer` is the
    person who looks, None for those who keep the service and for a signed link. `installation`
    is what an installed app's host speaks for; `frame` the token that a macro's page asked with,
    and `invocation` what Forge says of the call. `tells`: the host itself, of a change.
    """

    site: SiteId
    proof: Proof
    page: PageId | None = None
    viewer: Viewer | None = None
    installation: InstallationKey | None = None
    frame: Frame | None = None
    invocation: Invocation | None = None
    tells: bool = False

    def may_read(self, page: PageId) -> bool:
        return self.page is None or self.page == page


class LoopbackOnly(Forbidden):
    """No API token is set, so only this machine may ask."""

    code = "loopback_only"


class NoWebhookSecret(Unauthorized):
    """Deliveries cannot be told from forgeries before a secret is set."""

    code = "no_webhook_secret"


class ClosedDoor(NotFound):
    """Nobody comes in this way: the settings do not open it."""

    code = "door_closed"


@dataclass(frozen=True, slots=True)
class Guard:
    """
    Stands before a blueprint: no view of it runs before `prove` has found who calls. Readers are
    `paced`; hosts that tell us of changes never are.
    """

    prove: Callable[[Request, WebServices], Principal]
    paced: bool = False

    def __call__(self) -> None:
        here = services()
        g.principal = who = self.prove(request, here)
        if self.paced:
            _pace(who, here)


def _pace(who: Principal, here: WebServices) -> None:
    """Raises TooOften. A person is the same through each door of a site."""
    if who.proof in _UNPACED or who.tells:
        return
    account = who.viewer.account if who.viewer else f"page {who.page}"
    here.pace.step(who.site, account, many=who.viewer is None or not account)


def principal() -> Principal:
    """Who makes the current request. Only guarded views may ask."""
    return cast(Principal, g.principal)


def current_site() -> Site:
    """The site of whoever makes the current request. Raises NotConnected if it is gone."""
    return services().sites.of(principal().site)


def own_site(services: WebServices) -> SiteId:
    """The site that the settings' token reads. Raises NotConnected where there is none."""
    if services.site is None:
        raise NotConnected("no site in the settings")
    return services.site


def _kept_site(request: Request, services: WebServices) -> SiteId:
    """
    Which site whoever keeps the service asks about: the one that `site` names, else that of the
    settings, else the only one there is. Raises NotConnected.
    """
    named, known = request.args.get("site", ""), services.sites.names()
    if named:
        if named not in known:
            raise NotConnected("no such site")
        return SiteId(named)
    if services.site is None and len(known) == 1:
        return known[0]
    return own_site(services)


def _token_or_loopback(request: Request, services: WebServices) -> Principal:
    if services.api_token is None:
        return _this_machine(request, services)
    if not bears(request, services.api_token):
        raise Unauthorized("no valid token")
    return Principal(_kept_site(request, services), Proof.API_TOKEN)


def token_viewer(request: Request, services: WebServices) -> Principal:
    """As the API, and besides whoever holds the signed link of this macro on this page."""
    if services.api_token is None:
        return _this_machine(request, services)
    if bears(request, services.api_token):
        return Principal(own_site(services), Proof.API_TOKEN)
    page = PageId(request.args.get("page", ""))
    macro = f"{(request.view_args or {}).get('key', '')}"
    due = sign_macro(services.api_token, site=own_site(services), page=page, macro=macro)
    if not _same(request.args.get("sig", ""), due):
        raise Unauthorized("no valid signature")
    return Principal(own_site(services), Proof.SIGNED_LINK, page)


def _webhook_sender(request: Request, services: WebServices) -> Principal:
    if not services.webhook_secrets:
        log.warning("webhook.refused", path=request.path, reason="OKR_WEBHOOK_SECRET is not set")
        raise NoWebhookSecret("no webhook secret is set")
    header = request.headers.get("X-Hub-Signature", "")
    body = whole_body(request, services) if header else b""
    if not header or not is_signed(body, header, services.webhook_secrets):
        reason = "the signature does not match" if header else "there is no signature"
        log.warning("webhook.refused", path=request.path, reason=reason)
        raise Unauthorized(reason)
    return Principal(own_site(services), Proof.SIGNED_DELIVERY)


def _path_token_sender(request: Request, services: WebServices) -> Principal:
    """
    The last part of the path is the proof, and never stands in a log: the one place where a
    secret is part of an address, for a Jira that can send nothing else.
    """
    due, given = services.webhook_path_token, f"{(request.view_args or {}).get('token', '')}"
    if due is None:
        raise ClosedDoor("OKR_WEBHOOK_PATH_TOKEN is not set")
    if not _same(given, due):
        log.warning("webhook.refused", path="/webhooks/unsigned/jira", reason="another token")
        raise Unauthorized("no valid token")
    return Principal(own_site(services), Proof.PATH_TOKEN)


def _this_machine(request: Request, services: WebServices) -> Principal:
    if not is_local(request.remote_addr, request.host, request.headers, base_url=services.base_url):
        raise LoopbackOnly("without OKR_API_TOKEN only this machine may ask")
    return Principal(_kept_site(request, services), Proof.LOOPBACK)


def bears(request: Request, token: str) -> bool:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and _same(given.strip(), token)


def _same(given: str, due: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), due.encode())


TOKEN_OR_LOOPBACK = Guard(_token_or_loopback)
WEBHOOK_SENDER = Guard(_webhook_sender)
PATH_TOKEN_SENDER = Guard(_path_token_sender)
