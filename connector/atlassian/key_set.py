"""A JSON Web Key Set (RFC 7517), as far as RS256 needs it."""

import json

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from connector.core.json import JsonObject

_MOST = 100


def keys_in(document: bytes) -> dict[str, RSAPublicKey]:
    """The public RSA keys for signatures by their ids; what is anything else is left out."""
    try:
        listed = json.loads(document)["keys"]
    except (ValueError, RecursionError, TypeError, KeyError):
        return {}
    if not isinstance(listed, list):
        return {}
    found: dict[str, RSAPublicKey] = {}
    for one in listed[:_MOST]:
        key = _key(one) if isinstance(one, dict) else None
        if key is not None:
            found.setdefault(one["kid"], key)
    return found


def _key(listed: JsonObject) -> RSAPublicKey | None:
    if (
        listed.get("kty") != "RSA"
        or not isinstance(listed.get("kid"), str)
        or listed.get("use", "sig") != "sig"
        or listed.get("alg", "RS256") != "RS256"
    ):
        return None
    try:
        key = jwt.PyJWK(listed, algorithm="RS256").key
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        return None
    # a private one is of another type: a set that tells it is not to be trusted with it
    return key if isinstance(key, RSAPublicKey) else None
