"""An installed app, and the invocation tokens that its server verifies."""

import secrets
import time
import uuid
from dataclasses import dataclass
from typing import Literal

from sandbox.directory import User
from sandbox.forge.manifest import Manifest
from sandbox.signing import signing_key
from sandbox.wire import JsonObject

ISSUER = "forge/invocation-token"
LIFE = 25
VERSION = "1.0.0"
ENVIRONMENT_TYPE = "DEVELOPMENT"
Product = Literal["confluence", "jira"]


@dataclass(frozen=True, slots=True)
class Invocation:
    """
    What calls the app: a module in the browser, or an endpoint for events and schedules.

    `context` is what the app learns of the place; `principal` is who looks, in the browser alone.
    """

    module_type: str
    module_key: str
    product: str
    context: JsonObject | None = None
    principal: str | None = None


@dataclass(frozen=True, slots=True)
class Installation:
    manifest: Manifest
    cloud_id: str
    site_url: str
    api: str
    user: User
    number: str
    environment: str

    @property
    def id(self) -> str:
        return f"ari:cloud:ecosystem::installation/{self.number}"

    @property
    def app_uuid(self) -> str:
        return self.manifest.app_id.rpartition("/")[2]

    @property
    def environment_id(self) -> str:
        return f"ari:cloud:ecosystem::environment/{self.app_uuid}/{self.environment}"

    def api_base(self, product: str) -> str:
        return f"{self.api}/ex/{product}/{self.cloud_id}"

    def context(self, module_key: str, **more: object) -> JsonObject:
        return {
            "cloudId": self.cloud_id,
            "siteUrl": self.site_url,
            "moduleKey": module_key,
            **more,
        }

    def token(self, invocation: Invocation) -> str:
        """A Forge Invocation Token: RS256, for 25 seconds."""
        now = int(time.time())
        claims: JsonObject = {
            "app": self._app(invocation),
            "aud": self.manifest.app_id,
            "iss": ISSUER,
            "iat": now,
            "nbf": now,
            "exp": now + LIFE,
            "jti": secrets.token_hex(20),
        }
        if invocation.context is not None:
            claims["context"] = invocation.context
        if invocation.principal is not None:
            claims["principal"] = invocation.principal
        return signing_key("forge-invocation").sign(claims)

    def _app(self, invocation: Invocation) -> JsonObject:
        contexts = [
            {"name": name, "apiBaseUrl": self.api_base(name), "cloudId": self.cloud_id}
            for name in self.manifest.products
        ]
        return {
            "id": self.manifest.app_id,
            "appVersion": VERSION,
            "installationId": self.id,
            "apiBaseUrl": self.api_base(invocation.product),
            "environment": {"type": ENVIRONMENT_TYPE, "id": self.environment_id},
            "module": {"type": invocation.module_type, "key": invocation.module_key},
            "installation": {"id": self.id, "contexts": contexts},
        }


def new_number() -> str:
    return str(uuid.uuid4())
