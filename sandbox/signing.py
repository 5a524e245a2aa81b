"""RSA keys with which the host signs: one for each purpose, made when it is first needed."""

import uuid
from dataclasses import dataclass
from threading import Lock

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


_made: dict[str, SigningKey] = {}
_making = Lock()


def signing_key(purpose: str) -> SigningKey:
    """The same for one purpose as long as the process lives, whoever asks first."""
    with _making:
        if purpose not in _made:
            private = rsa.generate_private_key(_EXPONENT, _BITS)
            _made[purpose] = SigningKey(str(uuid.uuid4()), private)
        return _made[purpose]
