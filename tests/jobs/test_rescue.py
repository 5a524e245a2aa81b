"""Several processes on one PostgreSQL: what a dead one left is taken over."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from connector.core.events import Event, IssueMoved
from connector.jobs import DbosQueue, Jobs
from tests.jobs.events import SITE, issue_moved
from tests.jobs.server import eventually
from tests.storage.databases import POSTGRES_URL, fresh_database

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(not POSTGRES_URL, reason="OKR_TEST_POSTGRES_URL is not set"),
]


def test_a_survivor_takes_over_and_leaves_the_living_alone(tmp_path: Path) -> None:
    with fresh_database("postgresql", tmp_path), _mortal() as mortal:
        queue = DbosQueue(POSTGRES_URL)
        queue.enqueue(issue_moved("d1"))
        assert mortal.stdout
        assert b"began\n" in iter(mortal.stdout.readline, b"")
        seen: list[Event] = []
        survivor = Jobs(
            POSTGRES_URL,
            lambda event: seen.append(event) if isinstance(event, IssueMoved) else None,
            sites=lambda: [SITE],
        )
        survivor.launch()
        time.sleep(3)
        assert seen == []

        mortal.kill()
        mortal.wait()

        eventually(lambda: seen == [issue_moved("d1")])
        survivor.close()
        queue.close()


@contextmanager
def _mortal() -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.jobs.mortal", POSTGRES_URL]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()
