"""Where the products of a site answer: from the address in the settings to a door."""

from collections.abc import Callable
from urllib.parse import urlsplit

from requests.auth import AuthBase

from connector.atlassian.auth import Credentials
from connector.atlassian.governor import PATIENCE_WITH_BUCKETS, Governor
from connector.atlassian.http import DEFAULT_LIMITS, Door, Limits, RemoteCall, ignore
from connector.atlassian.transport import PUBLIC_TRUST, Trust
from connector.core.errors import ConfigError


def confluence_door(
    url: str,
    credentials: Credentials | AuthBase,
    *,
    limits: Limits = DEFAULT_LIMITS,
    trust: Trust = PUBLIC_TRUST,
    on_call: Callable[[RemoteCall], None] = ignore,
) -> Door:
    """
    The door to Confluence Cloud, which answers below `/wiki`, behind the API gateway too
    (`https://api.atlassian.com/ex/confluence/<cloud id>/wiki`); given without, it is added.
    """
    base = _checked(url)
    base = base if base.endswith("/wiki") else f"{base}/wiki"
    return Door("confluence", base, credentials, limits=limits, trust=trust, on_call=on_call)


def jira_door(
    url: str,
    credentials: Credentials | AuthBase,
    *,
    limits: Limits = DEFAULT_LIMITS,
    trust: Trust = PUBLIC_TRUST,
    on_call: Callable[[RemoteCall], None] = ignore,
) -> Door:
    return Door("jira", _checked(url), credentials, limits=limits, trust=trust, on_call=on_call)


def data_center_door(
    product: str,
    url: str,
    credentials: Credentials | AuthBase,
    *,
    limits: Limits = DEFAULT_LIMITS,
    trust: Trust = PUBLIC_TRUST,
    on_call: Callable[[RemoteCall], None] = ignore,
    governor: Governor | None = None,
) -> Door:
    """The door to a product at its base URL, with the context path if it has one."""
    return Door(
        product,
        _checked(url),
        credentials,
        limits=limits,
        trust=trust,
        on_call=on_call,
        governor=governor or Governor(patience=PATIENCE_WITH_BUCKETS),
    )


def _checked(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ConfigError("the address of a site starts with https:// and names a host")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise ConfigError("the address of a site has no user, password, query or fragment")
    return url.rstrip("/")
