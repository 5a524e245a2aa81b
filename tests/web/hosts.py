"""A Connect host and a Forge host as callers of the application; tokens made by PyJWT and PyPI's
atlassian-jwt, which nobody here wrote."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

import jwt
from atlassian_jwt.url_utils import hash_url  # type: ignore[import-untyped]  # has no types
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPublicKey,
    generate_private_key,
)
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from connector.atlassian.bad_proof import BadProof, Reason
from connector.atlassian.seen import Seen
from connector.web.hosts import ConnectDoor, ForgeDoor
from tests.fakes.installations import FakeInstallations
from tests.web.conftest import NOW

AT = int(NOW.timestamp())
APP_ID = "d9e4002b-120b-426b-834b-000000000001"
CLOUD = "866c3a03-0000-4717-91c4-1ad078bfcc60"
API = "https://api.atlassian.com"
KEY_ID = "key-1"


@cache
def private_key(name: str = "host") -> RSAPrivateKey:
    del name
    return generate_private_key(65537, 2048)


def key_of(kid: str) -> RSAPublicKey:
    if kid != KEY_ID:
        raise BadProof(Reason.UNKNOWN_KEY)
    return private_key().public_key()


class Keys:
    def key(self, kid: str) -> RSAPublicKey:
        return key_of(kid)


def connect_door(installations: FakeInstallations) -> ConnectDoor:
    return ConnectDoor(
        installations=installations,
        key_of=key_of,
        hosts=(".atlassian.net",),
        seen=Seen(now=lambda: AT),
    )


def forge_door(installations: FakeInstallations) -> ForgeDoor:
    return ForgeDoor(installations=installations, app_id=APP_ID, keys=Keys(), api_origins=(API,))


@dataclass
class ConnectHost:
    """One product of one site, which has the app or is about to install it."""

    client: FlaskClient
    site: str = "acme.atlassian.net"
    product: str = "confluence"
    client_key: str = "client-of-acme"
    secret: str = "shared-secret-of-acme-0123456789"
    base_url: str = "http://localhost:8090"
    signer: RSAPrivateKey = field(default_factory=private_key)

    @property
    def address(self) -> str:
        return (
            f"https://{self.site}/wiki" if self.product == "confluence" else f"https://{self.site}"
        )

    def lifecycle_token(self, path: str, **changes: Any) -> str:
        claims = {
            "iss": self.client_key,
            "aud": [self.base_url],
            "iat": AT,
            "exp": AT + 180,
            "qsh": hash_url("POST", path),
        }
        headers = {"kid": changes.pop("kid", KEY_ID)}
        return jwt.encode({**claims, **changes}, self.signer, algorithm="RS256", headers=headers)

    def payload(self, event: str, **changes: Any) -> dict[str, Any]:
        app = "okr-connector" if self.product == "confluence" else "okr-connector-jira"
        told = {
            "key": app,
            "clientKey": self.client_key,
            "sharedSecret": self.secret,
            "baseUrl": self.address,
            "productType": self.product,
            "eventType": event,
            "description": "made up",
        }
        if event == "uninstalled":
            del told["sharedSecret"]
        return {**told, **changes}

    def tell(self, event: str, token: str | None = None, **changes: Any) -> TestResponse:
        path = f"/connect/{event}"
        token = token or self.lifecycle_token(path)
        return self.client.post(
            path,
            json=self.payload(event, **changes),
            headers={"Authorization": f"JWT {token}"},
        )

    def token(self, method: str, url: str, **changes: Any) -> str:
        claims = {
            "iss": self.client_key,
            "sub": "account-1",
            "iat": AT,
            "exp": AT + 180,
            "qsh": hash_url(method, url),
        }
        return jwt.encode({**claims, **changes}, self.secret, algorithm="HS256")

    def get(
        self, path: str, headers: Mapping[str, str] | None = None, **query: str
    ) -> TestResponse:
        """As an iframe does: the token in the query."""
        url = f"{path}?{urlencode(query)}"
        asked = urlencode({**query, "jwt": self.token("GET", url)})
        return self.client.get(f"{path}?{asked}", headers=headers)

    def post(self, path: str, body: object) -> TestResponse:
        """As a webhook does: the token in the header."""
        return self.client.post(
            path, json=body, headers={"Authorization": f"JWT {self.token('POST', path)}"}
        )


@dataclass
class ForgeHost:
    client: FlaskClient
    installation: str = "ari:cloud:ecosystem::installation/1"
    cloud: str = CLOUD
    signer: RSAPrivateKey = field(default_factory=private_key)

    def base(self, product: str) -> str:
        return f"{API}/ex/{product}/{self.cloud}"

    def token(
        self, module: str, *, page: str = "", issue: str = "", account: str = "", **changes: Any
    ) -> str:
        contexts = [
            {
                "name": product,
                "cloudId": self.cloud,
                "apiBaseUrl": f"{API}/ex/{product}/{self.cloud}",
            }
            for product in ("confluence", "jira")
        ]
        app = f"ari:cloud:ecosystem::app/{APP_ID}"
        context: dict[str, Any] = {"cloudId": self.cloud}
        if page:
            context |= {
                "siteUrl": "https://acme.atlassian.net",
                "extension": {"type": "macro", "content": {"id": page}},
            }
        if issue:
            context |= {
                "siteUrl": "https://acme.atlassian.net",
                "extension": {"type": "jira:issuePanel", "issue": {"key": issue, "id": "10029"}},
            }
        claims: dict[str, Any] = {
            "iss": "forge/invocation-token",
            "aud": app,
            "iat": AT,
            "nbf": AT,
            "exp": AT + 25,
            "jti": "1",
            "app": {
                "id": app,
                "installationId": self.installation,
                "apiBaseUrl": contexts[0]["apiBaseUrl"],
                "installation": {"id": self.installation, "contexts": contexts},
                "module": {"type": "core:endpoint", "key": module},
            },
            "context": context,
        }
        if account:
            claims["principal"] = account
        headers = {"kid": KEY_ID}
        return jwt.encode({**claims, **changes}, self.signer, algorithm="RS256", headers=headers)

    def call(
        self,
        path: str,
        body: object = None,
        *,
        module: str = "frame",
        page: str = "",
        account: str = "",
        system_token: str = "",
        token: str = "",
    ) -> TestResponse:
        token = token or self.token(module, page=page, account=account)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        if system_token:
            headers["x-forge-oauth-system"] = system_token
        return self.client.post(
            path, data=json.dumps({} if body is None else body), headers=headers
        )
