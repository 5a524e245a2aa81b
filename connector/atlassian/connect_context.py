"""Is our own page in an iframe asking? HS256 with a token that the page got from the host.

`AP.context.getToken()` gives it; its hash is a fixed word, so it covers no request and is good
only where a route asks for it.
"""

import time
from collections.abc import Callable

from jwt import get_algorithm_by_name

from connector.atlassian.bad_proof import BadProof, Reason
from connector.atlassian.compact_token import check_life, optional_text, read_token
from connector.atlassian.connect_tenant import LARGEST, ConnectProof, SecretsOf, tenant_of
from connector.atlassian.qsh import CONTEXT_QSH
from connector.core.json import JsonObject

_ALGORITHM = "HS256"
_HMAC = get_algorithm_by_name(_ALGORITHM)


def verify_context(
    token: str, *, secrets_of: SecretsOf, now: Callable[[], float] = time.time
) -> ConnectProof:
    """Who is looking, and at which page if the host said so. Raises BadProof."""
    found = read_token(token, largest=LARGEST)
    if found.algorithm != _ALGORITHM:
        raise BadProof(Reason.ALGORITHM)
    client_key = tenant_of(found, secrets_of, _HMAC)
    ends = check_life(found.claims, now())
    if found.claims.get("qsh") != CONTEXT_QSH:
        raise BadProof(Reason.QSH)
    account = optional_text(found.claims, "sub")
    return ConnectProof(client_key, account, ends, _page(found.claims))


def _page(claims: JsonObject) -> str | None:
    """`context.confluence.content.id`, a number or its digits."""
    found = claims
    for name in ("context", "confluence", "content"):
        inner = found.get(name)
        if not isinstance(inner, dict):
            return None
        found = inner
    page = str(found.get("id"))
    return page if page.isascii() and page.isdigit() else None
