"""
Incoming application links: the applications that an administrator lets ask for access.

https://confluence.atlassian.com/doc/configure-an-incoming-link-1115674733.html
"""

import secrets
from dataclasses import dataclass, field
from ipaddress import ip_address
from threading import Lock
from urllib.parse import urlsplit

from sandbox.datacenter.oauth.scopes import widest
from sandbox.wire import JsonObject, as_text, is_text

_KNOWN = frozenset({"name", "redirect", "scope", "client_id", "client_secret"})
LONGEST = 2000


class WrongLink(ValueError):
    """What is wrong with a link, in one sentence."""


@dataclass(frozen=True, slots=True)
class IncomingLink:
    """`redirect` is where people are sent back to; `scope` the widest that it may ask for."""

    name: str
    redirect: str
    scope: str
    client_id: str
    client_secret: str = field(repr=False)


class IncomingLinks:
    """All of a site, in the order they were made."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: dict[str, IncomingLink] = {}

    def all(self) -> list[IncomingLink]:
        with self._lock:
            return list(self._held.values())

    def find(self, client_id: str) -> IncomingLink | None:
        with self._lock:
            return self._held.get(client_id)

    def add(self, link: IncomingLink) -> IncomingLink:
        """A link with the id of another takes its place."""
        with self._lock:
            self._held[link.client_id] = link
        return link

    def remove(self, client_id: str) -> bool:
        with self._lock:
            return self._held.pop(client_id, None) is not None


def understood(given: JsonObject) -> IncomingLink:
    """
    A link as its form or an option tells of it; without an id and a secret it gets new ones.

    Raises `WrongLink`.
    """
    if unknown := set(given) - _KNOWN:
        raise WrongLink(f"there is no {min(unknown)}: known are {', '.join(sorted(_KNOWN))}")
    if not all(isinstance(one, str) and is_text(one) for one in given.values()) or any(
        len(one) > LONGEST for one in given.values()
    ):
        raise WrongLink(f"every value is a text of at most {LONGEST} characters")
    scope = widest(as_text(given.get("scope")) or "READ")
    if scope is None:
        raise WrongLink("scope is READ, WRITE, ADMIN or SYSTEM_ADMIN")
    return IncomingLink(
        name=as_text(given.get("name")).strip() or "An application",
        redirect=_redirect(as_text(given.get("redirect")).strip()),
        scope=scope,
        client_id=as_text(given.get("client_id")).strip() or secrets.token_hex(16),
        client_secret=as_text(given.get("client_secret")).strip() or secrets.token_hex(32),
    )


def _redirect(address: str) -> str:
    """HTTPS, as Confluence demands; plain HTTP on this machine, as its system properties allow."""
    try:
        scheme, host = urlsplit(address).scheme, urlsplit(address).hostname or ""
    except ValueError:
        raise WrongLink("redirect is no address") from None
    if "#" in address or not (scheme == "https" or (scheme == "http" and is_loopback(host))):
        raise WrongLink("redirect begins with https, or with http on this machine, without a #")
    return address


def is_loopback(host: str) -> bool:
    """
    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("127.0.0.1.example")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
