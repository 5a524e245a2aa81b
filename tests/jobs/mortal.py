"""A worker that never ends its first job: `python -m tests.jobs.mortal DATABASE_URL`.

Says `began` when it has one, and waits to be killed.
"""

import sys
import time

from connector.core.events import Event, IssueMoved
from connector.jobs import Jobs
from tests.jobs.events import SITE


def handle(event: Event) -> None:
    if isinstance(event, IssueMoved):
        sys.stdout.write("began\n")
        sys.stdout.flush()
        time.sleep(600)


if __name__ == "__main__":
    Jobs(sys.argv[1], handle, sites=lambda: [SITE]).launch()
    time.sleep(600)
