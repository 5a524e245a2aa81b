"""Headers that every answer carries, and the policy of who may frame what."""

from functools import lru_cache

from flask import Request, Response, g

from connector.core.errors import OkrError
from connector.core.installation import Product
from connector.core.okr import SiteId
from connector.usecases.sites import origin_of
from connector.web.auth import Proof
from connector.web.services import WebServices

YEAR = 365 * 24 * 60 * 60
_FEATURES = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
_NOTHING = ("default-src 'none'", "base-uri 'none'", "form-action 'none'")
_OWN_PARTS = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
)


_ALWAYS = (
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("Permissions-Policy", ", ".join(f"{feature}=()" for feature in _FEATURES)),
)
_PANEL = "/connect/issue-panel"
_FRAMED = frozenset({"/connect/byline", _PANEL, "/okr", "/admin/configure"})
_POPUPS = frozenset({"/signin/start", "/signin/callback"})
_OWN_PAGES = (*_OWN_PARTS[:-1], "form-action 'self'", "frame-ancestors 'none'")


def is_page(request: Request) -> bool:
    """Whether a person reads the answer in a browser: then its problems are pages too."""
    return is_framed(request) or is_own_page(request)


def is_own_page(request: Request) -> bool:
    """A page of ours with forms or a script on it, which nobody may frame."""
    path = request.path
    return path in _POPUPS or path == "/preview" or path.startswith("/preview/")


def is_framed(request: Request) -> bool:
    """Whether the answer is shown inside a page of the site, and so are the problems it has."""
    return request.path.startswith("/macros/") or request.path in _FRAMED


def secure(response: Response, request: Request, services: WebServices) -> Response:
    """
    No answer is kept by a browser unless its view says so.

    The hosts' scanner asks for `no-cache` and `no-store` together. X-Frame-Options is not sent:
    it knows one origin only, and frame-ancestors replaces it.
    https://developer.atlassian.com/platform/marketplace/security-requirements-more-info/
    """
    headers = response.headers
    headers.setdefault("Cache-Control", "no-cache, no-store")
    headers["Content-Security-Policy"] = _policy(request, services)
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.extend(_ALWAYS)
    if services.base_url.startswith("https://"):
        headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    return response


def _policy(request: Request, services: WebServices) -> str:
    if is_framed(request):
        return _framed(_script_of_host(services), _framers(request, services))
    if is_own_page(request):
        return "; ".join(_OWN_PAGES)
    return "; ".join((*_NOTHING, "frame-ancestors 'none'"))


def _script_of_host(services: WebServices) -> str:
    """Where a Connect host frames us, its own script fits the frame to the content."""
    who = g.get("principal")
    if services.connect is None or who is None or who.proof != Proof.CONNECT_REQUEST:
        return ""
    return origin_of(services.connect.script)


@lru_cache
def _framed(script: str, framers: str) -> str:
    """The same for all who look at a site."""
    allowed = f"script-src 'self' {script}".rstrip()
    parts = (allowed if one.startswith("script-src ") else one for one in _OWN_PARTS)
    return "; ".join((*parts, f"frame-ancestors {framers}"))


def _framers(request: Request, services: WebServices) -> str:
    """
    The pages of the caller's own site, of its Jira for what stands beside issues. A refusal to
    somebody unknown may show in the pages of the settings' site, where an admin can read it, and
    nowhere else.
    """
    known: SiteId | None = getattr(g.get("principal"), "site", services.site)
    try:
        site = services.sites.of(known) if known else None
    except OkrError:
        site = None
    product = Product.JIRA if request.path == _PANEL else Product.CONFLUENCE
    return (origin_of(site.url_of(product)) if site else "") or "'none'"
