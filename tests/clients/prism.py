"""Prism between a client and a server: it lets through what a published description allows.

Prism (npm `@stoplight/prism-cli`, Apache-2.0) looks at requests and answers alike. With `--errors`
it answers itself, with a problem document, where either of them breaks the description.
"""

import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.clients.node import node, packages
from tests.sandbox.published import CONTRACTS, JsonObject

READY_SECONDS = 60
PROBLEM = "application/problem+json"
# The descriptions say so in words only; read by the letter, their lists would be repeated names.
COMMAS = "as a comma-separated list"
_VARIABLE = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True)
class Guarded:
    """
    A description whose paths begin, on the server, with `prefix`.

    Prism cannot compile a schema that holds itself in too many ways, says so nowhere, and lets
    every answer through. `cut` names the schemas at which that ends: any object will do there.
    """

    file: str
    prefix: str = ""
    cut: tuple[str, ...] = ()

    def written_to(self, folder: Path, wanted: Collection[tuple[str, str]]) -> Path:
        """
        The wanted operations, by method and path with `{part}` for each variable.

        Only those, because Prism takes seconds for each hundred; at the server's own paths,
        because it does not look at `servers`.
        """
        document: JsonObject = json.loads((CONTRACTS / self.file).read_text(encoding="utf-8"))
        document["paths"] = {
            self.prefix + path: kept
            for path, operations in document["paths"].items()
            if (kept := _kept(operations, _VARIABLE.sub("{part}", self.prefix + path), wanted))
        }
        for name in self.cut:
            document["components"]["schemas"][name] = {"type": "object"}
        written = folder / self.file
        written.write_text(json.dumps(document), encoding="utf-8")
        return written


def _kept(operations: JsonObject, path: str, wanted: Collection[tuple[str, str]]) -> JsonObject:
    kept = {name: one for name, one in operations.items() if (name.upper(), path) in wanted}
    for operation in kept.values():
        for parameter in operation.get("parameters", ()):
            if COMMAS in parameter.get("description", ""):
                parameter["explode"] = False
    shared = {"parameters": operations["parameters"]} if "parameters" in operations else {}
    return kept and kept | shared


@contextmanager
def guarding(document: Path, upstream: str) -> Iterator[str]:
    """The address of a Prism before `upstream`; `await_guard` says when it listens."""
    port = _free_port()
    program = packages("prism") / "@stoplight/prism-cli/dist/index.js"
    with document.with_suffix(".log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [node(), program, "proxy", document, upstream, "--errors", "--port", str(port)],
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # PyPI's node is a script that starts another process
        )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=10)


def await_guard(address: str) -> None:
    """Prism listens once it has understood its document; raises OSError when it never does."""
    port = urlsplit(address).port
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port or 0), timeout=1).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
