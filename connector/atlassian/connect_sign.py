"""Our own calls to a product: signed as the app, or with a token that Forge lent us."""

import time
from collections.abc import Callable
from urllib.parse import urlsplit

import jwt
from requests import PreparedRequest
from requests.auth import AuthBase

from connector.atlassian.qsh import qsh

_ALGORITHM = "HS256"
# As short as atlassian-connect-express makes them.
_LIFE = 180


def sign_request(  # noqa: PLR0917 - who signs for whom, and a request in HTTP's order
    app_key: str,
    client_key: str,
    secret: str,
    method: str,
    path: str,
    query: str,
    *,
    base_path: str = "",
    now: Callable[[], float] = time.time,
) -> str:
    """
    The token for one request to the product; `base_path` is the path of its base URL (`/wiki`).

    Its issuer is the app's key, not that of the installation, which signs what comes to us.
    """
    issued = int(now())
    claims = {
        "iss": app_key,
        "aud": [client_key],
        "iat": issued,
        "exp": issued + _LIFE,
        "qsh": qsh(method, path, query, base_path=base_path),
    }
    return jwt.encode(claims, secret, algorithm=_ALGORITHM)


class ConnectAuth(AuthBase):
    """
    Signs each request to one product with the secret that is valid now; `secret` may raise.

    Raises ValueError for a request that goes elsewhere, and for a GET with a body, which
    Atlassian answers with 403.
    """

    def __init__(
        self,
        app_key: str,
        client_key: str,
        secret: Callable[[], str],
        *,
        base_url: str,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._app_key = app_key
        self._client_key = client_key
        self._secret = secret
        self._base = urlsplit(base_url)
        self._now = now

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        to, method = urlsplit(request.url or ""), request.method or "GET"
        if (to.scheme, to.netloc) != (self._base.scheme, self._base.netloc):
            raise ValueError("a request to somebody else is not signed")
        if method == "GET" and request.body:
            raise ValueError("a GET has no body")
        token = sign_request(
            self._app_key,
            self._client_key,
            self._secret(),
            method,
            to.path,
            to.query,
            base_path=self._base.path,
            now=self._now,
        )
        request.headers["Authorization"] = f"JWT {token}"
        return request

    def __repr__(self) -> str:
        return f"ConnectAuth({self._app_key!r}, {self._client_key!r})"


class BearerAuth(AuthBase):
    """Bears the token that is valid now: those of Forge end within hours. `get_token` may raise."""

    def __init__(self, get_token: Callable[[], str]) -> None:
        self._get_token = get_token

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._get_token()}"
        return request

    def __repr__(self) -> str:
        return "BearerAuth()"
