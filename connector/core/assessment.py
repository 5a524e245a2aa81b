"""What we make of a page today: one function serves macro, API, command line and export."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from connector.core.cycle import Cycle, current_quarter, cycle_of
from connector.core.findings import Finding, Severity
from connector.core.okr import (
    Delivery,
    Health,
    KeyResult,
    KrKey,
    Objective,
    OkrPage,
    Progress,
    StoredPage,
)
from connector.core.pace import HealthReading, elapsed_share, read_health
from connector.core.policy import Policy
from connector.core.progress import Basis, Headline, Outcome, headline, outcome, roll_up, weights
from connector.core.words import rounded


@dataclass(frozen=True, slots=True)
class KeyResultAssessment:
    """One key result with both of its numbers; `share` is its part of the objective, 0..1."""

    key_result: KeyResult
    outcome: Outcome | None
    delivery: Delivery | None
    headline: Headline
    share: Fraction
    health: HealthReading
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class ObjectiveAssessment:
    """`left_out` names the key results without data, which the progress does not count."""

    objective: Objective
    progress: Progress | None
    health: HealthReading
    left_out: tuple[KrKey, ...]
    key_results: tuple[KeyResultAssessment, ...]


@dataclass(frozen=True, slots=True)
class PageAssessment:
    """`expected` is the pace: the share of the cycle that has passed, 0..1."""

    cycle: Cycle
    cycle_assumed: bool
    expected: Fraction
    objectives: tuple[ObjectiveAssessment, ...]


def assess(
    page: StoredPage,
    okrs: OkrPage,
    deliveries: Mapping[KrKey, Delivery],
    *,
    now: datetime,
    policy: Policy,
) -> PageAssessment:
    """The page's OKRs measured against its cycle, as of `now` (aware)."""
    today = policy.today(now)
    fiscal = policy.fiscal_year_start_month
    cycle = (
        cycle_of(okrs.cycle, fiscal_year_start_month=fiscal)
        if okrs.cycle
        else current_quarter(today, fiscal_year_start_month=fiscal)
    )
    expected = elapsed_share(cycle, today)
    lens = _Lens(page, deliveries, expected, now, policy)
    return PageAssessment(
        cycle,
        okrs.cycle is None,
        expected,
        tuple(lens.objective(one) for one in okrs.objectives),
    )


@dataclass(frozen=True, slots=True)
class _Lens:
    """What every objective of a page is looked at through."""

    page: StoredPage
    deliveries: Mapping[KrKey, Delivery]
    expected: Fraction
    now: datetime
    policy: Policy

    def objective(self, objective: Objective) -> ObjectiveAssessment:
        shares = weights([one.weight for one in objective.key_results])
        results = tuple(
            self._key_result(objective, one, share)
            for one, share in zip(objective.key_results, shares, strict=True)
        )
        progress = roll_up(
            (one.headline.progress, one.share) for one in results if one.headline.progress
        )
        return ObjectiveAssessment(
            objective,
            progress,
            _worst(progress, results, self.health(progress, None, None)),
            tuple(one.key_result.key for one in results if one.headline.progress is None),
            results,
        )

    def _key_result(
        self, objective: Objective, one: KeyResult, share: Fraction
    ) -> KeyResultAssessment:
        delivery = self.deliveries.get(one.key)
        source = one.progress_from if one.progress_from != "auto" else self.policy.progress_from
        chosen = headline(one, delivery, progress_from=source)
        measured = outcome(one.metric) if one.metric else None
        updated = (
            delivery.read_at if delivery and chosen.basis is Basis.DELIVERY else self.page.saved_at
        )
        return KeyResultAssessment(
            one,
            measured,
            delivery,
            chosen,
            share,
            self.health(chosen.progress, one.reported_health, updated),
            _parting(objective, one, measured, delivery, self.policy),
        )

    def health(
        self, progress: Progress | None, reported: Health | None, updated: datetime | None
    ) -> HealthReading:
        return read_health(
            progress,
            expected=self.expected,
            reported=reported,
            updated_at=updated,
            now=self.now,
            policy=self.policy,
        )


def _worst(
    progress: Progress | None, results: tuple[KeyResultAssessment, ...], computed: HealthReading
) -> HealthReading:
    """An objective is stale or paused when all of its key results are."""
    for health in (Health.STALE, Health.PAUSED):
        if progress is not None and all(one.health.health is health for one in results):
            return HealthReading(health)
    return computed


def _parting(
    objective: Objective,
    one: KeyResult,
    measured: Outcome | None,
    delivery: Delivery | None,
    policy: Policy,
) -> tuple[Finding, ...]:
    """F-40: work and result part, so one of the two numbers misleads."""
    done = delivery.progress if delivery else None
    if measured is None or done is None:
        return ()
    low, high = sorted((measured.progress.ratio, done.ratio))
    if low > policy.parting_low or high < policy.parting_high:
        return ()
    return (
        Finding(
            "F-40",
            Severity.W,
            one.place,
            objective.title,
            one.title,
            (
                ("delivery", f"{rounded(done.ratio * 100, 0)}"),
                ("outcome", f"{rounded(measured.progress.ratio * 100, 0)}"),
            ),
        ),
    )
