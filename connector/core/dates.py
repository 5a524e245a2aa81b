"""Dates as people write them, in English and Chinese."""

import re
from calendar import monthrange
from datetime import date

from connector.core.text import plain

_MONTHS = dict(
    zip(re.findall("...", "janfebmaraprmayjunjulaugsepoctnovdec"), range(1, 13), strict=True)
)
_DECEMBER = 12
_NAMES = "|".join(_MONTHS)
_ISO = re.compile(r"(?<!\d)(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})\s?[日号]?(?!\d)")
_WITH_YEAR = re.compile(r"(?<![\d./-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(20\d\d)(?![\d./-]\d)")
_MONTH_END = re.compile(r"(?<!\d)(\d{4})\s?[-/.年]\s?(\d{1,2})(?:\s?月)?\s?(?:底|末)?(?!\d)")
_DAY_ZH = re.compile(r"(?<!\d)(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]?(?!\d)")
_END_ZH = re.compile(r"(?<!\d)(\d{1,2})\s?月\s?(?:底|末)")
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s-]({_NAMES})[a-z]*\.?,?(?:[\s-](\d{{4}}))?", re.I
)
_MONTH_FIRST = re.compile(
    rf"\b({_NAMES})[a-z]*\.?\s(\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(\d{{4}}))?(?!\d)", re.I
)
_FULL_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_MONTH_NAME = re.compile(rf"(?:by |end of |end |late )*({_FULL_NAMES})\.?,?(?: (20\d\d))?", re.I)
_YEAR_END = re.compile(
    r"(?:(20\d\d)\s?)?(?:年底|年末|年终)"
    r"|\b(?:EOY|year[- ]end|end of (?:the )?year)(?: (20\d\d))?\b",
    re.I,
)
_SLASH = re.compile(r"(?<![\d/])(\d{1,2})\s?[/.-]\s?(\d{1,2})(?![\d/])")


def parse_date(text: str, *, year: int, within: tuple[date, date] | None = None) -> date | None:
    """The first date in a text; `year` is meant where none is written.

    `3/12/2026` is a day in March to some and in December to others: it is read only where `within`
    (first and last day) holds one of them and not the other.

    >>> [str(parse_date(t, year=2026)) for t in ("2026年12月31日", "12/31", "31 Dec", "2027-02")]
    ['2026-12-31', '2026-12-31', '2026-12-31', '2027-02-28']
    """
    said = plain(text[:200])
    if m := _ISO.search(said):
        return _day(int(m[1]), int(m[2]), int(m[3]))
    if m := _WITH_YEAR.search(said):
        return _either_way(int(m[1]), int(m[3]), int(m[4]), dotted=m[2] == ".", within=within)
    if m := _DAY_FIRST.search(said):
        return _day(int(m[3] or year), _MONTHS[m[2].lower()], int(m[1]))
    if m := _MONTH_FIRST.search(said):
        return _day(int(m[3] or year), _MONTHS[m[1].lower()], int(m[2]))
    return _month_end(said, year) or _of_the_year(said, year) or _named_end(said, year)


def find_dates(text: str, *, year: int) -> list[date]:
    """Every day written out, in the order of the text.

    >>> [str(d) for d in find_dates("1 Oct 2026 - 31 Dec 2026", year=2026)]
    ['2026-10-01', '2026-12-31']
    """
    said, found = plain(text[:200]), list[tuple[int, date]]()
    for pattern in (_ISO, _WITH_YEAR, _DAY_FIRST, _MONTH_FIRST, _DAY_ZH):
        for match in pattern.finditer(said):
            day = parse_date(match[0], year=year)
            if day:
                found.append((match.start(), day))
        said = pattern.sub(lambda m: " " * len(m[0]), said)
    return [day for _, day in sorted(found)]


def _named_end(said: str, year: int) -> date | None:
    """`end of Nov`, `Dec 2026`, `EOY`, `年底前`: the last day of what is named."""
    if m := _MONTH_NAME.fullmatch(said):
        return _last(int(m[2] or year), _MONTHS[m[1][:3].lower()])
    m = _YEAR_END.search(said)
    return date(int(m[1] or m[2] or year), _DECEMBER, 31) if m else None


def _month_end(said: str, year: int) -> date | None:
    if m := _MONTH_END.search(said):
        return _last(int(m[1]), int(m[2]))
    m = _END_ZH.search(said)
    return _last(year, int(m[1])) if m else None


def _of_the_year(said: str, year: int) -> date | None:
    m = _DAY_ZH.search(said) or _SLASH.search(said)
    return _day(year, int(m[1]), int(m[2])) if m else None


def _either_way(
    one: int, other: int, year: int, *, dotted: bool, within: tuple[date, date] | None
) -> date | None:
    """With points the day comes first; with strokes the numbers or the period must say."""
    day_first, month_first = _day(year, other, one), _day(year, one, other)
    if dotted or day_first is None or month_first is None or day_first == month_first:
        return day_first if dotted else day_first or month_first
    inside = [d for d in (day_first, month_first) if within and within[0] <= d <= within[1]]
    return inside[0] if len(inside) == 1 else None


def _last(year: int, month: int) -> date | None:
    return (
        _day(year, month, monthrange(year, month)[1]) if 1 <= month <= _DECEMBER and year else None
    )


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
