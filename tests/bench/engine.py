"""From the arrival of a webhook to its effect.

`python -m tests.bench.engine [--events N] [--per-second R]` starts a real server process on
loopback (one worker, four threads, SQLite) with jobs of 10 ms and four senders that keep their
connections.
Prints milliseconds; the target is a p99 below 700 ms.
"""

import argparse
import tempfile
import threading
import time
from pathlib import Path

import requests

from tests.jobs.server import Server

SENDERS = 4


def send(server: Server, deliveries: range, pause: float, sent: dict[str, float]) -> None:
    with requests.Session() as session:
        for number in deliveries:
            sent[str(number)] = time.time()
            if not server.post(session, str(number)):
                raise SystemExit(f"event {number} was not accepted")
            time.sleep(pause)


def measure(server: Server, events: int, per_second: float) -> tuple[list[float], float]:
    """Waits from arrival to effect, sorted, in seconds; and how long it took in all."""
    sent: dict[str, float] = {}
    began = time.monotonic()
    pause = SENDERS / per_second
    senders = [
        threading.Thread(target=send, args=(server, range(first, events, SENDERS), pause, sent))
        for first in range(SENDERS)
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    server.await_effects(sent)
    took = time.monotonic() - began
    return sorted(e.at - sent[e.delivery] for e in server.effects("ended")), took


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--per-second", type=float, default=20)
    asked = parser.parse_args(arguments)
    events, per_second = asked.events, asked.per_second
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), job_seconds=0.01)
        server.start()
        try:
            waits, took = measure(server, events, per_second)
        finally:
            server.kill()
    p50, p99 = (waits[int(len(waits) * share)] * 1000 for share in (0.5, 0.99))
    print(
        f"From a webhook's arrival to its job's effect, {events} events at {per_second:g}/s: "
        f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, {events / took:.1f} handled/s"
    )


if __name__ == "__main__":
    main()
