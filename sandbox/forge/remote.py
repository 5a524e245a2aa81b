"""
Calls to an app's own server, as Forge makes them.

https://developer.atlassian.com/platform/forge/remote/essentials/
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.directory import User
from sandbox.forge.installation import Installation, Invocation
from sandbox.forge.manifest import Endpoint, WrongManifest
from sandbox.forge.tokens import OauthTokens
from sandbox.outbound import Answer, call

IN_THE_BROWSER = 25.0
EVENT = 5.0
LARGEST_ANSWER = 5 * 1024 * 1024
LARGEST_QUESTION = 500 * 1024
READS_AS_APP, READS_AS_USER = "read:app-system-token", "read:app-user-token"
_OURS = {"authorization", "host", "content-length", "connection", "cookie"}


@dataclass(frozen=True, slots=True)
class Auth:
    """Which tokens a call brings, as `endpoint.auth` or `remotes.auth` asks."""

    system: bool
    user: User | None


def auth_of(endpoint: Endpoint, user: User | None) -> Auth:
    return Auth(endpoint.system_token, user if endpoint.user_token else None)


def remote_base(installation: Installation, key: str) -> str:
    """Raises `WrongManifest` when there is no such remote."""
    remote = installation.manifest.remotes.get(key)
    if remote is None:
        raise WrongManifest(f"there is no remote '{key}'")
    return str(remote["baseUrl"])


def headers(
    installation: Installation, invocation: Invocation, auth: Auth, tokens: OauthTokens
) -> dict[str, str]:
    """Tokens of the site need their own scope, and one of a product beside it."""
    told = {
        "x-b3-traceid": secrets.token_hex(8),
        "x-b3-spanid": secrets.token_hex(8),
        "authorization": f"Bearer {installation.token(invocation)}",
    }
    scopes = installation.manifest.scopes
    if not scopes - {READS_AS_APP, READS_AS_USER}:
        return told
    if auth.system and READS_AS_APP in scopes:
        token = tokens.token(installation.user.account_id, installation.id)
        told["x-forge-oauth-system"] = token
    if auth.user is not None and READS_AS_USER in scopes:
        token = tokens.token(auth.user.account_id, installation.id)
        told["x-forge-oauth-user"] = token
    return told


def post(
    installation: Installation,
    endpoint: Endpoint,
    invocation: Invocation,
    tokens: OauthTokens,
    body: object,
) -> Answer:
    """An event or a schedule. Raises `NoAnswer`."""
    told = headers(installation, invocation, auth_of(endpoint, None), tokens)
    return call(
        "POST",
        joined(remote_base(installation, endpoint.remote), endpoint.path),
        headers=told | {"content-type": "application/json"},
        body=json.dumps(body, ensure_ascii=False).encode(),
        seconds=EVENT,
        most=LARGEST_ANSWER,
    )


def allowed(given: Mapping[str, object]) -> dict[str, str]:
    """Headers that a frame may add: none of Forge's own."""
    return {
        name.lower(): str(value)
        for name, value in given.items()
        if name.lower() not in _OURS and not name.lower().startswith(("x-b3-", "x-forge-"))
    }


def joined(base: str, path: str) -> str:
    """
    >>> joined("http://h/app/", "forge/x"), joined("http://h", "@evil")
    ('http://h/app/forge/x', 'http://h/@evil')
    """
    return f"{base.rstrip('/')}/{path.lstrip('/')}"
