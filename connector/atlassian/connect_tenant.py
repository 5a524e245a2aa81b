"""Which Connect installation signed a token, told from its shared secret."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jwt.algorithms import Algorithm

from connector.atlassian.bad_proof import BadProof, Reason
from connector.atlassian.compact_token import CompactToken, text_claim

# For a client key, the secrets that may be in use: none for a stranger, two while one replaces
# the other.
SecretsOf = Callable[[str], Sequence[str]]
# One line of a header in nginx as it comes: http://nginx.org/en/docs/http/ngx_http_core_module.html
LARGEST = 8 * 1024
_AT_ONCE = 2
# No secret of Atlassian's is that short; an empty one would let everybody in.
_SHORTEST = 16
_NOBODYS = tuple(secrets.token_hex(32) for _ in range(_AT_ONCE))


@dataclass(frozen=True, slots=True)
class ConnectProof:
    """
    An installation, and in `account` who is looking there: None for somebody not signed in.

    `ends` in seconds since 1970; `page` is the page that the host put into the token, if it did.
    """

    client_key: str
    account: str | None
    ends: int
    page: str | None = None


def tenant_of(token: CompactToken, secrets_of: SecretsOf, algorithm: Algorithm) -> str:
    """
    The client key of the installation that signed. Raises BadProof.

    A stranger's token takes as many comparisons as that of an installation, so that neither
    answer nor time tells who is installed.
    """
    client_key = text_claim(token.claims, "iss")
    known = [one for one in secrets_of(client_key) if len(one) >= _SHORTEST]
    tried = [*known, *_NOBODYS][: max(len(known), _AT_ONCE)]
    right = [algorithm.verify(token.signed, one.encode(), token.signature) for one in tried]
    if not any(right[: len(known)]):
        raise BadProof(Reason.SIGNATURE if known else Reason.UNKNOWN_TENANT)
    return client_key
