"""The small parts of macros: ages, cycles, metrics, pictures."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from connector.catalogue import LOCALES, words
from connector.core.cycle import Cycle, cycle_of
from connector.core.okr import Metric, MetricKind, Milestone
from connector.core.progress import outcome
from macros.moment import Moments, age_patterns
from macros.objective.lens import Lens
from macros.objective.metric import metric_line, outcome_line
from macros.period import cycle_name
from macros.svg import progress_bar
from tests.fakes.okrs import NOW, metric
from tests.macros.views import POLICY

SHANGHAI = ZoneInfo("Asia/Shanghai")
KIND = MetricKind


def lens(locale: str = "en") -> Lens:
    moments = Moments(words(locale), NOW, SHANGHAI)
    return Lens(words(locale), moments, POLICY, Fraction(1, 2), "")


@pytest.mark.parametrize(
    ("age", "en", "zh"),
    [
        (timedelta(seconds=-90), "just now", "刚刚"),
        (timedelta(seconds=59), "just now", "刚刚"),
        (timedelta(seconds=60), "1 minute ago", "1 分钟前"),
        (timedelta(minutes=59), "59 minutes ago", "59 分钟前"),
        (timedelta(hours=1), "1 hour ago", "1 小时前"),
        (timedelta(hours=23), "23 hours ago", "23 小时前"),
        (timedelta(days=1), "1 day ago", "1 天前"),
        (timedelta(days=29), "29 days ago", "29 天前"),
        (timedelta(days=30), "October 24, 2026", "2026年10月24日"),
    ],
)
def test_an_age_reads_as_people_say_it(age: timedelta, en: str, zh: str) -> None:
    assert Moments(words("en"), NOW, SHANGHAI).of(NOW - age).age == en
    assert Moments(words("zh"), NOW, SHANGHAI).of(NOW - age).age == zh


def test_a_moment_is_local_in_words_and_utc_for_machines() -> None:
    at = Moments(words("zh"), NOW, SHANGHAI).of(datetime(2026, 11, 22, 17, 5, tzinfo=SHANGHAI))

    assert (at.iso, at.absolute) == ("2026-11-22T09:05:00Z", "2026年11月22日 17:05:00")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_script_gets_the_same_phrases(locale: str) -> None:
    patterns = age_patterns(words(locale))

    assert patterns["days"].replace("{count}", "3") == words(locale).say("age.days", count="3")


@pytest.mark.parametrize(
    ("code", "en", "zh"),
    [
        ("2026", "2026", "2026年"),
        ("2026-H2", "H2 2026", "2026年下半年"),
        ("2026-Q4", "Q4 2026", "2026年第四季度"),
        ("2026-B6", "Nov–Dec 2026", "2026年11–12月"),
        ("2026-11", "Nov 2026", "2026年11月"),
    ],
)
def test_a_cycle_is_named_as_people_write_it(code: str, en: str, zh: str) -> None:
    cycle = cycle_of(code)

    assert (cycle_name(cycle, words("en")), cycle_name(cycle, words("zh"))) == (en, zh)


@pytest.mark.parametrize("part", ["Q1", "Q2", "Q3", "Q4", "H1", "B1", "B2", "B3", "B4", "B5"])
@pytest.mark.parametrize("locale", LOCALES)
def test_every_part_of_a_year_has_a_name(part: str, locale: str) -> None:
    cycle = Cycle(f"2027-{part}", date(2027, 1, 1), date(2027, 1, 2))

    assert "2027" in cycle_name(cycle, words(locale))


MILESTONES = (
    Milestone("a", Fraction(1), reached=True),
    Milestone("b", Fraction(3), reached=False),
)


@pytest.mark.parametrize(
    ("one", "en", "zh"),
    [
        (metric(KIND.INCREASE, "420", "1000", "610"), "420 → 1,000 (now 610)", None),
        (metric(KIND.DECREASE, "5", "1", "3", "天"), None, "5 → 1 天（现在 3）"),
        (metric(KIND.DECREASE, "1.8", "0.6", None, "%"), "1.8% → 0.6% (no value yet)", None),
        (metric(KIND.INCREASE, None, "40", "29"), "Target 40 (now 29)", "目标 40（现在 29）"),
        (metric(KIND.AT_LEAST, "0", "99.95", "99.9", "%"), "At least 99.95% (now 99.9%)", None),
        (metric(KIND.AT_MOST, None, "10", "31", "起"), None, "不超过 10 起（现在 31）"),
        (Metric(KIND.INCREASE, current=Fraction(3)), "No target yet (now 3)", None),
        (Metric(KIND.MILESTONES, milestones=MILESTONES), "1 of 2 milestones reached", None),
        (Metric(KIND.BINARY, current=Fraction(1)), "Achieved", "已达成"),
        (Metric(KIND.BINARY), "Not achieved yet", "尚未达成"),
    ],
)
def test_a_metric_reads_as_its_author_would_say_it(
    one: Metric, en: str | None, zh: str | None
) -> None:
    assert en in (None, metric_line(one, lens("en")))
    assert zh in (None, metric_line(one, lens("zh")))


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (metric(KIND.INCREASE, "20", "40", "29"), "(29 − 20) ÷ (40 − 20) = 45%"),
        (metric(KIND.INCREASE, None, "40", "10"), "(10 − 0) ÷ (40 − 0) = 25%"),
        (metric(KIND.INCREASE, "20", "40", "50"), "(50 − 20) ÷ (40 − 20) = 150%, shown as 100%"),
        (metric(KIND.AT_LEAST, None, "40", "10"), "10 ÷ 40 = 25%"),
        (metric(KIND.AT_MOST, None, "10", "40"), "10 ÷ 40 = 25%"),
        (metric(KIND.AT_MOST, None, "10", "4"), "100%"),
        (Metric(KIND.MILESTONES, milestones=MILESTONES), "25%"),
    ],
)
def test_an_outcome_shows_the_sum_behind_it(one: Metric, said: str) -> None:
    found = outcome(one)

    assert found is not None
    assert outcome_line(one, found, lens()) == said


def test_a_bar_says_in_words_what_it_draws() -> None:
    bar = progress_bar(Fraction(1, 3), Fraction(1), tone="at_risk", label='1/3 "<b>"')

    assert 'role="img"' in bar
    assert 'aria-label="1/3 &#34;&lt;b&gt;&#34;"' in bar
    assert 'width="33.3%"' in bar
    assert 'x1="99.5%"' in bar


@pytest.mark.parametrize("progress", [None, Fraction(0)])
def test_nothing_done_draws_no_fill(progress: Fraction | None) -> None:
    bar = progress_bar(progress, None, tone="no_data", label="")

    assert "okr-bar-fill" not in bar
    assert "okr-bar-tick" not in bar
