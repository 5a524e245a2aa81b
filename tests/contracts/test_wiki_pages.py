"""What every wiki promises: the same tests on the fake and on Confluence over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from connector.core.okr import PageId
from connector.ports import WikiPage, WikiPages
from sandbox.datacenter.people import account_of
from sandbox.directory import BOT, LI_NA, TOM, USERS, User
from sandbox.wiki.changes import create_page, trash_page, update_page
from sandbox.wiki.model import Page
from tests.atlassian.planted import Connection, planted
from tests.fakes.wiki import FakeWiki

LABELS = ("okr", "okrs", "目标")
BODY = "<p>目标 &amp; <strong>key</strong></p>"


class WikiWorld(Protocol):
    """What people do in Confluence."""

    @property
    def wiki(self) -> WikiPages: ...

    def write(self, title: str, *labels: str) -> PageId: ...

    def save(self, page: PageId) -> None: ...

    def trash(self, page: PageId) -> None: ...

    def hide(self, page: PageId) -> None: ...

    def account(self, user: User) -> str:
        """What a page's mention of the person holds."""
        ...

    def leads_to(self, url: str, page: PageId) -> bool: ...


@dataclass
class FakeWikiWorld:
    wiki: FakeWiki = field(
        default_factory=lambda: FakeWiki(people={one.account_id: one.name for one in USERS})
    )

    def write(self, title: str, *labels: str) -> PageId:
        page = PageId(str(len(self.wiki.kept) + 1))
        url = f"https://site.example/wiki/spaces/HARBOUR/pages/{page}"
        kept = WikiPage(page, title, "HARBOUR", url, 1, frozenset(labels), BODY)
        self.wiki.save(kept)
        return page

    def save(self, page: PageId) -> None:
        kept = self.wiki.kept[page]
        self.wiki.save(replace(kept, version=kept.version + 1), at=datetime.now(UTC))

    def trash(self, page: PageId) -> None:
        self.wiki.trash(page)

    def hide(self, page: PageId) -> None:
        self.wiki.trash(page)

    def account(self, user: User) -> str:
        return user.account_id

    def leads_to(self, url: str, page: PageId) -> bool:
        return url.endswith(f"/wiki/spaces/HARBOUR/pages/{page}")


@dataclass
class SandboxWikiWorld:
    connection: Connection

    @property
    def wiki(self) -> WikiPages:
        return self.connection.wiki

    def write(self, title: str, *labels: str) -> PageId:
        site = self.connection.site
        (space,) = site.pages.spaces()
        page = create_page(site, space=space, title=title, body=BODY, parent_id=None, author=TOM)
        for label in labels:
            site.pages.add_label(page, label)
        return PageId(str(page.id))

    def save(self, page: PageId) -> None:
        kept = self._page(page)
        number = kept.version.number + 1
        site = self.connection.site
        update_page(site, kept, title=kept.title, body=kept.body, number=number, author=TOM)

    def trash(self, page: PageId) -> None:
        trash_page(self.connection.site, self._page(page), BOT)

    def hide(self, page: PageId) -> None:
        self.connection.site.pages.restrict(self._page(page), TOM, may_edit=True)

    def account(self, user: User) -> str:
        return user.account_id if self._cloud else account_of(user).userkey

    def leads_to(self, url: str, page: PageId) -> bool:
        if self._cloud:
            return url.endswith(f"/wiki/spaces/HARBOUR/pages/{page}")
        return url.endswith(f"/confluence/pages/viewpage.action?pageId={page}")

    @property
    def _cloud(self) -> bool:
        return self.connection.flavor == "cloud"

    def _page(self, page: PageId) -> Page:
        kept = self.connection.site.pages.find(int(page))
        assert kept is not None
        return kept


@contextmanager
def wiki_world(kind: str) -> Iterator[WikiWorld]:
    if kind == "fake":
        yield FakeWikiWorld()
        return
    with planted("empty", flavor=kind) as connection:
        yield SandboxWikiWorld(connection)


@pytest.fixture(params=["fake", "cloud", "dc"])
def world(request: pytest.FixtureRequest) -> Iterator[WikiWorld]:
    with wiki_world(request.param) as found:
        yield found


def test_pages_with_one_of_the_labels_are_found(world: WikiWorld) -> None:
    wanted = {world.write("Company", "okr"), world.write("产品", "目标", "draft")}
    world.write("Notes", "meeting-notes")
    world.write("Bare")

    found = world.wiki.find_okr_pages(LABELS, None)

    assert {stamp.page for stamp in found} == wanted
    assert {stamp.version for stamp in found} == {1}
    assert world.wiki.find_okr_pages([], None) == []


def test_a_label_with_quotation_marks_is_just_a_label(world: WikiWorld) -> None:
    world.write("Company", "okr")

    assert world.wiki.find_okr_pages(['x") or label in ("okr'], None) == []


def test_a_page_that_was_saved_since_is_found_with_its_version(world: WikiWorld) -> None:
    """There may be more of them than asked for, never fewer: the search index has its own clock."""
    page = world.write("Company", "okr")
    world.save(page)

    found = world.wiki.find_okr_pages(LABELS, datetime.now(UTC) - timedelta(minutes=1))

    assert [(stamp.page, stamp.version) for stamp in found] == [(page, 2)]


@pytest.mark.parametrize("searched_before", [False, True])
def test_pages_are_read_in_the_order_asked_for(world: WikiWorld, searched_before: bool) -> None:
    first, second = world.write("Company", "okr"), world.write("产品", "目标", "draft")
    if searched_before:
        world.wiki.find_okr_pages(LABELS, None)

    read = world.wiki.read_pages([second, first, second])

    assert [page.page for page in read] == [second, first]
    assert [page.title for page in read] == ["产品", "Company"]
    assert [page.labels for page in read] == [{"目标", "draft"}, {"okr"}]
    assert {page.body for page in read} == {BODY}
    assert {page.space for page in read} == {"HARBOUR"}
    assert all(world.leads_to(page.url, page.page) for page in read)


def test_a_label_that_came_since_the_search_is_there_when_the_page_is_read_alone(
    world: WikiWorld,
) -> None:
    page = world.write("Company", "okr")
    world.wiki.find_okr_pages(LABELS, None)

    (read,) = world.wiki.read_pages([page])

    assert read.labels == {"okr"}


def test_trashed_hidden_and_unknown_pages_are_missing(world: WikiWorld) -> None:
    kept, trashed, hidden = (world.write(title, "okr") for title in ("A", "B", "C"))
    world.wiki.find_okr_pages(LABELS, None)
    world.trash(trashed)
    world.hide(hidden)
    odd = [PageId(page) for page in ("999999", "", "abc", "1/../2", "１")]

    read = world.wiki.read_pages([kept, trashed, hidden, *odd])

    assert [page.page for page in read] == [kept]
    assert world.wiki.read_pages([trashed]) == []
    assert world.wiki.read_pages([]) == []
    assert [stamp.page for stamp in world.wiki.find_okr_pages(LABELS, None)] == [kept]


def test_a_page_is_found_by_its_space_and_title(world: WikiWorld) -> None:
    page = world.write('OKR "Q4" \\ 目标 + 1', "okr")
    trashed, hidden = world.write("Gone"), world.write("Hidden")
    world.trash(trashed)
    world.hide(hidden)

    assert world.wiki.find_page("HARBOUR", 'OKR "Q4" \\ 目标 + 1') == page
    assert world.wiki.find_page("HARBOUR", 'okr "q4" \\ 目标 + 1') == page
    for space, title in [
        ("HARBOUR", "Gone"),
        ("HARBOUR", "Hidden"),
        ("HARBOUR", "OKR"),
        ("HARBOUR", '" or type = page or title = "'),
        ("NOSUCHSPACE", "Gone"),
    ]:
        assert world.wiki.find_page(space, title) is None


def test_accounts_have_names_and_unknown_ones_are_missing(world: WikiWorld) -> None:
    odd = ["712020:gone", "", "a b", '"', "é", "x" * 500]
    li_na, tom = world.account(LI_NA), world.account(TOM)

    found = world.wiki.name_people([li_na, tom, *odd])

    assert found == {li_na: "李娜", tom: "Tom Becker"}
    assert world.wiki.name_people([]) == {}
