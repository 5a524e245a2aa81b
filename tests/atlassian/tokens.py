"""Tokens as the hosts make them, put together by hand so that each may also be wrong in any way."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.hashes import SHA256

from connector.atlassian.bad_proof import BadProof, Reason
from connector.atlassian.connect_context import verify_context
from connector.atlassian.connect_lifecycle import verify_lifecycle
from connector.atlassian.connect_request import verify_request
from connector.atlassian.forge_token import verify_invocation
from connector.atlassian.qsh import SignedRequest, qsh
from connector.atlassian.seen import Seen

Sign = Callable[[bytes], bytes]
Json = dict[str, Any]

NOW = 1_794_000_000
SECRET, OLD_SECRET = "s" * 64, "o" * 64
CLIENT, APP = "11111111-client", "com.example.okr"
ACCOUNT = "557058:0a1b2c3d-0000-4000-8000-000000000001"
CLOUD = "866c3a03-0000-4717-91c4-1ad078bfcc60"
APP_ARI = "ari:cloud:ecosystem::app/d9e4002b-120b-426b-834b-000000000001"
BASE_URL = "https://okr.example.com/app"
MACRO = SignedRequest("GET", "/app/macros/okr-objective", "page=123&x=1", base_path="/app")
INSTALLED = SignedRequest("POST", "/app/connect/installed", base_path="/app")


@cache
def private_key(name: str) -> RSAPrivateKey:
    """A key pair for each name, as long as the tests run."""
    del name
    return generate_private_key(65537, 2048)


def public_key(name: str) -> RSAPublicKey:
    return private_key(name).public_key()


def hs256(secret: str) -> Sign:
    return lambda signed: hmac.digest(secret.encode(), signed, hashlib.sha256)


def rs256(key: RSAPrivateKey) -> Sign:
    return lambda signed: key.sign(signed, PKCS1v15(), SHA256())


def encoded(part: bytes) -> str:
    return urlsafe_b64encode(part).rstrip(b"=").decode()


def compact(header: Json | bytes, claims: Json | bytes, sign: Sign) -> str:
    """`bytes` stand in the token as they are, however wrong they may be."""
    parts = (
        part if isinstance(part, bytes) else json.dumps(part).encode() for part in (header, claims)
    )
    signed = ".".join(map(encoded, parts))
    return f"{signed}.{encoded(sign(signed.encode()))}"


@dataclass(frozen=True)
class Case:
    """A good token of one kind, and the verifier that takes it."""

    name: str
    header: Json
    claims: Json
    sign: Sign
    verify: Callable[[str], object]

    def token(self) -> str:
        return compact(self.header, self.claims, self.sign)

    def but(self, **claims: object) -> str:
        """With other claims, signed anew."""
        return compact(self.header, self.claims | claims, self.sign)

    def without(self, name: str) -> str:
        left = {one: value for one, value in self.claims.items() if one != name}
        return compact(self.header, left, self.sign)

    def headed(self, header: Json | bytes) -> str:
        return compact(header, self.claims, self.sign)

    def holding(self, claims: bytes) -> str:
        return compact(self.header, claims, self.sign)

    def signed(self, sign: Sign) -> str:
        return replace(self, sign=sign).token()


def refusal(verify: Callable[[str], object], token: str) -> Reason | None:
    """Why the token is refused, None when it is not."""
    try:
        verify(token)
    except BadProof as refused:
        return refused.reason
    return None


def still() -> float:
    return float(NOW)


def secrets_of(client_key: str) -> list[str]:
    """One installation, while its secret is being replaced; another that keeps its own."""
    return {CLIENT: [SECRET, OLD_SECRET], "22222222-client": ["t" * 64]}.get(client_key, [])


class Keys:
    """Keys by id; counts how often one was asked for."""

    def __init__(self, **known: RSAPublicKey) -> None:
        self.known: Mapping[str, RSAPublicKey] = known
        self.asked = 0

    def key(self, kid: str) -> RSAPublicKey:
        self.asked += 1
        if kid not in self.known:
            raise BadProof(Reason.UNKNOWN_KEY)
        return self.known[kid]


def _life(seconds: int) -> Json:
    return {"iat": NOW, "exp": NOW + seconds}


def request_case() -> Case:
    claims = {
        "iss": CLIENT,
        "sub": ACCOUNT,
        "qsh": qsh(MACRO.method, MACRO.path, MACRO.query, base_path=MACRO.base_path),
    }
    return Case(
        "request",
        {"typ": "JWT", "alg": "HS256"},
        claims | _life(180),
        hs256(SECRET),
        lambda token: verify_request(token, MACRO, secrets_of=secrets_of, now=still),
    )


def context_case() -> Case:
    context = {"confluence": {"content": {"id": "123", "type": "page"}}}
    return Case(
        "context",
        {"typ": "JWT", "alg": "HS256"},
        {"iss": CLIENT, "sub": ACCOUNT, "qsh": "context-qsh", "context": context} | _life(900),
        hs256(SECRET),
        lambda token: verify_context(token, secrets_of=secrets_of, now=still),
    )


def lifecycle_case(keys: Keys | None = None) -> Case:
    known = keys or Keys(key1=public_key("atlassian"))
    claims = {
        "iss": CLIENT,
        "aud": [BASE_URL],
        "qsh": qsh("POST", INSTALLED.path, "", base_path="/app"),
    }

    def verify(token: str) -> object:
        return verify_lifecycle(
            token,
            INSTALLED,
            audience=BASE_URL,
            key_of=known.key,
            seen=Seen(now=still),
            now=still,
        )

    return Case(
        "lifecycle",
        {"typ": "JWT", "alg": "RS256", "kid": "key1"},
        claims | _life(180),
        rs256(private_key("atlassian")),
        verify,
    )


def forge_claims() -> Json:
    """A macro on a page, as such tokens were seen (with other names)."""
    api = f"https://api.atlassian.com/ex/confluence/{CLOUD}"
    installation = "ari:cloud:ecosystem::installation/78738015-0fed-45bb-857b-000000000001"
    return {
        "app": {
            "id": APP_ARI,
            "appVersion": "2.1.0",
            "installationId": installation,
            "apiBaseUrl": api,
            "environment": {"type": "PRODUCTION", "id": "ari:cloud:ecosystem::environment/e"},
            "module": {"type": "xen:macro", "key": "okr-objective"},
            "installation": {
                "id": installation,
                "contexts": [
                    {"name": "confluence", "apiBaseUrl": api, "cloudId": CLOUD},
                    {"name": "jira", "apiBaseUrl": f"https://api.atlassian.com/ex/jira/{CLOUD}"},
                ],
            },
        },
        "context": {
            "localId": "4654fa12-4c7c-4792-95a9-6019edb27953",
            "cloudId": CLOUD,
            "moduleKey": "okr-objective",
            "siteUrl": "https://harbour.atlassian.net",
            "extension": {
                "type": "macro",
                "content": {"id": "584318979", "type": "page", "subtype": None},
                "space": {"key": "OKR", "id": "163841"},
                "config": {"objective": "Ship the harbour", "size": 3, "compact": True},
                "isEditing": False,
            },
        },
        "principal": ACCOUNT,
        "aud": APP_ARI,
        "iss": "forge/invocation-token",
        "nbf": NOW,
        "jti": "c900303226dd9b698199667c9c7c2b91d7cef2ff",
    } | _life(25)


KID = "forge/invocation-token/wf-f641e7a7"


def forge_case(keys: Keys | None = None) -> Case:
    known = keys or Keys(**{KID: public_key("forge")})
    return Case(
        "forge",
        {"alg": "RS256", "kid": KID},
        forge_claims(),
        rs256(private_key("forge")),
        lambda token: verify_invocation(token, app_id=APP_ARI, keys=known, now=still),
    )


def all_cases() -> list[Case]:
    return [request_case(), context_case(), lifecycle_case(), forge_case()]
