"""Who may sign in. Accounts are the same in both products, as on a Cloud site."""

import base64
import binascii
import hmac
import uuid
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class User:
    name: str
    email: str
    account_id: str
    token: str
    time_zone: str
    locale: str
    department: str = ""
    account_type: str = "atlassian"

    @property
    def is_app(self) -> bool:
        return self.account_type == "app"

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


def _person(  # noqa: PLR0917 - a line of the table below
    number: int, name: str, mailbox: str, zone: str, locale: str, department: str
) -> User:
    return User(
        name=name,
        email=f"{mailbox}@harbourline.example",
        account_id=f"712020:0a61c1e2-5b0e-4b4e-9d57-6f{number:010d}",
        token=f"sandbox-token-{mailbox.replace('.', '-')}",
        time_zone=zone,
        locale=locale,
        department=department,
    )


PRODUCT, YUNCANG, COMMERCIAL, PEOPLE = "product-platform", "yuncang", "commercial", "people-finance"

BOT = _person(1, "OKR Bot", "okr-bot", "Etc/UTC", "en_US", "")
LI_NA = _person(2, "李娜", "li.na", "Asia/Shanghai", "zh_CN", YUNCANG)
TOM = _person(3, "Tom Becker", "tom.becker", "Europe/Berlin", "en_US", PRODUCT)
AMARA = _person(4, "Amara Osei", "amara.osei", "Europe/London", "en_GB", COMMERCIAL)
JONAS = _person(5, "Jonas Wirth", "jonas.wirth", "Europe/Berlin", "de_DE", PRODUCT)
PRIYA = _person(6, "Priya Raman", "priya.raman", "Asia/Kolkata", "en_GB", PRODUCT)
MARTA = _person(7, "Marta Nowak", "marta.nowak", "Europe/Warsaw", "en_US", PRODUCT)
SOFIA = _person(8, "Sofia Lind", "sofia.lind", "Europe/Stockholm", "en_GB", COMMERCIAL)
SIYU = _person(9, "陈思雨", "chen.siyu", "Asia/Shanghai", "zh_CN", YUNCANG)
WANG = _person(10, "王磊", "wang.lei", "Asia/Shanghai", "zh_CN", YUNCANG)
ZHAO = _person(11, "Zhao Min 赵敏", "zhao.min", "Asia/Shanghai", "zh_CN", YUNCANG)
DANIEL = _person(12, "Daniel Okafor", "daniel.okafor", "Africa/Lagos", "en_GB", PEOPLE)
GRACE = _person(13, "Grace Tan 陈慧敏", "grace.tan", "Asia/Singapore", "en_US", PEOPLE)
ZHOU = _person(14, "周海涛", "zhou.haitao", "Asia/Shanghai", "zh_CN", PRODUCT)
USERS = (
    BOT,
    LI_NA,
    TOM,
    AMARA,
    JONAS,
    PRIYA,
    MARTA,
    SOFIA,
    SIYU,
    WANG,
    ZHAO,
    DANIEL,
    GRACE,
    ZHOU,
)
ADMIN = BOT


class BadCredentials(Exception):
    """An Authorization header was sent, and it does not open anything."""


_BY_ID = {user.account_id: user for user in USERS}


def user_by_id(account_id: str | None) -> User | None:
    return _BY_ID.get(account_id) if account_id else None


def app_user(key: str, name: str) -> User:
    """The account that a site makes for an app: it signs in with the app's tokens alone."""
    number = uuid.uuid5(uuid.NAMESPACE_URL, f"app/{key}")
    return User(
        name=name,
        email=f"{number}@connect.atlassian.com",
        account_id=f"557058:{number}",
        token="",
        time_zone="Etc/UTC",
        locale="en_US",
        account_type="app",
    )


def introduce(user: User) -> None:
    """Make an account known by its id, as its name stands beside what it wrote."""
    _BY_ID[user.account_id] = user


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


@lru_cache(maxsize=256)
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
