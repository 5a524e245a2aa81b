"""Hosts are asked seldom, and nothing they said is taken for longer than a minute."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from threading import Barrier, Event, Semaphore, Thread

import pytest

from connector.core.errors import Unavailable
from connector.core.okr import PageId, SiteId
from connector.core.viewer import ANONYMOUS, Viewer
from connector.usecases.sites import Site
from connector.usecases.visibility import RightsUnknown, Visibility
from tests.fakes.rights import FakeRights
from tests.fakes.store import FakeStore
from tests.fakes.tracker import FakeTracker
from tests.fakes.wiki import FakeWiki
from tests.web.conftest import one_site

PAGES = [PageId(f"{number}") for number in range(1, 501)]
ANNA, BEN = Viewer("anna"), Viewer("ben")


@dataclass
class World:
    """A site, its host's rights, and a clock that a test moves."""

    rights: FakeRights = field(default_factory=FakeRights)
    seconds: float = 1000.0
    part: float = 1.0
    most: int = 100_000
    patience: float = 0.05
    visibility: Visibility = field(init=False)
    site: Site = field(init=False)

    def __post_init__(self) -> None:
        self.visibility = Visibility(
            most=self.most,
            clock=lambda: self.seconds,
            part=lambda: self.part,
            patience=self.patience,
        )
        self.site = one_site(FakeStore(), FakeWiki(), FakeTracker(), rights=self.rights)

    def look(self, viewer: Viewer, pages: Collection[PageId] = PAGES) -> frozenset[PageId]:
        return self.visibility.visible(self.site, viewer, pages)

    @property
    def questions(self) -> list[int]:
        """How many pages each question was about, since the last time somebody asked."""
        counted = [len(pages) for _, pages in self.rights.asked]
        self.rights.asked.clear()
        return counted


@dataclass
class Slow(FakeRights):
    """Says when it was asked, and answers when told to."""

    began: Semaphore = field(default_factory=lambda: Semaphore(0))
    answer: Event = field(default_factory=Event)

    def readable(self, viewer: Viewer, pages: Collection[PageId]) -> frozenset[PageId]:
        self.began.release()
        self.answer.wait(timeout=10)
        return super().readable(viewer, pages)


@pytest.fixture
def world() -> World:
    world = World()
    for page in PAGES[::2]:
        world.rights.show(page, "anna")
    return world


def test_everybody_sees_what_their_host_shows_them(world: World) -> None:
    assert world.look(ANNA) == set(PAGES[::2])
    assert world.look(BEN) == frozenset()


def test_the_host_is_asked_about_a_hundred_pages_at_once_and_then_not_for_a_minute(
    world: World,
) -> None:
    world.look(ANNA)
    first = world.questions
    world.seconds += 59.9
    world.look(ANNA)

    assert (first, world.questions) == ([100] * 5, [])


def test_a_right_that_was_taken_away_ends_within_the_minute(world: World) -> None:
    """However often somebody looks in between, and whatever part of the time was drawn."""
    for part in (0.0, 0.5, 1.0):
        world.part = part
        world.rights.show(PAGES[0], "anna")
        world.seconds += 1000
        assert PAGES[0] in world.look(ANNA)
        world.rights.hide(PAGES[0], "anna")

        until = world.seconds + 60
        while world.seconds < until:
            world.look(ANNA)
            world.seconds += 0.5

        assert PAGES[0] not in world.look(ANNA), part


def test_a_host_that_does_not_answer_gives_nobody_more_time(world: World) -> None:
    world.look(ANNA)
    world.rights.down = True
    world.seconds += 59.9
    assert world.look(ANNA) == set(PAGES[::2])

    world.seconds += 0.2
    with pytest.raises(Unavailable):
        world.look(ANNA)


def test_a_site_knows_its_people_alone(world: World) -> None:
    """The same account may be somebody else on another site."""
    world.look(ANNA)
    elsewhere = replace(world.site, name=SiteId("other.example"), rights=FakeRights())

    assert world.visibility.visible(elsewhere, ANNA, PAGES) == frozenset()


def test_a_token_without_a_name_is_not_taken_for_a_stranger(world: World) -> None:
    """What its owner may read stays with the token: others without a name do not inherit it."""
    world.rights.show(PAGES[1], "")
    assert world.look(Viewer("", "first"), PAGES[:2]) == {PAGES[1]}
    world.rights.hide(PAGES[1], "")

    assert world.look(ANONYMOUS, PAGES[:2]) == frozenset()
    assert world.look(Viewer("", "second"), PAGES[:2]) == frozenset()


def test_questions_spread_over_the_minute_and_cost_no_more_for_it() -> None:
    """Somebody keeps a board of 300 pages open for ten minutes, where each page is a question."""
    world = World(FakeRights(at_a_time=1))
    drawn = iter((number * 0.618034) % 1 for number in range(1, 100_000))
    world.visibility = Visibility(clock=lambda: world.seconds, part=lambda: next(drawn))
    pages = PAGES[:300]
    per_second: Counter[int] = Counter()
    for second in range(600):
        world.look(ANNA, pages)
        per_second[second] = sum(world.questions)
        world.seconds += 1

    settled = [per_second[second] for second in range(120, 600)]
    assert per_second[0] == 300
    assert max(settled) <= 3 * 300 / 60
    assert sum(settled) <= 1.02 * 300 * 480 / 60


def test_a_question_for_some_renews_those_that_are_next() -> None:
    """Pages that came one by one are asked about together from then on."""
    world = World()
    for count in range(1, 41):
        world.look(ANNA, PAGES[:count])
        world.seconds += 1
    first = world.questions
    for _ in range(300):
        world.look(ANNA, PAGES[:40])
        world.seconds += 1

    assert len(first) == 40
    assert world.questions == [40] * 5


def test_memory_is_bounded_and_keeps_those_who_look() -> None:
    world = World(most=1210)
    for number in range(20):
        world.look(ANNA)
        world.look(Viewer(f"passer-by-{number}"))
    world.questions.clear()

    world.look(ANNA)
    still_known = world.questions
    world.look(Viewer("passer-by-0"))

    assert (still_known, world.questions) == ([], [100] * 5)


def test_memory_of_one_viewer_is_bounded_too() -> None:
    """Somebody goes through invented page ids; each is forgotten when its minute is over."""
    world = World(most=1000)
    for start in range(0, 20_000, 100):
        world.look(ANNA, [PageId(f"{one}") for one in range(start, start + 100)])
        world.seconds += 10

    (known,) = world.visibility._known.values()
    assert len(known.verdicts) <= 1000 // 2 + 100


def test_memory_is_bounded_while_the_host_does_not_answer() -> None:
    world = World(most=50)
    world.rights.down = True
    for number in range(200):
        with pytest.raises(Unavailable):
            world.look(Viewer(f"passer-by-{number}"))

    assert len(world.visibility._known) <= 50


def test_many_threads_of_one_viewer_ask_once() -> None:
    world = World(patience=5.0)
    start = Barrier(8)
    found: list[frozenset[PageId]] = []

    def look() -> None:
        start.wait()
        found.append(world.look(ANNA))

    threads = [Thread(target=look) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert (len(found), world.questions) == (8, [100] * 5)


def test_slow_hosts_hold_few_threads() -> None:
    """Two wait for their host; a third is told that nobody knows yet, and the known go on."""
    world = World()
    world.look(BEN)
    slow = Slow()
    site = replace(world.site, rights=slow)
    waiting = [
        Thread(target=world.visibility.visible, args=(site, Viewer(name), PAGES))
        for name in ("first", "second")
    ]
    for one in waiting:
        one.start()
    try:
        assert slow.began.acquire(timeout=10)
        assert slow.began.acquire(timeout=10)
        with pytest.raises(RightsUnknown):
            world.visibility.visible(site, Viewer("third"), PAGES)
        assert world.look(BEN) == frozenset()
    finally:
        slow.answer.set()
        for one in waiting:
            one.join()
