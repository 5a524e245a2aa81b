"""Rules about check-ins: in time, honest about colour, with a reason for what changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from connector.core.cycle import Cycle
from connector.core.findings import Severity
from connector.core.lint.blanks import gives_reason, is_somebody, says_something
from connector.core.lint.rule import Limits, Remark, Rule, said, shown
from connector.core.okr import Health

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One update of a key result. `confidence` is 0..1; `target` where the update changed it."""

    on: date
    value: Fraction | None = None
    confidence: Fraction | None = None
    health: Health | None = None
    reason: str = ""
    obstacle: str = ""
    owner: str = ""
    action: str = ""
    target: Fraction | None = None


@dataclass(frozen=True, slots=True)
class CheckInsIn:
    """The updates of one key result in any order, as they look today.

    `on_track_from` is the share of the expected progress from which green is true, and
    `pace_starts_at` the share of the cycle before which nobody is behind: both of the policy.
    """

    check_ins: tuple[CheckIn, ...]
    today: date
    cycle: Cycle | None = None
    baseline: Fraction | None = None
    target: Fraction | None = None
    cadence_days: int = 7
    on_track_from: Fraction = Fraction(7, 10)
    pace_starts_at: Fraction = Fraction(15, 100)

    @property
    def in_order(self) -> list[CheckIn]:
        return sorted(self.check_ins, key=lambda one: one.on)


def overdue(subject: CheckInsIn, _limits: Limits) -> Iterator[Remark]:
    """C-01: from the last update, or from the first day of the cycle where there is none."""
    done, cycle = subject.in_order, subject.cycle
    since = done[-1].on if done else cycle.start if cycle else None
    until = min(subject.today, cycle.end) if cycle else subject.today
    if since and (until - since).days > subject.cadence_days:
        yield said(days=str((until - since).days), cadence=str(subject.cadence_days))


def green_and_moving(subject: CheckInsIn, limits: Limits) -> Iterator[Remark]:
    """C-02: green means that it goes as it should."""
    done = subject.in_order
    if not done or done[-1].health is not Health.ON_TRACK:
        return
    progress, expected = _progress(subject), _expected(subject)
    if progress is not None and expected is not None and _behind(subject, progress, expected):
        yield said(case="behind", progress=_percent(progress), expected=_percent(expected))
        return
    weeks = _unchanged(done) // _WEEK
    if weeks >= limits.unchanged_weeks and (progress is None or progress < 1):
        yield said(case="unchanged", weeks=str(weeks))


def _behind(subject: CheckInsIn, progress: Fraction, expected: Fraction) -> bool:
    judged = expected >= subject.pace_starts_at
    return judged and progress < expected * subject.on_track_from


def _progress(subject: CheckInsIn) -> Fraction | None:
    values = [one.value for one in subject.in_order if one.value is not None]
    moved = [one.target for one in subject.in_order if one.target is not None]
    target = moved[-1] if moved else subject.target
    if not values or subject.baseline is None or target in (None, subject.baseline):
        return None
    return (values[-1] - subject.baseline) / (target - subject.baseline)


def _expected(subject: CheckInsIn) -> Fraction | None:
    """The elapsed share of the cycle, its last day included."""
    cycle = subject.cycle
    if cycle is None:
        return None
    passed = (min(subject.today, cycle.end) - cycle.start).days + 1
    return Fraction(max(passed, 0), cycle.days)


def _unchanged(done: list[CheckIn]) -> timedelta:
    """How long the last value has stood."""
    known = [one for one in done if one.value is not None]
    first = known[-1] if known else None
    for one in reversed(known):
        if first is None or one.value != first.value:
            break
        first = one
    return known[-1].on - first.on if first else timedelta()


def doubt_answered(subject: CheckInsIn, limits: Limits) -> Iterator[Remark]:
    """C-03: low confidence comes with what is in the way, who acts and how."""
    last = subject.in_order[-1] if subject.check_ins else None
    if last is None or last.confidence is None or last.confidence >= limits.confidence_worry:
        return
    if not (
        says_something(last.obstacle) and is_somebody(last.owner) and says_something(last.action)
    ):
        yield said(confidence=_ten(last.confidence))


def confidence_explained(subject: CheckInsIn, _limits: Limits) -> Iterator[Remark]:
    """C-04: a changed belief has a reason, or an obstacle that is one."""
    known = [one for one in subject.in_order if one.confidence is not None]
    for before, after in pairwise(known):
        changed = before.confidence != after.confidence
        if changed and not (gives_reason(after.reason) or gives_reason(after.obstacle)):
            assert before.confidence is not None
            assert after.confidence is not None
            yield said(before=_ten(before.confidence), after=_ten(after.confidence))


def target_explained(subject: CheckInsIn, _limits: Limits) -> Iterator[Remark]:
    """C-05: a moved target stays visible, with its reason."""
    target = subject.target
    for one in subject.in_order:
        if one.target is None:
            continue
        planning = subject.cycle is not None and one.on < subject.cycle.start
        if (
            not planning
            and target is not None
            and one.target != target
            and not gives_reason(one.reason)
        ):
            yield said(before=shown(target), after=shown(one.target))
        target = one.target


def _ten(share: Fraction) -> str:
    return shown(share * 10)


def _percent(share: Fraction) -> str:
    return f"{round(float(share) * 100)}%"


RULES = (
    Rule("C-01", Severity.W, "practice", overdue),
    Rule("C-02", Severity.W, "practice", green_and_moving),
    Rule("C-03", Severity.W, "wodtke", doubt_answered),
    Rule("C-04", Severity.W, "practice", confidence_explained),
    Rule("C-05", Severity.W, "practice", target_explained),
)
