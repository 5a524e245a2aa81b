"""The command line as a person calls it, in a folder of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from connector.cli.root import main

Run = Callable[..., int]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command with these words; returns its exit status."""
    monkeypatch.chdir(tmp_path)
    for name in ("OKR_LOCALE", "OKR_TOKEN", "OKR_CONFLUENCE_URL", "OKR_JIRA_URL"):
        monkeypatch.delenv(name, raising=False)

    def call(*words: str) -> int:
        monkeypatch.setattr("sys.argv", ["okr-connector", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    return call
