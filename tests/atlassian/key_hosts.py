"""Hosts of signing keys on this machine, which answer as they are told."""

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import requests
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm
from werkzeug import Request, Response

from tests.atlassian.serving import served

Json = dict[str, object]


def pem(key: RSAPublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def jwk(kid: str, key: RSAPublicKey, **more: object) -> Json:
    return (
        RSAAlgorithm.to_jwk(key, as_dict=True) | {"kid": kid, "alg": "RS256", "use": "sig"} | more
    )


def key_set(*keys: Json) -> bytes:
    return json.dumps({"keys": keys}).encode()


class KeyHost:
    """Answers paths with bodies, everything else with 404, and remembers what was asked."""

    def __init__(self) -> None:
        self.bodies: dict[str, bytes | Iterable[bytes]] = {}
        self.status = 200
        self.headers: dict[str, str] = {}
        self.asked: list[str] = []
        self.seen: list[dict[str, str]] = []
        self.wait: threading.Event | None = None
        self.address = ""

    def __call__(self, environ: dict[str, object], start: object) -> object:
        request = Request(environ)
        self.asked.append(request.path)
        self.seen.append(dict(request.headers))
        if self.wait is not None:
            self.wait.wait(5)
        body = self.bodies.get(request.path)
        status = self.status if body is not None or self.status != requests.codes.ok else 404
        answer = Response(body or b"", status=status, headers=self.headers)
        return answer(environ, start)  # type: ignore[arg-type] # whatever the server brings


@contextmanager
def key_host() -> Iterator[KeyHost]:
    host = KeyHost()
    with served(host) as host.address:  # type: ignore[arg-type] # whatever the server brings
        yield host
