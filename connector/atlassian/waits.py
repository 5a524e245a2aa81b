"""How long a site wants us to wait, and what for, from the headers of its answers."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from connector.atlassian.remedies import Remedy, with_remedy
from connector.core.errors import Throttled

# The reason we give where Data Center's bucket of tokens is empty; it sends none of its own.
BUCKET = "token-bucket"
BLOCKED = "no requests allowed at all"
_UNSAID_WAIT = timedelta(seconds=10)
_LONGEST_WAIT = timedelta(hours=1)
_SHORTEST_WAIT = timedelta(seconds=1)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def throttled(headers: Mapping[str, str], *, now: datetime) -> Throttled:
    """
    How long to wait and why, from an answer 429.

    Cloud: `Retry-After`, else `X-RateLimit-Reset`, and `RateLimit-Reason`
    (https://developer.atlassian.com/cloud/jira/platform/rate-limiting/); a gateway in front of
    the site may send none of them. Data Center: `retry-after`, else the interval at which its
    bucket is filled (https://confluence.atlassian.com/doc/_ratelimiting_httpheaders-992678779.html).
    """
    if _number(headers, "X-RateLimit-Limit") == 0:
        return told_to_wait(_LONGEST_WAIT, BLOCKED)
    told = headers.get("Retry-After"), headers.get("X-RateLimit-Reset")
    waits = [wait for value in told if (wait := _wait(value, now)) is not None]
    wait = waits[0] if waits else _interval(headers) or _UNSAID_WAIT
    given = _CONTROL.sub(" ", headers.get("RateLimit-Reason", ""))[:60]
    reason = given or (BUCKET if _has_bucket(headers) else "")
    return told_to_wait(_within_reason(wait), reason)


def told_to_wait(wait: timedelta, reason: str) -> Throttled:
    """The error with the remedy that fits its reason."""
    remedy = Remedy.QUOTA if "quota" in reason else Remedy.SLOWER
    remedy = Remedy.BLOCKED if reason == BLOCKED else remedy
    return with_remedy(Throttled(wait, reason), remedy)


def spent(headers: Mapping[str, str], *, now: datetime) -> Throttled | None:
    """
    After an answer that succeeded: the pause that spares us the next refusal, None where there
    is something left, or the site says that we may ask again at once (0).
    """
    if not _has_bucket(headers) or _number(headers, "X-RateLimit-Remaining") != 0:
        return None
    wait = _wait(headers.get("Retry-After"), now)
    wait = _interval(headers) if wait is None else wait
    if wait is None or wait <= timedelta(0):
        return None
    return told_to_wait(_within_reason(wait), BUCKET)


def put_off(headers: Mapping[str, str], *, now: datetime) -> timedelta | None:
    """How long an answer 503 wants us to stay away, where it says so."""
    wait = _wait(headers.get("Retry-After"), now)
    return None if wait is None else _within_reason(wait)


def _has_bucket(headers: Mapping[str, str]) -> bool:
    return "X-RateLimit-FillRate" in headers or "X-RateLimit-Interval-Seconds" in headers


def _interval(headers: Mapping[str, str]) -> timedelta | None:
    seconds = _number(headers, "X-RateLimit-Interval-Seconds")
    return timedelta(seconds=min(seconds, 3600)) if seconds else None


def _number(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name, "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def _within_reason(wait: timedelta) -> timedelta:
    return min(max(wait, _SHORTEST_WAIT), _LONGEST_WAIT)


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
