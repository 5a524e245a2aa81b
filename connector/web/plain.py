"""Flask without what this service does not have: coroutines, its session cookie, streams."""

from collections.abc import Callable, Iterable
from contextlib import closing
from typing import Any, cast
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, Request
from flask.sessions import NullSession, SessionInterface
from werkzeug.wsgi import ClosingIterator

_NO_SESSION = NullSession()


class _NoSessions(SessionInterface):
    """Who is signed in is told by guards; `NullSession` refuses whoever writes to it."""

    def open_session(self, app: Flask, request: Request) -> NullSession:
        del app, request
        return _NO_SESSION


class PlainFlask(Flask):
    session_interface = _NoSessions()

    # Any: whatever a view or a handler is called with and gives, as Flask has it
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Flask looks each time whether a function is a coroutine."""
        return func

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """In one piece: granian sends a list at once, and fetches anything else part by part."""
        parts = cast(ClosingIterator, super().wsgi_app(environ, start_response))
        with closing(parts):
            return list(parts)
