"""Cycles: the periods OKRs live in, read from how people write them.

With a fiscal year that does not start in January, year, half and quarter are fiscal and carry
the number of the calendar year in which the fiscal year ends; months and pairs of months are
always those of the calendar.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

_MONTHS_IN = {"H": 6, "Q": 3, "B": 2}
_LAST = {"H": 2, "Q": 4, "B": 6}
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "上": 1, "下": 2}

_CODE = re.compile(r"(\d{4})(?:-(?:(H)([12])|(Q)([1-4])|(B)([1-6])|(0[1-9]|1[0-2])))?")
_YEAR = re.compile(
    r"(?<!\d)(?:FY\s*)?(20\d{2})(?!\d)|(?<![\w-])(?:FY\s*|')?(\d{2})(?=\s*(?:Q|H|B|年))"
)
_IMPOSSIBLE = re.compile(  # the fifth quarter, the thirteenth month
    r"(?<![A-Z])(?:Q\s*(?:0|[5-9])|H\s*(?:0|[3-9])|B\s*(?:0|[7-9]))(?!\d)|"
    r"第?\s*(?<!\d)(?:[五六七八九]|0|[5-9])\s*季度?(?!节)|(?<!\d)(?:0|1[3-9]|[2-9]\d)\s*月|"
    r"(?<![\d-])20\d{2}\s*[-.年]\s*(?:00|1[3-9])(?![\d-])"
)
_SHORT_YEAR = re.compile(r"(?:FY\s*|')(\d{2})(?!\d)")
_PART = re.compile(r"(?<![A-Z])([QHB])\s*([1-6])(?!\d)")
_QUARTER_ZH = re.compile(r"第?\s*([一二三四1-4])\s*季度?")
_HALF_ZH = re.compile(r"([上下])半年")
_PAIR_ZH = re.compile(r"第?\s*([一二三四五六1-6])\s*双月")
_MONTHS_ZH = re.compile(r"(?<!\d)(\d{1,2})\s*月?\s*[-–—~至到]\s*(\d{1,2})\s*月")
_NAMES = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_MONTHS_EN = re.compile(
    rf"(?<![A-Z])({_NAMES})[A-Z]{{0,6}}\.?\s*(?:'?\d{{2,4}})?\s*(?:[-–—~/]|TO|THROUGH|UNTIL)\s*"
    rf"({_NAMES})(?![A-Z]{{7}})"
)
_MONTH_ZH = re.compile(r"(?<!\d)(\d{1,2})\s*月(?!\s*\d)")
_MONTH_ISO = re.compile(r"(?<!\d)20\d{2}\s*[-/.]\s*(0?[1-9]|1[0-2])(?![\d-])")


@dataclass(frozen=True, slots=True)
class Cycle:
    """A period by its code (`2026-Q4`), from its first to its last day, both inclusive."""

    code: str
    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"cycle {self.code} ends {self.end} before it starts {self.start}")

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1


def cycle_of(code: str, *, fiscal_year_start_month: int = 1) -> Cycle:
    """The cycle behind a code; ValueError for anything that is not one.

    >>> cycle_of("2026-Q4").end
    datetime.date(2026, 12, 31)
    >>> cycle_of("2026-Q1", fiscal_year_start_month=7).start
    datetime.date(2025, 7, 1)
    """
    match = _CODE.fullmatch(code)
    if match is None:
        raise ValueError(f"not the code of a cycle: {code!r}")
    year = int(match[1])
    if match[8]:
        return _span(code, year, int(match[8]), 1)
    kind = match[2] or match[4] or match[6]
    number = int(match[3] or match[5] or match[7] or 1)
    if kind == "B":
        return _span(code, year, number * 2 - 1, 2)
    months = _MONTHS_IN[kind] if kind else 12
    first_year = year if fiscal_year_start_month == 1 else year - 1
    return _span(code, first_year, fiscal_year_start_month + (number - 1) * months, months)


def parse_cycle(text: str, *, today: date, fiscal_year_start_month: int = 1) -> Cycle | None:
    """The cycle that a person wrote; a year left out is the one we are in.

    >>> parse_cycle("26Q4 公司 OKR", today=date(2026, 11, 23)).code
    '2026-Q4'
    >>> parse_cycle("上半年", today=date(2026, 11, 23)).code
    '2026-H1'
    >>> parse_cycle("2026年11–12月", today=date(2026, 11, 23)).code
    '2026-B6'
    >>> parse_cycle("2026-Q5", today=date(2026, 11, 23)) is None
    True
    """
    plain = normalize("NFKC", text).upper()
    exact = _CODE.search(plain)
    if exact and exact[0] == plain.strip():
        return cycle_of(exact[0], fiscal_year_start_month=fiscal_year_start_month)
    if _IMPOSSIBLE.search(plain):
        return None
    part = _part(plain)
    year = _year(plain)
    if year is None and part is None:
        return None
    if year is None:
        year = fiscal_year(today, fiscal_year_start_month)
    code = f"{year}-{part}" if part else f"{year}"
    return cycle_of(code, fiscal_year_start_month=fiscal_year_start_month)


def current_quarter(today: date, *, fiscal_year_start_month: int = 1) -> Cycle:
    """The quarter a day falls in: what a page without any cycle is taken to mean."""
    year = fiscal_year(today, fiscal_year_start_month)
    quarter = (today.month - fiscal_year_start_month) % 12 // 3 + 1
    return cycle_of(f"{year}-Q{quarter}", fiscal_year_start_month=fiscal_year_start_month)


def fiscal_year(today: date, start_month: int) -> int:
    """The fiscal year's number: that of the calendar year in which it ends."""
    return today.year + (start_month > 1 and today.month >= start_month)


def _year(plain: str) -> int | None:
    found = _YEAR.search(plain)
    if found:
        return int(found[1]) if found[1] else 2000 + int(found[2])
    short = _SHORT_YEAR.search(plain)
    return 2000 + int(short[1]) if short else None


def _part(plain: str) -> str | None:
    if found := _PART.search(plain):
        return f"{found[1]}{found[2]}" if int(found[2]) <= _LAST[found[1]] else None
    for pattern, letter in ((_QUARTER_ZH, "Q"), (_HALF_ZH, "H"), (_PAIR_ZH, "B")):
        if found := pattern.search(plain):
            return f"{letter}{_DIGITS.get(found[1]) or int(found[1])}"
    if found := _MONTHS_ZH.search(plain):
        return _months(int(found[1]), int(found[2]))
    if found := _MONTHS_EN.search(plain):
        return _months(*(_NAMES.index(name) // len("JAN|") + 1 for name in found.groups()))
    month = _MONTH_ZH.search(plain) or _MONTH_ISO.search(plain)
    return f"{int(month[1]):02}" if month and 1 <= int(month[1]) <= 12 else None


def _months(first: int, last: int) -> str | None:
    """A span of months, where it is one of the usual periods."""
    for letter, length in _MONTHS_IN.items():
        if last - first + 1 == length and first % length == 1 % length:
            return f"{letter}{(first - 1) // length + 1}"
    return None


def _span(code: str, year: int, month: int, months: int) -> Cycle:
    first = year * 12 + month - 1
    last_year, last_month = divmod(first + months - 1, 12)
    start = date(first // 12, first % 12 + 1, 1)
    return Cycle(
        code, start, date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1])
    )
