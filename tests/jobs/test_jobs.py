"""The engine in this process, on each database."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from dbos import DBOS

from connector.core.errors import ConfigError, NotFound, Unavailable
from connector.core.events import Event, SweepDue
from connector.jobs import Counts, DbosQueue, Jobs
from connector.jobs.lock import FileLock
from connector.jobs.place import QUEUE, place_of
from connector.jobs.retention import Retention
from tests.jobs.events import ONE_OF_EACH, SITE, issue_moved, page_saved
from tests.storage.databases import KINDS, POSTGRES_URL, fresh_database

Launch = Callable[[Callable[[Event], None]], Jobs]


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with fresh_database(request.param, tmp_path) as database:
        postgres = database.writing.dialect.name == "postgresql"
        url = POSTGRES_URL if postgres else str(database.writing.url)
        queue = DbosQueue(url)
        queue.close()
        yield url


@pytest.fixture
def launch(url: str) -> Iterator[Launch]:
    launched: list[Jobs] = []

    def launch(handle: Callable[[Event], None]) -> Jobs:
        def handle_all_but_sweeps(event: Event) -> None:
            if not isinstance(event, SweepDue):
                handle(event)

        jobs = Jobs(url, handle_all_but_sweeps, sites=lambda: [SITE], poll_seconds=86400)
        launched.append(jobs)
        jobs.launch()
        return jobs

    yield launch
    for jobs in launched:
        jobs.close()


def eventually(holds: Callable[[], object], within: float = 15) -> None:
    until = time.monotonic() + within
    while not holds():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.02)


def test_every_event_is_handled_as_it_was_queued(launch: Launch) -> None:
    seen: list[Event] = []
    jobs = launch(seen.append)
    events = [event for event in ONE_OF_EACH if not isinstance(event, SweepDue)]

    for event in events:
        jobs.queue.enqueue(event)

    eventually(lambda: len(seen) == len(events))
    assert sorted(seen, key=lambda event: event.identity) == events


def test_what_was_queued_before_the_launch_is_handled_after_it(url: str, launch: Launch) -> None:
    queue = DbosQueue(url)
    queue.enqueue(issue_moved("early"))
    queue.close()
    seen: list[Event] = []

    launch(seen.append)

    eventually(lambda: seen == [issue_moved("early")])


def test_a_finished_event_never_runs_again(launch: Launch) -> None:
    seen: list[Event] = []
    jobs = launch(seen.append)
    jobs.queue.enqueue(issue_moved("d1"))
    eventually(lambda: seen)
    eventually(lambda: _statuses() == {"SUCCESS"})
    jobs.close()

    again = launch(seen.append)

    assert not again.queue.enqueue(issue_moved("d1"))
    assert again.queue.enqueue(issue_moved("d2"))
    eventually(lambda: len(seen) > 1)
    assert seen == [issue_moved("d1"), issue_moved("d2")]


def test_a_failed_event_is_over_and_does_not_hold_up_others(
    launch: Launch, caplog: pytest.LogCaptureFixture
) -> None:
    def handle(event: Event) -> None:
        if event == issue_moved("bad"):
            raise NotFound("PAY-7")

    jobs = launch(handle)
    jobs.queue.enqueue(issue_moved("bad"))
    jobs.queue.enqueue(issue_moved("good"))

    eventually(lambda: jobs.counts.failed == 1)
    eventually(lambda: _statuses() == {"SUCCESS", "ERROR"})
    assert not jobs.queue.enqueue(issue_moved("bad"))
    assert "background workflow" not in caplog.text


def test_an_event_that_waits_for_its_next_attempt_goes_on_after_a_restart(launch: Launch) -> None:
    def refuse(event: Event) -> None:
        raise Unavailable("jira")

    jobs = launch(refuse)
    jobs.queue.enqueue(issue_moved("d1"))
    eventually(lambda: jobs.counts.retried)
    jobs.close()
    seen: list[Event] = []

    launch(seen.append)

    eventually(lambda: seen == [issue_moved("d1")])


def test_pages_do_not_wait_for_a_jira_that_is_away(launch: Launch) -> None:
    away = threading.Event()
    seen: list[Event] = []

    def handle(event: Event) -> None:
        if event.identity.startswith("issue"):
            away.wait(20)
        seen.append(event)

    jobs = launch(handle)
    for number in range(20):
        jobs.queue.enqueue(issue_moved(str(number)))
    jobs.queue.enqueue(page_saved("d1"))

    eventually(lambda: seen == [page_saved("d1")])
    away.set()
    eventually(lambda: len(seen) == 21)


def test_a_sweep_is_announced_at_once(url: str) -> None:
    seen: list[Event] = []
    jobs = Jobs(url, seen.append, sites=lambda: [SITE], poll_seconds=1)
    jobs.launch()

    eventually(lambda: len(seen) > 2)

    jobs.close()
    sweeps = sorted((event for event in seen if isinstance(event, SweepDue)), key=_received)
    assert [sweep.full for sweep in sweeps][:3] == [True, False, False]


def test_old_jobs_are_forgotten_and_the_others_kept(launch: Launch) -> None:
    seen: list[Event] = []
    jobs = launch(seen.append)
    jobs.queue.enqueue(issue_moved("d1"))
    eventually(lambda: _statuses() == {"SUCCESS"})

    Retention(lambda: datetime.now(UTC) + timedelta(days=6)).forget()
    assert not jobs.queue.enqueue(issue_moved("d1"))

    Retention(lambda: datetime.now(UTC) + timedelta(days=8)).forget()
    assert jobs.queue.enqueue(issue_moved("d1"))


def test_a_database_that_is_away_is_unavailable(tmp_path: Path) -> None:
    queue = DbosQueue(f"sqlite:///{tmp_path / 'missing' / 'okr.sqlite'}")

    with pytest.raises(Unavailable):
        queue.enqueue(issue_moved("d1"))


def test_on_sqlite_a_second_process_waits_and_then_says_why(tmp_path: Path) -> None:
    with fresh_database("sqlite", tmp_path) as database:
        url = str(database.writing.url)
        lock = place_of(url).lock
        assert lock is not None
        other = FileLock(lock)
        other.acquire(0, threading.Event())
        jobs = Jobs(url, lambda _: None, sites=lambda: [SITE], lock_wait=0.3)

        with pytest.raises(ConfigError, match="held by another process"):
            jobs.launch()
        assert not jobs.running
        assert jobs.queue.enqueue(issue_moved("meanwhile"))

        jobs.launch_in_background()
        eventually(lambda: "held by another" in jobs.problem)
        other.release()
        eventually(lambda: jobs.running)
        eventually(lambda: jobs.counts != Counts())
        jobs.close()


def _statuses() -> set[str]:
    jobs = DBOS.list_workflows(queue_name=QUEUE, workflow_id_prefix="issue")
    return {job.status for job in jobs}


def _received(event: Event) -> datetime:
    return event.received_at
