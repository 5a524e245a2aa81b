"""What is read again and again is read once, until somebody writes: we at once, others soon."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from connector.core.installation import DoorKind, Installation, InstallationKey
from connector.core.okr import SiteId
from connector.storage.engines import Database, open_database
from connector.storage.installations import SqlInstallations
from connector.storage.keyring import Keyring, new_key
from connector.storage.okrs import SqlOkrStore
from tests.storage.databases import KINDS, fresh_database

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SITE, OTHER = SiteId("acme.example"), SiteId("other.example")
KEY = InstallationKey("client-1")
# The most that a site may go on being known where it was not uninstalled.
SOON = 1.0


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with fresh_database(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture
def elsewhere(database: Database) -> Iterator[Database]:
    """The same as another process has it."""
    opened = open_database(database.writing.url.render_as_string(hide_password=False))
    yield opened
    opened.close()


class Counted:
    """Something to look for that tells how often somebody looked."""

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> int:
        self.looks += 1
        return self.looks


def until(done: bool, began: float) -> bool:
    """Whether to go on waiting."""
    time.sleep(0.02)
    return not done and time.monotonic() - began < SOON


def test_what_nobody_wrote_to_is_read_once(tmp_path: Path) -> None:
    """By SQLite's word; PostgreSQL does not tell whether others have written."""
    with fresh_database("sqlite", tmp_path) as database:
        look = Counted()
        database.remembered(SITE, "it", look)
        time.sleep(0.6)

        assert database.remembered(SITE, "it", look) == 1


def test_our_own_write_is_seen_at_once(database: Database) -> None:
    store = SqlOkrStore(database)
    assert store.last_sweep(SITE) is None

    store.note_sweep(SITE, NOON)

    assert store.last_sweep(SITE) == NOON


def test_a_write_that_failed_is_looked_at_as_well(database: Database) -> None:
    look = Counted()
    database.remembered(SITE, "it", look)

    with pytest.raises(RuntimeError), database.write(SITE):
        raise RuntimeError

    assert database.remembered(SITE, "it", look) == 2


def test_a_write_to_another_site_takes_nothing_away_at_once(database: Database) -> None:
    look = Counted()
    database.remembered(SITE, "it", look)
    with database.write(OTHER):
        pass

    assert database.remembered(SITE, "it", look) == 1


def test_what_was_read_while_somebody_wrote_is_not_kept(database: Database) -> None:
    """The reader may have looked before the write, so its finding is not the present truth."""

    def look_too_early() -> str:
        with database.write(SITE):
            pass
        return "old"

    assert database.remembered(SITE, "it", look_too_early) == "old"
    assert database.remembered(SITE, "it", lambda: "new") == "new"


def test_an_uninstall_ends_a_site_at_once_and_soon_in_other_processes(
    database: Database, elsewhere: Database
) -> None:
    ring = Keyring([new_key()])
    here, there = SqlInstallations(database, ring), SqlInstallations(elsewhere, ring)
    here.save(Installation(DoorKind.CONNECT, KEY, SITE, (), NOON), secret="s" * 32)
    assert there.secrets(DoorKind.CONNECT, KEY, NOON) == ("s" * 32,)
    assert there.of_site(SITE)

    here.end(DoorKind.CONNECT, KEY, NOON)
    began = time.monotonic()

    assert not here.secrets(DoorKind.CONNECT, KEY, NOON)
    assert not here.of_site(SITE)
    while until(not there.secrets(DoorKind.CONNECT, KEY, NOON), began):
        pass
    assert not there.secrets(DoorKind.CONNECT, KEY, NOON)
    assert not there.of_site(SITE)


def test_a_new_secret_counts_soon_in_other_processes(
    database: Database, elsewhere: Database
) -> None:
    ring = Keyring([new_key()])
    here, there = SqlInstallations(database, ring), SqlInstallations(elsewhere, ring)
    one = Installation(DoorKind.CONNECT, KEY, SITE, (), NOON)
    here.save(one, secret="a" * 32)
    assert there.secrets(DoorKind.CONNECT, KEY, NOON) == ("a" * 32,)

    here.save(one, secret="b" * 32)
    began = time.monotonic()
    while until("b" * 32 in there.secrets(DoorKind.CONNECT, KEY, NOON), began):
        pass

    assert there.secrets(DoorKind.CONNECT, KEY, NOON) == ("b" * 32, "a" * 32)


def test_memory_has_an_end(database: Database) -> None:
    look = Counted()
    for number in range(10_001):
        database.remembered(SITE, number, look)

    assert database.remembered(SITE, 0, look) > 10_001
