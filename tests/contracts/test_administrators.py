"""What everybody who knows the keepers of a site promises: the fake, and the adapter over HTTP."""

from collections.abc import Callable, Iterator

import pytest

from connector.atlassian.administrators import CloudAdministrators
from connector.atlassian.endpoints import Read
from connector.core.errors import Unavailable
from connector.core.json import JsonObject
from connector.ports import Administrators
from sandbox.directory import BOT, LI_NA
from tests.atlassian.planted import planted
from tests.atlassian.test_any_answer import ScriptedDoor
from tests.fakes.rights import FakeAdministrators

World = tuple[Administrators, Callable[[], None]]


@pytest.fixture(params=["fake", "cloud"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    """And how the host stops answering. OKR Bot keeps the site."""
    if request.param == "fake":
        fake = FakeAdministrators({BOT.account_id})
        yield fake, lambda: setattr(fake, "down", True)
        return
    with planted("empty") as connection:
        door = connection.wiki_door
        yield CloudAdministrators(door), lambda: connection.site.down.add("confluence")


def test_only_whom_the_site_names_administers_it(world: World) -> None:
    administrators, _ = world

    assert administrators.administers(BOT.account_id)
    assert not administrators.administers(LI_NA.account_id)


@pytest.mark.parametrize("account", ["", "712020:gone", "x" * 500, "äö/../%00"])
def test_nobody_is_no_administrator(world: World, account: str) -> None:
    administrators, _ = world

    assert not administrators.administers(account)


def test_when_the_host_does_not_answer_nobody_knows(world: World) -> None:
    administrators, stop = world
    stop()

    with pytest.raises(Unavailable):
        administrators.administers(BOT.account_id)


SOMEBODY: JsonObject = {
    "type": "known",
    "accountId": "a",
    "operations": [{"operation": "administer", "targetType": "application"}],
}


@pytest.mark.parametrize(
    "change",
    [
        {"accountId": "b"},
        {"accountId": None},
        {"operations": None},
        {"operations": "administer"},
        {"operations": {}},
    ],
)
def test_an_answer_that_does_not_say_is_no_yes(change: JsonObject) -> None:
    door = ScriptedDoor("confluence", {Read.WIKI_PERSON: {**SOMEBODY, **change}})

    with pytest.raises(Unavailable):
        CloudAdministrators(door).administers("a")


@pytest.mark.parametrize(
    "operations",
    [
        [],
        [None],
        ["administer"],
        [{"operation": "administer"}],
        [{"operation": "administer", "targetType": "space"}],
        [{"operation": "use", "targetType": "application"}],
    ],
)
def test_other_operations_administer_nothing(operations: list[object]) -> None:
    door = ScriptedDoor("confluence", {Read.WIKI_PERSON: {**SOMEBODY, "operations": operations}})

    assert not CloudAdministrators(door).administers("a")


def test_the_one_operation_is_all_it_takes() -> None:
    door = ScriptedDoor("confluence", {Read.WIKI_PERSON: SOMEBODY})

    assert CloudAdministrators(door).administers("a")
