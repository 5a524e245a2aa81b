"""The Forge app as an administrator builds it: packages by its lock, frames bundled."""

import hashlib
import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

from tests.clients.environments import alone
from tests.clients.node import node, packages

APP = Path(__file__).parents[2] / "forge"
STATIC = APP.parent / "macros" / "static"
ENVIRONMENT = {
    "OKR_FORGE_APP_ID": "ari:cloud:ecosystem::app/406d303d-0393-4ec4-ad7c-1435be94583a",
    "OKR_BASE_URL": "https://okr.example.com",
}
_NOT_SOURCES = ("node_modules", "build")
_ROUTE = re.compile(r"^\s+path: (/\S+)$", re.MULTILINE)
_ASKED = re.compile(r'"(/forge/[a-z/]+)"')


@cache
def built() -> Path:
    """A copy of the folder with `build/` in it; `node_modules` stand above it."""
    home = packages("forge", APP).parent
    with alone("forge"):
        mark, wanted = home / "bundled-from", _fingerprint()
        if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
            mark.unlink(missing_ok=True)
            _copy(APP, home / "forge")
            _copy(STATIC, home / "macros" / "static")
            run_node(home / "forge" / "build.mjs")
            mark.write_text(wanted, encoding="utf-8")
    return home / "forge"


def run_node(script: Path, *arguments: str) -> str:
    """What the script prints; CalledProcessError with its own words in `stderr` when it fails."""
    run = subprocess.run(
        [node(), script, *arguments],
        env=os.environ | ENVIRONMENT,
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return run.stdout


def service_paths() -> frozenset[str]:
    """Every path of the service that the app names: in its manifest, its frames, its function."""
    asked = [*(APP / "src").rglob("*.js"), *(APP / "static").rglob("*.mjs")]
    return frozenset(_ROUTE.findall((APP / "manifest.yml").read_text(encoding="utf-8"))).union(
        *(_ASKED.findall(file.read_text(encoding="utf-8")) for file in asked)
    )


def _copy(source: Path, target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(*_NOT_SOURCES))


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for root in (APP, STATIC):
        for file in sorted(root.rglob("*")):
            inside = file.relative_to(root)
            if file.is_file() and inside.parts[0] not in _NOT_SOURCES:
                digest.update(f"{inside}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
