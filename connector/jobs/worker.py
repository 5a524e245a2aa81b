"""One event, from its payload to its end: handled, given up, or left for after a restart."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import structlog

from connector.core.errors import BadInput, OkrError
from connector.core.events import Event
from connector.core.json import JsonObject
from connector.jobs.payload import load_event
from connector.jobs.quiet import JobFailed
from connector.jobs.retries import patience_with, wait_after, worth_retrying
from connector.jobs.tally import Tally

log = structlog.get_logger(__name__)


class Stopped(BaseException):
    """The process ends: the engine records an outcome for exceptions, but not for this one,
    so the job stays pending and is taken up again."""


@dataclass(slots=True)
class Worker:
    """`handle` must bear being called again for an event it has already handled."""

    handle: Callable[[Event], None]
    tally: Tally = field(default_factory=Tally)
    stop: threading.Event = field(default_factory=threading.Event)
    _busy: int = 0
    _change: threading.Condition = field(default_factory=threading.Condition)

    def work(self, payload: JsonObject) -> None:
        """Raises JobFailed, after logging it, for an event that is given up."""
        with self._counted():
            try:
                event = load_event(payload)
            except BadInput as error:
                log.warning("event.unreadable", kind=payload.get("kind"), error=str(error))
                self.tally.add("failed")
                raise JobFailed(str(error)) from error
            self._see_through(event)

    def finish(self, within: float) -> None:
        """Start nothing more and wait for what runs, at most so many seconds."""
        self.stop.set()
        with self._change:
            self._change.wait_for(lambda: not self._busy, timeout=within)

    def _see_through(self, event: Event) -> None:
        patience_ends = time.monotonic() + patience_with(event)
        attempt = 0
        while not self.stop.is_set():
            attempt += 1
            try:
                self.handle(event)
            except Exception as error:  # noqa: BLE001 - the edge: whatever it is, it ends here
                wait = wait_after(error, attempt)
                late = time.monotonic() + wait > patience_ends
                if late or not worth_retrying(error):
                    self._give_up(event, error, attempt)
                self.tally.add("retried")
                log.info("event.retried", **_facts(event, error, attempt), wait=wait)
                self.stop.wait(wait)
            else:
                self.tally.add("handled")
                return
        raise Stopped

    def _give_up(self, event: Event, error: Exception, attempt: int) -> None:
        self.tally.add("failed")
        # the trace of an error we have a name for says nothing that its message does not
        trace = None if isinstance(error, OkrError) else error
        log.error("event.failed", **_facts(event, error, attempt), exc_info=trace)
        raise JobFailed(f"{type(error).__name__}: {error}") from error

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._change:
            self._busy += 1
        try:
            yield
        finally:
            with self._change:
                self._busy -= 1
                self._change.notify_all()


def _facts(event: Event, error: Exception, attempt: int) -> dict[str, object]:
    code = error.code if isinstance(error, OkrError) else type(error).__name__
    return {"event_id": event.identity, "code": code, "error": str(error), "attempt": attempt}
