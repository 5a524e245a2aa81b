"""
Every route with every proof that is not for it: refused, nothing changed, nothing told.

A new route is put to one of the doors in `tests.web.proofs.DOORS`, or the first test fails.
"""

from collections.abc import Mapping

import pytest
from werkzeug.test import TestResponse

from connector.web.app import OPEN_ON_PURPOSE
from tests.web.canaries import ISSUE_CANARIES, PAGE_CANARIES, canaries
from tests.web.conftest import TOKEN
from tests.web.proofs import (
    ADMIN,
    BODY,
    DOORS,
    FORGE,
    RIGHT,
    WRONG,
    Proof,
    Route,
    Served,
)

ROUTES = sorted(Served().routes(), key=str)
REFUSED = frozenset({401, 403, 404})


@pytest.fixture(scope="module")
def world() -> Served:
    return Served()


def ask(world: Served, route: Route, proof: Proof) -> TestResponse:
    shown = proof(world, route)
    client = world.client
    if shown.cookie:
        client.set_cookie("okr", shown.cookie)
    path, _, query = route.address.partition("?")
    address = f"{shown.path or path}?{query}{'&' if shown.query else ''}{shown.query}"
    more = {"data": BODY, "content_type": "application/json"} if route.method == "POST" else {}
    return client.open(address, method=route.method, headers=shown.headers, **more)  # type: ignore[arg-type]  # as listed


def refusals(route: Route) -> Mapping[str, Proof]:
    """All proofs but those that open the route's door."""
    others = {name: one for name, (one, doors) in RIGHT.items() if route.door not in doors}
    return {**WRONG, **others}


def told(world: Served, answer: TestResponse) -> list[str]:
    """What of our secrets, of the pages and of who is installed stands in an answer."""
    text = answer.text + repr(answer.headers)
    variant = world.variant
    hushed = [*canaries(PAGE_CANARIES, variant).values()]
    hushed += canaries(ISSUE_CANARIES, variant).values()
    hushed += [TOKEN, world.host.secret, world.host.client_key, world.host.site, "lent-to-us"]
    return [one for one in hushed if one in text]


def test_every_route_stands_behind_a_door_that_is_known_here() -> None:
    guarded = {one.endpoint.rpartition(".")[0] for one in ROUTES}

    assert guarded == set(DOORS)
    assert not guarded & {one.rpartition(".")[0] for one in OPEN_ON_PURPOSE}


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_a_proof_that_is_not_for_it_opens_nothing(world: Served, route: Route) -> None:
    before = world.state
    for name, proof in refusals(route).items():
        answer = ask(world, route, proof)

        assert answer.status_code in REFUSED, name
        assert world.known is None or route.door == ADMIN, name
        assert told(world, answer) == [], name
        assert world.state == before, name
        assert "Set-Cookie" not in answer.headers, name
        assert answer.headers["Cache-Control"] == "no-cache, no-store", name


@pytest.mark.parametrize("route", [one for one in ROUTES if one.door == FORGE], ids=str)
def test_forge_is_told_401_of_a_bad_token_and_of_nothing_else(world: Served, route: Route) -> None:
    """https://developer.atlassian.com/platform/forge/remote/essentials"""
    for name, proof in refusals(route).items():
        assert ask(world, route, proof).status_code == 401, name
    assert ask(world, route, RIGHT["Forge invocation"][0]).status_code != 401


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_strangers_and_tenants_are_refused_alike(world: Served, route: Route) -> None:
    """Who has nothing, who claims to be a tenant, and who claims to be nobody that we know."""
    one, *others = (
        ask(world, route, WRONG[name])
        for name in ("a fake secret", "a stranger", "expired", "of another page", "no token")
    )

    for other in others:
        assert (other.status_code, other.data) == (one.status_code, one.data)
        assert {*other.headers.items()} == {*one.headers.items()}


@pytest.mark.parametrize("route", [one for one in ROUTES if one.door != ADMIN], ids=str)
def test_the_right_proofs_open_it(route: Route) -> None:
    """Or the refusals above would prove nothing. That of an administrator asks the site besides."""
    right = {name: one for name, (one, doors) in RIGHT.items() if route.door in doors}

    assert right
    for name, proof in right.items():
        world = Served()
        ask(world, route, proof)
        assert world.known is not None, name


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "BREW"])
@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_no_other_method_is_a_way_in(world: Served, route: Route, method: str) -> None:
    before = world.state

    answer = world.client.open(route.address, method=method)

    assert answer.status_code in {401, 403, 404, 405}
    assert told(world, answer) == []
    assert world.state == before
