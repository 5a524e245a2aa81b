"""
How fast the sandbox answers, against the least that its server can do: a bare Flask route.

The clients are processes of their own with connections kept alive; they ask what connectors ask
most. The rounds of all rows take turns, so that other work on the machine disturbs them alike.
Then the same site with a hundred thousand issues: how long until its first line, how much memory,
how long a search takes.
"""

import json
import multiprocessing
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.pool import Pool
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from flask import Flask
from werkzeug.serving import make_server

from connector.cli.processes import start_sandbox
from connector.core.json import JsonObject
from sandbox.connections import KeepAlive

ROUNDS, REQUESTS, CLIENTS = 7, 150, 2
COMPANIES = 78
FLOOR = "bare Flask route"


def jql(text: str) -> str:
    query = urlencode({"jql": text, "fields": "status,resolution", "maxResults": 100})
    return f"/rest/api/3/search/jql?{query}"


ASKED = {
    "GET issue": "/rest/api/3/issue/HBR-29",
    "GET page": "/wiki/api/v2/pages/131073?body-format=storage",
    "JQL of one epic": jql("parent = HBR-1"),
}
SEARCHED = (
    "parent = HBR40-1",
    "project = HBR40 AND updated > -1d",
    "project = HBR40",
    "labels = okr",  # nothing points to these: every issue is looked at
)


def main(arguments: list[str] | None = None) -> None:
    del arguments
    with tempfile.TemporaryDirectory() as name:
        _rates(Path(name))
    _large()


def _rates(folder: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with start_sandbox(folder) as (_, site), _bare_server() as bare, context.Pool(CLIENTS) as pool:
        asked = {FLOOR: (bare, "/bare")} | {
            what: (_port(site), path) for what, path in ASKED.items()
        }
        rates: dict[str, list[float]] = {what: [] for what in asked}
        for _ in range(ROUNDS):
            for what, (port, path) in asked.items():
                rates[what].append(_rate(pool, port, path, _pair(site)))
    floor = statistics.median(rates[FLOOR])
    print(f"Answers per second of the sandbox, {CLIENTS} clients, median and best of {ROUNDS}")
    for what, found in rates.items():
        median = statistics.median(found)
        print(f"  {what:<20} {median:6.0f} {max(found):6.0f}   {median / floor:.2f} x the floor")


def _large() -> None:
    begun = time.perf_counter()
    with _large_site() as (pid, site):
        ready = time.perf_counter() - begun
        print(f"{COMPANIES} companies: first line after {ready:.1f} s, {_memory(pid)} MB")
        for text in SEARCHED:
            took = [_ask((_port(site), jql(text), _pair(site), 1)) for _ in range(9)]
            median, best = statistics.median(took) * 1000, min(took) * 1000
            print(f"  {text:<38} {median:6.1f} ms, best {best:.1f} ms")


@contextmanager
def _large_site() -> Iterator[tuple[int, JsonObject]]:
    command = [sys.executable, "-m", "sandbox.server", "--port", "0", "--scale", str(COMPANIES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.pid, json.loads(process.stdout.readline())
        finally:
            process.terminate()


def _rate(pool: Pool, port: int, path: str, pair: str) -> float:
    """Answers per second of all clients together."""
    took = pool.map(_ask, [(port, path, pair, REQUESTS)] * CLIENTS, chunksize=1)
    return CLIENTS * REQUESTS / max(took)


def _ask(task: tuple[int, str, str, int]) -> float:
    """Seconds for so many answers on one connection, once it is warm; cheaper than any library."""
    port, path, pair, times = task
    asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Basic {pair}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        _answer(connection, asked.encode())
        begun = time.perf_counter()
        for _ in range(times):
            _answer(connection, asked.encode())
        return time.perf_counter() - begun


def _answer(connection: socket.socket, asked: bytes) -> None:
    """Raises `SystemExit` for anything but 200."""
    connection.sendall(asked)
    head, _, body = connection.recv(65536).partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"{asked!r} was answered {head[:40]!r}")
    left = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]) - len(body)
    while left > 0:
        left -= len(connection.recv(65536))


@contextmanager
def _bare_server() -> Iterator[int]:
    """The port of a server that answers as soon as it can."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve_bare, args=(there,), daemon=True)
    process.start()
    try:
        yield here.recv()
    finally:
        process.terminate()
        process.join()


def _serve_bare(told: Connection) -> None:
    app = Flask(__name__)
    app.add_url_rule("/bare", "bare", lambda: {"id": "1"})
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=KeepAlive)
    told.send(server.server_port)
    server.serve_forever()


def _pair(site: JsonObject) -> str:
    return b64encode(f"{site['user']}:{site['token']}".encode()).decode()


def _port(site: JsonObject) -> int:
    port = urlsplit(site["jira"]).port
    assert port is not None
    return port


def _memory(pid: int) -> int:
    """Megabytes the process holds, as the system counts them; 0 where it does not say."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text("utf-8").splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


if __name__ == "__main__":
    main()
