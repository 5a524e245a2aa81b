"""A macro is drawn from what is kept, and its tag says when it would look different."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from connector.catalogue import words
from connector.core.okr import PageId, SiteId
from connector.core.policy import CountingRule, Policy
from connector.ports import StoredDelivery
from connector.usecases.render_macro import MacroParams, macro_tag, show_objectives
from macros.objective.view import ObjectivesView, Showing
from tests.fakes.okrs import JIRA, NOW, SITE, delivery, stored, warehouse
from tests.fakes.store import FakeStore

PARAMS = MacroParams(PageId("2002"), None, "zh-CN", "light")
POLICY = Policy(time_zone="Asia/Shanghai")


@dataclass
class Stopped:
    """A clock that says what it is told."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def store() -> FakeStore:
    sample, found = warehouse(), FakeStore()
    found.save_page(sample.page)
    found.save_deliveries(
        SITE, [StoredDelivery(key, one) for key, one in sample.deliveries.items()]
    )
    found.note_sweep(SITE, NOW)
    return found


def shown(store: FakeStore, params: MacroParams = PARAMS) -> ObjectivesView:
    return show_objectives(
        params,
        site=SITE,
        store=store,
        clock=Stopped(),
        policy=POLICY,
        words=words(params.locale),
        jira_url=JIRA,
    )


def tag(
    store: FakeStore,
    params: MacroParams = PARAMS,
    *,
    now: datetime = NOW,
    policy: Policy = POLICY,
    release: str = "1",
    site: SiteId = SITE,
) -> str:
    return macro_tag(
        params, site=site, store=store, clock=Stopped(now), policy=policy, release=release
    )


def test_the_page_is_drawn_with_what_was_measured(store: FakeStore) -> None:
    view = shown(store)

    assert view.showing is Showing.OBJECTIVES
    assert [one.bar.percent for one in view.cards[0].key_results] == ["50%", "20%", "1%"]


def test_a_page_nobody_knows_is_not_found(store: FakeStore) -> None:
    assert shown(store, replace(PARAMS, page=PageId("7"))).showing is Showing.NOT_FOUND


def test_before_the_first_sweep_the_macro_waits() -> None:
    assert shown(FakeStore()).showing is Showing.WAITING


def test_a_page_without_okrs_is_empty(store: FakeStore) -> None:
    store.save_page(stored(None, page="9", title="随手记"))

    assert shown(store, replace(PARAMS, page=PageId("9"))).showing is Showing.EMPTY


def test_the_tag_stays_while_nothing_changes(store: FakeStore) -> None:
    assert tag(store) == tag(store, now=NOW + timedelta(minutes=30))


def test_the_tag_does_not_depend_on_the_order_of_a_set(store: FakeStore) -> None:
    one, other = (
        replace(POLICY, counting=CountingRule(excluded_resolutions=frozenset(names)))
        for names in (["b", "a", "重复"], ["重复", "a", "b"])
    )

    assert tag(store, policy=one) == tag(store, policy=other)


def test_the_tag_follows_everything_that_can_be_seen(store: FakeStore) -> None:
    seen = [
        tag(store),
        tag(store, now=NOW + timedelta(hours=8)),
        tag(store, release="2"),
        tag(store, site=SiteId("other")),
        tag(store, policy=replace(POLICY, cadence_days=14)),
        tag(store, replace(PARAMS, locale="en")),
        tag(store, replace(PARAMS, theme="dark")),
        tag(store, replace(PARAMS, objective="2002-O1")),
        tag(store, replace(PARAMS, page=PageId("7"))),
    ]
    store.note_outage(SITE, "jira", NOW)
    seen.append(tag(store))
    later = replace(delivery("YUN", 5, 2, 2), read_at=NOW)
    key = next(iter(warehouse().deliveries))
    store.save_deliveries(SITE, [StoredDelivery(key, later)])
    seen.append(tag(store))

    assert len(set(seen)) == len(seen)


def test_the_first_sweep_changes_the_tag_of_an_unknown_page() -> None:
    store = FakeStore()
    before = tag(store)
    store.note_sweep(SITE, NOW)

    assert tag(store) != before
