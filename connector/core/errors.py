"""Errors as verdicts: what failed, and whether trying again can help."""

from datetime import timedelta


class OkrError(Exception):
    """Base of every failure this product names; final unless a subclass says otherwise.

    `remedy` names what a person can do about it, where that is known; the words are elsewhere.
    """

    code = "error"
    retryable = False
    remedy = ""


class BadInput(OkrError):
    """Something from outside does not have the shape its border demands."""

    code = "bad_input"


class NotFound(OkrError):
    """The site does not have it, or does not show it to us; both look alike on purpose."""

    code = "not_found"


class Forbidden(OkrError):
    """The caller, or our own account on the site, lacks the right."""

    code = "forbidden"


class Unauthorized(OkrError):
    """No proof of who is calling, or the site refuses our token."""

    code = "unauthorized"


class Conflict(OkrError):
    """Somebody wrote first; read again before the next try."""

    code = "conflict"
    retryable = True


class Throttled(OkrError):
    """Atlassian asked us to slow down."""

    code = "throttled"
    retryable = True

    def __init__(self, retry_after: timedelta, reason: str = "") -> None:
        super().__init__(f"asked to wait {retry_after.total_seconds():g} s {reason}".rstrip())
        self.retry_after = retry_after
        self.reason = reason


class Unavailable(OkrError):
    """The remote, or our own database, does not answer for the moment."""

    code = "unavailable"
    retryable = True


class Refused(OkrError):
    """The remote understood the request and says no: repeating it changes nothing."""

    code = "refused"


class ConfigError(OkrError):
    """The settings cannot work; the message names every problem at once."""

    code = "config"
