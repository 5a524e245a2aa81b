"""Does Atlassian tell us that the app is installed or gone? RS256 with a key of Atlassian's.

The hash of such a token covers no body, and the body brings the shared secret: whoever got hold of
a token that was used could bring another secret with it. So each is good once.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import get_algorithm_by_name

from connector.atlassian.bad_proof import BadProof, Reason
from connector.atlassian.compact_token import LEEWAY, check_life, read_token, text_claim
from connector.atlassian.qsh import SignedRequest
from connector.atlassian.seen import Seen
from connector.core.json import JsonObject

LARGEST = 8 * 1024
_ALGORITHM = "RS256"
_RSA = get_algorithm_by_name(_ALGORITHM)


@dataclass(frozen=True, slots=True)
class LifecycleProof:
    """
    Atlassian speaks for this installation: the caller compares `client_key` with the body's.

    `mark` is for `Seen.forget` when the call could not be carried out.
    """

    client_key: str
    ends: int
    mark: bytes


def verify_lifecycle(
    token: str,
    request: SignedRequest,
    *,
    audience: str,
    key_of: Callable[[str], RSAPublicKey],
    seen: Seen,
    now: Callable[[], float] = time.time,
) -> LifecycleProof:
    """
    Whose installation the call is about; `audience` is our base URL.

    Raises BadProof, or Unavailable when Atlassian's keys cannot be had for the moment.
    """
    found = read_token(token, largest=LARGEST)
    if found.algorithm != _ALGORITHM:
        raise BadProof(Reason.ALGORITHM)
    if found.key_id is None:
        raise BadProof(Reason.KEY_ID)
    ends = _check(found.claims, request, audience, now())
    client_key = text_claim(found.claims, "iss")
    if not _RSA.verify(found.signed, key_of(found.key_id), found.signature):
        raise BadProof(Reason.SIGNATURE)
    mark = sha256(found.signed).digest()
    if not seen.first(mark, ends + LEEWAY):
        raise BadProof(Reason.REPLAYED)
    return LifecycleProof(client_key, ends, mark)


def _check(claims: JsonObject, request: SignedRequest, audience: str, now: float) -> int:
    """All that needs no key, first: what is not meant for us makes us fetch nothing."""
    if _address(_first(claims.get("aud"))) != _address(audience):
        raise BadProof(Reason.AUDIENCE)
    ends = check_life(claims, now)
    if not request.has(text_claim(claims, "qsh")):
        raise BadProof(Reason.QSH)
    return ends


def _first(audience: object) -> str:
    """Atlassian sends a list, of which atlassian-connect-express reads the first."""
    found = audience[0] if isinstance(audience, list) and audience else audience
    if not isinstance(found, str) or not found:
        raise BadProof(Reason.AUDIENCE)
    return found


def _address(url: str) -> str:
    return url.removesuffix("/")
