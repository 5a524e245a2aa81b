"""Readers may ask often, but not without end; who tells us of changes is always heard."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from werkzeug.test import TestResponse

from connector.web.pace import MANY, Pace, TooOften
from connector.web.services import EXTENSION, WebServices
from tests.web.canaries import (
    OPEN,
    OUTSIDER,
    Ask,
    Call,
    World,
    connect_viewer,
    forge_viewer,
    framed_viewer,
    holder_of_a_link,
    keeper,
    signed_in,
)
from tests.web.conftest import Caller
from tests.web.hosts import ConnectHost, ForgeHost
from tests.web.test_connect import MOVED, SAVED
from tests.web.test_webhooks import PAGE_UPDATED, signed

LIMIT = 3
MACRO = Call("GET", f"/macros/objective?page={OPEN}")
FORGE_MACRO = Call("POST", "/forge/macro")


class Clock:
    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> World:
    world = World()
    here: WebServices = world.app.extensions[EXTENSION]
    world.app.extensions[EXTENSION] = replace(here, pace=Pace(LIMIT, clock=clock))
    return world


READERS: dict[str, tuple[Callable[[World], Ask], Call]] = {
    "Connect": (connect_viewer(OUTSIDER), MACRO),
    "Connect export": (
        connect_viewer(OUTSIDER),
        replace(MACRO, path=f"/macros/objective/static?page={OPEN}"),
    ),
    "Connect page": (connect_viewer(OUTSIDER), Call("GET", "/okr")),
    "Connect blueprint": (
        connect_viewer(OUTSIDER),
        Call("POST", "/connect/blueprints/okr-team-en/context"),
    ),
    "Forge": (forge_viewer(OUTSIDER), FORGE_MACRO),
    "session": (signed_in(OUTSIDER), MACRO),
}


@pytest.mark.parametrize(("reader", "call"), READERS.values(), ids=READERS.keys())
def test_a_reader_who_asks_too_often_is_told_when_to_come_back(
    world: World, clock: Clock, reader: Callable[[World], Ask], call: Call
) -> None:
    ask = reader(world)
    within = [ask(call).status_code for _ in range(LIMIT)]
    beyond = ask(call)
    clock.at += 61

    assert 429 not in within
    assert beyond.status_code == 429
    assert 1 <= int(beyond.headers["Retry-After"]) <= 60
    assert ask(call).status_code == within[0]


def test_a_frame_is_paced_with_the_person_who_looks_through_it(world: World, clock: Clock) -> None:
    ask = framed_viewer(OUTSIDER)(world)  # which looks at more pages than that to begin with

    assert ask(MACRO).status_code == 429
    clock.at += 61
    assert [ask(MACRO).status_code for _ in range(LIMIT + 1)] == [200] * LIMIT + [429]


def test_one_reader_does_not_slow_another_nor_the_keepers(world: World) -> None:
    ask = connect_viewer(OUTSIDER)(world)
    for _ in range(LIMIT + 1):
        refused = ask(MACRO)

    assert refused.status_code == 429
    assert connect_viewer("another")(world)(MACRO).status_code != 429
    assert forge_viewer(OUTSIDER)(world)(FORGE_MACRO).status_code == 200, "another site"
    assert {keeper(world)(MACRO).status_code for _ in range(10 * LIMIT)} == {200}


@pytest.mark.parametrize("reader", [holder_of_a_link, connect_viewer("")], ids=["link", "nobody"])
def test_what_stands_for_many_people_may_ask_more_often(
    world: World, reader: Callable[[World], Ask]
) -> None:
    ask = reader(world)
    found = [ask(MACRO).status_code for _ in range(LIMIT * MANY + 1)]

    assert found == [200] * (LIMIT * MANY) + [429]


def test_who_tells_of_changes_is_always_heard(world: World) -> None:
    body = json.dumps(PAGE_UPDATED).encode()
    connect, forge = ConnectHost(world.client), ForgeHost(world.client)
    tellers: dict[str, Callable[[], TestResponse]] = {
        "admin's webhook": lambda: world.client.post(
            "/webhooks/confluence", data=body, headers=signed(body)
        ),
        "Connect": lambda: connect.post("/connect/webhooks/confluence", SAVED),
        "Connect, of Jira": lambda: connect.post("/connect/webhooks/jira", MOVED),
        "Forge": lambda: forge.call("/forge/events/confluence", {}, module="confluence-events"),
        "Forge, hourly": lambda: forge.call("/forge/schedule", module="schedule"),
    }

    for name, tell in tellers.items():
        assert {tell().status_code for _ in range(LIMIT * MANY + 1)} <= {200, 202}, name


def test_strangers_are_refused_for_what_they_lack(world: World) -> None:
    """Their number is not counted: a wrong proof names nobody whom it could slow."""
    ask = connect_viewer(OUTSIDER)(world)
    forged = {"Authorization": "JWT e30.e30.e30"}
    for _ in range(LIMIT + 1):
        assert world.client.get(MACRO.path, headers=forged).status_code == 401

    assert ask(MACRO).status_code == 200


def test_a_page_that_was_refused_asks_again_by_itself(world: World) -> None:
    ask = connect_viewer(OUTSIDER)(world)
    for _ in range(LIMIT + 1):
        refused = ask(MACRO)

    assert "Too many requests" in refused.text
    assert "https://wiki.example" in refused.headers["Content-Security-Policy"]


def test_many_threads_are_counted_exactly() -> None:
    pace = Pace(500, clock=lambda: 1.0)

    def step(_: int) -> bool:
        try:
            pace.step("acme", "account")
        except TooOften:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(step, range(2000))) == 500


def test_memory_is_bounded_and_windows_that_are_over_go_first(clock: Clock) -> None:
    pace = Pace(1, clock=clock, most=100)
    for number in range(1000):
        clock.at += 0.001
        pace.step("acme", f"account-{number}")
    assert len(pace._counts._held) == 100

    clock.at += 61
    pace.step("acme", "account-1")
    assert len(pace._counts._held) == 1
    with pytest.raises(TooOften) as refused:
        pace.step("acme", "account-1")
    assert refused.value.retry_after.total_seconds() == 60


def test_the_default_is_wide(caller: Caller) -> None:
    client = caller()
    here: WebServices = client.application.extensions[EXTENSION]

    for _ in range(1200):
        here.pace.step("acme", "account")
    with pytest.raises(TooOften):
        here.pace.step("acme", "account")
