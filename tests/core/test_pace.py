"""Expected pace and health."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from connector.core.cycle import cycle_of
from connector.core.okr import Health, Progress
from connector.core.pace import HealthReading, elapsed_share, read_health
from connector.core.policy import Policy

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "share"),
    [
        (date(2026, 9, 30), Fraction(0)),
        (date(2026, 10, 1), Fraction(1, 92)),
        (date(2026, 12, 31), Fraction(1)),
        (date(2027, 1, 7), Fraction(1)),
    ],
)
def test_the_last_day_of_the_cycle_counts(today: date, share: Fraction) -> None:
    assert elapsed_share(cycle_of("2026-Q4"), today) == share


def health(
    progress: Fraction | None,
    expected: Fraction = Fraction(1, 2),
    reported: Health | None = None,
    updated: datetime | None = NOW,
    policy: Policy = Policy(),  # noqa: B008 - frozen
) -> HealthReading:
    return read_health(
        None if progress is None else Progress(progress),
        expected=expected,
        reported=reported,
        updated_at=updated,
        now=NOW,
        policy=policy,
    )


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        (Fraction(35, 100), Health.ON_TRACK),
        (Fraction(34, 100), Health.AT_RISK),
        (Fraction(20, 100), Health.AT_RISK),
        (Fraction(19, 100), Health.OFF_TRACK),
        (Fraction(1), Health.DONE),
        (None, Health.NO_DATA),
    ],
)
def test_health_is_progress_over_expected_pace(progress: Fraction | None, expected: Health) -> None:
    assert health(progress).health is expected


def test_it_is_too_early_to_tell_below_fifteen_percent() -> None:
    assert health(Fraction(0), expected=Fraction(14, 100)).health is None
    assert health(Fraction(0), expected=Fraction(15, 100)).health is Health.OFF_TRACK


def test_before_the_cycle_begins_no_pace_is_expected_whatever_the_policy() -> None:
    at_once = Policy(pace_starts_at=Fraction(0))

    assert health(Fraction(1, 2), expected=Fraction(0), policy=at_once).health is None
    assert health(Fraction(1, 2), Fraction(1, 100), policy=at_once).health is Health.ON_TRACK


def test_two_cadences_without_an_update_are_stale_whatever_the_colour() -> None:
    old = NOW - timedelta(days=14, seconds=1)

    assert health(Fraction(1, 2), updated=old).health is Health.STALE
    assert health(Fraction(1, 2), updated=NOW - timedelta(days=14)).health is Health.ON_TRACK
    assert health(Fraction(1), updated=old).health is Health.DONE


def test_what_a_person_says_stands_in_where_nothing_is_computed() -> None:
    assert health(None, reported=Health.AT_RISK) == HealthReading(Health.AT_RISK, manual=True)
    assert health(Fraction(1, 2), reported=Health.PAUSED) == HealthReading(Health.PAUSED, True)
    assert health(Fraction(1, 2), reported=Health.OFF_TRACK) == HealthReading(Health.ON_TRACK)
