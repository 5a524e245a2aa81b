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


def test_init_for_data_center_has_no_user_and_names_both_addresses(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wiki, tracker = "https://wiki.corp.example/confluence", "https://jira.corp.example/jira"
    words = ("init", "--confluence-url", wiki, "--user", "", "--token-variable", "WIKI_PAT")

    assert run(*words) == 2
    assert "--jira-url" in capsys.readouterr().err
    assert run(*words, "--jira-url", tracker, "--locale", "zh-CN") == 0

    written = tomllib.loads((tmp_path / FILE_NAME).read_text(encoding="utf-8"))
    assert (written["deployment"], written["user"]) == ("datacenter", "")
    assert (written["confluence_url"], written["jira_url"]) == (wiki, tracker)
    assert "OKR_JIRA_TOKEN" in capsys.readouterr().out


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


@pytest.fixture
def nowhere(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site at which nothing answers."""
    del run
    for name in ("CONFLUENCE", "JIRA"):
        monkeypatch.setenv(f"OKR_{name}_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("OKR_TOKEN", "a-token")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.mark.parametrize(("lang", "words"), [("en", "firewall"), ("zh", "防火墙")])
def test_a_failed_check_says_what_to_do_in_the_persons_language(
    run: Run, nowhere: None, capsys: pytest.CaptureFixture[str], lang: str, words: str
) -> None:
    status = run("doctor", "--lang", lang)

    out = capsys.readouterr().out
    assert status == 1
    assert "✗" in out
    assert words in out
    assert "a-token" not in out


@pytest.mark.parametrize(("lang", "words"), [("en", "firewall"), ("zh-CN", "防火墙")])
def test_a_failed_command_says_what_to_do_in_the_persons_language(
    run: Run,
    nowhere: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lang: str,
    words: str,
) -> None:
    monkeypatch.setenv("OKR_LOCALE", lang)

    assert run("sync") == 1
    assert words in capsys.readouterr().err
