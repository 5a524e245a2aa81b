"""One granian server, one worker: web and jobs in a process, as SQLite needs it."""

import os
import socket
import time
from pathlib import Path

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.server import Server

from connector.core.errors import ConfigError

TARGET = "connector.wsgi:worker"
# More than wait for somebody else at a time: for rights (2 of pages, 1 of issues), for looks and
# sign-ins (2), for a key of Atlassian's (1), for a stranger's body (1).
THREADS = 8
# Headers as a whole: tokens of Forge take 32 KB, everything else little.
_HEADERS = 128 * 1024
# A job that hangs must not hold up the end of the server, nor a reload; it is done again.
GRACE = 10
# A server that was killed a moment ago may still be letting go of its port.
PORT_WAIT = 3.0


def serve_forever(*, host: str, port: int) -> None:
    """Serve until SIGINT or SIGTERM; a worker that dies is started again.

    Raises ConfigError when somebody else listens there: the server itself would share the port,
    and every other request would be answered by the wrong process.
    """
    _require_free(host, port)
    server = Server(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        http1_settings=HTTP1Settings(max_buffer_size=_HEADERS),
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


def _require_free(host: str, port: int) -> None:
    until = time.monotonic() + PORT_WAIT
    while (error := _taken(host, port)) is not None:
        if time.monotonic() > until:
            raise ConfigError(
                f"cannot listen on {host}:{port}: {error.strerror or error}; --port takes another"
            ) from error
        time.sleep(0.1)


def _taken(host: str, port: int) -> OSError | None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":
                # past connections may still be closing; a listener is in the way all the same
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        return error
    return None
