"""What goes wrong beneath the store, in our own words."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from connector.core.errors import Unavailable
from connector.storage.engines import open_database


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    file = tmp_path / "okr.sqlite"
    file.write_bytes(b"not a database " * 100)
    database = open_database(f"sqlite:///{file}")

    with pytest.raises(Unavailable, match="file is not a database"), database.read():
        pass


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    """As after a disk that failed: the cache is dropped then, and filled again."""
    file = tmp_path / "okr.sqlite"
    database = open_database(f"sqlite:///{file}")
    with database.write("test") as connection:
        connection.execute(sa.text("CREATE TABLE found (text TEXT)"))
        connection.execute(sa.text("INSERT INTO found VALUES (:text)"), {"text": "x" * 9000})
    database.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))

    with pytest.raises(Unavailable, match="malformed"), database.read() as connection:
        connection.execute(sa.text("SELECT text FROM found")).all()


def test_a_mistake_of_ours_stays_one(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'okr.sqlite'}")

    with database.write("test") as connection:
        connection.execute(sa.text("CREATE TABLE found (text TEXT NOT NULL)"))

    with pytest.raises(sa.exc.IntegrityError), database.write("test") as connection:
        connection.execute(sa.text("INSERT INTO found VALUES (NULL)"))
