"""Values in any of their forms mean one thing; names with digits mean none."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.core.cycle import cycle_of, parse_cycle
from connector.core.dates import find_dates, parse_date
from connector.core.measures import bound_of, read_statement
from connector.core.milestones import milestones_in, parse_milestones
from connector.core.okr import MetricKind, ObjectiveType
from connector.core.standing import (
    asks_for_answer,
    parse_answer,
    parse_confidence,
    parse_health,
    parse_level,
    parse_score,
    parse_state,
    parse_type,
    parse_weight,
)
from connector.core.text import (
    Quantity,
    leading_ratio,
    parse_quantity,
    parse_ratio,
    plain,
    readable,
)

TODAY = date(2026, 11, 23)
TENTHS = st.integers(1, 9_999).map(lambda n: (f"{n // 10}.{n % 10}", Fraction(n, 10)))
UNITS = st.sampled_from(
    ("%", "天", "小时", "家", "人次", "days", "customers", "ms", "分钟", "个百分点")
)
SCALES = st.sampled_from(
    (
        ("万", 10**4),
        ("亿", 10**8),
        ("k", 1_000),
        ("千万", 10**7),
        (" million", 10**6),
        (" bn", 10**9),
    )
)
CURRENCIES = st.sampled_from(("$", "€", "£", "¥", "US$"))
DAYS = st.dates(date(2021, 1, 1), date(2035, 12, 31))
DATE_FORMS: tuple[Callable[[date], str], ...] = (
    lambda d: d.isoformat(),
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d.day}.{d.month}.{d.year}",
    lambda d: f"{d:%d %b %Y}",
    lambda d: f"{d:%B} {d.day}, {d.year}",
    lambda d: f"截止 {d.year}.{d.month:02}.{d.day:02} 前",
)
CODES = st.builds(
    "{}{}".format,
    st.integers(2021, 2035),
    st.sampled_from(
        ("", *(f"-Q{n}" for n in range(1, 5)), "-H1", "-H2", "-B1", "-B6", "-07", "-11")
    ),
)


@given(TENTHS, UNITS)
def test_a_number_keeps_its_value_and_its_unit(number: tuple[str, Fraction], unit: str) -> None:
    written, value = number
    for text in (
        f"{written}{unit}",
        f"≥ {written} {unit}",
        f" {written} {unit} ",
        f"约{written}{unit}",
    ):
        assert parse_quantity(text) == Quantity(value, unit)


@given(TENTHS, SCALES, CURRENCIES)
def test_scales_and_currencies(
    number: tuple[str, Fraction], scale: tuple[str, int], currency: str
) -> None:
    found = parse_quantity(f"{currency}{number[0]}{scale[0]}")
    assert found == Quantity(number[1] * scale[1], currency)


@given(TENTHS, TENTHS, st.sampled_from(("%", "天", "家", "ms", "days")))
def test_every_way_to_say_from_and_to(
    start: tuple[str, Fraction], end: tuple[str, Fraction], unit: str
) -> None:
    a, b = f"{start[0]}{unit}", f"{end[0]}{unit}"
    for text in (
        f"指标从 {a} 到 {b}",
        f"由{a}变为{b}",
        f"moves from {a} to {b}",
        f"moves {a} → {b}",
        f"{a} -> {b}",
    ):
        said = read_statement(text)
        assert said is not None, text
        assert said.target == Quantity(end[1], unit), text
        assert said.baseline == Quantity(start[1], unit), text
        assert (said.kind is MetricKind.DECREASE) == (end[1] < start[1])


@given(st.integers(1, 99))
def test_by_is_not_to(n: int) -> None:
    """降低 n% ≠ 降低至 n% ≠ 降低 n 个百分点."""
    by, to, points = (read_statement(t) for t in (f"降低{n}%", f"降低至{n}%", f"降低{n}个百分点"))
    assert by is not None
    assert to is not None
    assert points is not None
    assert by.change is not None
    assert by.change.factor == 1 - Fraction(n, 100)
    assert to.target == Quantity(Fraction(n), "%")
    assert points.change is not None
    assert points.change.points == -n


@pytest.mark.parametrize(
    "name",
    [
        "5G 网络", "ISO 27001 certificate", "双11 大促", "SOC 2 report", "Phase 2 rollout",
        "T+1 结算", "360度评估", "Q4 launch", "FY26 plan", "2026 年度规划", "第 3 批门店",
        "v2.1 release", "KR1.2", "1 对 1 辅导", "24/7 support", "COVID-19 rules",
        "Windows 11", "12306 平台", "PAY-42", "UTF-8", "B2B portal", "IPv6 migration",
        "Web3 strategy", "L4 autonomy", "30-day plan", "H1 review",
    ],
)  # fmt: skip
@pytest.mark.parametrize("sentence", ["{} 顺利推进", "Everybody knows {}", "{}"])
def test_names_with_digits_measure_nothing(name: str, sentence: str) -> None:
    assert read_statement(sentence.format(name)) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三分之二", Fraction(200, 3)),
        ("two thirds of teams", Fraction(200, 3)),
        ("⅔", Fraction(200, 3)),
        ("四分之一的门店", 25),
        ("half of all stores", 50),
        ("cut by half", None),
    ],
)
def test_parts_of_a_whole(text: str, value: Fraction | int | None) -> None:
    said = read_statement(text)
    assert said is not None
    assert (said.target.value if said.target else None) == value


@given(st.integers(1, 60), st.integers(1, 60))
def test_a_share_is_exact(part: int, whole: int) -> None:
    for text in (f"{part}/{whole}", f"{part} of {whole}", f"{part} out of {whole}"):
        assert parse_ratio(text) == Fraction(part, whole)
    assert parse_score(f"{part}/{whole}") == Fraction(part, whole)


@given(DAYS)
def test_a_day_in_every_form(day: date) -> None:
    for form in DATE_FORMS:
        assert parse_date(form(day), year=1999) == day, form(day)
    assert find_dates(f"{day.isoformat()} – {day:%d %b %Y}", year=1999) == [day, day]


@given(DAYS)
def test_a_day_that_two_countries_read_differently_is_not_guessed(day: date) -> None:
    """Unless only one reading is a date, or lies in the period."""
    for one, other in ((day.day, day.month), (day.month, day.day)):
        found = parse_date(f"{one}/{other}/{day.year}", year=1999)
        assert found == (day if day.day > 12 or day.day == day.month else None)
    period = (day, day)
    assert parse_date(f"{day.day}/{day.month}/{day.year}", year=1999, within=period) == day


@given(CODES)
def test_a_cycle_in_every_form(code: str) -> None:
    year, _, part = code.partition("-")
    forms = [code, f"OKR {code}"]
    if part.startswith("Q"):
        forms += [f"{year} {part}", f"{part} {year}", f"{year[2:]}{part}", f"FY{year[2:]} {part}"]
        forms.append(f"{year}年第{'一二三四'[int(part[1]) - 1]}季度")
    if part.startswith("H"):
        forms += [f"{year}年{'上下'[int(part[1]) - 1]}半年", f"{part} {year}"]
    for text in forms:
        found = parse_cycle(text, today=TODAY)
        assert found is not None, text
        assert found == cycle_of(code), text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Oct - Dec 2026", "2026-Q4"),
        ("January to June 2027", "2027-H1"),
        ("Nov–Dec 2026", "2026-B6"),
    ],
)
def test_months_in_english(text: str, code: str) -> None:
    assert parse_cycle(text, today=TODAY) == cycle_of(code)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("承诺型", ObjectiveType.COMMITTED),
        ("Aspirational", ObjectiveType.ASPIRATIONAL),
        ("挑战型（moonshot）", ObjectiveType.ASPIRATIONAL),
        ("承諾型", ObjectiveType.COMMITTED),
        ("承诺型/挑战型", None),
        ("O", None),
    ],
)
def test_types_of_objectives(text: str, expected: ObjectiveType | None) -> None:
    assert parse_type(text) is expected


def test_answers() -> None:
    assert [parse_answer(t) for t in ("是", "Yes.", "NO", "未通过", "✅", "maybe")] == [
        True, True, False, False, True, None,
    ]  # fmt: skip
    assert asks_for_answer("是 / 否")
    assert not asks_for_answer("是")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A 30%、B 70%", [("A", 30, False), ("B", 70, False)]),
        ("✅ A\n☐ B", [("A", 50, True), ("B", 50, False)]),
        ("设计（已完成）→ 开发（未完成）", [("设计", 50, True), ("开发(未完成)", 50, False)]),
        ("M1 pilot M2 all stores (done)", [("M1 pilot", 50, False), ("M2 all stores", 50, True)]),
        ("A 30%, B", []),
        ("A", []),
        ("", []),
        ("0%, 0%", []),
    ],
)
def test_milestones(text: str, expected: list[tuple[str, int, bool]]) -> None:
    found = parse_milestones(tuple(text.split("\n")))
    assert [(one.name, int(one.weight * 100), one.reached) for one in found] == expected


@given(st.text(max_size=80))
def test_any_text_is_read_or_left(text: str) -> None:
    """No value raises, and folding twice changes nothing more."""
    assert plain(plain(text)) == plain(text)
    readable(text)
    for parse in (
        parse_quantity, parse_ratio, leading_ratio, parse_confidence, parse_score, parse_weight,
        parse_health, parse_level, parse_state, parse_type, parse_answer, bound_of, read_statement,
        milestones_in,
    ):  # fmt: skip
        parse(text)
    assert parse_milestones((text,)) is not None
    parse_date(text, year=2026)
