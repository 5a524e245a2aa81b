"""What every store of OKRs promises: the same tests on the fake and on each database."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from connector.core.alignment_findings import AlignmentFinding, Mention
from connector.core.findings import Severity
from connector.core.okr import (
    IssueId,
    IssueKey,
    JqlLink,
    ObjectiveKey,
    ObjectiveState,
    PageId,
    PageState,
    SiteId,
)
from connector.ports import OkrStore
from connector.storage.okrs import SqlOkrStore
from tests.fakes.store import FakeStore
from tests.storage.databases import KINDS, fresh_database
from tests.storage.pages import EPIC, NOON, PAGE, SITE, counted, kr, measured, minutes, okrs, stored

QUERY = JqlLink("project = PAY AND labels in (okr, 目标) " + "OR id = 1 " * 500)
OTHER = SiteId("https://other.example")


@pytest.fixture(params=["fake", *KINDS])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OkrStore]:
    """Fakes must keep the promises of the real store: same tests, all of them."""
    if request.param == "fake":
        yield FakeStore()
        return
    with fresh_database(request.param, tmp_path) as database:
        yield SqlOkrStore(database)


def test_a_page_comes_back_as_it_was_saved(store: OkrStore) -> None:
    page = stored(okrs(kr(1, EPIC, QUERY), kr(2)))

    assert store.save_page(page)
    assert store.page(SITE, PAGE) == page


def test_a_page_without_okrs_is_kept_with_what_is_wrong_with_it(store: OkrStore) -> None:
    page = stored(None, state=PageState.ERRORS)

    store.save_page(page)

    assert store.page(SITE, PAGE) == page


def test_an_unknown_page_is_none(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1))))

    assert store.page(SITE, PageId("999")) is None
    assert store.page(OTHER, PAGE) is None


def test_pages_are_sorted_by_title_and_are_those_of_the_site(store: OkrStore) -> None:
    for number, title in (("1", "b"), ("2", "a"), ("3", "B")):
        store.save_page(stored(okrs(), page=PageId(number), title=title))
    store.save_page(stored(okrs(), page=PageId("4"), site=OTHER))

    assert [page.title for page in store.pages(SITE)] == ["B", "a", "b"]


def test_an_older_version_does_not_replace_a_newer_one(store: OkrStore) -> None:
    newer = stored(okrs(kr(1, EPIC)), version=7)
    store.save_page(newer)

    assert not store.save_page(stored(okrs(), version=6))
    assert store.page(SITE, PAGE) == newer
    assert store.links(SITE) == {EPIC: {"101-1"}}


def test_the_same_version_may_be_read_again(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1))))
    again = stored(okrs(kr(1), kr(2)), title="Renamed")

    assert store.save_page(again)
    assert store.page(SITE, PAGE) == again


def test_a_link_feeds_every_key_result_that_names_it(store: OkrStore) -> None:
    other = PageId("102")
    store.save_page(stored(okrs(kr(1, EPIC, QUERY), kr(2, EPIC, EPIC))))
    store.save_page(stored(okrs(kr(1, EPIC, page=other), page=other), page=other))

    assert store.links(SITE) == {EPIC: {"101-1", "101-2", "102-1"}, QUERY: {"101-1"}}
    assert store.links(OTHER) == {}


def test_a_page_that_shrinks_loses_its_links_and_measurements(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1, EPIC), kr(2, QUERY), kr(3, EPIC))))
    store.save_deliveries(SITE, [measured(n, counted(f"PAY-{n}")) for n in (1, 2, 3)])

    store.save_page(stored(okrs(kr(1, EPIC), kr(2)), version=2))

    assert store.links(SITE) == {EPIC: {"101-1"}}
    assert set(store.deliveries(SITE, PAGE)) == {"101-1"}
    assert store.delivery(SITE, kr(3).key) is None
    assert store.links_counting(SITE, IssueKey("PAY-3")) == frozenset()


@pytest.mark.parametrize("state", [PageState.GONE, PageState.EMPTY])
def test_a_page_gone_keeps_its_numbers_but_feeds_on_nothing(
    store: OkrStore, state: PageState
) -> None:
    store.save_page(stored(okrs(kr(1, EPIC))))
    store.save_deliveries(SITE, [measured(1, counted("PAY-9"))])

    store.save_page(stored(okrs(kr(1, EPIC)), state=state))

    assert store.links(SITE) == {}
    assert store.links_counting(SITE, IssueKey("PAY-9")) == frozenset()
    assert set(store.deliveries(SITE, PAGE)) == {"101-1"}


def test_a_page_with_errors_goes_on_with_its_last_good_okrs(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1, EPIC)), state=PageState.ERRORS))

    assert store.links(SITE) == {EPIC: {"101-1"}}


@pytest.mark.parametrize("state", [ObjectiveState.CLOSED, ObjectiveState.ABANDONED])
def test_a_frozen_objective_is_measured_no_more(store: OkrStore, state: ObjectiveState) -> None:
    store.save_page(stored(okrs(kr(1, EPIC))))
    store.save_deliveries(SITE, [measured(1, counted("PAY-9"))])

    store.save_page(stored(okrs(kr(1, EPIC), state=state), version=2))

    assert store.links(SITE) == {}
    assert store.links_counting(SITE, IssueKey("PAY-9")) == frozenset()
    assert set(store.deliveries(SITE, PAGE)) == {"101-1"}


def test_a_measurement_comes_back_exactly(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1, EPIC))))
    found = measured(1, counted("PAY-3"), counted("PAY-2"))

    store.save_deliveries(SITE, [found])

    assert store.delivery(SITE, found.key_result) == found.delivery
    assert store.deliveries(SITE, PAGE) == {found.key_result: found.delivery}
    assert store.delivery(OTHER, found.key_result) is None


def test_late_news_does_not_overwrite_newer(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1, EPIC))))
    newer = measured(1, counted("PAY-2"), at=minutes(2))
    store.save_deliveries(SITE, [newer])

    store.save_deliveries(SITE, [measured(1, counted("PAY-3"), at=minutes(1))])

    assert store.delivery(SITE, newer.key_result) == newer.delivery
    assert store.links_counting(SITE, IssueKey("PAY-3")) == frozenset()


def test_a_measurement_of_nobody_is_not_kept(store: OkrStore) -> None:
    """The page may have changed while its work was being counted."""
    store.save_page(stored(okrs(kr(1, EPIC))))

    store.save_deliveries(SITE, [measured(2, counted("PAY-2"))])

    assert store.deliveries(SITE, PAGE) == {}


def test_an_issue_that_left_is_still_known_by_the_links_that_counted_it(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1, EPIC, QUERY), kr(2, EPIC))))
    store.save_deliveries(SITE, [measured(1, counted("PAY-8"), counted("PAY-9"))])
    assert store.links_counting(SITE, IssueKey("PAY-9")) == {EPIC, QUERY}

    store.save_deliveries(SITE, [measured(1, counted("PAY-8"), at=minutes(1))])

    assert store.links_counting(SITE, IssueKey("PAY-9")) == frozenset()
    assert store.links_counting(SITE, IssueKey("PAY-8")) == {EPIC, QUERY}


def test_an_issue_moves_what_links_it_and_what_counted_it(store: OkrStore) -> None:
    """A key result that shares a link with one that counted the issue is not moved by that."""
    other = PageId("102")
    store.save_page(stored(okrs(kr(1, EPIC, QUERY), kr(2, QUERY), kr(3))))
    store.save_page(stored(okrs(kr(1, QUERY, page=other), page=other), page=other))
    store.save_deliveries(SITE, [measured(2, counted("PAY-9"))])

    assert store.moved_by(SITE, EPIC.key) == {PAGE: {"101-1"}}
    assert store.moved_by(SITE, IssueKey("PAY-9")) == {PAGE: {"101-2"}}
    assert store.moved_by(SITE, IssueKey("PAY-0")) == {}
    assert store.moved_by(OTHER, EPIC.key) == {}


def test_what_is_not_measured_any_more_is_not_moved(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1, EPIC))))
    store.save_deliveries(SITE, [measured(1, counted("PAY-9"))])
    store.save_page(stored(okrs(kr(1, EPIC), state=ObjectiveState.CLOSED), version=2))

    assert store.moved_by(SITE, EPIC.key) == {}
    assert store.moved_by(SITE, IssueKey("PAY-9")) == {}


def test_the_last_event_is_that_of_the_site(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1, EPIC))))
    assert store.last_event(SITE) is None

    store.touch(SITE, IssueId("1"), [EPIC], minutes(1))
    store.touch(SITE, IssueId("2"), [EPIC], minutes(3))

    assert store.last_event(SITE) == minutes(3)
    assert store.last_event(OTHER) is None


def test_touched_issues_come_newest_first(store: OkrStore) -> None:
    first, second, third = IssueId("1"), IssueId("2"), IssueId("3")
    store.touch(SITE, first, [EPIC], minutes(1))
    store.touch(SITE, second, [QUERY], minutes(2))
    store.touch(SITE, third, [EPIC, QUERY], minutes(3))
    store.touch(SITE, first, [EPIC], minutes(4))
    store.touch(SITE, third, [EPIC], minutes(0))

    assert store.touched(SITE, [EPIC], NOON) == [first, third]
    assert store.touched(SITE, [EPIC, QUERY], minutes(2)) == [first, third, second]
    assert store.touched(SITE, [], NOON) == []
    assert store.touched(OTHER, [EPIC], NOON) == []


def test_the_revision_of_an_unknown_page_is_0(store: OkrStore) -> None:
    assert store.revision(SITE, PAGE) == 0


def test_the_revision_grows_with_what_a_reader_could_see(store: OkrStore) -> None:
    seen = [0]

    def changed() -> bool:
        seen.append(store.revision(SITE, PAGE))
        assert seen[-1] >= seen[-2]
        return seen[-1] > seen[-2]

    store.save_page(stored(okrs(kr(1, EPIC))))
    assert changed()
    store.save_page(stored(okrs(kr(1, EPIC)), read_at=minutes(1)))
    assert not changed()
    store.save_page(stored(okrs(kr(1, EPIC)), title="Renamed"))
    assert changed()
    store.save_page(stored(okrs(kr(1, EPIC), kr(2)), version=2))
    assert changed()
    store.save_page(stored(okrs(), version=1))
    assert not changed()
    store.save_deliveries(SITE, [measured(1, counted("PAY-2"), at=minutes(2))])
    assert changed()
    store.save_deliveries(SITE, [measured(1, counted("PAY-3"), at=minutes(1))])
    assert not changed()
    store.note_outage(SITE, "jira", minutes(3))
    assert changed()
    store.note_outage(SITE, "jira", minutes(3))
    assert not changed()
    store.note_outage(SITE, "jira", None)
    assert changed()
    store.note_outage(SITE, "jira", None)
    assert not changed()


def test_a_change_of_one_page_does_not_move_another(store: OkrStore) -> None:
    other = PageId("102")
    store.save_page(stored(okrs(kr(1, EPIC))))
    store.save_page(stored(okrs(kr(1, EPIC, page=other), page=other), page=other))
    before = store.revision(SITE, other)

    store.save_deliveries(SITE, [measured(1, counted("PAY-2"))])
    store.note_outage(OTHER, "jira", NOON)

    assert store.revision(SITE, other) == before


def test_an_outage_lasts_until_it_is_over(store: OkrStore) -> None:
    store.note_outage(SITE, "jira", minutes(1))
    store.note_outage(SITE, "confluence", minutes(2))
    store.note_outage(SITE, "confluence", None)

    assert store.outages(SITE) == {"jira": minutes(1)}
    assert store.outages(OTHER) == {}


@pytest.mark.parametrize("order", [[NOON, minutes(3)], [minutes(3), NOON]])
def test_the_last_sweep_is_the_latest(store: OkrStore, order: list[datetime]) -> None:
    assert store.last_sweep(SITE) is None
    for began in order:
        store.note_sweep(SITE, began)

    assert store.last_sweep(SITE) == minutes(3)


def test_everything_of_a_site_can_be_forgotten(store: OkrStore) -> None:
    assert isinstance(store, FakeStore | SqlOkrStore)
    for site in (SITE, OTHER):
        store.save_page(stored(okrs(kr(1, EPIC)), site=site))
        store.save_deliveries(site, [measured(1, counted("PAY-2"))])
        store.touch(site, IssueId("1"), [EPIC], NOON)
        store.note_outage(site, "jira", NOON)
        store.note_sweep(site, NOON)

    store.forget_all(SITE)

    assert store.pages(SITE) == []
    assert store.links(SITE) == {}
    assert store.deliveries(SITE, PAGE) == {}
    assert store.touched(SITE, [EPIC], NOON) == []
    assert store.outages(SITE) == {}
    assert store.last_sweep(SITE) is None
    assert store.revision(SITE, PAGE) == 0
    assert len(store.pages(OTHER)) == 1
    assert set(store.deliveries(OTHER, PAGE)) == {"101-1"}


def test_revisions_are_those_of_each_page_of_the_site(store: OkrStore) -> None:
    still, moving = PageId("1"), PageId("2")
    for page in (still, moving):
        store.save_page(stored(okrs(kr(1)), page=page))
    store.save_page(stored(okrs(kr(1)), page=PageId("3"), site=OTHER))
    before = dict(store.revisions(SITE))
    store.save_page(stored(okrs(kr(1), kr(2)), page=moving, version=9))

    after = store.revisions(SITE)

    assert before.keys() == after.keys() == {still, moving}
    assert after[still] == before[still] == store.revision(SITE, still)
    assert after[moving] > before[moving]


def test_many_pages_come_with_what_was_measured_for_them(store: OkrStore) -> None:
    """Each with its own numbers and its revision; pages of other sites and unknown ones do not."""
    pages = [PageId(f"{number}") for number in range(1, 4)]
    for page in pages:
        store.save_page(stored(okrs(kr(1, EPIC, page=page), page=page), page=page))
    store.save_page(stored(okrs(kr(1, EPIC)), site=OTHER))
    store.save_deliveries(SITE, [measured(1, counted("PAY-2"), page=page) for page in pages[1:]])

    found = store.measured_pages(SITE, [pages[2], pages[0], PAGE, pages[2]])

    assert {one.page.page: (one.revision, one.deliveries) for one in found} == {
        page: (store.revision(SITE, page), store.deliveries(SITE, page))
        for page in (pages[0], pages[2])
    }
    assert {len(one.deliveries) for one in found} == {0, 1}


def test_more_pages_may_be_asked_for_than_a_statement_takes(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1))))
    asked = [PAGE, *(PageId(f"{number}") for number in range(1000, 4000))]

    assert [one.page.page for one in store.measured_pages(SITE, asked)] == [PAGE]


ALONE = AlignmentFinding("A-01", Severity.W, ObjectiveKey("101-O1"))
CIRCLE = AlignmentFinding(
    "A-02",
    Severity.E,
    ObjectiveKey("101-O1"),
    others=(Mention(PAGE, ObjectiveKey("101-O1")), Mention(PageId("102"), ObjectiveKey("102-O1"))),
)
COPIED = AlignmentFinding(
    "A-06", Severity.W, ObjectiveKey("101-O1"), (("of", "对齐"),), CIRCLE.others[1:]
)


def test_remarks_on_alignment_come_back_as_they_were_kept(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1))))
    assert store.alignment(SITE, PAGE) == ()

    assert store.keep_alignment(SITE, {PAGE: (CIRCLE, COPIED)}) == {PAGE}

    assert store.alignment(SITE, PAGE) == (CIRCLE, COPIED)
    assert store.alignment(OTHER, PAGE) == ()
    [found] = store.measured_pages(SITE, [PAGE])
    assert found.alignment == (CIRCLE, COPIED)
    assert store.keep_alignment(SITE, {PAGE: (CIRCLE, COPIED)}) == frozenset()
    assert store.keep_alignment(SITE, {PAGE: ()}) == {PAGE}
    assert store.alignment(SITE, PAGE) == ()


def test_nothing_is_remarked_about_a_page_that_is_not_kept(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1))))

    assert store.keep_alignment(SITE, {PageId("999"): (ALONE,), PAGE: (ALONE,)}) == {PAGE}
    assert store.alignment(SITE, PageId("999")) == ()


def test_a_page_that_is_saved_anew_keeps_its_remarks_on_alignment(store: OkrStore) -> None:
    """Until somebody looks at them again."""
    store.save_page(stored(okrs(kr(1))))
    store.keep_alignment(SITE, {PAGE: (ALONE,)})

    store.save_page(stored(okrs(kr(1), kr(2)), version=2))

    assert store.alignment(SITE, PAGE) == (ALONE,)
    store.forget_all(SITE)
    assert store.alignment(SITE, PAGE) == ()


def test_the_revision_follows_what_everybody_is_told_about_alignment(store: OkrStore) -> None:
    """What only some may know, and whom a circle goes through, must not show in it."""
    store.save_page(stored(okrs(kr(1))))
    seen = [store.revision(SITE, PAGE)]
    other_way = replace(CIRCLE, others=CIRCLE.others[:1])
    for found in ((CIRCLE,), (CIRCLE, COPIED), (other_way,), (ALONE,), ()):
        store.keep_alignment(SITE, {PAGE: found})
        seen.append(store.revision(SITE, PAGE))

    assert [after - before for before, after in pairwise(seen)] == [1, 0, 0, 1, 1]


def test_a_page_that_was_read_anew_has_another_number(store: OkrStore) -> None:
    store.save_page(stored(okrs(kr(1))))
    store.save_page(stored(okrs(), page=PageId("102")))
    store.save_page(stored(okrs(), page=PageId("103"), site=OTHER))
    before = store.readings(SITE)

    store.save_page(stored(okrs(), page=PageId("102"), read_at=minutes(5)))
    after = store.readings(SITE)

    assert set(before) == set(after) == {PAGE, PageId("102")}
    assert [page for page in after if after[page] != before[page]] == ["102"]
