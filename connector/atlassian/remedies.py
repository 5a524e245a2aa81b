"""What a person can do about a failed call; each has its words under `cli.remedy.…`."""

from enum import StrEnum
from typing import TypeVar

from connector.core.errors import OkrError

E = TypeVar("E", bound=OkrError)


class Remedy(StrEnum):
    """Named for the cause as we see it."""

    TOKEN = "token"  # noqa: S105 - a cause, not a secret
    CAPTCHA = "captcha"
    RIGHTS = "rights"
    XSRF = "xsrf"
    ADDRESS = "address"
    SIGN_IN = "sign_in"
    WRONG_WORDS = "wrong_words"
    OUTDATED = "outdated"
    TOO_LARGE = "too_large"
    METHOD = "method"
    CONFLICT = "conflict"
    SLOWER = "slower"
    BLOCKED = "blocked"
    QUOTA = "quota"
    WAIT = "wait"
    NOT_JSON = "not_json"
    NETWORK = "network"
    HOST = "host"
    TIME_OUT = "time_out"
    CERTIFICATE = "certificate"
    PROXY = "proxy"


def with_remedy(error: E, remedy: Remedy) -> E:
    error.remedy = remedy
    return error
