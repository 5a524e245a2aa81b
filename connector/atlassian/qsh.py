"""The hash that ties a Connect token to one request: method, path and query, not the body.

https://developer.atlassian.com/cloud/jira/platform/understanding-jwt-for-connect-apps tells how it
is made. Where the two published libraries differ, each is right once: like npm's `atlassian-jwt`
this strips one trailing slash and leaves doubled ones alone; like PyPI's it sorts names as encoded.
"""

import hmac
import re
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import quote, unquote_plus

CONTEXT_QSH = "context-qsh"
_PLAIN = re.compile(r"[A-Za-z0-9._~-]*")
# As `_encoded` writes it: ASCII alone, since other bytes may be no UTF-8.
_CANONICAL = re.compile(
    r"(?:[A-Za-z0-9._~-]|%(?:[01][0-9A-F]|2[0-9A-CF]|3[A-F]|40|5[B-E]|60|7[B-DF]))*"
)
_WITH_FORM = frozenset({"POST", "PUT"})


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """
    What a hash covers, as it was sent and before any decoding.

    `path` without query, `query` without its question mark, `form` the body of a request of the
    type application/x-www-form-urlencoded (else empty); `base_path` that of our own base URL.
    """

    method: str
    path: str
    query: str = ""
    form: str = ""
    base_path: str = ""

    def has(self, claimed: str) -> bool:
        """
        Whether this is the hash of this request.

        A POST or PUT without a query may have it of its form instead: clients of Atlassian move
        the one into the other, and atlassian-connect-express allows for it.
        """
        if _same(claimed, qsh(self.method, self.path, self.query, base_path=self.base_path)):
            return True
        if self.query or not self.form or self.method.upper() not in _WITH_FORM:
            return False
        return _same(claimed, qsh(self.method, self.path, self.form, base_path=self.base_path))


def _same(claimed: str, computed: str) -> bool:
    return hmac.compare_digest(claimed.encode(errors="replace"), computed.encode())


def qsh(method: str, path: str, query_string: str, *, base_path: str = "") -> str:
    """
    SHA-256 of the canonical request, in hexadecimal digits.

    `base_path` is the path of the receiver's base URL: that of the app for calls to it, `/wiki`
    for calls to Confluence.
    """
    request = canonical_request(method, path, query_string, base_path=base_path)
    return sha256(request.encode(errors="replace")).hexdigest()


def canonical_request(method: str, path: str, query_string: str, *, base_path: str = "") -> str:
    """
    >>> canonical_request("get", "/wiki/x&y/", "b=2&b=1&a=%C3%A9+&jwt=ey", base_path="/wiki")
    'GET&/x%26y&a=%C3%A9%20&b=1,2'
    """
    return f"{method.upper()}&{_path(path, base_path)}&{_query(query_string)}"


def _path(path: str, base_path: str) -> str:
    base = base_path.rstrip("/")
    if base and (path == base or path.startswith(base + "/")):
        path = path[len(base) :]
    path = path.replace("&", "%26")
    if not path.startswith("/"):
        path = "/" + path
    return path[:-1] if path.endswith("/") and len(path) > 1 else path


def _query(query_string: str) -> str:
    values: dict[str, list[str]] = {}
    for pair in query_string.split("&"):
        if pair:
            name, _, value = pair.partition("=")
            values.setdefault(_canonical(name), []).append(value)
    values.pop("jwt", None)
    return "&".join(f"{name}={_joined(of)}" for name, of in sorted(values.items()))


def _joined(values: list[str]) -> str:
    """Sorted as Java and JavaScript sort texts, which are UTF-16 to them."""
    if len(values) == 1:
        return _canonical(values[0])
    decoded = sorted(
        map(_decoded, values), key=lambda one: one.encode("utf-16-be", "surrogatepass")
    )
    return ",".join(map(_encoded, decoded))


def _canonical(text: str) -> str:
    """Decoded and encoded again; a host sends most of a query as its hash has it."""
    return text if _CANONICAL.fullmatch(text) else _encoded(_decoded(text))


def _decoded(text: str) -> str:
    return unquote_plus(text) if "%" in text or "+" in text else text


def _encoded(text: str) -> str:
    """By RFC 3986: all but the unreserved characters."""
    return text if _PLAIN.fullmatch(text) else quote(text, safe="", errors="replace")
