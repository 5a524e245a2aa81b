"""From *Done* in Jira to the new number over the macro's HTTP: p50 and p99 of many moves.

`stored` asks the macro every few milliseconds; `visible` asks each second, as the macro's own
script does. The floor is one request to the macro that finds nothing new.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import requests

from connector.cli.processes import Demo, start_demo
from connector.core.errors import Unavailable
from tests.e2e.waiting import ready

POLL_SECONDS = 3
# After the first sync the connector has a sweep or two left to do.
SETTLES = 2


@dataclass(frozen=True, slots=True)
class Watcher:
    """Asks one macro for news, as its script does, with the tag of what it has."""

    address: str
    session: requests.Session

    def tag(self) -> str:
        answer = self.session.get(self.address, timeout=5)
        answer.raise_for_status()
        return answer.headers["ETag"]

    def changed(self, tag: str) -> bool:
        answer = self.session.get(self.address, headers={"If-None-Match": tag}, timeout=5)
        return answer.status_code == 200


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=200)
    moves = parser.parse_args(arguments).moves
    print(f"Freshness over the macro's HTTP, {moves} moves each")
    with start_demo() as demo:
        ready(demo)
        time.sleep(SETTLES)
        _say("webhooks, stored", _moves(demo, moves, pause=0.01))
        _say("webhooks, visible (1 s polling)", _moves(demo, moves, pause=1.0))
        _say("floor: one unchanged macro", _floor(demo, moves))
    with start_demo(webhooks=False, poll_seconds=POLL_SECONDS) as demo:
        ready(demo)
        time.sleep(SETTLES)
        name = f"polling every {POLL_SECONDS} s, stored"
        _say(name, _moves(demo, moves, pause=0.02), unit=POLL_SECONDS)


def _moves(demo: Demo, moves: int, *, pause: float) -> list[float]:
    """Seconds from Jira's answer to a transition until the macro has news."""
    watcher = Watcher(
        f"{demo.connector}/macros/objective?page={demo.page}&locale=en", requests.Session()
    )
    took = []
    for number in range(moves):
        tag = watcher.tag()
        time.sleep(random.Random(number).random() * min(pause, 1.0))  # noqa: S311 - a phase, no secret
        demo.move_issue(demo.issue, "new" if number % 2 else "done")
        began = time.perf_counter()
        _until(lambda tag=tag: watcher.changed(tag), 30, pause)  # type: ignore[misc] # a default binds it
        took.append(time.perf_counter() - began)
    if moves % 2:
        tag = watcher.tag()
        demo.move_issue(demo.issue, "new")  # as the next series expects to find it
        _until(lambda: watcher.changed(tag), 30, 0.01)
    return took


def _floor(demo: Demo, times: int) -> list[float]:
    watcher = Watcher(
        f"{demo.connector}/macros/objective?page={demo.page}&locale=en", requests.Session()
    )
    tag = watcher.tag()
    took = []
    for _ in range(times):
        began = time.perf_counter()
        watcher.changed(tag)
        took.append(time.perf_counter() - began)
    return took


def _until(ready: Callable[[], bool], within: float, pause: float) -> None:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if ready():
            return
        time.sleep(pause)
    raise Unavailable(f"nothing new within {within:g} s")


def _say(name: str, took: list[float], *, unit: float = 1.0) -> None:
    cuts = statistics.quantiles(took, n=100)
    of = "" if unit == 1.0 else f"  p99 is {cuts[98] / unit:.2f} intervals"
    print(f"  {name:<34} p50 {cuts[49]:.3f} s  p99 {cuts[98]:.3f} s  max {max(took):.3f} s{of}")


if __name__ == "__main__":
    main()
