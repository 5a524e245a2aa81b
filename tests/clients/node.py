"""Node.js, and npm packages by their lock: the machine's own, else the one that PyPI carries."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from tests.clients.environments import BUILD_SECONDS, BUILT, HERE, alone, environment


def node() -> Path:
    """The interpreter; npm stands beside it."""
    found = shutil.which("node")
    if found and shutil.which("npm", path=str(Path(found).parent)):
        return Path(found)
    return environment("node").parent / "node"


_LOCKED = ("package.json", "package-lock.json", ".npmrc")


def packages(name: str, source: Path | None = None) -> Path:
    """
    The `node_modules` of the folder `name`, or of `source`, fetched once and whenever its lock
    changes.

    Raises CalledProcessError with npm's own words in `stderr` when the packages do not come.
    """
    source, home = source or HERE / name, BUILT / name
    lock = (source / "package-lock.json").read_bytes()
    mark, wanted = home / "built-from", hashlib.sha256(lock).hexdigest()
    with alone(name):
        if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            for file in _LOCKED:
                shutil.copy(source / file, home)
            _fetch(home)
            mark.write_text(wanted, encoding="utf-8")
    return home / "node_modules"


def _fetch(home: Path) -> None:
    npm = node().with_name("npm")
    path = {"PATH": f"{npm.parent}:/usr/bin:/bin"}
    subprocess.run(
        [npm, "ci"],
        cwd=home,
        env=os.environ | path,
        check=True,
        capture_output=True,
        text=True,
        timeout=BUILD_SECONDS,
    )
