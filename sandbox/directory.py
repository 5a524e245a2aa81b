"""Who may sign in. Accounts are the same in both products, as on a Cloud site."""

import base64
import binascii
import hmac
from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class User:
    name: str
    email: str
    account_id: str
    token: str
    time_zone: str
    locale: str

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


BOT = User(
    "OKR Bot",
    "okr-bot@harbourline.example",
    "712020:0a61c1e2-5b0e-4b4e-9d57-6f0000000001",
    "sandbox-token-okr-bot",
    "Etc/UTC",
    "en_US",
)
LI_NA = User(
    "李娜",
    "li.na@harbourline.example",
    "712020:0a61c1e2-5b0e-4b4e-9d57-6f0000000002",
    "sandbox-token-li-na",
    "Asia/Shanghai",
    "zh_CN",
)
TOM = User(
    "Tom Becker",
    "tom.becker@harbourline.example",
    "712020:0a61c1e2-5b0e-4b4e-9d57-6f0000000003",
    "sandbox-token-tom-becker",
    "Europe/Berlin",
    "en_US",
)
USERS = (BOT, LI_NA, TOM)
ADMIN = BOT


class BadCredentials(Exception):
    """An Authorization header was sent, and it does not open anything."""


def user_by_id(account_id: str | None) -> User | None:
    return next((user for user in USERS if user.account_id == account_id), None)


def user_named(text: str) -> User | None:
    """The account a query means: by account id, e-mail or display name."""
    wanted = text.casefold()
    return next(
        (
            user
            for user in USERS
            if wanted in {user.account_id.casefold(), user.email.casefold(), user.name.casefold()}
        ),
        None,
    )


def authenticate(header: str | None) -> User | None:
    """
    The user of a Basic `email:api-token` header, None for an anonymous request.

    Here the display name does as well as the e-mail, for the first line names everybody by it.
    Raises `BadCredentials` for anything else in the header: Cloud does not fall back to anonymous.
    """
    if not header:
        return None
    scheme, _, value = header.partition(" ")
    if scheme.casefold() != "basic":
        raise BadCredentials
    try:
        name, _, token = base64.b64decode(value, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise BadCredentials from error
    for user in USERS:
        known = name.casefold() in {user.email.casefold(), user.name.casefold()}
        if known and hmac.compare_digest(user.token.encode(), token.encode()):
            return user
    raise BadCredentials
