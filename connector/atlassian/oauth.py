"""
Confluence Data Center's OAuth 2.0: people let us read as themselves.

The provider knows two addresses, takes forms and no JSON, and ends both tokens at each refresh.
https://developer.atlassian.com/server/confluence/confluence-oauth2-provider-api/
PKCE is RFC 7636 with S256; giving tokens back is RFC 7009, whose address no document tells.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import requests
from requests import PreparedRequest
from requests.auth import AuthBase
from urllib3.exceptions import HTTPError

from connector.atlassian.answers import failure, json_of
from connector.atlassian.auth import Credentials, TokenAuth
from connector.atlassian.silence import silence
from connector.atlassian.transport import PUBLIC_TRUST, LimitedSession, Trust
from connector.core.errors import Refused, Unauthorized, Unavailable
from connector.core.grant import Grant

_PATH = "rest/oauth2/latest"
_PERSON = "rest/api/user/current"
_LARGEST = 64 * 1024
_SECONDS = 20
_LONGEST_TOKEN = 4096
# A life that the answer does not tell; the shortest that a site is known to give.
_LASTS = timedelta(hours=1)
_LONGEST_LIFE = timedelta(days=90)
_NAMES = ("invalid_client", "unauthorized_client", "invalid_scope", "unsupported_grant_type")


class NotGranted(Unauthorized):
    """The code or the refresh token opens nothing: it is spent, too old, or was taken back."""

    code = "not_granted"


class NotLinked(Refused):
    """The site does not know us as an application: the link's id, secret or scope is wrong."""

    code = "not_linked"


@dataclass(frozen=True, slots=True)
class Application:
    """An incoming link as an administrator of the site made it; `redirect` must match its own."""

    client_id: str
    client_secret: str = field(repr=False)
    redirect: str
    scope: str = "READ"


class ConfluenceOAuth:
    """One site's provider, from any thread. What it answers is never followed elsewhere."""

    def __init__(
        self, base_url: str, application: Application, *, trust: Trust = PUBLIC_TRUST
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self._application = application
        self._trust = trust

    def __repr__(self) -> str:
        return f"ConfluenceOAuth({self.base_url!r}, {self._application!r})"

    def authorize_url(self, *, state: str, verifier: str) -> str:
        """Where the person's browser goes to be asked. The verifier itself stays here."""
        query = {
            "client_id": self._application.client_id,
            "redirect_uri": self._application.redirect,
            "response_type": "code",
            "scope": self._application.scope,
            "state": state,
            "code_challenge": challenge_of(verifier),
            "code_challenge_method": "S256",
        }
        return f"{self.base_url}/{_PATH}/authorize?{urlencode(query)}"

    def exchange(self, code: str, *, verifier: str) -> Grant:
        """Raises NotGranted, NotLinked, and what any call to the site may raise."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._application.redirect,
            "code_verifier": verifier,
        }
        return self._granted(form)

    def refresh(self, token: str) -> Grant:
        """Both tokens before it end, even if the answer is lost. Raises as `exchange` does."""
        return self._granted({"grant_type": "refresh_token", "refresh_token": token})

    def revoke(self, token: str) -> None:
        """Give a token back. Raises as `exchange` does."""
        response = self._sent("POST", f"{_PATH}/revoke", "revoke", form={"token": token})
        _refuse(response, "confluence revoke")

    def account(self, access: str) -> str:
        """The user key of whom a token speaks for. Raises Unauthorized for one that is over."""
        auth, what = TokenAuth(Credentials(access)), "confluence current_user"
        response = self._sent("GET", _PERSON, "current_user", auth=auth)
        refusal = failure(response, what)
        if refusal is not None:
            raise refusal
        told = json_of(response, what)
        key = told.get("userKey") if isinstance(told, dict) else None
        if not isinstance(key, str) or not key:
            raise Unauthorized("the token speaks for nobody")
        return key

    def _granted(self, form: Mapping[str, str]) -> Grant:
        response = self._sent("POST", f"{_PATH}/token", "token", form=form)
        _refuse(response, "confluence token")
        return _grant_of(json_of(response, "confluence token"))

    def _sent(
        self,
        method: str,
        path: str,
        name: str,
        *,
        form: Mapping[str, str] | None = None,
        auth: AuthBase | None = None,
    ) -> requests.Response:
        known = {
            "client_id": self._application.client_id,
            "client_secret": self._application.client_secret,
        }
        session = LimitedSession(
            auth or _Nobody(), largest=_LARGEST, seconds=_SECONDS, trust=self._trust
        )
        try:
            with session:
                return session.request(
                    method,
                    f"{self.base_url}/{path}",
                    data={**known, **form} if form is not None else None,
                    headers={"Accept": "application/json"},
                    timeout=_SECONDS,
                )
        except (requests.RequestException, HTTPError) as error:
            # Without its cause: the exceptions of requests carry the form and its secrets.
            raise silence(error, f"confluence {name}") from None


class _Nobody(AuthBase):
    """Signs nothing, and keeps requests from looking into `.netrc`."""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        return request


def challenge_of(verifier: str) -> str:
    """
    >>> challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")  # RFC 7636, appendix B
    'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'
    """
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def _refuse(response: requests.Response, what: str) -> None:
    """Raises what a refusal means; the errors of RFC 6749, 5.2 by name, others by status."""
    refusal = failure(response, what)
    if refusal is None:
        return
    named = _error_of(response)
    if named == "invalid_grant":
        raise NotGranted(f"{what}: the site grants nothing for it")
    if named in _NAMES:
        raise NotLinked(f"{what}: the site answered {named}")
    raise refusal


def _error_of(response: requests.Response) -> str:
    try:
        told = response.json()
    except (ValueError, RecursionError):
        return ""
    named = told.get("error") if isinstance(told, dict) else None
    return named if isinstance(named, str) else ""


def _grant_of(told: Any) -> Grant:
    """Raises Unavailable for an answer without usable tokens."""
    told = told if isinstance(told, dict) else {}
    access, refresh, kind = (
        told.get(name) for name in ("access_token", "refresh_token", "token_type")
    )
    if not _is_token(access) or not _is_token(refresh) or f"{kind}".lower() != "bearer":
        raise Unavailable("confluence token: the answer holds no tokens")
    return Grant(access, refresh, _life(told.get("expires_in")))


def _is_token(value: object) -> bool:
    """Printable and without spaces, for it goes into a header."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= _LONGEST_TOKEN
        and value.isascii()
        and value.isprintable()
        and " " not in value
    )


def _life(seconds: object) -> timedelta:
    if isinstance(seconds, bool) or not isinstance(seconds, int) or seconds <= 0:
        return _LASTS
    return min(timedelta(seconds=min(seconds, 10**9)), _LONGEST_LIFE)
