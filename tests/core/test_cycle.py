"""Cycles as people write them."""

from datetime import date

import pytest

from connector.core.cycle import Cycle, current_quarter, cycle_of, parse_cycle

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-Q4", "2026-Q4"),
        ("26Q4", "2026-Q4"),
        ("Q4'26", "2026-Q4"),
        ("四季度", "2026-Q4"),
        ("2026年第四季度", "2026-Q4"),
        ("上半年", "2026-H1"),
        ("2025年下半年", "2025-H2"),
        ("FY26", "2026"),
        ("FY26 Q3", "2026-Q3"),
        ("Company OKRs H2 2026", "2026-H2"),
        ("2026年11–12月", "2026-B6"),
        ("2026年11月", "2026-11"),
        ("2026-11", "2026-11"),
        ("第六双月", "2026-B6"),
    ],
)
def test_a_cycle_is_read_however_it_is_written(text: str, code: str) -> None:
    found = parse_cycle(text, today=TODAY)

    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("text", ["", "OKR", "Version 2.3", "H5", "Platform team", "Q9", "2–4月"])
def test_what_names_no_period_is_no_cycle(text: str) -> None:
    assert parse_cycle(text, today=TODAY) is None


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2024-B1", date(2024, 1, 1), date(2024, 2, 29)),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
    ],
)
def test_a_cycle_lasts_from_its_first_to_its_last_day(code: str, start: date, end: date) -> None:
    cycle = cycle_of(code)

    assert (cycle.start, cycle.end) == (start, end)


def test_a_fiscal_year_carries_the_number_of_the_year_it_ends_in() -> None:
    cycle = cycle_of("2027-Q1", fiscal_year_start_month=7)

    assert (cycle.start, cycle.end) == (date(2026, 7, 1), date(2026, 9, 30))


@pytest.mark.parametrize("start_month", range(1, 13))
def test_today_lies_within_the_current_quarter_of_any_fiscal_year(start_month: int) -> None:
    for month in range(1, 13):
        today = date(2026, month, 15)

        cycle = current_quarter(today, fiscal_year_start_month=start_month)

        assert cycle.start <= today <= cycle.end


@pytest.mark.parametrize("code", ["", "2026-Q5", "2026-B7", "26-Q1", "2026-13", "2026-Q4 "])
def test_a_code_that_is_none_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="not the code of a cycle"):
        cycle_of(code)


def test_a_cycle_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Cycle("2026-Q4", date(2026, 12, 31), date(2026, 10, 1))
