"""Which cycle a page is for: its own row, its title, a line above its tables."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from connector.core.cycle import Cycle, cycle_of, parse_cycle
from connector.core.dates import find_dates
from connector.core.findings import Finding
from connector.core.policy import Policy
from connector.core.text import plain
from connector.pages.details import first
from connector.pages.raw import RawPage
from connector.pages.remarks import remark

_LONGEST = 200
_SLACK = timedelta(days=7)  # people write the first Monday or the last Friday
_PARTS = ("Q1", "Q2", "Q3", "Q4", "H1", "H2", "", "B1", "B2", "B3", "B4", "B5", "B6")
_MONTHS = tuple(f"{month:02}" for month in range(1, 13))

_FROM_TO = re.compile(
    r"(20\d\d)\s?[-/.年]\s?(\d{1,2})\s?月?\s?[-–—~至到]\s?(20\d\d)\s?[-/.年]\s?(\d{1,2})(?![-/.\d])"
)

CycleReader = Callable[[str], Cycle | None]


def cycle_reader(policy: Policy, today: date) -> CycleReader:
    month = policy.fiscal_year_start_month

    def read(text: str) -> Cycle | None:
        said = text[:_LONGEST]
        try:
            return _between(said, today, month) or parse_cycle(
                said, today=today, fiscal_year_start_month=month
            )
        except ValueError:
            return None  # digits that make no date

    return read


def cycle_of_page(
    raw: RawPage, title: str, read: CycleReader, findings: list[Finding]
) -> Cycle | None:
    said = first(raw, "cycle")
    if said is not None:
        found = read(said[0].text)
        if found:
            return found
        findings.append(remark("F-13", said[1], text=said[0].text))
    short = (content.text for label, content, _ in raw.details if label == "intro")
    return read(title) or next((cycle for text in short if (cycle := read(text))), None)


def _months(text: str) -> list[date]:
    """`2026-10 – 2026-12`: the first day of the one month, the last of the other."""
    match = _FROM_TO.search(plain(text))
    if match is None:
        return []
    start = date(int(match[1]), int(match[2]), 1)
    year, month = divmod(int(match[3]) * 12 + int(match[4]), 12)
    return [start, date(year, month + 1, 1) - timedelta(days=1)]


def _between(text: str, today: date, month: int) -> Cycle | None:
    """`2026-10-01 – 2026-12-31` is the fourth quarter: the cycle that begins and ends with them."""
    dates = find_dates(text, year=today.year) or _months(text)
    if len(dates) != 2:
        return None
    start, end = dates
    codes = [
        f"{year}-{part}".rstrip("-")
        for year in dict.fromkeys((end.year, start.year, end.year + 1))
        for part in (*_PARTS, *_MONTHS)
    ]
    cycles = (cycle_of(code, fiscal_year_start_month=month) for code in codes)
    return next(
        (c for c in cycles if abs(c.start - start) <= _SLACK and abs(c.end - end) <= _SLACK), None
    )
