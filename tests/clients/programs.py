"""Runs other people's programs, each with the Python of its own environment."""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tests.clients.environments import HERE, environment

JsonObject = dict[str, Any]
PROGRAM_SECONDS = 60


def run(client: str, *arguments: str | Path, **settings: str) -> str:
    """
    What the program says on stdout.

    `settings` are added to a bare environment, so that no machine's own settings reach it. Raises
    AssertionError with everything that it said when it fails.
    """
    done = subprocess.run(
        [environment(client), *arguments],
        env=_bare() | settings,
        capture_output=True,
        text=True,
        timeout=PROGRAM_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _bare() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"PYTHONUTF8": "1"}


@dataclass
class Library:
    """
    A client library, reached through the `steps.py` beside its lock.

    One process answers all steps, a line of JSON each: starting it takes longer than a step.
    """

    name: str
    site: JsonObject
    _process: "subprocess.Popen[str]"
    _said: IO[str]

    def do(self, step: str, **given: Any) -> Any:
        asks, answers = self._process.stdin, self._process.stdout
        assert asks
        assert answers
        asks.write(json.dumps({"step": step, "with": given}) + "\n")
        asks.flush()
        answer = answers.readline()
        self._said.seek(0)
        assert answer, self._said.read()
        return json.loads(answer)


@contextmanager
def library(name: str, site: JsonObject) -> Iterator[Library]:
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(
            [environment(name), HERE / name / "steps.py", json.dumps(site)],
            env=_bare(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
        with process:
            try:
                yield Library(name, site, process, said)
            finally:
                process.terminate()
