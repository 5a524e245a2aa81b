"""One address before several guards: passes each call to the one for its path, and keeps notes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from wsgiref.types import StartResponse, WSGIEnvironment

import requests
from werkzeug.wrappers import Request, Response

from tests.clients.prism import PROBLEM

HOP_BY_HOP = {"connection", "keep-alive", "content-length", "transfer-encoding", "host"}


@dataclass(frozen=True)
class Exchange:
    """One call; `objections` is what a guard had against the request or its answer."""

    method: str
    path: str
    query: str
    body: bytes
    status: int
    objections: tuple[str, ...]


@dataclass
class Checkpoint:
    """A WSGI application. `guards` are addresses by beginnings of paths; the first that fits."""

    guards: Mapping[str, str]
    seen: list[Exchange] = field(default_factory=list)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        guard = next(url for path, url in self.guards.items() if request.path.startswith(path))
        answer = requests.request(
            request.method,
            guard + request.full_path.removesuffix("?"),
            headers={k: v for k, v in request.headers.items() if k.lower() not in HOP_BY_HOP},
            data=request.get_data(),
            timeout=30,
        )
        self.seen.append(_noted(request, answer))
        kept = [(k, v) for k, v in answer.headers.items() if k.lower() not in HOP_BY_HOP]
        return Response(answer.content, answer.status_code, kept)(environ, start)

    def objections(self) -> list[Exchange]:
        return [exchange for exchange in self.seen if exchange.objections]


def _noted(request: Request, answer: requests.Response) -> Exchange:
    return Exchange(
        request.method,
        request.path,
        request.query_string.decode(),
        request.get_data(),
        answer.status_code,
        _objections(answer),
    )


def _objections(answer: requests.Response) -> tuple[str, ...]:
    """From a guard's own answer, or from the header it adds to the server's."""
    found = [answer.headers[name] for name in ("sl-violations",) if name in answer.headers]
    if answer.headers.get("content-type", "").startswith(PROBLEM):
        found.append(answer.text)
    return tuple(found)
