"""Connections that end before their answer does."""

import os
import socket
import struct
from collections.abc import Iterable
from typing import TYPE_CHECKING

from sandbox.traffic.faults import RESET, TRUNCATED

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CUT = "sandbox.cut"


def cutting(inner: "WSGIApplication") -> "WSGIApplication":
    """The application, but answers marked in the environment do not arrive whole."""

    def outer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        answer = inner(environ, start_response)
        match environ.get(CUT):
            case str(kind) if kind == RESET:
                _close(answer)
                _reset(environ.get("werkzeug.socket"))
                raise ConnectionResetError("the sandbox was asked to")
            case str(kind) if kind == TRUNCATED:
                whole = b"".join(answer)
                _close(answer)
                return [whole[: len(whole) // 2]]
        return answer

    return outer


def _close(answer: Iterable[bytes]) -> None:
    close = getattr(answer, "close", None)
    if close is not None:
        close()


def _reset(connection: socket.socket | None) -> None:
    """
    Without lingering, closing a socket resets its connection.

    The server still holds the descriptor, so a socket that is already at its end takes its place.
    """
    if connection is None:
        return
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    ended, other = socket.socketpair()
    other.close()
    os.dup2(ended.fileno(), connection.fileno())
    ended.close()
