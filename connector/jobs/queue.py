"""Accepting events: durable when `enqueue` returns, whether or not a worker runs."""

import threading

from dbos import DBOSClient, EnqueueOptions, WorkflowSerializationFormat
from dbos import error as engine_error

from connector.core.events import Event
from connector.jobs.payload import dump_event, kind_of
from connector.jobs.place import APPLICATION, QUEUE, VERSION, WORKFLOW, place_of, prepare
from connector.jobs.quiet import quieten
from connector.storage.engines import Database


class DbosQueue:
    """The port `JobQueue`; opens the database with the first event, so it may cross a fork."""

    def __init__(self, database_url: str) -> None:
        self._place = place_of(database_url)
        self._opening = threading.Lock()
        self._opened: tuple[Database, DBOSClient] | None = None

    def enqueue(self, event: Event) -> bool:
        """False for a known identity. Raises Unavailable when the database does not answer."""
        database, client = self._open()
        options: EnqueueOptions = {
            "workflow_name": WORKFLOW,
            "queue_name": QUEUE,
            "workflow_id": event.identity,
            "workflow_id_reuse_policy": "reject",
            "app_version": VERSION,
            "queue_partition_key": partition_of(event),
            "serialization_type": WorkflowSerializationFormat.PORTABLE,
        }
        try:
            with database.write(event.identity) as connection:
                client.enqueue_in_transaction(connection, options, dump_event(event))
        except engine_error.DBOSWorkflowIDInUseError:
            return False
        return True

    def close(self) -> None:
        with self._opening:
            if self._opened:
                database, client = self._opened
                client.destroy()
                database.close()
            self._opened = None

    def _open(self) -> tuple[Database, DBOSClient]:
        with self._opening:
            if self._opened is None:
                quieten()
                database = self._place.open()
                prepare(self._place, database)
                self._opened = database, client_of(database)
            return self._opened


def client_of(database: Database) -> DBOSClient:
    return DBOSClient(
        system_database_engine=database.writing,
        application_name=APPLICATION,
        lazy=True,
        retry_connection_errors=False,
    )


def partition_of(event: Event) -> str:
    """Sites take turns, and so do the kinds: a Jira that is away does not hold up pages."""
    return f"{event.site}|{kind_of(event)}"
