"""What everybody who knows page rights promises: the same tests on the fake and over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import pytest
import yaml

from connector.atlassian.auth import Credentials, NoAuth
from connector.atlassian.http import Door
from connector.atlassian.rights_cloud import CloudRights
from connector.atlassian.rights_dc import DataCenterRights
from connector.atlassian.site import confluence_door, data_center_door
from connector.atlassian.viewer_doors import VIEWER_LIMITS, ViewerDoors
from connector.core.errors import Forbidden, Unavailable
from connector.core.okr import PageId
from connector.core.viewer import ANONYMOUS, Viewer, ViewerNotAccepted
from connector.ports import PageRights
from sandbox.access import ANONYMOUS as STRANGERS
from sandbox.access import VIEW
from sandbox.datacenter.people import account_of
from sandbox.datacenter.tokens import planted_text
from sandbox.directory import LI_NA, TOM, USERS, User
from sandbox.wiki.changes import create_page, trash_page
from sandbox.wiki.model import Page
from tests.atlassian.planted import Connection, planted
from tests.fakes.rights import FakeRights
from tests.sandbox.forge_guest import deployed

NOWHERE = PageId("999999999")
NO_PAGES: frozenset[PageId] = frozenset()
TWO = (LI_NA, TOM)
MANIFEST = Path(__file__).parents[2] / "forge" / "manifest.yml"


class RightsWorld(Protocol):
    """What people do in Confluence, and how a host tells us who looks."""

    @property
    def rights(self) -> PageRights: ...

    def write(self, title: str) -> PageId: ...

    def keep_to(self, page: PageId, user: User) -> None:
        """Nobody else may read it from now on."""
        ...

    def trash(self, page: PageId) -> None: ...

    def open_to_strangers(self) -> None: ...

    def viewer(self, user: User) -> Viewer: ...

    def stop(self) -> None:
        """The host does not answer any more."""
        ...


@dataclass
class FakeRightsWorld:
    rights: FakeRights = field(default_factory=FakeRights)
    written: int = 0

    def write(self, title: str) -> PageId:
        self.written += 1
        page = PageId(f"{self.written}")
        self.rights.show(page, *(user.account_id for user in USERS))
        return page

    def keep_to(self, page: PageId, user: User) -> None:
        others = [one.account_id for one in USERS if one is not user]
        self.rights.hide(page, "", *others)

    def trash(self, page: PageId) -> None:
        self.rights.hide(page, "", *(one.account_id for one in USERS))

    def open_to_strangers(self) -> None:
        for page in range(1, self.written + 1):
            self.rights.show(PageId(f"{page}"), "")

    def viewer(self, user: User) -> Viewer:
        return Viewer(user.account_id)

    def stop(self) -> None:
        self.rights.down = True


@dataclass
class SandboxRightsWorld:
    """`own_token`: the host lends us the viewer's token; otherwise it only says who looks."""

    connection: Connection
    own_token: bool
    rights: PageRights = field(init=False)

    def __post_init__(self) -> None:
        if self.connection.flavor == "cloud":
            self.rights = CloudRights(self.connection.wiki_door, ViewerDoors(self._cloud_door))
            return
        doors = ViewerDoors(lambda token: self._dc_door(Credentials(token)))
        self.rights = DataCenterRights(doors, self._dc_door(NoAuth()))

    def write(self, title: str) -> PageId:
        site = self.connection.site
        (space,) = site.pages.spaces()
        page = create_page(site, space=space, title=title, body="", parent_id=None, author=TOM)
        return PageId(f"{page.id}")

    def keep_to(self, page: PageId, user: User) -> None:
        self.connection.site.pages.restrict(self._page(page), user, may_edit=True)

    def trash(self, page: PageId) -> None:
        trash_page(self.connection.site, self._page(page), TOM)

    def open_to_strangers(self) -> None:
        site = self.connection.site
        for space in site.pages.spaces():
            site.pages.access.grant(space.key, VIEW, STRANGERS)

    def viewer(self, user: User) -> Viewer:
        if self.connection.flavor == "cloud":
            return Viewer(user.account_id, user.token if self.own_token else "")
        account = account_of(user)
        return Viewer(account.userkey, planted_text("confluence", account))

    def stop(self) -> None:
        self.connection.site.down.add("confluence")

    def _cloud_door(self, token: str) -> Door:
        """As the token's owner signs in here; a token of nobody is refused."""
        email = next((one.email for one in USERS if one.token == token), "nobody@example.com")
        credentials = Credentials(token, email)
        return confluence_door(
            self.connection.address,
            credentials,
            limits=VIEWER_LIMITS,
            on_call=self.connection.calls.append,
        )

    def _dc_door(self, credentials: Credentials | NoAuth) -> Door:
        return data_center_door(
            "confluence",
            f"{self.connection.address}/confluence",
            credentials,
            limits=VIEWER_LIMITS,
            on_call=self.connection.calls.append,
        )

    def _page(self, page: PageId) -> Page:
        kept = self.connection.site.pages.find(int(page))
        assert kept is not None
        return kept


@dataclass
class ForgeRightsWorld(SandboxRightsWorld):
    """Through the gateway, with the tokens that the host lends an app with the scopes of ours, and
    its viewers."""

    def __post_init__(self) -> None:
        host = self.connection.site.forge
        scopes = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["permissions"]["scopes"]
        with TemporaryDirectory() as folder:
            host.deploy(deployed(Path(folder), scopes=tuple(scopes)), "http://127.0.0.1:1")
        self.installation = host.install()
        ours = self._token(self.installation.user.account_id)
        self.rights = CloudRights(self._cloud_door(ours), ViewerDoors(self._cloud_door))

    def viewer(self, user: User) -> Viewer:
        token = self._token(user.account_id) if self.own_token else ""
        return Viewer(user.account_id, token)

    def _token(self, account: str) -> str:
        return self.connection.site.forge.tokens.token(account, self.installation.id)

    def _cloud_door(self, token: str) -> Door:
        return confluence_door(
            f"{self.connection.address}/ex/confluence/{self.installation.cloud_id}",
            Credentials(token),
            limits=VIEWER_LIMITS,
            on_call=self.connection.calls.append,
        )


@contextmanager
def rights_world(kind: str) -> Iterator[RightsWorld]:
    if kind == "fake":
        yield FakeRightsWorld()
        return
    flavor, _, way = kind.partition(" ")
    with planted("empty", flavor="cloud" if flavor == "forge" else flavor) as connection:
        own = way == "as the viewer"
        make = ForgeRightsWorld if flavor == "forge" else SandboxRightsWorld
        yield make(connection, own_token=own)


KINDS = ["fake", "cloud", "cloud as the viewer", "forge", "forge as the viewer", "dc"]


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest) -> Iterator[RightsWorld]:
    with rights_world(request.param) as world:
        yield world


def test_a_restricted_page_is_for_those_it_names(world: RightsWorld) -> None:
    """Two people look at the same pages, and each gets what the host shows to them."""
    open_page, closed = world.write("Open"), world.write("Closed")
    world.keep_to(closed, LI_NA)

    seen = {one: world.rights.readable(world.viewer(one), [open_page, closed]) for one in TWO}

    assert seen == {LI_NA: {open_page, closed}, TOM: {open_page}}


def test_pages_that_are_not_there_are_readable_by_nobody(world: RightsWorld) -> None:
    kept, thrown = world.write("Kept"), world.write("Thrown away")
    world.trash(thrown)
    odd = [PageId(""), PageId("0 or type = page"), PageId("1/2"), PageId("１２")]

    seen = world.rights.readable(world.viewer(TOM), [kept, thrown, NOWHERE, *odd])

    assert seen == {kept}


def test_a_lifted_right_counts_with_the_next_question(world: RightsWorld) -> None:
    """Whoever remembers answers is above this port; here each one is asked anew."""
    page = world.write("Soon closed")
    before = world.rights.readable(world.viewer(TOM), [page])
    world.keep_to(page, LI_NA)

    assert before == {page}
    assert world.rights.readable(world.viewer(TOM), [page]) == NO_PAGES


def test_strangers_see_nothing_before_the_wiki_is_opened(world: RightsWorld) -> None:
    page = world.write("Inside")

    assert world.rights.readable(ANONYMOUS, [page]) == NO_PAGES


def test_strangers_see_what_is_open_to_them(world: RightsWorld) -> None:
    page, closed = world.write("Open"), world.write("Closed")
    world.open_to_strangers()
    world.keep_to(closed, LI_NA)

    assert world.rights.readable(ANONYMOUS, [page, closed]) == {page}


def test_a_host_that_does_not_answer_is_an_error_and_no_right(world: RightsWorld) -> None:
    page = world.write("Open")
    world.stop()

    with pytest.raises(Unavailable):
        world.rights.readable(world.viewer(TOM), [page])


def test_nothing_asked_is_nothing_readable(world: RightsWorld) -> None:
    assert world.rights.readable(world.viewer(TOM), []) == NO_PAGES


@pytest.mark.parametrize("kind", ["cloud as the viewer", "forge as the viewer", "dc"])
def test_a_viewers_token_asks_about_a_hundred_pages_at_once(kind: str) -> None:
    """Of 130 pages every second one is hidden from the viewer: two calls, whoever may read."""
    with rights_world(kind) as world:
        assert isinstance(world, SandboxRightsWorld)
        pages = [world.write(f"Page {number}") for number in range(130)]
        for page in pages[::2]:
            world.keep_to(page, LI_NA)
        world.connection.spent()

        seen = world.rights.readable(world.viewer(TOM), pages)

        assert seen == set(pages[1::2])
        assert sum(world.connection.spent().values()) == 2
        assert world.rights.per_call(world.viewer(TOM)) == 100


@pytest.mark.parametrize("kind", ["cloud", "forge"])
def test_without_a_token_each_page_is_one_question(kind: str) -> None:
    with rights_world(kind) as world:
        assert isinstance(world, SandboxRightsWorld)
        pages = [world.write(f"Page {number}") for number in range(12)]
        world.connection.spent()

        assert world.rights.readable(world.viewer(TOM), pages) == set(pages)
        assert world.connection.spent() == {"page_check": 12}
        assert world.rights.per_call(world.viewer(TOM)) == 1


@pytest.mark.parametrize("kind", ["cloud as the viewer", "forge as the viewer", "dc"])
def test_a_token_that_opens_nothing_any_more_is_told_apart(kind: str) -> None:
    """Signing in again can help then, and waiting cannot."""
    with rights_world(kind) as world:
        page = world.write("Open")

        with pytest.raises(ViewerNotAccepted) as refusal:
            world.rights.readable(Viewer("somebody", "spent-token"), [page])

        assert "spent-token" not in repr(refusal.value)


def test_an_account_alone_proves_nothing_to_a_data_center() -> None:
    """It cannot be asked about somebody, so nothing is known to be readable."""
    with rights_world("dc") as world:
        page = world.write("Open")

        assert world.rights.readable(Viewer(account_of(TOM).userkey), [page]) == NO_PAGES


def test_our_account_must_be_allowed_to_ask_about_others() -> None:
    """Otherwise nobody sees anything, and the error says so."""
    with planted("empty") as connection:
        world = SandboxRightsWorld(connection.as_(TOM), own_token=False)
        page = world.write("Open")

        with pytest.raises(Forbidden):
            world.rights.readable(world.viewer(LI_NA), [page])
