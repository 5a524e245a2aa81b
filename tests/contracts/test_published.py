"""What a store knows of the properties we left at pages: on the fake and on each database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from connector.core.okr import PageId, PageState, SiteId
from connector.core.publishing import PropertyKey, Published
from connector.ports import OkrStore
from connector.storage.okrs import SqlOkrStore
from tests.fakes.store import FakeStore
from tests.storage.databases import KINDS, fresh_database
from tests.storage.pages import NOON, PAGE, SITE, kr, minutes, okrs, stored

LATER = minutes(60)
OTHER = SiteId("https://other.example")
DIGESTS = {PropertyKey.OKRS: "a" * 64, PropertyKey.BYLINE: "b" * 64}


@pytest.fixture(params=["fake", *KINDS])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OkrStore]:
    if request.param == "fake":
        yield FakeStore()
        return
    with fresh_database(request.param, tmp_path) as database:
        yield SqlOkrStore(database)


def look_at(store: OkrStore, page: PageId = PAGE, at: datetime = NOON) -> Published:
    found = Published(page, store.revision(SITE, page), at, DIGESTS)
    store.note_published(SITE, found)
    return found


def due(
    store: OkrStore, changed: datetime = LATER, unchanged: datetime = NOON, most: int = 9
) -> list[PageId]:
    return store.pages_to_publish(SITE, changed=changed, unchanged=unchanged, most=most)


def test_what_was_left_comes_back_and_the_last_word_counts(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1))))
    first = look_at(store)
    assert store.published(SITE, PAGE) == first

    second = replace(first, digests={}, checked_at=minutes(5))
    store.note_published(SITE, second)

    assert store.published(SITE, PAGE) == second
    assert store.published(OTHER, PAGE) is None
    assert store.published(SITE, PageId("999")) is None


def test_of_a_page_that_is_not_kept_nothing_is_noted(store: OkrStore) -> None:
    look_at(store)

    assert store.published(SITE, PAGE) is None


def test_a_page_is_due_once_for_each_change(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1)), version=1))
    assert due(store) == [PAGE]
    look_at(store)
    assert due(store) == []

    store.save_page(stored(okrs(kr(1)), version=1))
    assert due(store) == []
    store.save_page(stored(okrs(kr(1), kr(2)), version=2))

    assert due(store) == [PAGE]
    assert store.pages_to_publish(OTHER, changed=LATER, unchanged=NOON, most=9) == []


def test_a_change_waits_until_the_last_look_is_some_time_ago(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1)), version=1))
    look_at(store, at=NOON)
    store.save_page(stored(okrs(kr(1), kr(2)), version=2))

    assert due(store, changed=NOON) == []
    assert due(store, changed=minutes(1)) == [PAGE]


def test_a_page_is_due_again_after_a_while(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1))))
    look_at(store, at=NOON)

    assert due(store, unchanged=NOON) == []
    assert due(store, unchanged=minutes(1)) == [PAGE]


def test_who_waits_longest_comes_first(store: OkrStore) -> None:
    for number in (1, 2, 3):
        store.save_page(stored(okrs(), page=PageId(str(number))))
    look_at(store, PageId("1"), minutes(2))
    look_at(store, PageId("3"), minutes(1))

    assert due(store, unchanged=minutes(9)) == ["2", "3", "1"]
    assert due(store, unchanged=minutes(9), most=2) == ["2", "3"]


def test_a_page_that_is_gone_is_due_too(store: OkrStore) -> None:
    """Something may have been left at it, by an earlier database even."""
    other = PageId("102")
    store.save_page(stored(okrs(kr(1))))
    look_at(store)
    store.save_page(stored(okrs(kr(1)), state=PageState.GONE))
    store.save_page(stored(okrs(), page=other, state=PageState.GONE))

    assert due(store) == [other, PAGE]


def test_a_site_that_is_forgotten_had_nothing(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1))))
    look_at(store)

    store.forget_all(SITE)

    assert store.published(SITE, PAGE) is None
    assert due(store) == []
