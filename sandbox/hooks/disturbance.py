"""Deliveries that are lost, doubled, late or out of order, as happens on a real site."""

from dataclasses import dataclass
from random import Random
from threading import Lock
from typing import Generic, TypeVar

D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Weather:
    """How often each happens, from 0 to 1, and by how many seconds the late ones are late."""

    lost: float = 0.0
    doubled: float = 0.0
    delayed: float = 0.0
    reordered: float = 0.0
    seconds: float = 0.5


class Disturbance(Generic[D]):
    """The same events meet the same weather in every run. A late one holds up those behind it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: list[tuple[D, float]] = []
        self.change(Weather(), seed=0)

    def change(self, weather: Weather, *, seed: int) -> None:
        self.weather = weather
        self._random = Random(seed)  # noqa: S311 - no secret

    def through(self, delivery: D) -> list[tuple[D, float]]:
        """What is sent now, each with its delay. A reordered one waits for the next event."""
        with self._lock:
            weather = self.weather
            chances = [self._random.random() for _ in range(4)]
            if chances[0] < weather.lost:
                return []
            late = weather.seconds if chances[1] < weather.delayed else 0.0
            arriving = [(delivery, late)] * (2 if chances[2] < weather.doubled else 1)
            if chances[3] < weather.reordered and not self._held:
                self._held = arriving
                return []
            arriving, self._held = arriving + self._held, []
            return arriving

    def held(self) -> list[tuple[D, float]]:
        """What still waits for a next event that has not come."""
        with self._lock:
            waiting, self._held = self._held, []
            return waiting
