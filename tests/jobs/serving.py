"""A small server for the tests of the engine: `python -m tests.jobs.serving PORT`.

POST /events/<delivery> queues an event; handling it takes OKR_TEST_JOB_SECONDS and leaves lines
`<word> <delivery> <pid> <time>` in OKR_TEST_EFFECTS, one as it begins and one as it ends.
"""

import os
import sys
import time
from pathlib import Path

import granian
from flask import Flask
from granian.constants import Interfaces

from connector.core.errors import Unavailable
from connector.core.events import Event, IssueMoved
from connector.jobs import Jobs
from tests.jobs.events import SITE, issue_moved


def create() -> Flask:
    """Called in the worker, after the fork; returns before the jobs run."""
    effects = Path(os.environ["OKR_TEST_EFFECTS"])
    seconds = float(os.environ["OKR_TEST_JOB_SECONDS"])

    def note(word: str, delivery: str) -> None:
        line = f"{word} {delivery} {os.getpid()} {time.time()}\n"
        with effects.open("a", buffering=len(line)) as file:
            file.write(line)

    def handle(event: Event) -> None:
        if isinstance(event, IssueMoved):
            note("began", event.delivery)
            time.sleep(seconds)
            note("ended", event.delivery)

    jobs = Jobs(os.environ["OKR_TEST_DATABASE"], handle, sites=lambda: [SITE])
    jobs.launch_in_background()
    app = Flask(__name__)

    @app.post("/events/<delivery>")
    def accept(delivery: str) -> tuple[str, int]:
        try:
            jobs.queue.enqueue(issue_moved(delivery))
        except Unavailable as error:
            return str(error), 503
        return "", 202

    @app.get("/ready")
    def ready() -> tuple[str, int]:
        return jobs.problem, 200 if jobs.running else 503

    return app


def main() -> None:
    granian.Granian(
        "tests.jobs.serving:create",
        factory=True,
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=10,
        websockets=False,
    ).serve()


if __name__ == "__main__":
    main()
