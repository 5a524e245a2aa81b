"""Does Forge call us, for which installation, and who is looking? RS256 with Forge's own keys.

https://developer.atlassian.com/platform/forge/remote/essentials/ describes the token. It says
nothing of one use only, so none is asked for: retries of an event come later than a token lives
and so bring new ones. `Invocation.jti` is there for what may happen only once.
"""

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import get_algorithm_by_name

from connector.atlassian.bad_proof import BadProof, Reason
from connector.atlassian.compact_token import check_life, read_token
from connector.atlassian.forge_claims import Invocation, invocation_of
from connector.core.json import JsonObject

API_ORIGINS = ("https://api.atlassian.com",)
# Such a token carries what the author set in the macro, and requests failed because it grew too
# large for headers (RFC-138 of Atlassian's developer community). Servers take 8 KB a line, some 32.
LARGEST = 32 * 1024
_ISSUER = "forge/invocation-token"
_AUDIENCE = "ari:cloud:ecosystem::app/"
_ALGORITHM = "RS256"
_RSA = get_algorithm_by_name(_ALGORITHM)


class KeySet(Protocol):
    def key(self, kid: str) -> RSAPublicKey:
        """Raises BadProof for an unknown one, Unavailable when it cannot be told."""
        ...


def verify_invocation(
    token: str,
    *,
    app_id: str,
    keys: KeySet,
    api_origins: Sequence[str] = API_ORIGINS,
    now: Callable[[], float] = time.time,
) -> Invocation:
    """
    What Forge says of the call; `app_id` is our own, with or without its `ari:` before it.

    Whatever address it names lies below one of `api_origins`. Raises BadProof, or Unavailable
    when Forge's keys cannot be had for the moment.
    """
    found = read_token(token, largest=LARGEST)
    if found.algorithm != _ALGORITHM:
        raise BadProof(Reason.ALGORITHM)
    if found.key_id is None:
        raise BadProof(Reason.KEY_ID)
    app = _AUDIENCE + app_id.removeprefix(_AUDIENCE)
    _check(found.claims, app)
    ends = check_life(found.claims, now())
    if not _RSA.verify(found.signed, keys.key(found.key_id), found.signature):
        raise BadProof(Reason.SIGNATURE)
    return invocation_of(found.claims, app=app, ends=ends, api_origins=api_origins)


def _check(claims: JsonObject, app: str) -> None:
    """All that needs no key, first: what is not meant for us makes us fetch nothing."""
    if claims.get("iss") != _ISSUER:
        raise BadProof(Reason.ISSUER)
    if claims.get("aud") not in (app, [app]):
        raise BadProof(Reason.AUDIENCE)
    if "nbf" not in claims:
        raise BadProof(Reason.CLAIMS)
