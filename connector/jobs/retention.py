"""Forgetting jobs long done: the engine keeps them for ever."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from dbos import DBOS

KEPT_FOR = timedelta(days=7)
BATCH = 200
EVERY = 3600.0
# Small batches with a pause, since deleting takes the same write lock as accepting events.
PAUSE = 1.0
OVER = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]


@dataclass(frozen=True, slots=True)
class Retention:
    now: Callable[[], datetime]

    def forget(self) -> float:
        """Deletes one batch; seconds until the next."""
        found = DBOS.list_workflows(
            status=OVER,
            end_time=(self.now() - KEPT_FOR).isoformat(),
            limit=BATCH,
            load_input=False,
            load_output=False,
        )
        if found:
            DBOS.delete_workflows([job.workflow_id for job in found])
        return PAUSE if len(found) == BATCH else EVERY
