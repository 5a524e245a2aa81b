"""The engine that runs the jobs of this process: start it after the fork, once."""

import multiprocessing.util
import threading
from collections.abc import Callable, Collection
from datetime import datetime

import structlog

from connector.core.events import Event
from connector.core.okr import SiteId
from connector.jobs.place import place_of
from connector.jobs.publications import Due, PublishTimer
from connector.jobs.queue import DbosQueue
from connector.jobs.quiet import quieten
from connector.jobs.retention import Retention
from connector.jobs.rounds import in_rounds
from connector.jobs.running import Running
from connector.jobs.sweeps import SweepTimer, utc_now
from connector.jobs.tally import Counts
from connector.jobs.worker import Worker

log = structlog.get_logger(__name__)

LOCK_WAIT = 30.0
LAST_WORDS = 5.0


class Jobs:
    """
    Runs `handle` for every queued event of the database, announces sweeps of `sites` and, once in
    `publish_seconds`, the pages that are `due` to be published, and does the `chore` now and again
    after the seconds it answers.

    Opens nothing when made. The engine is one per process, and on SQLite one per database.
    """

    def __init__(
        self,
        database_url: str,
        handle: Callable[[Event], None],
        *,
        sites: Callable[[], Collection[SiteId]],
        poll_seconds: int = 180,
        lock_wait: float = LOCK_WAIT,
        chore: Callable[[], float] | None = None,
        due: Due | None = None,
        publish_seconds: int = 60,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.queue = DbosQueue(database_url)
        self.problem = "not launched"
        self._place = place_of(database_url)
        self._lock_wait = lock_wait
        self._worker = Worker(handle)
        self._sweeps = SweepTimer(self.queue, sites, poll_seconds, now)
        self._pages = PublishTimer(self.queue, due, publish_seconds, now) if due else None
        self._retention = Retention(now)
        self._chore = chore
        self._running: Running | None = None
        self._launching = threading.Lock()

    @property
    def counts(self) -> Counts:
        return self._worker.tally.read()

    @property
    def running(self) -> bool:
        return self._running is not None

    def launch(self) -> None:
        """Returns when jobs run; waits `lock_wait` seconds for another process to let go of SQLite.

        Raises ConfigError when it does not, and Unavailable when the database does not answer.
        """
        with self._launching:
            if self._running is None and not self._worker.stop.is_set():
                self._running = self._start()
                self.problem = ""

    def launch_in_background(self) -> None:
        """For a web worker: it accepts events meanwhile. `problem` says why it still waits.

        The jobs are closed as the process ends; without that, the interpreter would wait for
        every event that waits for its next attempt.
        """
        # atexit comes too late, and not at all in a worker that was forked
        multiprocessing.util.Finalize(None, self.close, exitpriority=100)

        def launch() -> float:
            try:
                self.launch()
            except Exception as error:
                self.problem = str(error)
                raise
            return threading.TIMEOUT_MAX

        in_rounds("okr-launch", launch, self._worker.stop)

    def close(self) -> None:
        """Let running jobs finish for a few seconds; the others go on at the next launch."""
        self._worker.finish(within=LAST_WORDS)
        with self._launching:
            if self._running:
                self._running.stop()
                self._running = None
            self.problem = "closed"
        self.queue.close()

    def _start(self) -> Running:
        quieten()
        running = Running(self._place, self._lock_wait)
        try:
            running.start(self._worker.work, self._worker.stop)
        except BaseException:
            running.stop()
            raise
        stop = self._worker.stop
        in_rounds("okr-sweeps", self._sweeps.announce, stop)
        in_rounds("okr-retention", self._retention.forget, stop)
        if self._pages:
            in_rounds("okr-properties", self._pages.announce, stop)
        if self._chore:
            in_rounds("okr-chore", self._chore, stop)
        log.info("jobs.launched", worker=running.worker)
        return running
