"""Lifecycle calls: signed by Atlassian, for us, for this request, once."""

from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from connector.atlassian.bad_proof import Reason
from connector.atlassian.connect_lifecycle import LifecycleProof, verify_lifecycle
from connector.atlassian.seen import Seen
from connector.core.errors import Unavailable
from tests.atlassian.tokens import (
    BASE_URL,
    CLIENT,
    INSTALLED,
    NOW,
    SECRET,
    Keys,
    compact,
    hs256,
    lifecycle_case,
    private_key,
    public_key,
    refusal,
    rs256,
    still,
)

CASE = lifecycle_case()


def test_whose_installation_it_is() -> None:
    proof = CASE.verify(CASE.token())

    assert isinstance(proof, LifecycleProof)
    assert (proof.client_key, proof.ends) == (CLIENT, NOW + 180)


@pytest.mark.parametrize(
    "audience",
    [
        pytest.param(BASE_URL, id="a text"),
        pytest.param(BASE_URL + "/", id="a slash at the end"),
        pytest.param([BASE_URL + "/"], id="a slash in a list"),
        pytest.param([BASE_URL, "https://else.example.com"], id="the first of several"),
    ],
)
def test_the_audience_is_our_base_url(audience: object) -> None:
    assert refusal(CASE.verify, CASE.but(aud=audience)) is None


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        pytest.param({"aud": None}, Reason.AUDIENCE, id="audience null"),
        pytest.param({"aud": ""}, Reason.AUDIENCE, id="audience empty"),
        pytest.param({"aud": []}, Reason.AUDIENCE, id="audience an empty list"),
        pytest.param({"aud": [""]}, Reason.AUDIENCE, id="audience a list of nothing"),
        pytest.param({"aud": 1}, Reason.AUDIENCE, id="audience a number"),
        pytest.param({"aud": [[BASE_URL]]}, Reason.AUDIENCE, id="audience a list of lists"),
        pytest.param({"aud": {BASE_URL: 1}}, Reason.AUDIENCE, id="audience an object"),
        pytest.param({"aud": [BASE_URL + "//"]}, Reason.AUDIENCE, id="two slashes"),
        pytest.param({"aud": ["https://okr.example.com"]}, Reason.AUDIENCE, id="host alone"),
        pytest.param({"aud": ["https://else.example.com"]}, Reason.AUDIENCE, id="another app"),
        pytest.param(
            {"aud": ["https://else.example.com", BASE_URL]}, Reason.AUDIENCE, id="the second"
        ),
        pytest.param({"iss": ""}, Reason.CLAIMS, id="issuer empty"),
        pytest.param({"iss": None}, Reason.CLAIMS, id="issuer null"),
        pytest.param({"iss": 7}, Reason.CLAIMS, id="issuer a number"),
        pytest.param({"qsh": None}, Reason.CLAIMS, id="hash null"),
        pytest.param({"qsh": "context-qsh"}, Reason.QSH, id="hash of a context token"),
        pytest.param({"qsh": "0" * 64}, Reason.QSH, id="hash of another request"),
    ],
)
def test_wrong_claims(claims: dict[str, Any], reason: Reason) -> None:
    assert refusal(CASE.verify, CASE.but(**claims)) == reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [("aud", Reason.AUDIENCE), ("iss", Reason.CLAIMS), ("qsh", Reason.CLAIMS)],
)
def test_missing_claims(name: str, reason: Reason) -> None:
    assert refusal(CASE.verify, CASE.without(name)) == reason


@pytest.mark.parametrize(
    ("kid", "reason"),
    [
        pytest.param("fake-kid", Reason.UNKNOWN_KEY, id="unknown"),
        pytest.param("key 1", Reason.KEY_ID, id="a blank"),
        pytest.param("key1\n", Reason.KEY_ID, id="a line end"),
        pytest.param("", Reason.KEY_ID, id="empty"),
        pytest.param("x" * 256, Reason.KEY_ID, id="too long"),
        pytest.param("kéy", Reason.KEY_ID, id="not ascii"),
        pytest.param(1, Reason.KEY_ID, id="a number"),
        pytest.param(["key1"], Reason.KEY_ID, id="a list"),
    ],
)
def test_wrong_key_ids(kid: object, reason: Reason) -> None:
    assert refusal(CASE.verify, CASE.headed(CASE.header | {"kid": kid})) == reason


def test_no_key_id() -> None:
    assert refusal(CASE.verify, CASE.headed({"alg": "RS256"})) == Reason.KEY_ID


def test_the_key_is_that_of_the_key_id() -> None:
    keys = Keys(key1=public_key("atlassian"), key2=public_key("stranger"))
    case = lifecycle_case(keys)

    assert refusal(case.verify, case.headed(case.header | {"kid": "key2"})) == Reason.SIGNATURE


def test_the_shared_secret_signs_no_lifecycle_call() -> None:
    """As installs were signed before 2021: whoever had a site's secret could replace it."""
    token = compact({"alg": "HS256", "kid": "key1"}, CASE.claims, hs256(SECRET))

    assert refusal(CASE.verify, token) == Reason.ALGORITHM


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"aud": ["https://else.example.com"]}, id="audience"),
        pytest.param({"exp": NOW - 60}, id="end"),
        pytest.param({"qsh": "0" * 64}, id="hash"),
        pytest.param({"iss": ""}, id="issuer"),
    ],
)
def test_what_is_not_for_us_fetches_no_key(wrong: dict[str, Any]) -> None:
    keys = Keys(key1=public_key("atlassian"))
    case = lifecycle_case(keys)

    assert refusal(case.verify, case.but(**wrong)) is not None
    assert keys.asked == 0


def test_keys_that_cannot_be_had_are_no_refusal() -> None:
    """The call may come again; a refusal would end an install for good."""

    def key_of(kid: str) -> RSAPublicKey:
        raise Unavailable(kid)

    with pytest.raises(Unavailable):
        verify_lifecycle(
            CASE.token(),
            INSTALLED,
            audience=BASE_URL,
            key_of=key_of,
            seen=Seen(now=still),
            now=still,
        )


class Once:
    """Lifecycle calls that share a memory, as those of one process do."""

    def __init__(self) -> None:
        self.seen = Seen(now=still)
        self.keys = Keys(key1=public_key("atlassian"))

    def verify(self, token: str) -> LifecycleProof:
        return verify_lifecycle(
            token, INSTALLED, audience=BASE_URL, key_of=self.keys.key, seen=self.seen, now=still
        )


def test_a_token_is_good_once() -> None:
    """With it, whoever got hold of it could bring another shared secret."""
    once = Once()

    assert refusal(once.verify, CASE.token()) is None
    assert refusal(once.verify, CASE.token()) == Reason.REPLAYED
    assert refusal(once.verify, CASE.but(iat=NOW - 1)) is None


def test_a_token_of_a_call_that_failed_is_good_again() -> None:
    once = Once()

    once.seen.forget(once.verify(CASE.token()).mark)

    assert refusal(once.verify, CASE.token()) is None


def test_a_refused_token_is_not_remembered() -> None:
    """Else a stranger could use up a token that he saw being made."""
    once = Once()

    for wrong in (rs256(private_key("stranger")), hs256(SECRET)):
        assert refusal(once.verify, CASE.signed(wrong)) == Reason.SIGNATURE

    assert refusal(once.verify, CASE.token()) is None


def test_another_path_is_another_request() -> None:
    def verify(token: str) -> object:
        return verify_lifecycle(
            token,
            replace(INSTALLED, path="/app/connect/uninstalled"),
            audience=BASE_URL,
            key_of=Keys(key1=public_key("atlassian")).key,
            seen=Seen(now=still),
            now=still,
        )

    assert refusal(verify, CASE.token()) == Reason.QSH
