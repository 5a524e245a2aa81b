"""An answer of a site as one of our errors; the one place that reads status codes."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

import requests

from connector.core.errors import (
    Conflict,
    Forbidden,
    NotFound,
    OkrError,
    Refused,
    Throttled,
    Unauthorized,
    Unavailable,
)

_UNSAID_WAIT = timedelta(seconds=10)
_LONGEST_WAIT = timedelta(hours=1)
_SHORTEST_WAIT = timedelta(seconds=1)
_LONGEST_MESSAGE = 300
_MOST_MESSAGES = 5
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_TRY_LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY}
_PLAIN: dict[int, tuple[type[OkrError], str]] = {
    HTTPStatus.UNAUTHORIZED: (Unauthorized, "the site does not accept our token"),
    HTTPStatus.FORBIDDEN: (Forbidden, "our account may not do this"),
    HTTPStatus.NOT_FOUND: (NotFound, "not there, or not shown to our account"),
    HTTPStatus.CONFLICT: (Conflict, "somebody wrote first"),
}


def failure(response: requests.Response, what: str) -> OkrError | None:
    """The error the answer stands for, None for success; `what` names the call in messages."""
    status = response.status_code
    if status in {HTTPStatus.OK, HTTPStatus.CREATED}:
        return None
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return throttled(response.headers, now=datetime.now(UTC))
    if status in _PLAIN:
        kind, words = _PLAIN[status]
        return kind(f"{what}: {words}")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _TRY_LATER:
        return Unavailable(f"{what} answered {status}")
    said = "; ".join(messages(response))
    return Refused(f"{what} answered {status}{': ' if said else ''}{said}")


def throttled(headers: Mapping[str, str], *, now: datetime) -> Throttled:
    """
    How long to wait and why, from `Retry-After`, else `X-RateLimit-Reset`, and
    `RateLimit-Reason` (https://developer.atlassian.com/cloud/jira/platform/rate-limiting/).
    A gateway in front of the site may send none of them.
    """
    told = headers.get("Retry-After"), headers.get("X-RateLimit-Reset")
    waits = [wait for value in told if (wait := _wait(value, now)) is not None]
    wait = waits[0] if waits else _UNSAID_WAIT
    reason = _CONTROL.sub(" ", headers.get("RateLimit-Reason", ""))[:60]
    return Throttled(min(max(wait, _SHORTEST_WAIT), _LONGEST_WAIT), reason)


def _wait(value: str | None, now: datetime) -> timedelta | None:
    """Seconds, an HTTP date or an ISO 8601 time; None for anything else."""
    if not value:
        return None
    try:
        return timedelta(seconds=float(value))
    except (ValueError, OverflowError):
        pass
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            until = read(value)
        except ValueError:
            continue
        return (until if until.tzinfo else until.replace(tzinfo=UTC)) - now
    return None


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
        raise Unavailable(f"{what} answered {response.status_code} without JSON") from None
