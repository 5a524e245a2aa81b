"""What every queue promises: the same tests on the fake and on each database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connector.jobs import DbosQueue
from connector.ports import JobQueue
from tests.fakes.queue import FakeQueue
from tests.jobs.events import ONE_OF_EACH, issue_moved, page_saved
from tests.storage.databases import KINDS, POSTGRES_URL, fresh_database


@pytest.fixture(params=["fake", *KINDS])
def queue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[JobQueue]:
    if request.param == "fake":
        yield FakeQueue()
        return
    with fresh_database(request.param, tmp_path) as database:
        postgres = database.writing.dialect.name == "postgresql"
        real = DbosQueue(POSTGRES_URL if postgres else str(database.writing.url))
        yield real
        real.close()


def test_every_kind_of_event_is_accepted_once(queue: JobQueue) -> None:
    assert [queue.enqueue(event) for event in ONE_OF_EACH] == [True] * len(ONE_OF_EACH)
    assert [queue.enqueue(event) for event in ONE_OF_EACH] == [False] * len(ONE_OF_EACH)


def test_identities_tell_events_apart(queue: JobQueue) -> None:
    assert queue.enqueue(page_saved("d1"))
    assert queue.enqueue(page_saved("d2"))
    assert queue.enqueue(issue_moved("d1"))
