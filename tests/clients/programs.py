"""Runs other people's programs, each with the Python of its own environment."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.clients.environments import HERE, environment

JsonObject = dict[str, Any]
PROGRAM_SECONDS = 60


def run(client: str, *arguments: str | Path, given: str = "", **settings: str) -> str:
    """
    What the program says on stdout.

    `settings` are added to a bare environment, so that no machine's own settings reach it. Raises
    AssertionError with everything that it said when it fails.
    """
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [environment(client), *arguments],
        input=given,
        env=bare | {"PYTHONUTF8": "1"} | settings,
        capture_output=True,
        text=True,
        timeout=PROGRAM_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@dataclass(frozen=True)
class Library:
    """A client library, reached through the `steps.py` beside its lock."""

    name: str
    site: JsonObject

    def do(self, step: str, **given: Any) -> Any:
        asked = self.site | {"step": step, "with": given}
        return json.loads(run(self.name, HERE / self.name / "steps.py", given=json.dumps(asked)))
