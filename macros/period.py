"""The name of a cycle in the reader's language: 2026年第四季度, Q4 2026."""

from babel.dates import get_month_names

from connector.core.cycle import Cycle
from connector.core.words import Words


def cycle_name(cycle: Cycle, words: Words) -> str:
    """A pair of months is always named by its months, never by its number.

    >>> from datetime import date
    >>> from connector.catalogue import words as catalogue
    >>> cycle_name(Cycle("2026-B6", date(2026, 11, 1), date(2026, 12, 31)), catalogue("zh"))
    '2026年11–12月'
    """
    year, _, part = cycle.code.partition("-")
    if not part:
        return words.say("cycle.year", year=year)
    if part.isdigit():
        locale = words.locale.replace("-", "_")
        month = get_month_names("abbreviated", "stand-alone", locale=locale)[int(part)]
        return words.say("cycle.month", year=year, month=month)
    return words.say(f"cycle.{part.lower()}", year=year)
