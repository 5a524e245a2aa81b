"""What an issue moves, as one reader may see it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

import pytest

from connector.catalogue import words
from connector.core.errors import Unavailable
from connector.core.okr import IssueKey, PageId, PageState
from connector.core.policy import Policy
from connector.ports import MeasuredPage, StoredDelivery
from connector.usecases.render_panel import (
    Panel,
    PanelParams,
    gather_panel,
    panel_tag,
    show_panel,
)
from macros.panel.view import Showing
from tests.fakes.okrs import NOW, harbourline, warehouse
from tests.fakes.store import FakeStore

SITE = warehouse().page.site
ISSUE = PanelParams(IssueKey("YUN-1"), "en", "auto")


class StoppedClock:
    def now(self) -> datetime:
        return NOW


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    for sample in (warehouse(), harbourline()):
        store.save_page(sample.page)
        found = [StoredDelivery(key, one) for key, one in sample.deliveries.items()]
        store.save_deliveries(SITE, found)
    store.note_sweep(SITE, NOW)
    return store


def everything(pages: Collection[PageId]) -> frozenset[PageId]:
    return frozenset(pages)


def nothing(_pages: Collection[PageId]) -> frozenset[PageId]:
    return frozenset()


def gathered(store: FakeStore, params: PanelParams = ISSUE, *, told: bool = True) -> Panel:
    return gather_panel(params, site=SITE, store=store, sight=everything, tells_hidden=told)


def test_the_pages_that_an_issue_moves_are_gathered_with_their_revisions(store: FakeStore) -> None:
    panel = gathered(store)

    assert [one.page.page for one in panel.pages] == ["2002"]
    assert panel.pages[0].moved == {"2002-1"}
    assert panel.revisions == (("2002", store.revision(SITE, PageId("2002"))),)
    assert (panel.hidden, panel.known, panel.waiting) == (0, True, False)


@pytest.mark.parametrize(("told", "hidden"), [(True, 1), (False, None)])
def test_hidden_ones_are_counted_for_those_who_may_hear_it(
    store: FakeStore, told: bool, hidden: int | None
) -> None:
    panel = gather_panel(ISSUE, site=SITE, store=store, sight=nothing, tells_hidden=told)

    assert (panel.pages, panel.revisions, panel.hidden) == ((), (), hidden)


def test_nobody_is_asked_about_an_issue_that_moves_nothing(store: FakeStore) -> None:
    def ask(_pages: Collection[PageId]) -> frozenset[PageId]:
        raise AssertionError("asked")

    params = replace(ISSUE, issue=IssueKey("YUN-999"))
    panel = gather_panel(params, site=SITE, store=store, sight=ask, tells_hidden=True)

    assert (panel.known, panel.waiting, panel.hidden) == (True, False, 0)


def test_an_unread_site_waits() -> None:
    assert gathered(FakeStore()).waiting


def test_whatever_goes_wrong_with_the_question_nothing_is_seen(store: FakeStore) -> None:
    def ask(_pages: Collection[PageId]) -> frozenset[PageId]:
        raise Unavailable

    panel = gather_panel(ISSUE, site=SITE, store=store, sight=ask, tells_hidden=True)

    assert (panel.pages, panel.known, panel.hidden) == ((), False, None)


def test_a_page_that_was_emptied_since_the_question_is_left_out(store: FakeStore) -> None:
    class Emptied(FakeStore):
        def measured_pages(self, site: object, pages: object) -> list[MeasuredPage]:
            found = store.measured_pages(SITE, [PageId("2002")])
            return [replace(one, page=replace(one.page, state=PageState.EMPTY)) for one in found]

    emptied = Emptied(**{name: getattr(store, name) for name in FakeStore.__dataclass_fields__})

    assert gathered(emptied).pages == ()


def test_the_tag_follows_what_is_shown_and_nothing_else(store: FakeStore) -> None:
    def tag(params: PanelParams = ISSUE, **changes: object) -> str:
        return panel_tag(
            replace(gathered(store), **changes),  # type: ignore[arg-type]  # fields by name
            params,
            site=SITE,
            clock=StoppedClock(),
            policy=Policy(),
        )

    first = tag()
    store.save_page(replace(harbourline().page, version=9))
    assert tag() == first
    assert len({first, tag(hidden=1), tag(known=False), tag(replace(ISSUE, locale="zh-CN"))}) == 4
    store.save_page(replace(warehouse().page, version=9))
    assert tag() != first


def test_it_is_shown_in_the_readers_language(store: FakeStore) -> None:
    view = show_panel(
        gathered(store), ISSUE, clock=StoppedClock(), policy=Policy(), words=words("zh-CN")
    )

    assert view.showing is Showing.KEY_RESULTS
    assert view.heading == "YUN-1 推动的关键结果"
