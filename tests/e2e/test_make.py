"""The first command of a newcomer, on machines that lack something."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).parents[2] / "Makefile"
TOO_OLD = "exit 1"
WITHOUT_VENV = 'case "$*" in *version_info*) exit 0;; *) exit 1;; esac'
COMPLETE = f'exec {sys.executable} "$@"'


def make(folder: Path, **pythons: str) -> "subprocess.CompletedProcess[str]":
    """`make .venv/bin/python` where only these Pythons can be called."""
    shutil.copy(MAKEFILE, folder)
    tools = folder / "tools"
    tools.mkdir()
    for name, script in pythons.items():
        path = tools / name.replace("_", ".")
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
    for name in ("sh", "echo"):
        (tools / name).symlink_to(shutil.which(name) or f"/bin/{name}")
    return subprocess.run(
        [shutil.which("make") or "make", ".venv/bin/python"],
        cwd=folder,
        env={"PATH": str(tools), "HOME": str(folder), "LANG": os.environ.get("LANG", "C.UTF-8")},
        capture_output=True,
        text=True,
        check=False,
    )


def said(found: "subprocess.CompletedProcess[str]") -> list[str]:
    """What a person is told, without make's own last word."""
    lines = (found.stdout + found.stderr).splitlines()
    return [line for line in lines if not line.startswith("make")]


def test_a_missing_venv_module_is_said_in_one_line(tmp_path: Path) -> None:
    found = make(tmp_path, python3=WITHOUT_VENV)

    assert found.returncode != 0
    (line,) = said(found)
    assert "apt-get install python3-venv" in line


@pytest.mark.parametrize("pythons", [{}, {"python3": TOO_OLD}])
def test_a_python_that_is_too_old_is_said_in_one_line(
    tmp_path: Path, pythons: dict[str, str]
) -> None:
    found = make(tmp_path, **pythons)

    assert found.returncode != 0
    (line,) = said(found)
    assert "3.11 or newer" in line


def test_a_newer_python_beside_an_old_one_is_found(tmp_path: Path) -> None:
    found = make(tmp_path, python3=TOO_OLD, python3_12=COMPLETE)

    assert found.returncode == 0, said(found)
    assert (tmp_path / ".venv" / "bin" / "python").exists()
