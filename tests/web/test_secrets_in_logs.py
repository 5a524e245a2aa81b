"""Every door with every proof, right and wrong: what was shown is in no log, metric or refusal."""

import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from connector.log import configure_logging
from tests.web.conftest import BEARER, SECRET, TOKEN
from tests.web.proofs import PATH_TOKEN, RIGHT, WRONG, Served, Shown
from tests.web.test_proof_matrix import ask

SHORTEST = 12
PROOFS = {**WRONG, **{name: proof for name, (proof, _) in RIGHT.items()}}


class Everything(logging.Handler):
    """All that anybody logs, as it is before anything is taken out of it."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name} {record.msg!r} {record.args!r} {record.exc_info!r}")


@pytest.fixture
def everything() -> Iterator[Everything]:
    """Beside the way out that the service has, which is tested in tests/test_log.py."""
    configure_logging(level="DEBUG", stream=StringIO())
    handler = Everything()
    logging.getLogger().addHandler(handler)
    yield handler
    logging.getLogger().removeHandler(handler)


def secrets_of(shown: Shown) -> set[str]:
    """Each part of a proof that is long enough to be one, without the words around it."""
    parts = {shown.cookie, shown.query.partition("=")[2], shown.path.rpartition("/")[2]}
    for value in shown.headers.values():
        parts |= {value.rpartition(" ")[2], value.rpartition("=")[2]}
    for one in list(parts):
        parts |= set(one.split("."))
    return {one for one in parts if len(one) >= SHORTEST}


def test_what_is_shown_at_a_door_is_not_logged(everything: Everything) -> None:
    world, shown = Served(), set[str]()
    shown |= {TOKEN, SECRET.decode(), PATH_TOKEN, world.host.secret, "lent-to-us"}
    refusals: list[str] = []
    for route in world.routes():
        for proof in PROOFS.values():
            made = proof(world, route)
            shown |= secrets_of(made)
            answer = ask(world, route, lambda *_, made=made: made)
            if answer.status_code >= 400:  # a page of ours bears its own frame's token
                refusals.append(answer.text)
    shown -= {route.path.rpartition("/")[2] for route in world.routes()}
    log = "\n".join(everything.lines)
    metrics = world.client.get("/metrics", headers=BEARER).text

    assert len(everything.lines) > 1000, "nothing was logged at all"
    assert len(shown) > 200
    assert [one for one in shown if one in log] == []
    assert [one for one in shown if one in metrics] == []
    assert [one for one in shown if any(one in text for text in refusals)] == []
