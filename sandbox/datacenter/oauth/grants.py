"""
What people granted: codes that are exchanged once, access tokens, and refresh tokens.

A refresh ends both tokens before it. Lives are the defaults of the provider's system properties:
https://confluence.atlassian.com/bitbucketserver/oauth-2-0-provider-system-properties-1108483660.html
"""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock

from sandbox.datacenter.oauth.links import IncomingLink
from sandbox.directory import User

CODE_LIFE = timedelta(seconds=10)
ACCESS_LIFE = timedelta(hours=1)
REFRESH_LIFE = timedelta(days=90)


class WrongGrant(Exception):
    """A code or a refresh token opens nothing: `invalid_grant`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an application asks a person for; `challenge` is empty without PKCE."""

    client_id: str
    redirect: str
    scope: str
    state: str = ""
    challenge: str = ""
    method: str = ""

    def proven_by(self, verifier: str) -> bool:
        """RFC 7636, 4.6; without a challenge there must be no verifier."""
        if not self.challenge:
            return not verifier
        made = verifier
        if self.method == "S256":
            digest = hashlib.sha256(verifier.encode()).digest()
            made = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        return bool(verifier) and hmac.compare_digest(made.encode(), self.challenge.encode())


@dataclass(frozen=True, slots=True)
class Grant:
    """One person's yes to one application; `access` and `refresh` are its tokens of now."""

    id: str
    user: User
    client_id: str
    scope: str
    since: datetime
    renewed: datetime
    access: str = field(default="", repr=False)
    refresh: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class _Code:
    asked: Asked
    user: User
    expires: datetime


class Grants:
    """All of a site."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._key = secrets.token_bytes(32)
        self._codes: dict[str, _Code] = {}
        self._grants: dict[str, Grant] = {}

    def allow(self, user: User, asked: Asked, *, at: datetime) -> str:
        """The code with which the application fetches its tokens."""
        code = secrets.token_hex(32)
        with self._lock:
            self._codes = {text: one for text, one in self._codes.items() if one.expires > at}
            self._codes[code] = _Code(asked, user, at + CODE_LIFE)
        return code

    def exchange(
        self, link: IncomingLink, code: str, *, redirect: str, verifier: str, at: datetime
    ) -> Grant:
        """A new grant. Raises `WrongGrant`; a code is spent by the first who knows it."""
        with self._lock:
            held = self._codes.pop(code, None)
            if held is None or held.expires <= at or held.asked.client_id != link.client_id:
                raise WrongGrant("The code is invalid or has expired")
            if held.asked.redirect != redirect:
                raise WrongGrant("The redirect URI is not that of the authorization request")
            if not held.asked.proven_by(verifier):
                raise WrongGrant("The code verifier does not match the code challenge")
            new = Grant(secrets.token_hex(16), held.user, link.client_id, held.asked.scope, at, at)
            return self._renewed(new, at)

    def refresh(self, link: IncomingLink, token: str, *, at: datetime) -> Grant:
        """The grant with two new tokens; those before open nothing. Raises `WrongGrant`."""
        with self._lock:
            held = self._by("refresh", token)
            if (
                held is None
                or held.client_id != link.client_id
                or held.renewed + REFRESH_LIFE <= at
            ):
                raise WrongGrant("The refresh token is invalid or has expired")
            return self._renewed(held, at)

    def holder(self, token: str, *, at: datetime) -> Grant | None:
        """Whose access token it is; None when it is nobody's, or expired."""
        with self._lock:
            held = self._by("access", token)
            return held if held is not None and held.renewed + ACCESS_LIFE > at else None

    def of(self, user: User) -> list[Grant]:
        with self._lock:
            return [one for one in self._grants.values() if one.user == user]

    def end(self, grant_id: str, user: User) -> bool:
        """False when the person has no such grant."""
        with self._lock:
            held = self._grants.get(grant_id)
            if held is None or held.user != user:
                return False
            del self._grants[grant_id]
            return True

    def revoke(self, link: IncomingLink, token: str) -> None:
        """Either token ends the grant; a token of nobody or of others is no error: RFC 7009."""
        with self._lock:
            held = self._by("refresh", token) or self._by("access", token)
            if held is not None and held.client_id == link.client_id:
                del self._grants[held.id]

    def forget(self, client_id: str) -> None:
        """Those of an application that is no longer linked."""
        with self._lock:
            kept = self._grants.items()
            self._grants = {key: one for key, one in kept if one.client_id != client_id}

    def _by(self, kind: str, token: str) -> Grant | None:
        given = token.encode()
        for grant in self._grants.values():
            if given and hmac.compare_digest(getattr(grant, kind).encode(), given):
                return grant
        return None

    def _renewed(self, grant: Grant, at: datetime) -> Grant:
        new = replace(grant, renewed=at, access=self._token(), refresh=self._token())
        self._grants[new.id] = new
        return new

    def _token(self) -> str:
        """In the form of the documentation's examples: a signed id, which tells nothing."""
        head = _url64(b'{"alg":"HS256"}')
        body = _url64(json.dumps({"id": secrets.token_hex(16)}, separators=(",", ":")).encode())
        signed = f"{head}.{body}"
        return f"{signed}.{_url64(hmac.digest(self._key, signed.encode(), 'sha256'))}"


def _url64(text: bytes) -> str:
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()
