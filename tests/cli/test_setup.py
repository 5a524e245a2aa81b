"""init writes settings without secrets; doctor says what does not work."""

import json
import tomllib
from pathlib import Path

import pytest

from connector.config import FILE_NAME
from tests.cli.conftest import Run

INIT = (
    "init", "--confluence-url", "https://example.atlassian.net",
    "--user", "ada@example.com", "--token-variable", "MY_TOKEN",
)  # fmt: skip


def test_init_writes_what_the_settings_read(run: Run, tmp_path: Path) -> None:
    assert run(*INIT) == 0

    written = tomllib.loads((tmp_path / FILE_NAME).read_text(encoding="utf-8"))

    assert written["confluence_url"] == "https://example.atlassian.net/wiki"
    assert written["jira_url"] == "https://example.atlassian.net"
    assert written["token_variable"] == "MY_TOKEN"
    assert not {"token", "api_token", "webhook_secret"} & set(written)


def test_init_does_not_write_over_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("# mine\n", encoding="utf-8")

    assert run(*INIT) == 2
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8") == "# mine\n"
    assert run(*INIT, "--force") == 0


def test_init_refuses_a_token_where_a_name_belongs(run: Run) -> None:
    assert run(*INIT[:-1], "ATATT3x-secret=") == 2


def test_doctor_without_a_site_says_what_is_missing(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run("doctor", "--format", "json")

    checks = {one["name"]: one for one in json.loads(capsys.readouterr().out)["checks"]}

    assert status == 1
    assert checks["database"]["ok"]
    assert "OKR_CONFLUENCE_URL" in checks["settings.site"]["facts"]["detail"]


def test_a_command_that_needs_a_site_says_how_to_get_one(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sync") == 2
    assert "okr-connector init" in capsys.readouterr().err


def test_migrate_is_harmless_twice(run: Run, tmp_path: Path) -> None:
    assert run("migrate") == 0
    assert run("migrate") == 0
    assert (tmp_path / "okr-connector.sqlite").exists()
