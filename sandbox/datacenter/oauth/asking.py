"""
What an authorization request says, and how the browser is sent back: RFC 6749, 4.1.

The page of consent reads the same parameters as the address that leads to it.
"""

import re
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit, urlunsplit

from sandbox.datacenter.oauth.grants import Asked
from sandbox.datacenter.oauth.links import IncomingLink
from sandbox.datacenter.oauth.scopes import covers, widest
from sandbox.errors import Refused
from sandbox.site import Site

PARAMETERS = (
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
)
_CHALLENGE = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_METHODS = ("S256", "plain")


class SentBack(Exception):
    """The application hears of a mistake through the browser, at its own address."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


def asked_of(site: Site, given: Mapping[str, str]) -> tuple[IncomingLink, Asked]:
    """
    The application, and what it asks for.

    Raises Refused for an application or an address that is not known: nobody is sent to an
    address that no administrator entered. Raises SentBack for any other mistake.
    """
    link = site.dc.oauth.links.find(given.get("client_id", ""))
    if link is None:
        raise refused("invalid_client", "The client id is not known")
    if given.get("redirect_uri", "") != link.redirect:
        raise refused("invalid_request", "The redirect URI is not that of the application")
    asked = Asked(
        client_id=link.client_id,
        redirect=link.redirect,
        scope=widest(given.get("scope", "")) or "",
        state=given.get("state", ""),
        challenge=given.get("code_challenge", ""),
        method=given.get("code_challenge_method", "") or "plain",
    )
    wrong = _wrong(link, asked, given)
    if wrong is not None:
        error, told = wrong
        raise SentBack(sent_back(asked, error=error, error_description=told))
    return link, asked


def _wrong(link: IncomingLink, asked: Asked, given: Mapping[str, str]) -> tuple[str, str] | None:
    if given.get("response_type", "") != "code":
        return "unsupported_response_type", "The response type must be code"
    if not asked.scope or not covers(link.scope, asked.scope):
        return "invalid_scope", "The scope is not known or not granted to the application"
    if "code_challenge_method" in given and not asked.challenge:
        return "invalid_request", "The code challenge is missing"
    if asked.challenge and not _CHALLENGE.fullmatch(asked.challenge):
        return "invalid_request", "The code challenge has 43 to 128 unreserved characters"
    if asked.method not in _METHODS:
        return "invalid_request", "The code challenge method must be S256 or plain"
    return None


def sent_back(asked: Asked, **told: str) -> str:
    """The application's own address with what it is told, and with its state."""
    scheme, host, path, query, _ = urlsplit(asked.redirect)
    more = urlencode(told | ({"state": asked.state} if asked.state else {}))
    return urlunsplit((scheme, host, path, f"{query}&{more}" if query else more, ""))


def refused(error: str, description: str, status: int = HTTPStatus.BAD_REQUEST) -> Refused:
    body = {"error": error, "error_description": description}
    return Refused(status, body, {"Cache-Control": "no-store", "Pragma": "no-cache"})
