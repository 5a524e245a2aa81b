"""Moments as people write them in queries: `-5m`, `2026-11-23`, `now("-1d")`."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_RELATIVE = re.compile(r"[+-]?\s*(\d+[yMwdhm]\s*)+")
_PART = re.compile(r"(\d+)([yMwdhm])")
_UNITS = {
    "y": timedelta(days=365),
    "M": timedelta(days=30),
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
}
_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M")


def relative(text: str) -> timedelta | None:
    """
    An offset from now, None when the text is no offset.

    >>> relative("-1d 2h")
    datetime.timedelta(days=-2, seconds=79200)
    """
    text = text.strip()
    if not _RELATIVE.fullmatch(text):
        return None
    try:
        total = sum((int(count) * _UNITS[unit] for count, unit in _PART.findall(text)), timedelta())
    except OverflowError:
        return None
    return -total if text.startswith("-") else total


def moment(text: str, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant of a date in the reader's zone or of an offset from now, None for neither."""
    try:
        offset = relative(text)
        if offset is not None:
            return now + offset
    except OverflowError:
        return None
    for form in _FORMATS:
        try:
            naive = datetime.strptime(text.strip(), form)  # noqa: DTZ007 - the zone is added below
        except ValueError:
            continue
        return naive.replace(tzinfo=zone).astimezone(UTC)
    return None
