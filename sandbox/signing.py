"""RSA keys with which the host signs: one for each purpose, made when it is first needed."""

import uuid
from dataclasses import dataclass
from functools import cache

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from sandbox.wire import JsonObject

_BITS = 2048
_EXPONENT = 65537


@dataclass(frozen=True, slots=True)
class SigningKey:
    kid: str
    private: rsa.RSAPrivateKey

    def sign(self, claims: JsonObject) -> str:
        """A JWT, RS256, which names its key."""
        return jwt.encode(claims, self.private, algorithm="RS256", headers={"kid": self.kid})

    @property
    def pem(self) -> str:
        """The public half as the key server of Connect gives it."""
        written = self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return written.decode()

    @property
    def jwk(self) -> JsonObject:
        """The public half as an entry of a JSON Web Key Set."""
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {**public, "kid": self.kid, "use": "sig", "alg": "RS256"}


@cache
def signing_key(purpose: str) -> SigningKey:  # noqa: ARG001 - what it is cached by
    """The same for one purpose as long as the process lives."""
    return SigningKey(str(uuid.uuid4()), rsa.generate_private_key(_EXPONENT, _BITS))
