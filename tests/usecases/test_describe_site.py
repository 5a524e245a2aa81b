"""How a site does: what troubles it has, and what is counted of it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from connector.core.installation import Address, DoorKind, Installation, InstallationKey, Product
from connector.core.okr import EpicLink, IssueId, IssueKey, PageId, PageState
from connector.usecases.describe_site import LATE, SiteState, Trouble, describe_site
from tests.fakes.okrs import NOW, harbourline, warehouse
from tests.fakes.store import FakeStore

SITE = warehouse().page.site


class StoppedClock:
    def now(self) -> datetime:
        return NOW


def installed(*products: Product) -> Installation:
    addresses = tuple(Address(one, f"https://{one}", f"https://{one}") for one in products)
    return Installation(DoorKind.FORGE, InstallationKey("1"), SITE, addresses, installed_at=NOW)


BOTH = installed(*Product)


def described(store: FakeStore, *found: Installation) -> SiteState:
    return describe_site(SITE, installed=found or (BOTH,), store=store, clock=StoppedClock())


@pytest.fixture
def store() -> FakeStore:
    """Two pages, read a moment ago."""
    store = FakeStore()
    for sample in (warehouse(), harbourline()):
        store.save_page(sample.page)
    store.note_sweep(SITE, NOW - timedelta(minutes=10))
    return store


def test_a_site_that_does_well_has_no_troubles(store: FakeStore) -> None:
    store.touch(SITE, IssueId("1"), [EpicLink(IssueKey("YUN-1"))], NOW)

    state = described(store)

    assert (state.troubles, state.pages, state.with_errors) == ((), 2, 0)
    assert (state.last_event, state.last_sweep) == (NOW, NOW - timedelta(minutes=10))


def test_pages_that_are_gone_are_not_counted_and_broken_ones_are_named(store: FakeStore) -> None:
    store.save_page(replace(warehouse().page, version=9, state=PageState.GONE))
    store.save_page(replace(harbourline().page, version=9, state=PageState.ERRORS))

    state = described(store)

    assert (state.pages, state.with_errors) == (1, 1)
    assert state.troubles == (Trouble.PAGES_WITH_ERRORS,)


@pytest.mark.parametrize(("more", "late"), [(timedelta(), False), (timedelta(seconds=1), True)])
def test_a_sweep_is_late_after_two_hours(store: FakeStore, more: timedelta, late: bool) -> None:
    store.swept[SITE] = NOW - LATE - more

    assert described(store).troubles == ((Trouble.SWEEP_LATE,) if late else ())


def test_before_the_first_reading_nothing_else_is_said_of_pages() -> None:
    assert described(FakeStore()).troubles == (Trouble.NOT_READ_YET,)


def test_a_reading_that_found_nothing() -> None:
    store = FakeStore()
    store.note_sweep(SITE, NOW)

    assert described(store).troubles == (Trouble.NO_PAGES,)


def test_confluence_alone_measures_no_work(store: FakeStore) -> None:
    assert described(store, installed(Product.CONFLUENCE)).troubles == (Trouble.NO_JIRA,)


def test_who_is_away_comes_first_with_the_time_since(store: FakeStore) -> None:
    store.save_page(replace(harbourline().page, version=9, state=PageState.ERRORS))
    for product in ("jira", "confluence", "elsewhere"):
        store.note_outage(SITE, product, NOW)

    state = described(store)

    assert state.troubles == (
        Trouble.CONFLUENCE_AWAY,
        Trouble.JIRA_AWAY,
        Trouble.PAGES_WITH_ERRORS,
    )
    assert state.since == {Trouble.CONFLUENCE_AWAY: NOW, Trouble.JIRA_AWAY: NOW}


def test_another_sites_pages_are_not_counted(store: FakeStore) -> None:
    store.save_page(replace(warehouse().page, site=type(SITE)("other"), page=PageId("9")))

    assert described(store).pages == 2
