"""Fresh databases for tests: an SQLite file, or the PostgreSQL that the environment names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from connector.storage.engines import Database, open_database
from connector.storage.migrations import upgrade

POSTGRES_URL = os.environ.get("OKR_TEST_POSTGRES_URL", "")
KINDS = [
    "sqlite",
    pytest.param(
        "postgresql",
        marks=pytest.mark.skipif(not POSTGRES_URL, reason="OKR_TEST_POSTGRES_URL is not set"),
    ),
]


@contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[Database]:
    """Without tables; gone afterwards."""
    if kind == "sqlite":
        database = open_database(f"sqlite:///{folder / 'okr.sqlite'}")
    else:
        database = open_database(POSTGRES_URL)
        with database.write("tests") as connection:
            connection.execute(sa.text("DROP SCHEMA IF EXISTS dbos CASCADE"))
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
    try:
        yield database
    finally:
        database.close()


@contextmanager
def fresh_database(kind: str, folder: Path) -> Iterator[Database]:
    with empty_database(kind, folder) as database:
        upgrade(database)
        yield database
