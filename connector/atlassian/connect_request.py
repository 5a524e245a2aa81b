"""Is this request from a Connect installation? HS256 with its secret, and the request's own hash.

The same token may come again within its life: a browser that reloads an iframe sends it again.
"""

import time
from collections.abc import Callable

from jwt import get_algorithm_by_name

from connector.atlassian.bad_proof import BadProof, Reason
from connector.atlassian.compact_token import check_life, optional_text, read_token, text_claim
from connector.atlassian.connect_tenant import LARGEST, ConnectProof, SecretsOf, tenant_of
from connector.atlassian.qsh import CONTEXT_QSH, SignedRequest

_ALGORITHM = "HS256"
_HMAC = get_algorithm_by_name(_ALGORITHM)


def verify_request(
    token: str,
    request: SignedRequest,
    *,
    secrets_of: SecretsOf,
    now: Callable[[], float] = time.time,
) -> ConnectProof:
    """
    Who sent this very request. Raises BadProof.

    A context token is refused here: its hash covers nothing, see
    https://community.developer.atlassian.com/t/action-required-atlassian-connect-vulnerability-allows-bypass-of-app-qsh-verification-via-context-jwts/47072
    """
    found = read_token(token, largest=LARGEST)
    if found.algorithm != _ALGORITHM:
        raise BadProof(Reason.ALGORITHM)
    client_key = tenant_of(found, secrets_of, _HMAC)
    ends = check_life(found.claims, now())
    claimed = text_claim(found.claims, "qsh")
    if claimed == CONTEXT_QSH:
        raise BadProof(Reason.CONTEXT)
    if not request.has(claimed):
        raise BadProof(Reason.QSH)
    return ConnectProof(client_key, optional_text(found.claims, "sub"), ends)
