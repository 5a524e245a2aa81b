"""A signed token as it is read before anything of it is believed: strictly, and once.

No key and no choice of algorithm here. Stricter than PyJWT on purpose, which takes numbers written
as texts, claims that are there twice, and decodes a token anew for each question.
"""

import json
import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn

from connector.atlassian.bad_proof import BadProof, Reason
from connector.core.json import JsonObject

# Shared by every verifier: seconds that clocks may differ, and the longest life that is believed.
# Atlassian's own tokens live for minutes.
LEEWAY = 3
LONGEST_LIFE = 3600
IDENTIFIER = re.compile(r"[\x21-\x7e]{1,255}")
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
# The last character of a base64 text, by the length beyond whole fours: unused bits are zero.
_LAST = {0: _ALPHABET, 2: b"AQgw", 3: b"AEIMQUYcgkosw048"}


@dataclass(frozen=True, slots=True)
class CompactToken:
    """`signed` is what `signature` was made over. Nothing is verified yet."""

    algorithm: str
    key_id: str | None
    claims: JsonObject
    signed: bytes
    signature: bytes


def read_token(text: str, *, largest: int) -> CompactToken:
    """The parts of a token of at most `largest` characters. Raises BadProof."""
    if not text:
        raise BadProof(Reason.MISSING)
    if len(text) > largest:
        raise BadProof(Reason.OVERSIZE)
    try:
        header, claims, signature = text.encode("ascii").split(b".")
    except ValueError:
        raise BadProof(Reason.MALFORMED) from None
    algorithm, key_id = _header(header)
    return CompactToken(
        algorithm, key_id, _object(claims), header + b"." + claims, _bytes(signature)
    )


@lru_cache(maxsize=256)
def _header(segment: bytes) -> tuple[str, str | None]:
    """Algorithm and key id. A site's headers are always the same few."""
    header = _object(segment)
    algorithm, key_id = header.get("alg"), header.get("kid")
    if not isinstance(algorithm, str) or "crit" in header or "b64" in header:
        raise BadProof(Reason.ALGORITHM)
    if key_id is not None and not (isinstance(key_id, str) and IDENTIFIER.fullmatch(key_id)):
        raise BadProof(Reason.KEY_ID)
    return algorithm, key_id


def _bytes(segment: bytes) -> bytes:
    if (
        not segment
        or segment.translate(None, _ALPHABET)
        or segment[-1] not in _LAST.get(len(segment) % 4, b"")
    ):
        raise BadProof(Reason.MALFORMED)
    return urlsafe_b64decode(segment + b"==")


def _object(segment: bytes) -> JsonObject:
    try:
        found = _STRICT.decode(_bytes(segment).decode())
    except (ValueError, RecursionError):
        raise BadProof(Reason.MALFORMED) from None
    if not isinstance(found, dict):
        raise BadProof(Reason.MALFORMED)
    return found


def _each_once(pairs: list[tuple[str, Any]]) -> JsonObject:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is there twice")
    return found


def _no_constant(_name: str) -> NoReturn:
    raise ValueError("not JSON")


_STRICT = json.JSONDecoder(object_pairs_hook=_each_once, parse_constant=_no_constant)


def text_claim(claims: JsonObject, name: str) -> str:
    """A claim that names somebody or something: printable ASCII. Raises BadProof."""
    found = claims.get(name)
    if not isinstance(found, str) or not IDENTIFIER.fullmatch(found):
        raise BadProof(Reason.CLAIMS)
    return found


def optional_text(claims: JsonObject, name: str) -> str | None:
    """The same, None where there is no such claim; null is a wrong one."""
    return text_claim(claims, name) if name in claims else None


def check_life(claims: JsonObject, now: float) -> int:
    """
    When the token ends, in seconds since 1970; `now` likewise.

    `exp` and `iat` must be there, `nbf` is heeded if it is. Raises BadProof.
    """
    ends, issued = _seconds(claims, "exp"), _seconds(claims, "iat")
    if ends <= now - LEEWAY:
        raise BadProof(Reason.EXPIRED)
    if issued > now + LEEWAY or ("nbf" in claims and _seconds(claims, "nbf") > now + LEEWAY):
        raise BadProof(Reason.NOT_YET)
    if ends - issued > LONGEST_LIFE:
        raise BadProof(Reason.LIFETIME)
    return ends


def _seconds(claims: JsonObject, name: str) -> int:
    found = claims.get(name)
    if type(found) is not int:  # a bool is an int to isinstance
        raise BadProof(Reason.CLAIMS)
    return found
