"""Turns: one measurement of a link at a time, and nobody waits who has nothing to measure."""

import time
from threading import Event, Thread

from connector.core.okr import EpicLink, IssueKey
from connector.turns import LinkTurns

ONE, OTHER = EpicLink(IssueKey("PAY-1")), EpicLink(IssueKey("PAY-2"))


def test_the_second_reading_of_a_link_waits_a_little() -> None:
    turns = LinkTurns(spacing=0.2)
    with turns.of([ONE]):
        turns.breathe([ONE])
    began = time.monotonic()

    with turns.of([ONE]):
        turns.breathe([ONE])

    assert time.monotonic() - began >= 0.15


def test_a_turn_without_a_reading_costs_no_time() -> None:
    turns = LinkTurns(spacing=5)
    with turns.of([ONE]):
        turns.breathe([ONE])
    began = time.monotonic()

    for _ in range(100):
        with turns.of([ONE, OTHER]):
            pass

    assert time.monotonic() - began < 1


def test_one_at_a_time_has_the_turn_of_a_link() -> None:
    turns, entered = LinkTurns(spacing=0), Event()

    def enter() -> None:
        with turns.of([OTHER, ONE]):
            entered.set()

    with turns.of([ONE]):
        follower = Thread(target=enter)
        follower.start()
        assert not entered.wait(0.1)
    follower.join(timeout=5)

    assert entered.is_set()
