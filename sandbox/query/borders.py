"""Where days, weeks, months and years begin and end in the reader's zone: `startOfWeek("-1")`."""

import re
from calendar import monthrange
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_STEP = re.compile(r"([+-]?)\s*(\d{1,6})\s*([yMwdhm]?)")
_NATURAL = {"day": "d", "week": "w", "month": "M", "year": "y"}
_FIXED = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
}
_TICK = timedelta(milliseconds=1)
NAMES = frozenset(f"{end}of{unit}" for end in ("start", "end") for unit in _NATURAL)


def border(name: str, step: str | None, *, now: datetime, zone: ZoneInfo) -> datetime | None:
    """
    The instant of `startofday` … `endofyear`, None when the step is none.

    A step in the function's own unit (the default) chooses another period; one in a different unit
    is added to the border: `endOfMonth("+14d")` is the end of the 14th of the next month.
    """
    ending, unit = name.startswith("end"), name.rpartition("of")[2]
    amount, measure = _read(step, _NATURAL[unit])
    if measure is None:
        return None
    try:
        local = now.astimezone(zone).replace(tzinfo=None)
        if measure == _NATURAL[unit]:
            found = _begin(_moved(_begin(local, unit), amount, measure), unit)
            amount = 0
        else:
            found = _begin(local, unit)
        if ending:
            found = _moved(found, 1, _NATURAL[unit]) - _TICK
        return _moved(found, amount, measure).replace(tzinfo=zone).astimezone(UTC)
    except (OverflowError, ValueError):
        return None


def _read(step: str | None, natural: str) -> tuple[int, str | None]:
    if step is None:
        return 0, natural
    found = _STEP.fullmatch(step.strip())
    if found is None:
        return 0, None
    sign, count, measure = found.groups()
    return int(f"{sign}{count}"), measure or natural


def _begin(moment: datetime, unit: str) -> datetime:
    """Weeks begin on Sunday, as on a site that nobody changed."""
    day = datetime.combine(moment.date(), time())
    match unit:
        case "week":
            return day - timedelta(days=day.isoweekday() % 7)
        case "month":
            return day.replace(day=1)
        case "year":
            return day.replace(month=1, day=1)
    return day


def _moved(moment: datetime, amount: int, measure: str) -> datetime:
    if measure in _FIXED:
        return moment + amount * _FIXED[measure]
    months = moment.month - 1 + amount * (12 if measure == "y" else 1)
    year, month = moment.year + months // 12, months % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
