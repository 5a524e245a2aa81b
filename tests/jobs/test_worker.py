"""One event and its fate, without the engine."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from connector.core.errors import NotFound, Throttled, Unavailable
from connector.core.events import Event
from connector.jobs import Counts
from connector.jobs.payload import dump_event
from connector.jobs.quiet import JobFailed
from connector.jobs.worker import Stopped, Worker
from tests.jobs.events import page_saved

EVENT = page_saved("d1")


def failing(*errors: Exception) -> tuple[list[Event], Callable[[Event], None]]:
    """Raises each error once, then goes well; beside it the events it was called with."""
    calls: list[Event] = []

    def handle(event: Event) -> None:
        calls.append(event)
        if len(calls) <= len(errors):
            raise errors[len(calls) - 1]

    return calls, handle


def test_an_event_is_handled() -> None:
    calls, handle = failing()
    worker = Worker(handle)

    worker.work(dump_event(EVENT))

    assert calls == [EVENT]
    assert worker.tally.read() == Counts(handled=1)


def test_a_passing_failure_is_tried_again() -> None:
    calls, handle = failing(Unavailable("jira"))
    worker = Worker(handle)

    worker.work(dump_event(EVENT))

    assert calls == [EVENT, EVENT]
    assert worker.tally.read() == Counts(handled=1, retried=1)


@pytest.mark.parametrize("error", [NotFound("page"), KeyError("a mistake of ours")])
def test_a_final_failure_is_not_tried_again(error: Exception) -> None:
    calls, handle = failing(error)
    worker = Worker(handle)

    with pytest.raises(JobFailed):
        worker.work(dump_event(EVENT))

    assert calls == [EVENT]
    assert worker.tally.read() == Counts(failed=1)


def test_a_wait_longer_than_our_patience_is_given_up_at_once() -> None:
    _, handle = failing(Throttled(timedelta(hours=1)))
    worker = Worker(handle)

    with pytest.raises(JobFailed):
        worker.work(dump_event(EVENT))


def test_a_payload_of_another_release_fails_alone() -> None:
    worker = Worker(failing()[1])

    with pytest.raises(JobFailed):
        worker.work({"kind": "unheard_of"})

    assert worker.tally.read() == Counts(failed=1)


def test_an_event_that_waits_is_left_when_the_process_ends() -> None:
    _, handle = failing(Throttled(timedelta(minutes=5)))
    worker = Worker(handle)
    ends: list[BaseException] = []

    def work() -> None:
        try:
            worker.work(dump_event(EVENT))
        except Stopped as stopped:
            ends.append(stopped)

    thread = threading.Thread(target=work)
    thread.start()
    while not worker.tally.read().retried:
        pass

    worker.finish(within=5)

    thread.join(timeout=5)
    assert len(ends) == 1
    assert worker.tally.read() == Counts(retried=1)


def test_nothing_new_begins_once_the_process_ends() -> None:
    calls, handle = failing()
    worker = Worker(handle)
    worker.finish(within=0)

    with pytest.raises(Stopped):
        worker.work(dump_event(EVENT))

    assert calls == []
