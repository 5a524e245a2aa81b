"""What a process holds while its jobs run: the lock, the engine and the heart."""

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from dbos import DBOS, WorkflowSerializationFormat

from connector.core.json import JsonObject
from connector.jobs.lock import FileLock
from connector.jobs.place import APPLICATION, QUEUE, VERSION, WORKFLOW, Place, prepare
from connector.jobs.queue import client_of
from connector.jobs.rescue import Heart
from connector.jobs.rounds import in_rounds
from connector.storage.engines import Database

POLL = 0.1
AT_ONCE = 8


@dataclass(slots=True)
class Running:
    """Stop it also after a start that failed: it lets go of what it already has."""

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
