"""Proofs made of a shared secret: the signature of a delivery, and that of a macro's address."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterable
from urllib.parse import urlencode

from connector.core.okr import PageId, SiteId

_DELIVERY = re.compile(r"\s*sha256=([0-9a-f]{64})\s*", re.IGNORECASE)
_MACRO_KEY = b"okr-connector/macro-link/1"


def is_signed(body: bytes, header: str, secrets: Iterable[bytes]) -> bool:
    """
    Whether one of the secrets signed these very bytes.

    The header is `X-Hub-Signature: sha256=<hex>`, with SHA-256 although the name is the one
    that elsewhere carries SHA-1; `sha1=` is refused.
    https://confluence.atlassian.com/doc/managing-webhooks-1021225606.html
    """
    found = _DELIVERY.fullmatch(header)
    if found is None:
        return False
    given = found[1].lower().encode()
    made = [hmac.new(secret, body, hashlib.sha256).hexdigest().encode() for secret in secrets]
    return any(hmac.compare_digest(one, given) for one in made)


def sign_macro(api_token: str, *, site: SiteId, page: PageId, macro: str) -> str:
    """
    The `sig` of a macro's address: it opens this macro on this page, and nothing else.

    The key is derived from the API token, so a new token ends all links. The three fields are
    signed as a JSON list, in which no two triples look alike.
    """
    key = hmac.new(api_token.encode(), _MACRO_KEY, hashlib.sha256).digest()
    signed = json.dumps([site, page, macro]).encode()
    return hmac.new(key, signed, hashlib.sha256).hexdigest()


def macro_link(
    base_url: str,
    *,
    site: SiteId,
    page: PageId,
    macro: str,
    api_token: str | None = None,
    **params: str,
) -> str:
    """The address of a macro, signed where there is a token to sign with."""
    query = {"page": page, **params}
    if api_token is not None:
        query["sig"] = sign_macro(api_token, site=site, page=page, macro=macro)
    return f"{base_url.rstrip('/')}/macros/{macro}?{urlencode(query)}"
