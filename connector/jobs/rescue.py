"""Taking over the jobs of a process that died, where several share one PostgreSQL.

The engine itself resumes only the jobs of a process that comes back under the same name.
"""

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
import structlog
from dbos import DBOS

from connector.jobs.place import QUEUE
from connector.storage.engines import Database
from connector.storage.tables import workers

log = structlog.get_logger(__name__)

BEAT = 1.0
# Well above a pause of a busy process: a rescue that was not needed runs jobs twice.
DEAD_AFTER = timedelta(seconds=10)
SCOPE = "workers"


@dataclass(frozen=True, slots=True)
class Heart:
    """Says that this worker lives, and looks after those that no longer say so."""

    database: Database
    worker: str

    def start(self) -> None:
        """Must come before the first job, or others would take it for orphaned."""
        with self.database.write(SCOPE) as connection:
            self._living(connection)

    def beat(self) -> float:
        """Seconds until the next beat. Raises Unavailable."""
        with self.database.write(SCOPE) as connection:
            living = self._living(connection)
            # inside the transaction, so that rescuers take turns
            for job in DBOS.list_workflows(
                status="PENDING", queue_name=QUEUE, load_input=False, load_output=False
            ):
                if job.executor_id not in living:
                    DBOS.resume_workflow(job.workflow_id, queue_name=QUEUE)
                    log.warning("event.rescued", event_id=job.workflow_id, lost=job.executor_id)
        return BEAT

    def stop(self) -> None:
        """Leave at once, so that nobody has to wait to take over. Raises Unavailable."""
        with self.database.write(SCOPE) as connection:
            connection.execute(workers.delete().where(workers.c.worker == self.worker))

    def _living(self, connection: sa.Connection) -> set[str]:
        # the database's clock: those of the hosts may differ
        now = connection.scalars(sa.select(sa.func.now())).one()
        mine = workers.c.worker == self.worker
        connection.execute(workers.delete().where(mine | (workers.c.beat < now - DEAD_AFTER)))
        connection.execute(workers.insert().values(worker=self.worker, beat=now))
        return set(connection.scalars(sa.select(workers.c.worker)))
