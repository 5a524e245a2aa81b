"""What the database promises beneath every store: turns, refusals, and its shape."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from connector.core.errors import ConfigError, Unavailable
from connector.storage.engines import Database, open_database
from connector.storage.migrations import upgrade
from connector.storage.okrs import SqlOkrStore
from connector.storage.tables import metadata, sweeps
from tests.storage.databases import KINDS, empty_database, fresh_database
from tests.storage.pages import EPIC, NOON, SITE, kr, minutes, okrs, stored


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with fresh_database(request.param, tmp_path) as database:
        yield database


def test_writers_who_read_first_lose_nothing(database: Database) -> None:
    """Four threads count up one number: with the driver's own transactions most are lost."""
    rounds = 50
    with database.write(SITE) as connection:
        connection.execute(sweeps.insert().values(site=SITE, began=NOON))

    def count() -> None:
        for _ in range(rounds):
            with database.write(SITE) as connection:
                began = connection.scalar(sa.select(sweeps.c.began))
                assert began is not None
                later = began + (minutes(1) - NOON)
                connection.execute(sweeps.update().values(began=later))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert SqlOkrStore(database).last_sweep(SITE) == minutes(4 * rounds)


def test_a_reader_does_not_wait_for_a_writer(database: Database) -> None:
    store = SqlOkrStore(database)
    with database.write(SITE):
        assert store.pages(SITE) == []


def test_a_failed_write_leaves_nothing_behind(database: Database) -> None:
    def give_up_halfway() -> None:
        with database.write(SITE) as connection:
            connection.execute(sweeps.insert().values(site=SITE, began=NOON))
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError):
        give_up_halfway()

    assert SqlOkrStore(database).last_sweep(SITE) is None


def test_the_migrations_make_the_tables_that_the_code_expects(database: Database) -> None:
    with database.write(SITE) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)

    assert differences == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    store = SqlOkrStore(database)
    store.save_page(stored(okrs(kr(1, EPIC))))

    upgrade(database)

    assert len(store.pages(SITE)) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_processes_that_start_together_migrate_once(kind: str, tmp_path: Path) -> None:
    with empty_database(kind, tmp_path) as first:
        second = open_database(first.writing.url.render_as_string(hide_password=False))
        together = [threading.Thread(target=upgrade, args=(one,)) for one in (first, second)]
        for thread in together:
            thread.start()
        for thread in together:
            thread.join()
        second.close()

        SqlOkrStore(first).ping()


def test_a_locked_file_is_unavailable(tmp_path: Path) -> None:
    with fresh_database("sqlite", tmp_path) as kept:
        impatient = open_database(str(kept.writing.url), busy_seconds=0.05)
        store = SqlOkrStore(impatient)
        other = sqlite3.connect(tmp_path / "okr.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(Unavailable, match="database is locked"):
            store.note_sweep(SITE, NOON)
        assert store.last_sweep(SITE) is None

        other.execute("ROLLBACK")
        store.note_sweep(SITE, NOON)
        assert store.last_sweep(SITE) == NOON
        other.close()
        impatient.close()


def test_a_full_disk_is_unavailable(tmp_path: Path) -> None:
    with fresh_database("sqlite", tmp_path) as database:
        store = SqlOkrStore(database)

        def stop_growing(connection: sa.Connection) -> None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")

        sa.event.listen(database.writing, "begin", stop_growing)

        with pytest.raises(Unavailable, match="full"):
            store.save_page(stored(okrs(*(kr(number, EPIC) for number in range(500)))))


def test_a_database_that_is_away_is_unavailable(tmp_path: Path) -> None:
    nowhere = SqlOkrStore(open_database(f"sqlite:///{tmp_path / 'missing' / 'okr.sqlite'}"))

    with pytest.raises(Unavailable):
        nowhere.ping()
    with pytest.raises(Unavailable):
        nowhere.save_page(stored(None))


def test_a_server_that_is_away_is_unavailable() -> None:
    nowhere = SqlOkrStore(open_database("postgresql://nobody@127.0.0.1:1/nothing"))

    with pytest.raises(Unavailable):
        nowhere.ping()


@pytest.mark.parametrize(
    "url",
    ["sqlite://", "sqlite:///:memory:", "postgresql://okr:hush@db:port/okr", "hush"],
)
def test_an_address_that_cannot_be_meant_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(ConfigError) as error:
        open_database(url)

    assert "hush" not in str(error.value)


def test_a_database_without_tables_is_not_ready(tmp_path: Path) -> None:
    with empty_database("sqlite", tmp_path) as empty, pytest.raises(Unavailable):
        SqlOkrStore(empty).ping()
