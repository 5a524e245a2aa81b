"""What everybody who knows rights to issues promises: the fake, and Jira through the gateway."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import pytest
import yaml

from connector.atlassian.auth import Credentials
from connector.atlassian.http import Door
from connector.atlassian.issue_rights import CloudIssueRights
from connector.atlassian.site import jira_door
from connector.atlassian.viewer_doors import VIEWER_LIMITS, ViewerDoors
from connector.core.errors import Unavailable
from connector.core.okr import IssueKey
from connector.core.viewer import Viewer, ViewerNotAccepted
from connector.ports import IssueRights
from sandbox.directory import BOT, TOM, User
from tests.atlassian.planted import Connection, planted
from tests.contracts.trackers import SandboxTrackerWorld
from tests.fakes.rights import FakeIssueRights
from tests.sandbox.forge_guest import deployed

NOWHERE = IssueKey("NONE-999")
NO_ISSUES: frozenset[IssueKey] = frozenset()
MANIFEST = Path(__file__).parents[2] / "forge" / "manifest.yml"


class IssueWorld(Protocol):
    """What people do in Jira, and how a host lends us the token of whoever looks."""

    @property
    def rights(self) -> IssueRights: ...

    def add(self) -> IssueKey: ...

    def hide(self, key: IssueKey) -> None:
        """From Tom; others still see it."""
        ...

    def viewer(self, user: User) -> Viewer: ...

    def stop(self) -> None: ...


@dataclass
class FakeIssueWorld:
    rights: FakeIssueRights = field(default_factory=FakeIssueRights)
    added: int = 0

    def add(self) -> IssueKey:
        self.added += 1
        key = IssueKey(f"HBR-{self.added}")
        self.rights.show(key, BOT.account_id, TOM.account_id)
        return key

    def hide(self, key: IssueKey) -> None:
        self.rights.shown[TOM.account_id].discard(key)

    def viewer(self, user: User) -> Viewer:
        return Viewer(user.account_id, "token")

    def stop(self) -> None:
        self.rights.down = True


@dataclass
class GatewayWorld:
    """An app of Forge with the scopes of ours, which the host lends its viewers' tokens."""

    connection: Connection
    rights: IssueRights = field(init=False)

    def __post_init__(self) -> None:
        host = self.connection.site.forge
        scopes = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))["permissions"]["scopes"]
        with TemporaryDirectory() as folder:
            host.deploy(deployed(Path(folder), scopes=tuple(scopes)), "http://127.0.0.1:1")
        self.installation = host.install()
        self.work = SandboxTrackerWorld(self.connection)
        self.rights = CloudIssueRights(ViewerDoors(self._door))

    def add(self) -> IssueKey:
        return self.work.add("Story")

    def hide(self, key: IssueKey) -> None:
        self.work.hide(key)

    def viewer(self, user: User) -> Viewer:
        tokens = self.connection.site.forge.tokens
        return Viewer(user.account_id, tokens.token(user.account_id, self.installation.id))

    def stop(self) -> None:
        self.connection.site.down.add("jira")

    def _door(self, token: str) -> Door:
        address = f"{self.connection.address}/ex/jira/{self.installation.cloud_id}"
        return jira_door(
            address,
            Credentials(token),
            limits=VIEWER_LIMITS,
            on_call=self.connection.calls.append,
        )


@contextmanager
def issue_world(kind: str) -> Iterator[IssueWorld]:
    if kind == "fake":
        yield FakeIssueWorld()
        return
    with planted("empty") as connection:
        yield GatewayWorld(connection)


@pytest.fixture(params=["fake", "forge"])
def world(request: pytest.FixtureRequest) -> Iterator[IssueWorld]:
    with issue_world(request.param) as world:
        yield world


def test_a_hidden_issue_is_for_those_who_see_it_in_jira(world: IssueWorld) -> None:
    seen, hidden = world.add(), world.add()
    world.hide(hidden)

    found = world.rights.readable(world.viewer(TOM), [seen, hidden, NOWHERE])

    assert found == {seen}


def test_without_a_token_nothing_is_known(world: IssueWorld) -> None:
    assert world.rights.readable(Viewer(TOM.account_id), [world.add()]) == NO_ISSUES


def test_a_tracker_that_does_not_answer_is_an_error_and_no_right(world: IssueWorld) -> None:
    key = world.add()
    world.stop()

    with pytest.raises(Unavailable):
        world.rights.readable(world.viewer(TOM), [key])


def test_a_hundred_issues_are_one_question() -> None:
    with issue_world("forge") as world:
        assert isinstance(world, GatewayWorld)
        keys = [world.add() for _ in range(130)]
        world.connection.spent()

        assert world.rights.readable(world.viewer(TOM), keys) == set(keys)
        assert world.connection.spent() == {"issues": 2}


def test_a_token_that_opens_nothing_is_told_apart() -> None:
    with issue_world("forge") as world, pytest.raises(ViewerNotAccepted):
        world.rights.readable(Viewer(TOM.account_id, "spent"), [world.add()])
