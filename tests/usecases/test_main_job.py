"""The main job: a page, an epic, a number."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import NoReturn

import pytest

from connector.core.errors import Throttled, Unauthorized, Unavailable
from connector.core.events import PageSaved, SweepDue
from connector.core.okr import EpicLink, IssueId, IssueKey, KrKey, PageState, StatusCategory
from connector.usecases.handle import handle
from tests.usecases.world import EPIC, PAGE, SITE, World, issue, moved, row

KR1, KR2 = KrKey("101-1"), KrKey("101-2")


def saved(world: World, version: int = 1) -> PageSaved:
    return PageSaved(SITE, PAGE, f"v{version}", world.clock.now())


def swept(world: World, *, full: bool = False) -> SweepDue:
    return SweepDue(SITE, 1, full, world.clock.now())


@pytest.fixture
def world() -> World:
    """A page with two key results, one fed by an epic of four issues, read and measured."""
    world = World()
    world.plan("done", "new", "new", "indeterminate")
    world.write(row("Checkout abandonment from 40% to 25%", epic=EPIC), row("Churn at most 2%"))
    handle(saved(world), world.ports)
    world.clock.pass_by(minutes=1)
    return world


def progress(world: World, key: KrKey = KR1) -> Fraction | None:
    delivery = world.store.delivery(SITE, key)
    return delivery.progress.ratio if delivery and delivery.progress else None


def test_a_saved_page_is_read_and_its_work_counted(world: World) -> None:
    page = world.store.page(SITE, PAGE)

    assert page is not None
    assert page.okrs is not None
    assert [one.key for one in page.okrs.objectives[0].key_results] == [KR1, KR2]
    assert progress(world) == Fraction(1, 4)


def test_a_closed_issue_moves_its_key_result(world: World) -> None:
    world.tracker.put(issue(3, "done", parent=EPIC))

    handle(moved(3, world), world.ports)

    assert progress(world) == Fraction(1, 2)


def test_an_issue_that_feeds_nothing_costs_no_call(world: World) -> None:
    world.tracker.calls.clear()

    handle(moved(77, world, parents=(IssueKey("OPS-1"),)), world.ports)

    assert world.tracker.calls == []


def test_an_issue_that_leaves_its_epic_leaves_the_count(world: World) -> None:
    world.tracker.put(replace(issue(2, "done"), parent=IssueKey("OPS-1")))

    handle(moved(2, world, parents=(IssueKey("OPS-1"),)), world.ports)

    assert progress(world) == Fraction(0)


def test_a_burst_costs_one_reading(world: World) -> None:
    events = [moved(3, world, delivery=f"d-{n}") for n in range(5)]
    world.clock.pass_by(seconds=11)
    world.tracker.calls.clear()

    for event in events:
        handle(event, world.ports)
        world.clock.pass_by(seconds=1)

    assert world.tracker.calls == ["fetch_work"]


@pytest.mark.parametrize(("issue", "calls"), [(3, []), (4, ["fetch_work"])])
def test_news_that_a_reading_was_told_of_costs_nothing(
    world: World, issue: int, calls: list[str]
) -> None:
    """The reading named issue 3, so it saw what was received of it before; 4 may lag behind."""
    world.store.touch(SITE, IssueId("10003"), [EpicLink(EPIC)], world.clock.now())
    event = moved(issue, world)
    world.clock.pass_by(seconds=1)
    handle(saved(world), world.ports)
    world.tracker.calls.clear()

    handle(event, world.ports)

    assert world.tracker.calls == calls


def test_news_after_the_reading_is_read(world: World) -> None:
    world.store.touch(SITE, IssueId("10003"), [EpicLink(EPIC)], world.clock.now())
    world.clock.pass_by(seconds=1)
    handle(saved(world), world.ports)
    world.clock.pass_by(seconds=1)
    event = moved(3, world)
    world.tracker.calls.clear()

    handle(event, world.ports)

    assert world.tracker.calls == ["fetch_work"]


def test_an_event_younger_than_the_index_lag_is_read_with_its_issue_named(world: World) -> None:
    handle(moved(3, world), world.ports)
    world.clock.pass_by(seconds=1)
    recent = world.store.touched(SITE, [EpicLink(EPIC)], world.clock.now().replace(minute=0))

    assert [str(one) for one in recent] == ["10003"]


def test_jira_down_keeps_the_last_value_and_says_since_when(world: World) -> None:
    world.tracker.down = True

    with pytest.raises(Unavailable):
        handle(moved(3, world), world.ports)

    assert progress(world) == Fraction(1, 4)
    assert world.store.outages(SITE) == {"jira": world.clock.now()}

    world.tracker.down = False
    handle(moved(3, world, delivery="again"), world.ports)

    assert world.store.outages(SITE) == {}


def test_being_throttled_is_no_outage(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow_down(*_links: object, **_more: object) -> NoReturn:
        raise Throttled(timedelta(minutes=1))

    monkeypatch.setattr(world.tracker, "fetch_work", slow_down)

    with pytest.raises(Throttled):
        handle(moved(3, world), world.ports)

    assert world.store.outages(SITE) == {}


def test_an_outage_begins_when_it_was_first_noticed(world: World) -> None:
    world.tracker.down = True
    first = world.clock.now()

    for delivery in ("one", "two"):
        with pytest.raises(Unavailable):
            handle(moved(3, world, delivery=delivery), world.ports)
        world.clock.pass_by(minutes=5)

    assert world.store.outages(SITE) == {"jira": first}


def test_a_page_whose_okrs_were_deleted_is_empty_and_its_numbers_are_not_given_again(
    world: World,
) -> None:
    world.write(version=2, body="<p>Notes of the offsite</p>")
    handle(saved(world, 2), world.ports)
    emptied = world.store.page(SITE, PAGE)
    world.write(row("NPS from 20 to 40"), row("Churn at most 2%"), version=3)
    handle(saved(world, 3), world.ports)
    filled = world.store.page(SITE, PAGE)

    assert emptied is not None
    assert (emptied.state, emptied.shown, emptied.good_version) == (PageState.EMPTY, None, 1)
    assert filled is not None
    assert filled.okrs is not None
    assert [one.key for one in filled.okrs.objectives[0].key_results] == ["101-3", KR2]


def test_a_refused_token_is_seen_as_an_outage(world: World) -> None:
    world.tracker.token_refused = True

    with pytest.raises(Unauthorized):
        handle(moved(3, world), world.ports)

    assert world.store.outages(SITE) == {"jira": world.clock.now()}


def test_a_page_with_errors_keeps_its_last_good_okrs(world: World) -> None:
    world.write(version=2, body="<p>never closed")

    handle(saved(world, 2), world.ports)
    page = world.store.page(SITE, PAGE)

    assert page is not None
    assert (page.state, page.version, page.good_version) == (PageState.ERRORS, 2, 1)
    assert page.okrs is not None
    assert [one.rule for one in page.findings] == ["F-01"]
    assert progress(world) == Fraction(1, 4)


def test_keys_stay_with_their_words_when_rows_move(world: World) -> None:
    world.write(
        row("NPS from 20 to 40"),
        row("Churn at most 2%"),
        row("Checkout abandonment from 40% to 25%", epic=EPIC),
        version=2,
    )

    handle(saved(world, 2), world.ports)
    page = world.store.page(SITE, PAGE)

    assert page is not None
    assert page.okrs is not None
    keys = [one.key for one in page.okrs.objectives[0].key_results]
    assert keys == ["101-3", KR2, KR1]


def test_a_page_that_loses_its_label_is_no_longer_live(world: World) -> None:
    world.write(row("Churn at most 2%"), version=2, labels=())

    handle(saved(world, 2), world.ports)
    page = world.store.page(SITE, PAGE)

    assert page is not None
    assert page.state is PageState.GONE
    assert world.store.links(SITE) == {}


def test_a_page_that_never_took_part_is_not_kept() -> None:
    world = World()
    world.write(row("Churn at most 2%"), labels=("minutes",))

    handle(saved(world), world.ports)

    assert world.store.pages(SITE) == []


def test_a_trashed_page_comes_back_when_it_is_restored(world: World) -> None:
    page = world.wiki.kept[PAGE]
    world.wiki.trash(PAGE)
    handle(saved(world, 2), world.ports)
    gone = world.store.page(SITE, PAGE)
    world.wiki.save(page, world.clock.now())

    handle(saved(world, 3), world.ports)
    back = world.store.page(SITE, PAGE)

    assert gone is not None
    assert gone.state is PageState.GONE
    assert back is not None
    assert back.state is PageState.READ


def test_a_sweep_finds_what_webhooks_missed(world: World) -> None:
    handle(swept(world), world.ports)
    world.clock.pass_by(minutes=5)
    world.tracker.put(
        replace(issue(3, "done", parent=EPIC), updated=world.clock.now()),
        replace(issue(4, "done", parent=EPIC), updated=world.clock.now()),
    )
    world.clock.pass_by(minutes=1)

    handle(swept(world), world.ports)

    assert progress(world) == Fraction(3, 4)


def test_a_sweep_without_news_reads_no_page_and_counts_nothing(world: World) -> None:
    handle(swept(world), world.ports)
    world.clock.pass_by(minutes=10)
    handle(swept(world), world.ports)
    world.clock.pass_by(minutes=10)
    world.wiki.reads.clear()
    world.tracker.calls.clear()

    handle(swept(world), world.ports)

    assert world.wiki.reads == []
    assert world.tracker.calls == ["changed_links"]


@pytest.mark.parametrize("full", [False, True])
def test_a_sweep_notices_a_label_taken_away(world: World, full: bool) -> None:
    handle(swept(world), world.ports)
    world.clock.pass_by(minutes=5)
    world.write(row("Churn at most 2%"), version=2, labels=())

    handle(swept(world, full=full), world.ports)
    page = world.store.page(SITE, PAGE)

    assert page is not None
    assert page.state is PageState.GONE


def test_a_hidden_epic_is_no_data_not_zero(world: World) -> None:
    world.tracker.hidden.add(EPIC)

    handle(moved(3, world), world.ports)
    delivery = world.store.delivery(SITE, KR1)

    assert delivery is not None
    assert (delivery.hidden, delivery.total, delivery.progress) == (1, 0, None)


def test_done_is_the_category_even_when_the_status_says_otherwise(world: World) -> None:
    world.tracker.put(
        replace(issue(3, "done", parent=EPIC), status="待办", category=StatusCategory.DONE)
    )

    handle(moved(3, world), world.ports)

    assert progress(world) == Fraction(1, 2)
