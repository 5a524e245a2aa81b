"""Starting, killing and reading the small server of `tests.jobs.serving`."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import requests


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Effect:
    word: str
    delivery: str
    pid: int
    at: float


@dataclass
class Server:
    """One database and its effects, over any number of lives of the server."""

    folder: Path
    job_seconds: float
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = os.environ | {
            "OKR_TEST_DATABASE": f"sqlite:///{self.folder / 'okr.sqlite'}",
            "OKR_TEST_EFFECTS": str(self.folder / "effects"),
            "OKR_TEST_JOB_SECONDS": str(self.job_seconds),
        }
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.jobs.serving", str(self.port)],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        eventually(lambda: self.get("ready") == 200)

    def signal(self, number: signal.Signals) -> None:
        assert self.process
        os.kill(self.process.pid, number)

    def kill(self) -> None:
        """As the out-of-memory killer does it: all of it, at once, without a word."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def get(self, path: str) -> int | None:
        try:
            return requests.get(self._url(path), timeout=5).status_code
        except requests.RequestException:
            return None

    def post(self, session: requests.Session, delivery: str) -> bool:
        """Whether the event was accepted."""
        try:
            return session.post(self._url(f"events/{delivery}"), timeout=5).status_code == 202
        except requests.RequestException:
            return False

    def effects(self, word: str) -> list[Effect]:
        file = self.folder / "effects"
        lines = file.read_text().splitlines() if file.exists() else []
        rows = [line.split() for line in lines]
        return [Effect(w, d, int(pid), float(at)) for w, d, pid, at in rows if w == word]

    def await_effects(self, deliveries: Iterable[str], within: float = 60) -> None:
        wanted = set(deliveries)
        eventually(lambda: wanted <= {e.delivery for e in self.effects("ended")}, within)

    def log(self) -> str:
        return (self.folder / "server.log").read_text()

    def _url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"


def eventually(holds: Callable[[], object], within: float = 30) -> None:
    until = time.monotonic() + within
    while not holds():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)
