"""Installations behave alike in memory and in SQL; in SQL no secret stands in the clear."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from connector.core.errors import ConfigError
from connector.core.installation import (
    Address,
    DoorKind,
    Installation,
    InstallationKey,
    Product,
)
from connector.core.okr import SiteId
from connector.ports import Installations
from connector.storage.engines import Database
from connector.storage.installations import SqlInstallations
from connector.storage.keyring import Keyring, SecretUnreadable, new_key
from connector.storage.tables import installations, tokens
from tests.fakes.installations import FakeInstallations
from tests.storage.databases import KINDS, fresh_database

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SITE = SiteId("acme.atlassian.net")
WIKI = "https://acme.atlassian.net/wiki"
CONFLUENCE = Installation(
    DoorKind.CONNECT,
    InstallationKey("client-1"),
    SITE,
    (Address(Product.CONFLUENCE, WIKI, WIKI),),
    NOW,
)
JIRA = Installation(
    DoorKind.CONNECT,
    InstallationKey("client-2"),
    SITE,
    (Address(Product.JIRA, "https://acme.atlassian.net", "https://acme.atlassian.net"),),
    NOW + timedelta(minutes=1),
)
FORGE = replace(
    CONFLUENCE,
    door=DoorKind.FORGE,
    key=InstallationKey("i-1"),
    site=SiteId("cloud-9"),
    cloud_id="cloud-9",
)


@pytest.fixture(params=["fake", *KINDS])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installations]:
    if request.param == "fake":
        yield FakeInstallations()
        return
    with fresh_database(request.param, tmp_path) as database:
        yield SqlInstallations(database, Keyring([new_key()]))


def secrets(kept: Installations, of: Installation, at: datetime = NOW) -> tuple[str, ...]:
    return kept.secrets(of.door, of.key, at)


def test_what_was_installed_is_found_by_its_key_and_by_its_site(kept: Installations) -> None:
    kept.save(CONFLUENCE, secret="one")
    kept.save(JIRA, secret="two")

    assert kept.find(DoorKind.CONNECT, CONFLUENCE.key) == CONFLUENCE
    assert kept.find(DoorKind.FORGE, CONFLUENCE.key) is None
    assert kept.of_site(SITE) == [JIRA, CONFLUENCE]
    assert kept.alive() == [JIRA, CONFLUENCE]
    assert secrets(kept, CONFLUENCE) == ("one",)


def test_a_new_secret_takes_over_and_the_old_one_is_known_for_minutes(kept: Installations) -> None:
    kept.save(CONFLUENCE, secret="old")
    kept.save(replace(CONFLUENCE, installed_at=NOW), secret="new")

    assert secrets(kept, CONFLUENCE) == ("new", "old")
    assert secrets(kept, CONFLUENCE, NOW + timedelta(minutes=6)) == ("new",)


def test_the_same_secret_again_and_no_secret_change_nothing(kept: Installations) -> None:
    kept.save(CONFLUENCE, secret="one")
    kept.save(CONFLUENCE, secret="one")
    kept.save(CONFLUENCE)

    assert secrets(kept, CONFLUENCE) == ("one",)


def test_an_ended_installation_has_no_secret_left_and_is_still_known(kept: Installations) -> None:
    kept.save(CONFLUENCE, secret="old")
    kept.save(CONFLUENCE, secret="new")
    kept.end(CONFLUENCE.door, CONFLUENCE.key, NOW)

    assert secrets(kept, CONFLUENCE) == ()
    assert kept.of_site(SITE) == kept.alive() == []
    assert kept.ever_of_site(SITE) == [CONFLUENCE.ended(NOW)]
    assert kept.find(CONFLUENCE.door, CONFLUENCE.key) == CONFLUENCE.ended(NOW)


def test_it_can_be_installed_again(kept: Installations) -> None:
    kept.save(CONFLUENCE, secret="one")
    kept.end(CONFLUENCE.door, CONFLUENCE.key, NOW)
    kept.save(CONFLUENCE, secret="two")

    assert kept.alive() == [CONFLUENCE]
    assert secrets(kept, CONFLUENCE) == ("two",)


def test_ended_ones_are_forgotten_after_a_while_with_sites_that_have_no_other(
    kept: Installations,
) -> None:
    kept.save(CONFLUENCE, secret="one")
    kept.save(JIRA, secret="two")
    kept.save(FORGE)
    for one in (CONFLUENCE, FORGE):
        kept.end(one.door, one.key, NOW)

    assert kept.forget_ended(NOW) == []
    assert kept.forget_ended(NOW + timedelta(days=1)) == [FORGE.site]
    assert kept.find(CONFLUENCE.door, CONFLUENCE.key) is None
    assert kept.alive() == [JIRA]


def test_a_cloud_is_recognised_after_a_new_installation(kept: Installations) -> None:
    again = replace(
        FORGE, key=InstallationKey("i-2"), installed_at=NOW + timedelta(days=1), ended_at=None
    )
    kept.save(FORGE)
    kept.end(FORGE.door, FORGE.key, NOW)
    kept.save(again)

    assert kept.of_cloud(DoorKind.FORGE, "cloud-9") == [again, FORGE.ended(NOW)]
    assert kept.of_cloud(DoorKind.CONNECT, "cloud-9") == []


def test_a_lent_token_ends_by_itself_and_with_the_installation(kept: Installations) -> None:
    kept.save(FORGE)
    kept.keep_token(FORGE.site, "first", NOW + timedelta(hours=2))
    kept.keep_token(FORGE.site, "second", NOW + timedelta(hours=3))

    assert kept.token(FORGE.site, NOW) == "second"
    assert kept.token(FORGE.site, NOW + timedelta(hours=3)) is None
    kept.end(FORGE.door, FORGE.key, NOW)
    assert kept.token(FORGE.site, NOW) is None


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with fresh_database("sqlite", tmp_path) as found:
        yield found


def test_no_secret_stands_in_the_database(database: Database) -> None:
    kept = SqlInstallations(database, Keyring([new_key()]))
    kept.save(CONFLUENCE, secret="first-canary")
    kept.save(CONFLUENCE, secret="second-canary")
    kept.keep_token(SITE, "third-canary", NOW)

    with database.read() as connection:
        rows = [
            *connection.execute(sa.select(installations)),
            *connection.execute(sa.select(tokens)),
        ]
    assert len(rows) == 2
    assert "canary" not in repr(rows)
    assert "canary" not in repr(kept)


def test_keys_are_changed_without_losing_a_secret(database: Database) -> None:
    old, new = new_key(), new_key()
    kept = SqlInstallations(database, Keyring([old]))
    kept.save(CONFLUENCE, secret="one")
    kept.save(CONFLUENCE, secret="two")
    kept.keep_token(SITE, "lent", NOW + timedelta(hours=1))

    both = SqlInstallations(database, Keyring([new, old]))
    assert secrets(both, CONFLUENCE) == ("two", "one")
    assert both.rewrite_secrets() == 2

    only_new = SqlInstallations(database, Keyring([new]))
    assert secrets(only_new, CONFLUENCE) == ("two", "one")
    assert only_new.token(SITE, NOW) == "lent"
    with pytest.raises(SecretUnreadable, match="OKR_ENCRYPTION_KEY"):
        secrets(kept, CONFLUENCE)


def test_a_key_that_is_none_is_named_but_not_shown() -> None:
    with pytest.raises(ConfigError, match="OKR_ENCRYPTION_KEY") as refused:
        Keyring(["a-short-canary"])

    assert "canary" not in str(refused.value)


@pytest.mark.parametrize("locked", ["", "x", "目标", "ÿ" * 120, "gAAAAA" + "é" * 80, "a" * 99_999])
def test_what_is_no_locked_text_does_not_open(locked: str) -> None:
    with pytest.raises(SecretUnreadable, match="was written with a key that"):
        Keyring([new_key()]).open(locked)
