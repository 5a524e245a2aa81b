"""What is kept of sign-ins behaves alike in memory and in SQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from connector.core.grant import Grant
from connector.core.okr import SiteId
from connector.storage.engines import open_database
from connector.storage.keyring import Keyring, new_key
from connector.storage.sessions import SqlKept
from connector.storage.tables import sessions
from connector.web.sessions import Kept as KeptPort
from connector.web.sessions import KeptInMemory, Session, Sessions
from tests.storage.databases import KINDS, fresh_database

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
LATER, SOON = NOW + timedelta(hours=1), NOW + timedelta(minutes=1)


@pytest.fixture(params=["memory", *KINDS])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KeptPort]:
    if request.param == "memory":
        yield KeptInMemory()
        return
    with fresh_database(request.param, tmp_path) as database:
        yield SqlKept(database)


def test_what_was_put_is_got_until_its_end(kept: KeptPort) -> None:
    kept.put("one", "locked", group="acme", until=LATER)

    assert kept.get("one", NOW) == ("locked", LATER)
    assert kept.get("one", LATER) is None
    assert kept.get("two", NOW) is None


def test_under_one_key_is_what_was_put_last(kept: KeptPort) -> None:
    kept.put("one", "before", group="acme", until=LATER)
    kept.put("one", "after", group="acme", until=SOON)

    assert kept.get("one", NOW) == ("after", SOON)
    assert kept.get("one", SOON) is None


def test_what_is_taken_is_gone_and_what_is_over_is_not_given(kept: KeptPort) -> None:
    kept.put("one", "locked", group="acme", until=LATER)
    kept.put("old", "locked", group="acme", until=NOW)

    assert [kept.take("one", NOW), kept.take("one", NOW)] == ["locked", None]
    assert kept.take("old", NOW) is None
    assert kept.get("one", NOW) is None


def test_of_many_who_take_at_once_one_gets_it(kept: KeptPort) -> None:
    for number in range(5):
        kept.put(f"{number}", "locked", group="acme", until=LATER)
        with ThreadPoolExecutor(6) as pool:
            found = list(pool.map(lambda key: kept.take(key, NOW), [f"{number}"] * 6))
        assert found.count("locked") == 1


def test_a_site_goes_with_all_that_is_kept_of_it(kept: KeptPort) -> None:
    kept.put("one", "locked", group="acme", until=LATER)
    kept.put("two", "locked", group="harbour", until=LATER)

    kept.drop_group("acme")

    assert kept.get("one", NOW) is None
    assert kept.get("two", NOW) is not None


def test_what_is_over_is_swept_away(kept: KeptPort) -> None:
    kept.put("one", "locked", group="acme", until=SOON)
    kept.put("two", "locked", group="acme", until=LATER)

    kept.sweep(SOON)

    assert kept.get("one", NOW) is None
    assert kept.get("two", SOON) is not None


class Clock:
    def now(self) -> datetime:
        return NOW


def begun(kept: KeptPort, ring: Keyring) -> str:
    grant = Grant("access-canary", "refresh-canary", timedelta(hours=1))
    session = Session.of(SiteId("wiki.example"), "account-canary", grant, NOW)
    return Sessions(kept, ring, Clock()).begin(session)


def test_a_session_outlives_a_restart_and_is_known_to_other_processes(tmp_path: Path) -> None:
    ring = Keyring([new_key()])
    with fresh_database("sqlite", tmp_path) as database:
        cookie = begun(SqlKept(database), ring)
        again = open_database(f"sqlite:///{tmp_path / 'okr.sqlite'}")
        found = Sessions(SqlKept(again), ring, Clock()).find(cookie)
        again.close()

    assert found is not None
    assert found.account == "account-canary"


def test_a_copy_of_the_database_opens_nothing(tmp_path: Path) -> None:
    with fresh_database("sqlite", tmp_path) as database:
        cookie = begun(SqlKept(database), Keyring([new_key()]))
        with database.read() as connection:
            (row,) = connection.execute(sa.select(sessions)).all()

    assert "canary" not in f"{row}"
    assert cookie not in f"{row}"


def test_a_new_key_takes_over_and_what_none_opens_goes(tmp_path: Path) -> None:
    old, new = new_key(), new_key()
    with fresh_database("sqlite", tmp_path) as database:
        kept = SqlKept(database)
        mine, lost = begun(kept, Keyring([old])), begun(kept, Keyring([new_key()]))

        assert kept.relock(Keyring([new, old]).rewrite) == 1

        only_new = Sessions(kept, Keyring([new]), Clock())
        assert only_new.find(mine) is not None
        assert only_new.find(lost) is None
