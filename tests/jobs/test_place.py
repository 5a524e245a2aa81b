"""Where jobs are kept, given where the application keeps its own."""

from pathlib import Path

import pytest

from connector.core.errors import ConfigError
from connector.jobs.place import place_of


def test_on_sqlite_the_jobs_have_a_file_and_a_lock_beside_it() -> None:
    place = place_of("sqlite:////srv/okr.sqlite")

    assert place.url == "sqlite:////srv/okr.jobs.sqlite"
    assert place.lock == Path("/srv/okr.sqlite.lock")


def test_on_postgresql_the_jobs_share_the_database_and_need_no_lock() -> None:
    place = place_of("postgresql+psycopg://okr:secret@db/okr")

    assert place.url == "postgresql://okr:secret@db/okr"
    assert place.lock is None


def test_a_place_does_not_show_its_password() -> None:
    assert "secret" not in repr(place_of("postgresql+psycopg://okr:secret@db/okr"))


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_jobs_cannot_live_in_memory(url: str) -> None:
    with pytest.raises(ConfigError):
        place_of(url)
