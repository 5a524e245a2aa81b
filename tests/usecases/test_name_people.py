"""People who are mentioned on a page are kept and shown by name."""

from dataclasses import replace

import pytest

from connector.core.errors import NotFound
from connector.core.okr import PageId, Person
from connector.usecases.preview_page import preview_page
from connector.usecases.sync_pages import sync_pages
from tests.usecases.world import PAGE, SITE, World

OTHER = PageId("102")
MENTION = '<ac:link><ri:user ri:account-id="{}" /></ac:link>'
BODY = """<h2>Objective: Customers pay without a second thought</h2><table><tbody>
<tr><th><p>Key Result</p></th><th><p>Owner</p></th></tr>
<tr><td><p>Churn at most 2%</p></td><td><p>{people}</p></td></tr></tbody></table>"""


def body(*accounts: str) -> str:
    return BODY.format(people=" ".join(MENTION.format(one) for one in accounts))


@pytest.fixture
def world() -> World:
    """Two pages; Ana is on both, Bo on one, and nobody knows the third."""
    world = World()
    world.wiki.people = {"1:a": "Ana", "1:b": "Bo"}
    world.write(body=body("1:a", "1:b"))
    world.wiki.save(replace(world.wiki.kept[PAGE], page=OTHER, body=body("1:a", "1:gone")))
    return world


def sync(world: World) -> None:
    sync_pages(
        SITE,
        [PAGE, OTHER],
        wiki=world.wiki,
        store=world.store,
        clock=world.clock,
        policy=world.policy,
    )


def owners(world: World, page: PageId = PAGE) -> tuple[Person, ...]:
    kept = world.store.page(SITE, page)
    assert kept is not None
    assert kept.okrs is not None
    return kept.okrs.objectives[0].key_results[0].owners


def test_all_pages_of_a_sync_are_named_by_one_lookup(world: World) -> None:
    sync(world)

    assert world.wiki.asked_for == [{"1:a", "1:b", "1:gone"}]
    assert owners(world) == (Person("Ana", "1:a"), Person("Bo", "1:b"))
    assert owners(world, OTHER) == (Person("Ana", "1:a"), Person("", "1:gone"))


def test_pages_that_mention_nobody_cost_no_lookup(world: World) -> None:
    world.write(body=BODY.format(people="Ana"))
    world.wiki.trash(OTHER)

    sync(world)

    assert world.wiki.asked_for == []


def test_a_lookup_that_fails_takes_no_name_away(world: World) -> None:
    sync(world)
    world.wiki.people = {"1:a": "Ana Cruz"}
    world.write(body=body("1:b", "1:a"), version=2)

    sync(world)

    assert owners(world) == (Person("Bo", "1:b"), Person("Ana Cruz", "1:a"))


def test_a_dry_run_of_a_page_that_the_wiki_does_not_show_says_so(world: World) -> None:
    world.wiki.trash(PAGE)

    with pytest.raises(NotFound):
        preview_page(
            SITE,
            PAGE,
            wiki=world.wiki,
            tracker=world.tracker,
            store=world.store,
            clock=world.clock,
            policy=world.policy,
        )


def test_a_dry_run_shows_names_too(world: World) -> None:
    preview = preview_page(
        SITE,
        PAGE,
        wiki=world.wiki,
        tracker=world.tracker,
        store=world.store,
        clock=world.clock,
        policy=world.policy,
    )

    assert preview.page.okrs is not None
    (result,) = preview.page.okrs.objectives[0].key_results
    assert [one.name for one in result.owners] == ["Ana", "Bo"]
