"""Who waits on a slow host holds few threads, and who waits on a quick one is not turned away."""

from dataclasses import dataclass, field
from threading import Event, Semaphore, Thread
from time import monotonic, sleep

import pytest

from connector.places import Places


class Full(Exception):
    pass


@dataclass
class Holder:
    """Takes a place in a thread of its own and keeps it until it is told to go."""

    places: Places
    go: Event = field(default_factory=Event)
    began: Semaphore = field(default_factory=lambda: Semaphore(0))
    turned_away: bool = False

    def __post_init__(self) -> None:
        self.thread = Thread(target=self._hold, daemon=True)
        self.thread.start()

    def _hold(self) -> None:
        try:
            with self.places.one(Full()):
                self.began.release()
                self.go.wait(10)
        except Full:
            self.turned_away = True

    def leave(self) -> None:
        self.go.set()
        self.thread.join(10)


def test_nobody_is_turned_away_while_places_come_free_in_time() -> None:
    places = Places(2, patience=5)
    holders = [Holder(places) for _ in range(6)]
    for one in holders:
        one.go.set()
    for one in holders:
        one.thread.join(10)

    assert not any(one.turned_away for one in holders)


def test_who_comes_late_waits_no_longer_than_the_patience() -> None:
    places, began = Places(1, patience=0.2), monotonic()
    holder = Holder(places)
    assert holder.began.acquire(timeout=5)

    with pytest.raises(Full), places.one(Full()):
        pass

    assert monotonic() - began < 2
    holder.leave()


def test_nobody_waits_behind_one_who_has_waited_for_long_already() -> None:
    places = Places(1, patience=0.5)
    holder = Holder(places)
    assert holder.began.acquire(timeout=5)
    sleep(0.6)

    began = monotonic()
    for _ in range(20):
        with pytest.raises(Full), places.one(Full()):
            pass

    assert monotonic() - began < 0.4, "twenty threads were not held for half a second each"
    holder.leave()
    with places.one(Full()):
        pass


def test_a_place_comes_free_when_its_holder_fails() -> None:
    places = Places(1, patience=0.1)
    for _ in range(3):
        with pytest.raises(ValueError, match="mine"), places.one(Full()):
            raise ValueError("mine")
