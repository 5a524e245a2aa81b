"""Python environments for other people's clients, one for each: their pins exclude each other.

A client is a folder beside this file with a `requirements.lock` that pip checks by its hashes.
`python -m tests.clients.environments NAME…` builds them ahead of a test run.
"""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
BUILT = HERE.parents[1] / ".venv-clients"
BUILD_SECONDS = 600


def environment(name: str) -> Path:
    """
    The Python that has the client `name`; built at the first call and whenever its lock changes.

    Raises CalledProcessError with pip's own words in `stderr` when the packages do not come.
    """
    requirements = HERE / name / "requirements.lock"
    home = BUILT / name
    mark = home / "built-from"
    wanted = _fingerprint(requirements)
    with alone(name):
        if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
            shutil.rmtree(home, ignore_errors=True)
            _build(home, requirements)
            mark.write_text(wanted, encoding="utf-8")
    return home / "bin" / "python"


@contextmanager
def alone(name: str) -> Iterator[None]:
    """One process at a time builds what is called `name`; the others wait for it."""
    BUILT.mkdir(exist_ok=True)
    with (BUILT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fingerprint(requirements: Path) -> str:
    return f"{sys.version}\n{hashlib.sha256(requirements.read_bytes()).hexdigest()}\n"


def _build(home: Path, requirements: Path) -> None:
    _run(sys.executable, "-m", "venv", "--without-pip", str(home))
    python = str(home / "bin" / "python")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    _run(*pip, "--python", python, "install", "--require-hashes", "-r", str(requirements))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True, timeout=BUILD_SECONDS)


if __name__ == "__main__":
    for client in sys.argv[1:]:
        print(environment(client))  # noqa: T201 - a command's output
