"""
The query string hash that ties a JWT to one request.

https://developer.atlassian.com/cloud/bitbucket/query-string-hash/
"""

import hashlib
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, urlsplit

CONTEXT = "context-qsh"
_OMITTED = "jwt"


def request_hash(method: str, path: str, query: str) -> str:
    """
    `path` is relative to the base URL of whoever receives, `query` as it stands in the address.

    >>> request_hash("get", "/m", "b=2&a=1&jwt=x") == request_hash("GET", "/m/", "a=1&b=2")
    True
    """
    canonical = "&".join((method.upper(), _path(path), _query(query)))
    return hashlib.sha256(canonical.encode()).hexdigest()


def address_hash(method: str, url: str, base: str) -> str:
    """The hash of a request to an absolute address, relative to the receiver's base URL."""
    parts, root = urlsplit(url), urlsplit(base).path.rstrip("/")
    return request_hash(method, parts.path.removeprefix(root), parts.query)


def _path(path: str) -> str:
    kept = path[:-1] if len(path) > 1 and path.endswith("/") else path
    kept = kept if kept.startswith("/") else f"/{kept}"
    return kept.replace("&", "%26")


def _query(query: str) -> str:
    """Sorted by name; the values of one name sorted and joined by a bare comma."""
    values: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if name != _OMITTED:
            values.setdefault(_escaped(name), []).append(_escaped(value))
    return "&".join(f"{name}={','.join(sorted(held))}" for name, held in _sorted(values))


def _sorted(values: dict[str, list[str]]) -> Iterable[tuple[str, list[str]]]:
    return sorted(values.items())


def _escaped(text: str) -> str:
    return quote(text, safe="~")
