"""When sweeps are announced."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from connector.core.events import SweepDue
from connector.jobs.sweeps import SweepTimer
from tests.fakes.queue import FakeQueue
from tests.jobs.events import NOON, SITE


@dataclass
class FakeClock:
    moment: datetime

    def now(self) -> datetime:
        return self.moment


def test_everything_is_swept_first_and_then_what_changed() -> None:
    queue, clock = FakeQueue(), FakeClock(NOON)
    timer = SweepTimer(queue, lambda: [SITE], 180, clock.now)

    for _ in range(3):
        timer.announce()
        clock.moment += timedelta(minutes=3)

    sweeps = [event for event in queue.events if isinstance(event, SweepDue)]
    assert [sweep.full for sweep in sweeps] == [True, False, False]
    assert sweeps[2].slot == sweeps[1].slot + 1


def test_every_hour_everything_is_swept() -> None:
    queue, clock = FakeQueue(), FakeClock(NOON)
    timer = SweepTimer(queue, lambda: [SITE], 180, clock.now)

    for _ in range(40):
        timer.announce()
        clock.moment += timedelta(minutes=3)

    full = [
        event.received_at for event in queue.events if isinstance(event, SweepDue) and event.full
    ]
    assert full == [NOON, NOON + timedelta(hours=1)]


def test_two_processes_announce_a_sweep_once() -> None:
    queue, clock = FakeQueue(), FakeClock(NOON + timedelta(minutes=5))
    SweepTimer(queue, lambda: [SITE], 180, clock.now).announce()
    first = list(queue.events)
    clock.moment += timedelta(seconds=20)

    SweepTimer(queue, lambda: [SITE], 180, clock.now).announce()
    SweepTimer(queue, lambda: [SITE], 180, clock.now).announce()

    assert len(queue.events) == len(first) + 1


def test_the_next_announcement_comes_with_the_next_interval() -> None:
    timer = SweepTimer(
        FakeQueue(), lambda: [SITE], 180, FakeClock(NOON + timedelta(seconds=20)).now
    )

    assert timer.announce() == pytest.approx(160, abs=1)
