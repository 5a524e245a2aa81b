"""Connections that stay open for the next request, as Atlassian's do."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from io import BytesIO
from typing import TYPE_CHECKING, Any

from werkzeug.serving import WSGIRequestHandler

from sandbox.traffic.cut import CUT

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

# What is not read of a larger request is not worth waiting for: its connection ends.
_MOST_DRAINED = 32 * 1024 * 1024


class KeepAlive(WSGIRequestHandler):
    """
    One connection for many requests, without Nagle's pause, without an access log.

    Werkzeug's own handler closes the connection after every answer, because it does not know where
    a request ends. Here the body is read first, so the next request line is where it should be.
    """

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass

    def run_wsgi(self) -> None:
        length = self.headers.get("Content-Length", "0")
        chunked = "Transfer-Encoding" in self.headers or "Expect" in self.headers
        if chunked or not length.isdecimal() or int(length) > _MOST_DRAINED:
            super().run_wsgi()
            self.close_connection = True
            return
        environ = self.make_environ()
        environ["wsgi.input"] = BytesIO(self.rfile.read(int(length)))
        try:
            self._answer(environ)
        except (ConnectionError, TimeoutError) as error:
            self.close_connection = True
            self.connection_dropped(error, environ)

    def _answer(self, environ: "WSGIEnvironment") -> None:
        told: list[Any] = []
        written: list[bytes] = []

        def start_response(
            status: str,
            headers: list[tuple[str, str]],
            _error: object = None,
            /,
        ) -> Callable[[bytes], object]:
            told[:] = [status, headers]
            return written.append

        answer = self.server.app(environ, start_response)
        try:
            body = b"".join([*written, *answer])
        finally:
            _close(answer)
        status, headers = told
        if CUT in environ:
            self.close_connection = True
        self._send(status, headers, body)

    def _send(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        code, _, phrase = status.partition(" ")
        self.send_response(int(code), phrase)
        for name, value in headers:
            self.send_header(name, value)
        bodiless = self.command == "HEAD" or int(code) in {
            HTTPStatus.NO_CONTENT,
            HTTPStatus.NOT_MODIFIED,
        }
        if not bodiless and not any(name.lower() == "content-length" for name, _ in headers):
            self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if not bodiless:
            self.wfile.write(body)
        self.wfile.flush()


def _close(answer: Iterable[bytes]) -> None:
    close = getattr(answer, "close", None)
    if close is not None:
        close()
