"""Commands that ask a site, as a script calls them: answers on stdout, verdicts as exit codes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from connector.cli.processes import start_sandbox
from connector.core.json import JsonObject

pytestmark = pytest.mark.engine
SETTINGS = ("confluence_url", "jira_url", "user")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[JsonObject]:
    with start_sandbox(tmp_path_factory.mktemp("site")) as (_, description):
        yield description


@pytest.fixture
def folder(site: JsonObject, tmp_path: Path) -> Path:
    """A folder with the settings of the site, and no database yet."""
    lines = [f'{name} = "{site[name.removesuffix("_url")]}"' for name in SETTINGS]
    (tmp_path / "okr-connector.toml").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def run(folder: Path, site: JsonObject, *command: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OKR_")}
    return subprocess.run(
        [sys.executable, "-m", "connector.cli", *command],
        cwd=folder,
        env={**kept, "OKR_TOKEN": site["token"]},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_sync_says_json_and_nothing_else(folder: Path, site: JsonObject) -> None:
    """The seed has an epic that is hidden, of which the log has something to say."""
    ended = run(folder, site, "sync", "--format", "json")

    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["measured"] > 30


def test_an_export_outlives_the_database(folder: Path, site: JsonObject) -> None:
    run(folder, site, "sync")
    before = run(folder, site, "export", "--format", "json").stdout
    for file in folder.glob("okr-connector.sqlite*"):
        file.unlink()

    run(folder, site, "sync", "--full")
    ended = run(folder, site, "export", "--format", "json", "--output", "okrs.json")

    assert (ended.returncode, ended.stdout) == (0, "")
    assert (folder / "okrs.json").read_text(encoding="utf-8") == before
    assert json.loads(before)["objectives"]


@pytest.mark.parametrize(
    ("command", "status", "named"),
    [
        (["sync", "999999"], 1, "999999"),
        (["sync", "--dry-run", "999999"], 1, "999999"),
        (["sync", "--dry-run"], 2, "PAGE"),
        (["export", "--output", "nowhere/okrs.json"], 2, "nowhere"),
        (["explain", "1-1"], 1, "1-1"),
        (["init", "--user", "a@example.org"], 2, "--force"),
    ],
)
def test_what_cannot_be_done_is_said(
    folder: Path, site: JsonObject, command: list[str], status: int, named: str
) -> None:
    ended = run(folder, site, *command)

    assert ended.returncode == status
    assert ended.stdout == ""
    assert named in ended.stderr
    assert "Traceback" not in ended.stderr
