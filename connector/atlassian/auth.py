"""Proving who we are to a site with a token; the token shows up nowhere else."""

import base64
from dataclasses import dataclass, field

from requests import PreparedRequest
from requests.auth import AuthBase


@dataclass(frozen=True, slots=True)
class Credentials:
    """An API token with the e-mail of its account (Cloud), or a token alone (Bearer)."""

    token: str = field(repr=False)
    user: str | None = None


class NoAuth(AuthBase):
    """As nobody; requests then does not look into `.netrc`."""

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        return request


class TokenAuth(AuthBase):
    """Sets the Authorization header; having one, requests does not look into `.netrc`."""

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = self._header()
        return request

    def __repr__(self) -> str:
        return f"TokenAuth({self._credentials!r})"

    def _header(self) -> str:
        token, user = self._credentials.token.strip(), self._credentials.user
        if not user:
            return f"Bearer {token}"
        return "Basic " + base64.b64encode(f"{user}:{token}".encode()).decode()
