"""
Tokens with which an app's server calls the site: as the app, or as whoever looks.

They are JSON Web Tokens with an `exp`, and opaque otherwise: nobody but the gateway can verify
them. https://developer.atlassian.com/platform/forge/remote/calling-product-apis/
"""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import jwt

LIFE = timedelta(hours=4)
# A token is given again as long as this much of its life is left.
LEAST = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose token it is; `installation` is where it belongs."""

    account: str
    installation: str
    expires: datetime


class OauthTokens:
    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._key = secrets.token_bytes(32)
        self._held: dict[str, Holder] = {}
        self._latest: dict[tuple[str, str], str] = {}

    def token(self, account: str, installation: str) -> str:
        """One that lasts two hours at least and four at most."""
        place = (account, installation)
        latest = self._latest.get(place)
        if latest is not None and self._held[latest].expires - self._now() >= LEAST:
            return latest
        expires = self._now() + LIFE
        claims = {"exp": int(expires.timestamp()), "jti": str(uuid.uuid4()), "sub": account}
        made = jwt.encode(claims, self._key, algorithm="HS256")
        self._held[made] = Holder(account, installation, expires)
        self._latest[place] = made
        return made

    def holder(self, token: str) -> Holder | None:
        found = self._held.get(token)
        return found if found is not None and found.expires > self._now() else None
