"""A person looks at a page, links it, and takes the link back."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from connector.core.errors import Conflict, NotFound, Refused
from connector.core.okr import PageId, PageState, StoredPage
from connector.core.page_address import NoPageMeant
from connector.usecases.handle import sweep_site
from connector.usecases.link_page import link_page, linked_pages, unlink_page
from connector.usecases.preview_page import Preview, find_page, preview_page
from tests.fakes.store import FakeStore
from tests.usecases.world import EPIC, PAGE, SITE, World, row

WIKI = "https://example.atlassian.net/wiki"
TITLE = "Payments OKRs 2026 Q4"


@pytest.fixture
def world() -> World:
    """A page nobody labelled, with one key result of which two issues of four are done."""
    found = World()
    found.plan("done", "done", "new", "new")
    found.write(row("NPS rises from 20 to 40", target="40", epic=EPIC), labels=())
    return found


def look(world: World, page: PageId = PAGE) -> Preview:
    ports = world.ports
    return preview_page(
        SITE,
        page,
        wiki=ports.wiki,
        tracker=ports.tracker,
        store=ports.store,
        clock=ports.clock,
        policy=ports.policy,
    )


def kept(world: World) -> StoredPage:
    found = world.store.page(SITE, PAGE)
    assert found is not None
    return found


def key_of(page: StoredPage) -> str:
    assert page.okrs is not None
    return page.okrs.objectives[0].key_results[0].key


def test_looking_keeps_nothing(world: World) -> None:
    preview = look(world)

    (delivery,) = preview.deliveries.values()
    assert (delivery.done, delivery.total) == (2, 4)
    assert (preview.labelled, preview.linked, preview.counted) == (False, False, True)
    assert world.store.kept == {}
    assert world.store.measured == {}


def test_a_page_is_still_understood_while_jira_is_away(world: World) -> None:
    world.tracker.down = True

    preview = look(world)

    assert preview.page.shown is not None
    assert (preview.counted, preview.deliveries) == (False, {})


def test_a_linked_page_is_kept_measured_and_followed(world: World) -> None:
    done = link_page(SITE, PAGE, world.ports)

    assert done.measured
    assert (done.page.linked, done.page.state) == (True, PageState.READ)
    assert [(one.done, one.total) for one in world.store.measured.values()] == [(2, 4)]
    assert linked_pages(SITE, store=world.store) == [done.page]

    world.write(row("NPS rises from 20 to 50", target="50", epic=EPIC), version=2, labels=())
    sweep_site(SITE, world.ports, full=False)

    assert (kept(world).version, kept(world).linked) == (2, True)
    assert look(world).linked


def test_a_page_is_linked_though_jira_is_away(world: World) -> None:
    world.tracker.down = True

    done = link_page(SITE, PAGE, world.ports)
    world.tracker.down = False
    sweep_site(SITE, world.ports, full=False)

    assert not done.measured
    assert kept(world).linked
    assert [(one.done, one.total) for one in world.store.measured.values()] == [(2, 4)]


def test_a_page_that_is_not_shown_to_us_is_not_linked(world: World) -> None:
    world.wiki.trash(PAGE)

    with pytest.raises(NotFound):
        link_page(SITE, PAGE, world.ports)
    with pytest.raises(NotFound):
        look(world)
    assert world.store.kept == {}


def test_a_page_that_went_away_since_is_not_linked_anew(world: World) -> None:
    link_page(SITE, PAGE, world.ports)
    world.wiki.trash(PAGE)

    with pytest.raises(NotFound):
        link_page(SITE, PAGE, world.ports)


def test_without_its_link_a_page_takes_part_no_longer_and_its_keys_wait(world: World) -> None:
    link_page(SITE, PAGE, world.ports)
    key = key_of(kept(world))

    unlink_page(SITE, PAGE, world.ports)

    assert (kept(world).linked, kept(world).state) == (False, PageState.GONE)
    assert linked_pages(SITE, store=world.store) == []
    assert world.store.links(SITE) == {}
    assert key_of(look(world).page) == key
    assert key_of(link_page(SITE, PAGE, world.ports).page) == key


def test_a_labelled_page_goes_on_taking_part(world: World) -> None:
    link_page(SITE, PAGE, world.ports)
    world.write(row("NPS rises from 20 to 40"), labels=("okr",), version=2)

    unlink_page(SITE, PAGE, world.ports)

    assert (kept(world).linked, kept(world).state) == (False, PageState.READ)


def test_a_link_is_taken_back_though_the_wiki_is_away(world: World) -> None:
    link_page(SITE, PAGE, world.ports)
    world.wiki.down = True

    unlink_page(SITE, PAGE, world.ports)
    assert not kept(world).linked

    world.wiki.down = False
    sweep_site(SITE, world.ports, full=False)
    assert kept(world).state is PageState.GONE


@pytest.mark.parametrize("before", [None, "labelled"])
def test_what_nobody_linked_cannot_be_unlinked(world: World, before: str | None) -> None:
    if before:
        link_page(SITE, PAGE, world.ports)
        world.store.save_page(replace(kept(world), linked=False))

    with pytest.raises(NotFound):
        unlink_page(SITE, PAGE, world.ports)


class ReadsAnew(FakeStore):
    """A job keeps a newer version between our reading and our writing."""

    def save_page(self, page: StoredPage) -> bool:
        return False


def test_a_link_is_not_taken_back_over_news(world: World) -> None:
    link_page(SITE, PAGE, world.ports)
    ports = replace(world.ports, store=ReadsAnew(kept=world.store.kept))

    with pytest.raises(Conflict):
        unlink_page(SITE, PAGE, ports)
    assert kept(world).linked


@pytest.mark.parametrize(
    "text", [PAGE, f"{WIKI}/spaces/PAY/pages/{PAGE}/x", f"{WIKI}/display/PAY/{TITLE}"]
)
def test_a_page_is_found_by_what_a_person_pastes(world: World, text: str) -> None:
    assert find_page(text, wiki=world.wiki, wiki_url=WIKI) == PAGE


class RefusesQueries:
    """A wiki that refuses a query naming a space it does not have."""

    def __getattr__(self, name: str) -> Callable[..., object]:
        def refuse(*_: object) -> object:
            raise Refused("no space with that key")

        return refuse


def test_hidden_and_unknown_titles_look_alike(world: World) -> None:
    address = f"{WIKI}/display/PAY/Another"

    with pytest.raises(NotFound) as unknown:
        find_page(address, wiki=world.wiki, wiki_url=WIKI)
    with pytest.raises(NotFound) as refused:
        find_page(address, wiki=RefusesQueries(), wiki_url=WIKI)  # type: ignore[arg-type]  # refuses everything alike

    assert str(unknown.value) == str(refused.value)


def test_an_address_of_another_wiki_is_refused(world: World) -> None:
    with pytest.raises(NoPageMeant):
        find_page("https://other.example/pages/101", wiki=world.wiki, wiki_url=WIKI)
