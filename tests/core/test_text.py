"""Numbers, measures, dates and standing as people write them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.core.dates import parse_date
from connector.core.measures import bound_of, direction, in_unit, read_statement, same_dimension
from connector.core.okr import Health, MetricKind
from connector.core.standing import (
    parse_confidence,
    parse_health,
    parse_score,
    parse_state,
    parse_weight,
)
from connector.core.text import (
    Quantity,
    find_quantities,
    parse_quantity,
    parse_ratio,
    parse_share,
    readable,
)

UP, DOWN = MetricKind.INCREASE, MetricKind.DECREASE
LEAST, MOST = MetricKind.AT_LEAST, MetricKind.AT_MOST


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("42%", "42", "%"),
        ("４２％", "42", "%"),
        ("0.42", "0.42", ""),
        ("1,234.5", "1234.5", ""),
        ("1.2万", "12000", ""),
        ("3.4亿元", "340000000", "元"),
        ("$1.2M", "1200000", "$"),
        ("12k", "12000", ""),
        ("20 h", "20", "h"),
        ("5m", "5", "m"),
        ("-3", "-3", ""),
        ("↑30%", "30", "%"),
        ("≥ 80 %", "80", "%"),
        ("80%以上", "80", "%"),
        ("三成", "30", "%"),
        ("百分之二十", "20", "%"),
        ("两家", "2", "家"),
        ("30个百分点", "30", "个百分点"),
        ("5‰", "5", "‰"),
        ("2026", "2026", ""),
    ],
)
def test_a_value_is_read(text: str, value: str, unit: str) -> None:
    assert parse_quantity(text) == Quantity(Fraction(value), unit)


@pytest.mark.parametrize("text", ["", "soon", "高", "12 of the 30 teams we asked in 2025", "1/2/3"])
def test_a_text_is_no_value(text: str) -> None:
    assert parse_quantity(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "in 2026", "2026年", "Q4", "26Q4", "四季度 第4季度", "v2.0",
        "1.2.3", "KR1.1", "O1", "PAY-42", "UTF-8", "2026-12-31",
        "12月31日", "by 12/31", "31 Dec 2026", "P1", "24/7", "第3批",
        "iOS17", "FY26", "H1-2026", "1. first", "(2) second",
    ],
)  # fmt: skip
def test_what_counts_nothing_is_no_measure(text: str) -> None:
    """Years, quarters, versions, dates, list numbers and keys."""
    assert find_quantities(readable(text)) == []


@pytest.mark.parametrize(
    ("text", "kind", "baseline", "target"),
    [
        ("NPS from 20 to 8", DOWN, "20", "8"),
        ("p95 from 1.2 s to 800 ms", DOWN, "1.2", "800"),
        ("从 20s 降到 8s", DOWN, "20", "8"),
        ("Grow volume from 86 to 120 million", UP, "86000000", "120000000"),
        ("从 86 增加到 120 万", UP, "860000", "1200000"),
        ("Grow sign-ups from 800 to 1.2k", UP, "800", "1200"),
        ("由 1500 提升至 2000", UP, "1500", "2000"),
        ("20 → 8", DOWN, "20", "8"),
        ("corrections: 6% to 2%", DOWN, "6", "2"),
        ("≥80%", LEAST, None, "80"),
        ("不低于 80%", LEAST, None, "80"),
        ("80%以上", LEAST, None, "80"),
        ("no less than 3", LEAST, None, "3"),
        ("不超过 3 次", MOST, None, "3"),
        ("3次以内", MOST, None, "3"),
        ("控制在2s以内", MOST, None, "2"),
        ("Books close within 3 days", MOST, None, "3"),
        ("Answer 95% of requests within 4 hours", UP, None, "95"),
        ("降低至30%", DOWN, None, "30"),
        ("月活达到1.2亿", UP, None, "120000000"),
        ("Sign 12 customers in 2026", UP, None, "12"),
        ("三家客户", UP, None, "3"),
    ],
)
def test_a_sentence_gives_a_measure(
    text: str, kind: MetricKind, baseline: str | None, target: str
) -> None:
    said = read_statement(text)
    assert said is not None
    assert said.kind is kind
    assert (said.baseline.value if said.baseline else None) == (baseline and Fraction(baseline))
    assert said.target is not None
    assert said.target.value == Fraction(target)


@pytest.mark.parametrize(
    ("text", "of_fifty"),
    [
        ("降低30%", "35"),
        ("降低30个百分点", "20"),
        ("reduce it by 10%", "45"),
        ("提升3倍", "200"),
        ("提升至3倍", "150"),
        ("翻番", "100"),
        ("减半", "25"),
        ("double it", "100"),
    ],
)
def test_a_change_has_a_target_once_there_is_a_baseline(text: str, of_fifty: str) -> None:
    """降低30% ≠ 降低30个百分点; 提升3倍 ≠ 提升至3倍."""
    said = read_statement(text)
    assert said is not None
    assert said.target is None
    assert said.change is not None
    assert said.change.of(Fraction(50)) == Fraction(of_fifty)


@pytest.mark.parametrize(
    "text", ["让客户满意", "in 2026 by Q4", "COVID-19 and UTF-8", "Ship it by 12/31", "x" * 1001]
)
def test_a_sentence_without_a_measure(text: str) -> None:
    assert read_statement(text) is None


def test_time_is_compared_in_one_unit() -> None:
    said = read_statement("falls from 6 hours to 15 minutes")
    assert said is not None
    assert said.metric.baseline == 360
    assert in_unit(Quantity(Fraction(3), "天"), "h") == 72
    assert in_unit(None, "h") is None
    assert in_unit(Quantity(Fraction(3), "%"), "h") == 3
    assert not same_dimension("%", "天")
    assert same_dimension("", "天")


def test_bounds_and_directions() -> None:
    assert bound_of("80") is None
    assert bound_of("soon") is None
    assert bound_of("不高于 3") is MOST
    assert direction("压缩周期") is DOWN
    assert direction("提升留存") is UP


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("2026/1/5", date(2026, 1, 5)),
        ("2026年12月31日前", date(2026, 12, 31)),
        ("12/31", date(2026, 12, 31)),
        ("12月31日", date(2026, 12, 31)),
        ("11月底", date(2026, 11, 30)),
        ("2027-02", date(2027, 2, 28)),
        ("31 Dec 2027", date(2027, 12, 31)),
        ("Dec 31", date(2026, 12, 31)),
        ("31st December", date(2026, 12, 31)),
        ("2026-13-40", None),
        ("2月30日", None),
        ("soon", None),
        ("0000-00", None),
    ],
)
def test_dates(text: str, expected: date | None) -> None:
    assert parse_date(text, year=2026) == expected


@pytest.mark.parametrize(
    ("text", "colour", "expected"),
    [
        ("On track", "", Health.ON_TRACK),
        ("Not on track", "", Health.OFF_TRACK),
        ("无风险", "", Health.ON_TRACK),
        ("有风险", "", Health.AT_RISK),
        ("已延期", "", Health.OFF_TRACK),
        ("已完成", "", Health.DONE),
        ("未完成", "", None),
        ("未完成", "Red", Health.OFF_TRACK),
        ("🔴", "", Health.OFF_TRACK),
        ("进行中", "Yellow", Health.AT_RISK),
        ("on hold", "", Health.PAUSED),
        ("未开始", "", Health.NO_DATA),
        ("soon", "", None),
        ("At risk", "Green", Health.AT_RISK),
    ],
)
def test_words_come_before_colours(text: str, colour: str, expected: Health | None) -> None:
    assert parse_health(text, colour) is expected


def test_the_column_decides_what_a_number_means() -> None:
    """0.7 and 7 mean one thing as confidence, another as score, progress or weight."""
    assert parse_confidence("7") == Fraction(7, 10)
    assert parse_score("7") == 7
    assert parse_ratio("7") == Fraction(7, 100)
    assert parse_weight("7") == 7
    assert parse_weight("soon") is None
    assert parse_confidence("低") == Fraction(1, 5)
    assert parse_confidence("soon") is None
    assert parse_share("3/0") is None
    assert parse_ratio("5‰") == Fraction(1, 200)
    assert parse_ratio("3 天") is None
    assert parse_state("whenever") is None


@given(
    st.integers(-(10**9), 10**9), st.integers(0, 6), st.sampled_from(["", "%", " 万", "亿", " k"])
)
def test_any_number_is_read_exactly(digits: int, places: int, scale: str) -> None:
    """However it is scaled: no binary fraction ever stands between."""
    times = {"": 1, "%": 1, " 万": 10**4, "亿": 10**8, " k": 1000}[scale]
    written = f"{Decimal(digits).scaleb(-places):f}"
    found = parse_quantity(written + scale)
    assert found is not None
    assert found.value == Fraction(written) * times


@given(st.text(max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    """Every reader answers, with a value or None."""
    for read in (parse_quantity, parse_ratio, parse_confidence, parse_score, parse_health):
        read(text)
    parse_date(text, year=2026)
    read_statement(text)
