"""The token of a frame: what it is about, how long it lasts, and what it never becomes."""

import json
from base64 import urlsafe_b64encode

import pytest

from connector.core.installation import InstallationKey
from connector.core.okr import SiteId
from connector.web.frames import (
    LASTS,
    LONGEST,
    Frame,
    _signature,
    frame_token,
    read_frame,
    renewed,
    shown_at,
)

KEYS = (b"new" * 11, b"old" * 11)
FRAME = Frame(
    InstallationKey("client-1"),
    SiteId("acme"),
    "account-1",
    "/macros/objective?page=1&issue=",
    1000,
    1000 + LASTS,
)


def test_a_frame_comes_back_as_it_was_signed_by_any_of_our_keys() -> None:
    assert read_frame(frame_token(FRAME, KEYS), KEYS, now=1000) == FRAME
    assert read_frame(frame_token(FRAME, KEYS[1:]), KEYS, now=1000) == FRAME
    assert read_frame(frame_token(FRAME, (b"x" * 32,)), KEYS, now=1000) is None


def test_a_frame_ends_unless_it_is_renewed_and_after_a_day_all_the_same() -> None:
    assert read_frame(frame_token(FRAME, KEYS), KEYS, now=FRAME.ends) is None
    assert renewed(FRAME, now=1500).ends == 1500 + LASTS
    assert renewed(FRAME, now=10**6).ends == FRAME.began + LONGEST


@pytest.mark.parametrize(
    "facts", [[], ["acme"], ["acme", "account-1", "/macros/objective?page=101&issue=", 1000, 2000]]
)
def test_what_another_release_signed_is_no_proof(facts: list[object]) -> None:
    said = urlsafe_b64encode(json.dumps(facts).encode())
    token = f"{said.decode()}.{_signature(said, KEYS[0])}"

    assert read_frame(token, KEYS, now=1000) is None


def test_what_is_shown_cannot_be_said_in_two_ways() -> None:
    """An issue in the place of a page, or a page that spells both, is something else."""
    asked = [
        {"page": "1"},
        {"issue": "1"},
        {"page": "1", "issue": "2"},
        {"page": "1&issue=2"},
        {"page": "1", "issue": "2&page=3"},
    ]

    assert len({shown_at("/okr", one) for one in asked}) == len(asked)
    assert shown_at("/okr", {"theme": "dark"}) == shown_at("/okr", {})
