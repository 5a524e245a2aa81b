"""What is left at a page: when it changes, as little as can be, and gone when it should be."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

import pytest

from connector.catalogue import words
from connector.core.errors import NotFound, Unavailable
from connector.core.events import PageSaved, PropertyDue, SweepDue
from connector.core.okr import PageId, StoredPage
from connector.core.publishing import PropertyKey
from connector.usecases.handle import Ports, handle
from connector.usecases.link_page import link_page, unlink_page
from connector.usecases.publish_page import (
    Publishing,
    pages_due,
    planned_changes,
    unpublish_page,
)
from schemas import validate
from tests.fakes.properties import FakeProperties
from tests.fakes.store import FakeStore
from tests.usecases.world import PAGE, SITE, World, moved, row

OKRS, BYLINE = PropertyKey.OKRS, PropertyKey.BYLINE
KEYS = [(PAGE, OKRS), (PAGE, BYLINE)]


@dataclass
class PublishingWorld(World):
    writes: bool = True
    reads: bool = True
    properties: FakeProperties = field(init=False)
    slot: int = 0

    def __post_init__(self) -> None:
        self.properties = FakeProperties(self.wiki)

    @property
    def publishing(self) -> Publishing:
        return Publishing(self.properties, self.writes, self.reads, badge=words("en"))

    @property
    def ports(self) -> Ports:
        return replace(super().ports, publishing=self.publishing)

    def sync(self) -> None:
        handle(PageSaved(SITE, PAGE, f"d{self.slot}", self.clock.now()), self.ports)

    def due(self) -> list[PageId]:
        return pages_due(SITE, store=self.store, clock=self.clock, policy=self.policy)

    def publish(self) -> list[Any]:
        """What the jobs of the next interval write."""
        self.properties.writes.clear()
        self.slot += 1
        self.clock.pass_by(seconds=self.policy.publish_every_seconds + 1)
        for page in self.due():
            handle(PropertyDue(SITE, page, self.slot, self.clock.now()), self.ports)
        return list(self.properties.writes)

    def value(self, key: PropertyKey = OKRS) -> Any:
        return self.properties.kept.get((PAGE, key))

    def keys(self) -> dict[str, str]:
        page = self.store.page(SITE, PAGE)
        found = page.okrs.objectives if page and page.okrs else ()
        return {one.title: one.key for each in found for one in each.key_results}

    def lose_the_database(self) -> None:
        self.store = FakeStore()


@pytest.fixture
def world() -> PublishingWorld:
    found = PublishingWorld()
    found.write(row("Paid orders", epic="PAY-1"), row("Refunds fall"))
    found.plan("done", "new")
    found.sync()
    return found


def test_a_page_that_was_read_and_measured_gets_both_properties(world: PublishingWorld) -> None:
    assert world.publish() == KEYS

    assert validate("page-property", world.value()) == []
    assert world.value()["progress"] == 50
    assert world.value(BYLINE)["name"]["value"].startswith("OKR 50")


def test_what_did_not_change_costs_no_call_at_all(world: PublishingWorld) -> None:
    world.publish()
    reads = world.properties.reads
    world.sync()
    assert world.publish() == []

    world.clock.pass_by(hours=7)

    assert world.due() == [PAGE]
    assert world.publish() == []
    assert world.properties.reads == reads


def test_a_burst_of_changes_in_jira_is_written_once(world: PublishingWorld) -> None:
    world.publish()
    for number in range(20):
        world.clock.pass_by(seconds=1)
        world.plan("done", *["new" if number % 2 else "done"] * 3)
        handle(moved(2, world, delivery=f"burst-{number}"), world.ports)

    assert world.publish() == KEYS
    assert world.value()["progress"] == 25
    assert world.publish() == []


def test_between_two_writes_there_is_a_minute(world: PublishingWorld) -> None:
    """However steadily a page changes."""
    at: list[float] = []
    for second in range(200):
        world.clock.pass_by(seconds=1)
        world.plan("done", *["new" if second % 2 else "done"] * 3)
        handle(moved(2, world, delivery=f"steady-{second}"), world.ports)
        if world.due():
            at.append(second)
            handle(PropertyDue(SITE, PAGE, second, world.clock.now()), world.ports)

    assert len(at) == 4
    assert min(later - sooner for sooner, later in pairwise(at)) >= 60


def test_what_we_write_does_not_come_back_to_us(world: PublishingWorld) -> None:
    """Should a site tell that a page was saved when we wrote its property: nothing follows."""
    world.publish()
    for _ in range(3):
        world.sync()
        assert world.publish() == []


def test_only_what_changed_is_written(world: PublishingWorld) -> None:
    """Another title is no other number: the badge stays as it is."""
    world.publish()
    world.write(row("Orders that are paid", epic="PAY-1"), row("Refunds fall"), version=2)
    world.sync()

    assert world.publish() == [(PAGE, OKRS)]


def test_what_the_calendar_changes_is_written_that_day(world: PublishingWorld) -> None:
    """The quarter is nearly over and half is done."""
    world.publish()
    before = world.value()["health"]
    world.clock.pass_by(days=36)

    assert (PAGE, OKRS) in world.publish()
    assert world.value()["health"] != before


@pytest.mark.parametrize("what", ["label", "trash"])
def test_a_page_that_takes_no_part_any_more_keeps_nothing(
    world: PublishingWorld, what: str
) -> None:
    world.publish()
    if what == "label":
        world.write(row("Paid orders", epic="PAY-1"), labels=(), version=2)
    else:
        world.wiki.trash(PAGE)
    world.sync()

    assert world.publish() == (KEYS if what == "label" else [])
    assert world.value() is None or what == "trash"  # what is in the trash is out of reach
    assert world.publish() == []


def test_an_unlinked_page_keeps_nothing() -> None:
    world = PublishingWorld()
    world.write(row("Paid orders"), labels=())
    link_page(SITE, PAGE, world.ports)
    assert world.publish() == KEYS

    unlink_page(SITE, PAGE, world.ports)

    assert world.publish() == KEYS
    assert world.properties.kept == {}


def test_a_page_that_came_back_is_written_again(world: PublishingWorld) -> None:
    world.publish()
    world.write(row("Paid orders", epic="PAY-1"), labels=(), version=2)
    world.sync()
    world.publish()
    world.write(row("Paid orders", epic="PAY-1"), version=3)
    world.sync()

    assert world.publish() == KEYS
    assert world.value()["keys"]["objectives"][0]["key_results"][0]["key"] == "101-1"


def test_where_nobody_agreed_nothing_is_written() -> None:
    world = PublishingWorld(writes=False)
    world.write(row("Paid orders"))
    world.sync()

    assert world.publish() == []
    assert world.properties.kept == {}
    event = PropertyDue(SITE, PAGE, 1, world.clock.now())
    handle(event, replace(world.ports, publishing=None))
    assert world.properties.kept == {}


def test_where_no_app_shows_a_badge_none_is_written(world: PublishingWorld) -> None:
    plain = replace(world.publishing, badge=None)
    ports = replace(world.ports, publishing=plain)

    handle(PropertyDue(SITE, PAGE, 1, world.clock.now()), ports)

    assert world.properties.writes == [(PAGE, OKRS)]


def test_a_page_that_we_may_not_edit_is_asked_for_once(world: PublishingWorld) -> None:
    """It is tried again when it changes, not every minute."""
    world.properties.locked.add(PAGE)
    assert world.publish() == []
    assert world.due() == []

    world.properties.locked.clear()
    world.write(row("Paid orders", epic="PAY-1"), version=2)
    world.sync()

    assert world.publish() == KEYS


def test_a_wiki_that_is_down_is_tried_again(world: PublishingWorld) -> None:
    world.properties.down = True
    with pytest.raises(Unavailable):
        world.publish()
    world.properties.down = False

    assert world.publish() == KEYS


def test_a_wiki_that_is_known_to_be_down_is_left_alone(world: PublishingWorld) -> None:
    world.store.note_outage(SITE, "confluence", world.clock.now())

    assert world.due() == []


def test_a_second_job_about_the_same_page_does_no_harm(world: PublishingWorld) -> None:
    event = PropertyDue(SITE, PAGE, 1, world.clock.now())
    handle(event, world.ports)
    handle(event, world.ports)

    assert world.properties.writes == KEYS


def test_a_page_nobody_knows_is_no_error(world: PublishingWorld) -> None:
    world.lose_the_database()

    handle(PropertyDue(SITE, PAGE, 1, world.clock.now()), world.ports)

    assert world.properties.writes == []


def test_a_dry_run_says_what_would_be_written_and_writes_nothing(world: PublishingWorld) -> None:
    def planned() -> dict[str, tuple[object, object]]:
        found = planned_changes(
            SITE,
            PAGE,
            publishing=world.publishing,
            store=world.store,
            clock=world.clock,
            policy=world.policy,
        )
        return {one.key: (one.before, one.after) for one in found}

    before = planned()
    assert world.properties.writes == []
    world.publish()

    assert before == {key: (None, world.value(key)) for key in PropertyKey}
    assert planned() == {}
    world.lose_the_database()
    with pytest.raises(NotFound):
        planned()


def test_everything_of_ours_can_be_taken_away(world: PublishingWorld) -> None:
    world.publish()

    def take_away() -> list[PropertyKey]:
        return unpublish_page(
            SITE, PAGE, properties=world.properties, store=world.store, clock=world.clock
        )

    assert take_away() == list(PropertyKey)
    assert world.properties.kept == {}
    assert take_away() == []


MOVED = (row("New"), row("Refunds fall"), row("Paid orders", epic="PAY-1"))


def test_keys_outlive_the_database(world: PublishingWorld) -> None:
    world.write(*MOVED, version=2)
    world.sync()
    world.publish()
    keys = world.keys()
    world.lose_the_database()

    world.sync()

    assert world.keys() == keys == {"New": "101-3", "Refunds fall": "101-2", "Paid orders": "101-1"}
    assert world.publish() == []


def test_without_looking_they_do_not(world: PublishingWorld) -> None:
    """What the property is for."""
    world.write(*MOVED, version=2)
    world.sync()
    world.publish()
    world.lose_the_database()
    world.reads = False

    world.sync()

    assert world.keys()["New"] == "101-1"


def test_rows_that_move_while_there_is_no_database_are_known_too(world: PublishingWorld) -> None:
    world.publish()
    world.lose_the_database()
    world.write(*MOVED, version=2)

    world.sync()

    assert world.keys() == {"New": "101-3", "Refunds fall": "101-2", "Paid orders": "101-1"}


def test_a_page_that_cannot_be_read_just_then_keeps_its_keys_for_later(
    world: PublishingWorld,
) -> None:
    """The rebuild meets a page in error, and leaves its state at it: the keys stay."""
    world.write(*MOVED, version=2)
    world.sync()
    world.publish()
    keys = world.keys()
    world.lose_the_database()
    world.write(body="<table><tbody><tr>", version=3)
    world.sync()
    assert (PAGE, OKRS) in world.publish()
    assert world.value()["state"] == "errors"

    world.write(*MOVED, version=4)
    world.sync()

    assert world.keys() == keys


def test_while_the_wiki_does_not_say_no_key_is_given(world: PublishingWorld) -> None:
    """A key given in ignorance would be wrong for ever."""
    world.write(*MOVED, version=2)
    world.sync()
    world.publish()
    keys = world.keys()
    world.lose_the_database()
    world.properties.down = True
    with pytest.raises(Unavailable):
        world.sync()
    assert world.store.page(SITE, PAGE) is None

    world.properties.down = False
    world.sync()

    assert world.keys() == keys


THEFT: dict[str, Callable[[Any], object]] = {
    "of another page": lambda one: one | {"page": "666"},
    "of nobody": lambda _: "okr",
    "too new": lambda one: one | {"format": 2},
}


@pytest.mark.parametrize("harm", THEFT)
def test_what_is_not_this_pages_own_is_no_hint(world: PublishingWorld, harm: str) -> None:
    """A copied page brings along the property of its original; an editor may write anything."""
    world.write(*MOVED, version=2)
    world.sync()
    world.publish()
    world.lose_the_database()
    world.properties.kept[PAGE, OKRS] = THEFT[harm](world.value())

    world.sync()

    assert world.keys()["New"] == "101-1"
    assert (PAGE, OKRS) in world.publish()
    assert world.value()["page"] == PAGE


def test_a_page_that_is_known_is_not_asked_for_its_keys(world: PublishingWorld) -> None:
    world.publish()
    reads = world.properties.reads

    world.write(*MOVED, version=2)
    world.sync()

    assert world.properties.reads == reads


def linked_and_lost(declared: bool = True) -> PublishingWorld:
    """A page without a label, linked and published, and a new database that swept everything."""
    world = PublishingWorld()
    world.write(*MOVED, labels=())
    link_page(SITE, PAGE, world.ports)
    world.publish()
    world.lose_the_database()
    world.properties.declared = declared
    return world


def sweep(world: PublishingWorld) -> StoredPage | None:
    handle(SweepDue(SITE, 1, full=True, received_at=world.clock.now()), world.ports)
    return world.store.page(SITE, PAGE)


def test_a_page_that_was_linked_is_found_again_where_search_knows_properties() -> None:
    found = sweep(linked_and_lost())

    assert found is not None
    assert found.linked
    assert sweep(linked_and_lost(declared=False)) is None


def test_what_says_nothing_of_a_link_links_nothing(world: PublishingWorld) -> None:
    """A page that lost its label while there was no database; a copy of one that is linked."""
    world.publish()
    world.lose_the_database()
    world.write(*MOVED, labels=(), version=2)
    assert sweep(world) is None

    copied = linked_and_lost()
    copied.properties.kept[PAGE, OKRS] = {**copied.value(), "page": "666"}
    assert sweep(copied) is None


def test_an_unlinked_page_is_not_found_again() -> None:
    world = linked_and_lost()
    sweep(world)
    unlink_page(SITE, PAGE, world.ports)
    world.publish()
    world.lose_the_database()

    assert sweep(world) is None
