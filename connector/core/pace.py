"""Where a key result should be by today, and what that says of its health."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction

from connector.core.cycle import Cycle
from connector.core.okr import Health, Progress
from connector.core.policy import Policy


@dataclass(frozen=True, slots=True)
class HealthReading:
    """`health` is None while it is too early to tell; `manual` when a person said it."""

    health: Health | None
    manual: bool = False


def elapsed_share(cycle: Cycle, today: date) -> Fraction:
    """The part of the cycle that has passed, today and the last day included; 0..1.

    >>> from connector.core.cycle import cycle_of
    >>> elapsed_share(cycle_of("2026-Q4"), date(2026, 12, 31))
    Fraction(1, 1)
    """
    passed = (today - cycle.start).days + 1
    return Fraction(min(max(passed, 0), cycle.days), cycle.days)


def read_health(
    progress: Progress | None,
    *,
    expected: Fraction,
    reported: Health | None,
    updated_at: datetime | None,
    now: datetime,
    policy: Policy,
) -> HealthReading:
    """Health by the ratio of progress to expected pace [Oboard's bands].

    Paused is only ever said by a person. Staleness overrides every colour, but what is done
    stays done. What a person reports stands in where nothing can be computed.
    """
    if reported is Health.PAUSED:
        return HealthReading(Health.PAUSED, manual=True)
    if progress is None:
        return _said(reported, otherwise=Health.NO_DATA)
    if progress.ratio == 1:
        return HealthReading(Health.DONE)
    if updated_at is not None and now - updated_at > 2 * timedelta(days=policy.cadence_days):
        return HealthReading(Health.STALE)
    if expected < policy.pace_starts_at or not expected:
        return _said(reported, otherwise=None)
    return HealthReading(_colour(progress.ratio / expected, policy))


def _said(reported: Health | None, *, otherwise: Health | None) -> HealthReading:
    return HealthReading(reported or otherwise, manual=reported is not None)


def _colour(ratio: Fraction, policy: Policy) -> Health:
    if ratio >= policy.on_track_from:
        return Health.ON_TRACK
    return Health.AT_RISK if ratio >= policy.at_risk_from else Health.OFF_TRACK
