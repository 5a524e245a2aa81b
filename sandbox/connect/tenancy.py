"""An app installed in a product, and the tokens between the two."""

import secrets
import time
from dataclasses import dataclass

import jwt

from sandbox.connect.descriptor import Descriptor
from sandbox.connect.qsh import CONTEXT, address_hash, request_hash
from sandbox.directory import User
from sandbox.wire import JsonObject, as_object

LIFE = 180
_SECRET_BYTES = 48
# As Atlassian's own libraries for Connect, which allow for clocks that differ a little.
_LEEWAY = 3


class WrongToken(Exception):
    """A token of an app that opens nothing."""


@dataclass(frozen=True, slots=True)
class Tenancy:
    """`base_url` is the product's; `client_key` the site's in this product, for every app."""

    product: str
    descriptor: Descriptor
    descriptor_url: str
    client_key: str
    secret: str
    base_url: str
    user: User

    def request_token(
        self, method: str, url: str, account: str | None, context: JsonObject | None = None
    ) -> str:
        """For a request to the app at `url`, in the name of whoever looks, if anybody does."""
        qsh = address_hash(method, url, self.descriptor.base_url)
        return self._signed(account, qsh, context or {})

    def context_token(self, account: str | None, context: JsonObject) -> str:
        """What `AP.context.getToken()` gives: for requests that the app's own page makes."""
        return self._signed(account, CONTEXT, context)

    def _signed(self, account: str | None, qsh: str, context: JsonObject) -> str:
        now = int(time.time())
        who = {} if account is None else {"sub": account}
        claims = {
            **who,
            "qsh": qsh,
            "iss": self.client_key,
            "context": context,
            "exp": now + LIFE,
            "iat": now,
        }
        return jwt.encode(claims, self.secret, algorithm="HS256")

    def check(self, token: str, method: str, path: str, query: str) -> None:
        """
        A token that the app made for a request to the product, `path` below the product's base.

        Raises `WrongToken`: signature, life, audience or hash are not right.
        """
        try:
            claims = jwt.decode(
                token,
                self.secret,
                algorithms=["HS256"],
                issuer=self.descriptor.key,
                leeway=_LEEWAY,
                options={"require": ["exp", "iat", "iss", "qsh"], "verify_aud": False},
            )
        except jwt.InvalidTokenError as error:
            raise WrongToken(str(error)) from error
        audience = claims.get("aud", [self.client_key])
        if self.client_key not in (audience if isinstance(audience, list) else [audience]):
            raise WrongToken("the token is for somebody else")
        if claims["qsh"] != request_hash(method, path, query):
            raise WrongToken("the token is for another request")


def new_secret() -> str:
    return secrets.token_urlsafe(_SECRET_BYTES)


def issuer(token: str) -> str:
    """Whose key would verify a token, as it says itself. Raises `WrongToken`."""
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.InvalidTokenError as error:
        raise WrongToken(str(error)) from error
    return str(as_object(claims).get("iss", ""))
