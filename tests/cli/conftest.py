"""The command line as a person calls it, in a folder of its own."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from connector.cli.root import main

Run = Callable[..., int]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Run]:
    """Runs a command with these words; returns its exit status."""
    monkeypatch.chdir(tmp_path)
    for name in ("OKR_LOCALE", "OKR_TOKEN", "OKR_CONFLUENCE_URL", "OKR_JIRA_URL"):
        monkeypatch.delenv(name, raising=False)
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level

    def call(*words: str) -> int:
        monkeypatch.setattr("sys.argv", ["okr-connector", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    yield call
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)
