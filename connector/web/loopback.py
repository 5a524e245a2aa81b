"""Whether a request comes from this very machine, and not through somebody in between."""

from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

from werkzeug.datastructures import Headers

# Set by proxies and tunnels on the way; one is enough to know that somebody else is asking.
_PASSED_ON = frozenset(
    {"forwarded", "via", "x-real-ip", "x-client-ip", "true-client-ip", "cf-connecting-ip"}
)


def is_local(remote: str | None, host: str, headers: Headers, *, base_url: str) -> bool:
    """
    True for a caller on this machine who names this machine.

    The Host header is checked because a page of a stranger can point a name of its own at
    127.0.0.1 (DNS rebinding). Where `base_url` is not of this machine nobody is local: a proxy
    in front may well pass requests on without a trace.
    """
    ours = urlsplit(base_url).hostname or ""
    return (
        names_this_machine(ours)
        and remote is not None
        and _is_loopback(remote)
        and not any(_is_trace(name) for name in headers.keys())  # noqa: SIM118 - Headers iterate as pairs
        and names_this_machine(_host_name(host))
    )


def names_this_machine(host: str) -> bool:
    """
    >>> names_this_machine("localhost"), names_this_machine("127.0.0.1.evil.example")
    (True, False)
    """
    name = host.lower().rstrip(".")
    return name == "localhost" or name.endswith(".localhost") or _is_loopback(name)


def _host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(address: str) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        return found.ipv4_mapped.is_loopback
    return found.is_loopback


def _is_trace(header: str) -> bool:
    name = header.lower()
    return name in _PASSED_ON or name.startswith("x-forwarded")
