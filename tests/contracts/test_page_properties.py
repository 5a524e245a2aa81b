"""What properties of pages promise: the same tests on the fake and on Confluence over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

import pytest
import requests

from connector.core.errors import Forbidden, NotFound
from connector.core.json import JsonObject
from connector.core.okr import PageId
from connector.core.publishing import PropertyKey
from connector.ports import PageProperties, WikiPages
from connector.web.connect import load_descriptor
from sandbox.directory import TOM
from sandbox.site import Site
from sandbox.wiki.model import Page
from tests.atlassian.planted import planted
from tests.contracts.test_wiki_pages import FakeWikiWorld, SandboxWikiWorld, WikiWorld
from tests.fakes.properties import FakeProperties

OKRS, BYLINE = PropertyKey.OKRS, PropertyKey.BYLINE
VALUE: JsonObject = {"format": 1, "cycle": "2026-Q4", "标题": "按时交付 “目标”", "progress": 45}
NOWHERE = PageId("999999")


class World(Protocol):
    @property
    def pages(self) -> WikiWorld: ...

    @property
    def properties(self) -> PageProperties: ...

    @property
    def searches(self) -> bool:
        """Whether an app can teach its search a property at all."""
        ...

    def declare(self, declared: bool) -> None:
        """An app that is installed teaches search our property."""
        ...

    def lock(self, page: PageId) -> None:
        """We may still read it, and not edit it."""
        ...

    def tamper(self, page: PageId, key: PropertyKey, value: object) -> None:
        """Somebody else writes our property."""
        ...


@dataclass
class FakeWorld:
    pages: FakeWikiWorld = field(default_factory=FakeWikiWorld)
    properties: FakeProperties = field(init=False)

    def __post_init__(self) -> None:
        self.properties = FakeProperties(self.pages.wiki)

    searches = True

    def declare(self, declared: bool) -> None:
        self.properties.declared = declared

    def lock(self, page: PageId) -> None:
        self.properties.locked.add(page)

    def tamper(self, page: PageId, key: PropertyKey, value: object) -> None:
        self.properties.kept[page, key] = value


@dataclass
class SandboxWorld:
    pages: SandboxWikiWorld

    @property
    def properties(self) -> PageProperties:
        return self.pages.connection.properties

    @property
    def site(self) -> Site:
        return self.pages.connection.site

    @property
    def searches(self) -> bool:
        return self.site.flavor == "cloud"

    def declare(self, declared: bool) -> None:
        """As the sandbox takes the modules of a descriptor from whoever tries one."""
        if declared and self.searches:
            modules = load_descriptor()["modules"]
            answer = requests.post(
                f"{self.pages.connection.address}/_sandbox/properties", json=modules, timeout=5
            )
            answer.raise_for_status()

    def lock(self, page: PageId) -> None:
        self.site.pages.rights.restrict(int(page), "update", TOM.account_id)

    def tamper(self, page: PageId, key: PropertyKey, value: object) -> None:
        held = self._page(page)
        for one in self.site.pages.properties(held, key):
            self.site.pages.remove_property(held, one)
        self.site.pages.add_property(held, key, value, by=TOM, at=self.site.now())

    def _page(self, page: PageId) -> Page:
        kept = self.site.pages.find(int(page))
        assert kept is not None
        return kept


@contextmanager
def world_of(kind: str) -> Iterator[World]:
    if kind == "fake":
        yield FakeWorld()
        return
    with planted("empty", flavor=kind) as connection:
        yield SandboxWorld(SandboxWikiWorld(connection))


@pytest.fixture(params=["fake", "cloud", "dc"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    with world_of(request.param) as found:
        yield found


def version(wiki: WikiPages, page: PageId) -> int:
    (found,) = wiki.read_pages([page])
    return found.version


def test_what_is_written_is_read_again_and_the_page_is_left_as_it_is(world: World) -> None:
    page = world.pages.write("Company", "okr")
    (before,) = world.pages.wiki.read_pages([page])

    assert world.properties.read(page, OKRS) is None
    assert world.properties.write(page, OKRS, VALUE)
    assert world.properties.read(page, OKRS) == VALUE
    assert world.properties.read(page, BYLINE) is None
    assert world.pages.wiki.read_pages([page]) == [before]


def test_only_a_change_is_written(world: World) -> None:
    page = world.pages.write("Company", "okr")

    answers = [
        world.properties.write(page, OKRS, VALUE),
        world.properties.write(page, OKRS, dict(reversed(VALUE.items()))),
        world.properties.write(page, OKRS, VALUE | {"progress": 50}),
        world.properties.write(page, OKRS, VALUE | {"progress": 50}),
        world.properties.write(page, BYLINE, {"name": {"value": "OKR 50 %"}}),
    ]

    assert answers == [True, False, True, False, True]
    assert world.properties.read(page, OKRS) == VALUE | {"progress": 50}


def test_what_somebody_else_put_there_is_read_and_written_over(world: World) -> None:
    page = world.pages.write("Company", "okr")
    for value in ("7", [1], 7, {"keys": None}):
        world.tamper(page, OKRS, value)

        assert world.properties.read(page, OKRS) == value
        assert world.properties.write(page, OKRS, VALUE)
        assert world.properties.read(page, OKRS) == VALUE


def test_a_deleted_property_is_gone_and_may_come_again(world: World) -> None:
    page = world.pages.write("Company", "okr")
    world.properties.write(page, OKRS, VALUE)
    world.properties.write(page, BYLINE, {"name": {"value": "OKR"}})

    assert world.properties.delete(page, OKRS)
    assert not world.properties.delete(page, OKRS)
    assert world.properties.read(page, OKRS) is None
    assert world.properties.read(page, BYLINE) is not None
    assert world.properties.write(page, OKRS, VALUE)


def test_a_page_that_is_not_there_has_none_and_takes_none(world: World) -> None:
    trashed, hidden = world.pages.write("A"), world.pages.write("B")
    for page in (trashed, hidden):
        world.properties.write(page, OKRS, VALUE)
    world.pages.trash(trashed)
    world.pages.hide(hidden)

    for page in (trashed, hidden, NOWHERE):
        assert world.properties.read(page, OKRS) is None
        assert not world.properties.delete(page, OKRS)
        with pytest.raises(NotFound):
            world.properties.write(page, OKRS, VALUE)


def test_a_page_that_we_may_not_edit_keeps_what_it_has(world: World) -> None:
    page = world.pages.write("Company", "okr")
    world.properties.write(page, OKRS, VALUE)
    world.lock(page)

    assert world.properties.read(page, OKRS) == VALUE
    assert not world.properties.write(page, OKRS, VALUE)
    for key in (OKRS, BYLINE):
        with pytest.raises(Forbidden):
            world.properties.write(page, key, {"progress": 99})
    with pytest.raises(Forbidden):
        world.properties.delete(page, OKRS)
    assert world.properties.read(page, OKRS) == VALUE


def test_pages_that_have_ours_are_found_where_an_app_declared_it(world: World) -> None:
    page, other = world.pages.write("Company"), world.pages.write("Team")
    world.properties.write(page, OKRS, {"objectives": 3})
    world.properties.write(other, BYLINE, {"objectives": 3})
    world.declare(False)
    assert world.properties.pages() == []

    world.declare(True)

    assert world.properties.pages() == ([page] if world.searches else [])
