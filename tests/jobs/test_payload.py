"""Events survive the queue, whatever their kind."""

import json
from typing import get_args

import pytest

from connector.core.errors import BadInput
from connector.core.events import Event
from connector.jobs.payload import KINDS, dump_event, load_event
from tests.jobs.events import NOON, ONE_OF_EACH, page_saved


@pytest.mark.parametrize("event", ONE_OF_EACH, ids=lambda event: event.identity)
def test_an_event_survives_the_queue(event: Event) -> None:
    assert load_event(json.loads(json.dumps(dump_event(event)))) == event


def test_every_kind_of_event_has_a_name() -> None:
    assert set(KINDS) == set(get_args(Event))
    assert {type(event) for event in ONE_OF_EACH} == set(KINDS)


def test_the_form_of_a_payload_is_a_promise_to_the_next_release() -> None:
    assert dump_event(page_saved("d1")) == {
        "kind": "page_saved",
        "site": "https://acme.example",
        "page": "101",
        "delivery": "d1",
        "received_at": NOON.isoformat(),
    }


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"kind": "page_saved"},
        {"kind": "unheard_of", "site": "s", "received_at": NOON.isoformat()},
        dump_event(page_saved("d1")) | {"received_at": "noon"},
    ],
)
def test_what_this_release_does_not_know_is_bad_input(body: dict[str, str]) -> None:
    with pytest.raises(BadInput):
        load_event(body)
