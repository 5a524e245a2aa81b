"""The keys of secrets are made and changed from the command line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from connector.cli.root import cli
from connector.core.installation import Address, DoorKind, Installation, InstallationKey, Product
from connector.core.okr import SiteId
from connector.storage.engines import open_database
from connector.storage.installations import SqlInstallations
from connector.storage.keyring import Keyring
from connector.storage.migrations import upgrade

AT = datetime(2026, 11, 24, tzinfo=UTC)


def run(*command: str) -> str:
    result = CliRunner().invoke(cli, command, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout.strip()


def test_a_new_key_takes_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    url = f"sqlite:///{tmp_path / 'okr.sqlite'}"
    old, new = run("new-key"), run("new-key")
    assert old != new
    database = open_database(url)
    upgrade(database)
    address = Address(Product.JIRA, "https://a.example", "https://a.example")
    one = Installation(DoorKind.CONNECT, InstallationKey("k"), SiteId("a.example"), (address,), AT)
    SqlInstallations(database, Keyring([old])).save(one, secret="a-secret")

    monkeypatch.setenv("OKR_DATABASE_URL", url)
    monkeypatch.setenv("OKR_ENCRYPTION_KEY", f"{new},{old}")
    assert run("rotate-keys").startswith("1 ")

    only_new = SqlInstallations(database, Keyring([new]))
    assert only_new.secrets(DoorKind.CONNECT, one.key, AT) == ("a-secret",)
    database.close()
