"""The folder names are the architecture: the import rule holds, and can be broken."""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("connector", "macros", "schemas", "sandbox")


def lint_imports(folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_import_rule_holds() -> None:
    found = lint_imports(ROOT)

    assert found.returncode == 0, found.stdout


def test_an_import_upwards_is_noticed(tmp_path: Path) -> None:
    """The rule must be able to fail: a copy in which the core reads the environment."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    pace = tmp_path / "connector" / "core" / "pace.py"
    pace.write_text(f"import os\n{pace.read_text(encoding='utf-8')}", encoding="utf-8")

    found = lint_imports(tmp_path)

    assert found.returncode == 1
    assert "connector.core.pace -> os" in found.stdout
