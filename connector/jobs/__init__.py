"""Durable jobs: every event accepted is handled, once if all goes well and at least once if not.

DBOS does the work (https://docs.dbos.dev/python/); nothing outside this package knows.
"""

from connector.jobs.engine import Jobs
from connector.jobs.queue import DbosQueue
from connector.jobs.tally import Counts

__all__ = ["Counts", "DbosQueue", "Jobs"]
