"""The engine that runs the jobs of this process: start it after the fork, once."""

import multiprocessing.util
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from dbos import DBOS, WorkflowSerializationFormat

from connector.core.events import Event
from connector.core.json import JsonObject
from connector.core.okr import SiteId
from connector.jobs.lock import FileLock
from connector.jobs.place import APPLICATION, QUEUE, VERSION, WORKFLOW, Place, place_of, prepare
from connector.jobs.queue import DbosQueue, client_of
from connector.jobs.quiet import quieten
from connector.jobs.rescue import Heart
from connector.jobs.retention import Retention
from connector.jobs.rounds import in_rounds
from connector.jobs.sweeps import SweepTimer, utc_now
from connector.jobs.tally import Counts
from connector.jobs.worker import Worker
from connector.storage.engines import Database

log = structlog.get_logger(__name__)

LOCK_WAIT = 30.0
POLL = 0.1
AT_ONCE = 8
LAST_WORDS = 5.0


class Jobs:
    """Runs `handle` for every queued event of the database, and announces sweeps.

    Opens nothing when made. The engine is one per process, and on SQLite one per database.
    """

    def __init__(
        self,
        database_url: str,
        handle: Callable[[Event], None],
        *,
        site: SiteId,
        poll_seconds: int = 180,
        lock_wait: float = LOCK_WAIT,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.queue = DbosQueue(database_url)
        self.problem = "not launched"
        self._place = place_of(database_url)
        self._lock_wait = lock_wait
        self._worker = Worker(handle)
        self._sweeps = SweepTimer(self.queue, site, poll_seconds, now)
        self._retention = Retention(now)
        self._running: _Running | None = None
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

    def _start(self) -> "_Running":
        quieten()
        running = _Running(self._place, self._lock_wait)
        try:
            running.start(self._worker.work, self._worker.stop)
        except BaseException:
            running.stop()
            raise
        stop = self._worker.stop
        in_rounds("okr-sweeps", self._sweeps.announce, stop)
        in_rounds("okr-retention", self._retention.forget, stop)
        log.info("jobs.launched", worker=running.worker)
        return running


@dataclass(slots=True)
class _Running:
    """The lock, the engine and the heart: what is held while jobs run."""

    place: Place
    lock_wait: float
    worker: str = "local"
    _lock: FileLock | None = None
    _database: Database | None = None
    _heart: Heart | None = None
    _rounds: list[threading.Thread] = field(default_factory=list)

    def start(self, work: Callable[[JsonObject], None], stop: threading.Event) -> None:
        if self.place.lock:
            self._lock = FileLock(self.place.lock)
            self._lock.acquire(self.lock_wait, stop)
        self._database = self.place.open()
        prepare(self.place, self._database)
        if self.place.lock is None:
            self.worker = str(uuid.uuid4())
            self._heart = Heart(self._database, self.worker)
            self._heart.start()
        _declare_queue(self._database)
        _launch_engine(self.place, self.worker, work)
        if self._heart:
            self._rounds.append(in_rounds("okr-heart", self._heart.beat, stop))

    def stop(self) -> None:
        for thread in self._rounds:
            thread.join()
        DBOS.destroy(destroy_registry=True)
        if self._heart:
            self._heart.stop()
        if self._database:
            self._database.close()
        if self._lock:
            self._lock.release()


def _declare_queue(database: Database) -> None:
    """Before the launch: a queue declared after it is noticed a second later."""
    client = client_of(database)
    client.register_queue(QUEUE, partition_concurrency=AT_ONCE, polling_interval_sec=POLL)
    client.destroy()


def _launch_engine(place: Place, worker: str, work: Callable[[JsonObject], None]) -> None:
    def handle_event(payload: JsonObject) -> None:
        work(payload)

    DBOS(
        config={
            "name": APPLICATION,
            "system_database_url": place.url,
            "application_version": VERSION,
            "executor_id": worker,
            "log_level": "WARNING",
            "run_migrations": False,
        }
    )
    # no step inside: it would repeat after a crash just as its workflow does, at twice the writes
    DBOS.workflow(name=WORKFLOW, serialization_type=WorkflowSerializationFormat.PORTABLE)(
        handle_event
    )
    DBOS.launch()
