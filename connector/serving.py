"""One granian server, one worker: web and jobs in a process, as SQLite needs it."""

import os
from pathlib import Path

from granian.constants import Interfaces
from granian.server import Server

TARGET = "connector.wsgi:create"
THREADS = 4
# A job that hangs must not hold up the end of the server, nor a reload; it is done again.
GRACE = 10


def serve_forever(*, host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM; a worker that dies is started again."""
    server = Server(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        factory=True,
        respawn_failed_workers=True,
        workers_kill_timeout=GRACE,
        websockets=False,
        working_dir=Path.cwd(),
        log_access=False,
    )
    server.serve()


def announce_base_url(base_url: str) -> None:
    """Workers read their settings anew: tell them where we are served."""
    os.environ["OKR_BASE_URL"] = base_url
