"""Why a proof of who is calling was refused: a word for the log, never part of the answer."""

from enum import StrEnum

from connector.core.errors import Unauthorized


class Reason(StrEnum):
    """What was wrong. Few and fixed, so that they can be counted."""

    MISSING = "missing"
    DOUBLED = "doubled"
    OVERSIZE = "oversize"
    MALFORMED = "malformed"
    ALGORITHM = "algorithm"
    KEY_ID = "key-id"
    UNKNOWN_KEY = "unknown-key"
    UNKNOWN_TENANT = "unknown-tenant"
    SIGNATURE = "signature"
    CLAIMS = "claims"
    ISSUER = "issuer"
    AUDIENCE = "audience"
    EXPIRED = "expired"
    NOT_YET = "not-yet"
    LIFETIME = "lifetime"
    QSH = "qsh"
    CONTEXT = "context"
    REPLAYED = "replayed"
    ADDRESS = "address"


class BadProof(Unauthorized):
    """No valid proof of who is calling. Whatever the reason, the message is the same."""

    code = "bad_proof"

    def __init__(self, reason: Reason) -> None:
        super().__init__("no valid proof of who is calling")
        self.reason = reason
