"""Servers on one core, `wrk` on another, and what a while of asking says of a server."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

SERVING, ASKING = 0, 1
CONNECTIONS = 8
_SCRIPT = Path(__file__).with_name("_asked.lua")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Asked:
    """One address below a server, and the tag of what the caller shows (empty for none)."""

    path: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """`rate` per second, `p50` and `p99` in ms, `cpu` in ms for each answer, `size` in bytes."""

    rate: float
    p50: float
    p99: float
    cpu: float
    size: float


@dataclass(frozen=True, slots=True)
class Server:
    """A process and those it started, answering at `address`."""

    process: "subprocess.Popen[str]"
    address: str

    def move_to(self, core: int) -> None:
        for pid in self._family():
            for task in Path(f"/proc/{pid}/task").iterdir():
                with suppress(ProcessLookupError):
                    os.sched_setaffinity(int(task.name), {core})

    def cpu_seconds(self) -> float:
        """Of all of them so far."""
        fields = [
            Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            for pid in self._family()
        ]
        return sum(int(one[11]) + int(one[12]) for one in fields) / _TICKS

    def _family(self) -> list[int]:
        found = [self.process.pid]
        for pid in found:
            for task in Path(f"/proc/{pid}/task").iterdir():
                children = (task / "children").read_text(encoding="utf-8")
                found += map(int, children.split())
        return found


@contextmanager
def running(
    command: Sequence[str | Path], folder: Path, **variables: str
) -> Iterator["subprocess.Popen[str]"]:
    """On the serving core, until the end; its output is the caller's to read."""
    process = subprocess.Popen(
        [_program("taskset"), "-c", str(SERVING), *command],
        cwd=folder,
        env=os.environ | variables,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def needed() -> None:
    """Ends the program where the machine lacks what it takes."""
    _program("wrk"), _program("taskset")
    if not {SERVING, ASKING} <= os.sched_getaffinity(0):
        sys.exit("two cores are needed: one for the server, one for the load")


def _program(name: str) -> str:
    found = shutil.which(name)
    return found or sys.exit(f"{name} is needed: `apt-get install wrk util-linux`")


def ask(server: Server, asked: Sequence[Asked], seconds: float) -> Found:
    """Raises AssertionError when a single answer is missing or an error."""
    with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as listed:
        listed.writelines(f"{one.path}\t{one.tag}\n" for one in asked)
        listed.flush()
        before = server.cpu_seconds()
        program: list[str | Path] = [_program("taskset"), "-c", str(ASKING), _program("wrk")]
        options = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds:.0f}s", "-s", str(_SCRIPT)]
        done = subprocess.run(
            [*program, *options, server.address, "--", listed.name],
            check=True,
            capture_output=True,
            text=True,
        )
        spent = server.cpu_seconds() - before
    said = json.loads(done.stdout.splitlines()[-1])
    assert not said["failed"], f"{said['failed']} requests failed"
    answers = said["answers"]
    return Found(
        answers / said["seconds"],
        said["p50"],
        said["p99"],
        spent / answers * 1000,
        said["bytes"] / answers,
    )
