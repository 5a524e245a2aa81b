"""An answer of a site as one of our errors; the one place that reads status codes."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import requests

from connector.atlassian.remedies import Remedy, with_remedy
from connector.atlassian.waits import throttled
from connector.core.errors import (
    Conflict,
    Forbidden,
    NotFound,
    OkrError,
    Refused,
    Unauthorized,
    Unavailable,
)

_LONGEST_MESSAGE = 300
_MOST_MESSAGES = 5
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
# Confluence says so when two wrote at once, with 400, 409 or 500:
# https://github.com/sphinx-contrib/confluencebuilder (publisher.py, retry.py)
_WROTE_AT_ONCE = (
    "OptimisticLockException",
    "UnexpectedRollbackException",
    "Transaction rolled back",
    "unreconciled",
)
_SEARCHED_FOR_WORDS = 20_000


class TooMuch(Refused):
    """The request or its answer is larger than one side is ready to hold; less may help."""

    code = "too_much"


class NotOffered(Refused):
    """The site, or a gateway before it, does not take this method here."""

    code = "not_offered"


_Verdict = tuple[type[OkrError], str, Remedy]
_PLAIN: dict[int, _Verdict] = {
    HTTPStatus.UNAUTHORIZED: (Unauthorized, "the site does not accept our token", Remedy.TOKEN),
    HTTPStatus.FORBIDDEN: (Forbidden, "our account may not do this", Remedy.RIGHTS),
    HTTPStatus.NOT_FOUND: (NotFound, "not there, or not shown to our account", Remedy.ADDRESS),
    HTTPStatus.METHOD_NOT_ALLOWED: (NotOffered, "the method is not let through", Remedy.METHOD),
    HTTPStatus.PROXY_AUTHENTICATION_REQUIRED: (
        Unavailable,
        "the proxy wants us to sign in",
        Remedy.PROXY,
    ),
    HTTPStatus.CONFLICT: (Conflict, "somebody wrote first", Remedy.CONFLICT),
    HTTPStatus.GONE: (Refused, "the site has taken this operation away", Remedy.OUTDATED),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (TooMuch, "the request is too large", Remedy.TOO_LARGE),
    HTTPStatus.REQUEST_URI_TOO_LONG: (TooMuch, "the address is too long", Remedy.TOO_LARGE),
}
_TRY_LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY}


def failure(response: requests.Response, what: str) -> OkrError | None:
    """The error the answer stands for, None for success; `what` names the call in messages.

    Its `remedy` is always set.
    """
    status = response.status_code
    if status in {HTTPStatus.OK, HTTPStatus.CREATED}:
        return _signed_out(response, what)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return throttled(response.headers, now=datetime.now(UTC))
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        where = _CONTROL.sub("", urlsplit(response.headers.get("Location", "")).netloc)[:100]
        said = f"{what} is sent elsewhere ({where or 'no address'}); that is not followed"
        return with_remedy(Refused(said), Remedy.SIGN_IN)
    return (
        _denied(response, what)
        or _signed_out(response, what)
        or _known(response, what)
        or _other(response, what)
    )


def _signed_out(response: requests.Response, what: str) -> OkrError | None:
    """Seraph, the sign-in of Data Center, may go on as nobody after refusing a token."""
    if "AUTHENTICATED_FAILED" in response.headers.get("X-Seraph-LoginReason", ""):
        return with_remedy(
            Unauthorized(f"{what}: the site does not accept our token"), Remedy.TOKEN
        )
    return None


def _denied(response: requests.Response, what: str) -> OkrError | None:
    """Two refusals that mean something else than their status says.

    After failed sign-ins Data Center asks for a CAPTCHA, whatever the password or token is now;
    and it takes a POST for a forged one when a proxy makes us look like a browser.
    """
    if response.status_code not in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return None
    denied = response.headers.get("X-Authentication-Denied-Reason", "")
    reason = response.headers.get("X-Seraph-LoginReason", "")
    if "CAPTCHA" in denied or "AUTHENTICATION_DENIED" in reason:
        said = f"{what}: the site asks our account for a CAPTCHA"
        return with_remedy(Unauthorized(said), Remedy.CAPTCHA)
    if response.status_code == HTTPStatus.FORBIDDEN and _says(response, ("XSRF check failed",)):
        said = f"{what}: the site takes us for a browser (XSRF check failed)"
        return with_remedy(Forbidden(said), Remedy.XSRF)
    return None


def _known(response: requests.Response, what: str) -> OkrError | None:
    if response.status_code in _PLAIN:
        kind, words, remedy = _PLAIN[response.status_code]
        return with_remedy(kind(f"{what}: {words}"), remedy)
    if _says(response, _WROTE_AT_ONCE):
        return with_remedy(Conflict(f"{what}: somebody wrote at once"), Remedy.CONFLICT)
    return None


def _other(response: requests.Response, what: str) -> OkrError:
    status = response.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _TRY_LATER:
        return with_remedy(Unavailable(f"{what} answered {status}"), Remedy.WAIT)
    said = "; ".join(messages(response))
    refused = Refused(f"{what} answered {status}{': ' if said else ''}{said}")
    return with_remedy(refused, Remedy.WRONG_WORDS)


def _says(response: requests.Response, words: tuple[str, ...]) -> bool:
    """Looks into the beginning of the body, which may be HTML."""
    text = response.content[:_SEARCHED_FOR_WORDS].decode(errors="replace")
    return any(word in text for word in words)


def messages(response: requests.Response) -> list[str]:
    """What the site says is wrong: a few bounded lines without control characters."""
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return []
    found = (_CONTROL.sub(" ", text)[:_LONGEST_MESSAGE] for text in _texts(body))
    return [text for _, text in zip(range(_MOST_MESSAGES), found, strict=False)]


def _texts(body: Any) -> Iterator[str]:
    """Jira: `errorMessages`, `errors` by field. Confluence v2: `errors[].title`; v1: `message`."""
    if not isinstance(body, dict):
        return
    listed, errors = body.get("errorMessages"), body.get("errors")
    if isinstance(listed, list):
        yield from (text for text in listed if isinstance(text, str))
    if isinstance(errors, dict):
        yield from (text for text in errors.values() if isinstance(text, str))
    if isinstance(errors, list):
        titles = (error.get("title") for error in errors if isinstance(error, dict))
        yield from (title for title in titles if isinstance(title, str))
    if isinstance(body.get("message"), str):
        yield body["message"]


def json_of(response: requests.Response, what: str) -> Any:
    """The parsed body; a body that is none (a sign-in page, half an answer) is no answer."""
    try:
        return response.json()
    except (ValueError, RecursionError):
        html = "html" in response.headers.get("Content-Type", "").lower()
        found = "a web page instead of JSON" if html else "without whole JSON"
        said = f"{what} answered {response.status_code} {found}"
        raise with_remedy(Unavailable(said), Remedy.SIGN_IN if html else Remedy.NOT_JSON) from None
