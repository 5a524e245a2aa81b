"""Requests of a Connect installation: bound to that installation and to that very request."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from jwt import get_algorithm_by_name

from connector.atlassian.bad_proof import BadProof, Reason
from connector.atlassian.compact_token import read_token
from connector.atlassian.connect_request import verify_request
from connector.atlassian.connect_sign import sign_request
from connector.atlassian.connect_tenant import ConnectProof, tenant_of
from connector.atlassian.presented import presented_token
from connector.atlassian.qsh import SignedRequest, qsh
from tests.atlassian.tokens import (
    ACCOUNT,
    APP,
    CLIENT,
    MACRO,
    NOW,
    OLD_SECRET,
    SECRET,
    compact,
    hs256,
    refusal,
    request_case,
    secrets_of,
    still,
)

CASE = request_case()


def test_a_request_tells_who_looks_and_from_where() -> None:
    assert CASE.verify(CASE.token()) == ConnectProof(CLIENT, ACCOUNT, NOW + 180)


def test_somebody_not_signed_in_has_no_account() -> None:
    proof = CASE.verify(CASE.without("sub"))

    assert isinstance(proof, ConnectProof)
    assert proof.account is None


def test_both_secrets_are_good_while_one_replaces_the_other() -> None:
    assert refusal(CASE.verify, CASE.signed(hs256(OLD_SECRET))) is None


def test_a_page_that_is_loaded_again_sends_the_same_token() -> None:
    token = CASE.token()

    assert [refusal(CASE.verify, token) for _ in range(3)] == [None] * 3


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        pytest.param({"iss": "33333333-client"}, Reason.UNKNOWN_TENANT, id="a stranger"),
        pytest.param({"iss": "22222222-client"}, Reason.SIGNATURE, id="another installation"),
        pytest.param({"iss": APP}, Reason.UNKNOWN_TENANT, id="the app itself"),
        pytest.param({"iss": ""}, Reason.CLAIMS, id="empty issuer"),
        pytest.param({"iss": None}, Reason.CLAIMS, id="null issuer"),
        pytest.param({"iss": 1}, Reason.CLAIMS, id="issuer a number"),
        pytest.param({"iss": [CLIENT]}, Reason.CLAIMS, id="issuer a list"),
        pytest.param({"iss": {"x": CLIENT}}, Reason.CLAIMS, id="issuer an object"),
        pytest.param({"iss": CLIENT + " "}, Reason.CLAIMS, id="issuer with a blank"),
        pytest.param({"iss": CLIENT + "\n"}, Reason.CLAIMS, id="issuer with a line end"),
        pytest.param({"iss": "\udc80"}, Reason.CLAIMS, id="issuer a lone surrogate"),
        pytest.param({"iss": "clïent"}, Reason.CLAIMS, id="issuer not ascii"),
        pytest.param({"iss": "x" * 256}, Reason.CLAIMS, id="issuer too long"),
        pytest.param({"sub": 1}, Reason.CLAIMS, id="account a number"),
        pytest.param({"sub": None}, Reason.CLAIMS, id="account null"),
        pytest.param({"sub": ""}, Reason.CLAIMS, id="account empty"),
        pytest.param({"qsh": "context-qsh"}, Reason.CONTEXT, id="a context token"),
        pytest.param({"qsh": "Context-qsh"}, Reason.QSH, id="nearly a context token"),
        pytest.param({"qsh": ""}, Reason.CLAIMS, id="hash empty"),
        pytest.param({"qsh": None}, Reason.CLAIMS, id="hash null"),
        pytest.param({"qsh": [CASE.claims["qsh"]]}, Reason.CLAIMS, id="hash a list"),
        pytest.param({"qsh": CASE.claims["qsh"].upper()}, Reason.QSH, id="hash in capitals"),
        pytest.param({"qsh": CASE.claims["qsh"][:-1]}, Reason.QSH, id="hash cut off"),
        pytest.param({"qsh": "0" * 64}, Reason.QSH, id="hash of something else"),
    ],
)
def test_claims_that_are_wrong(claims: dict[str, Any], reason: Reason) -> None:
    assert refusal(CASE.verify, CASE.but(**claims)) == reason


@pytest.mark.parametrize("name", ["iss", "qsh"])
def test_claims_that_are_missing(name: str) -> None:
    assert refusal(CASE.verify, CASE.without(name)) == Reason.CLAIMS


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(replace(MACRO, method="POST"), id="method"),
        pytest.param(replace(MACRO, path="/app/macros/okr-board"), id="path"),
        pytest.param(replace(MACRO, path="/macros/okr-objective/x"), id="longer path"),
        pytest.param(replace(MACRO, query="page=124&x=1"), id="value"),
        pytest.param(replace(MACRO, query="page=123&x=1&y=2"), id="one more parameter"),
        pytest.param(replace(MACRO, query="page=123&x=1&page=124"), id="a parameter again"),
        pytest.param(replace(MACRO, query="page=123"), id="one parameter less"),
        pytest.param(replace(MACRO, query="page=123,x=1"), id="joined otherwise"),
        pytest.param(replace(MACRO, base_path=""), id="base path"),
        pytest.param(SignedRequest("GET", "/app/macros/okr-objective", "", MACRO.query), id="form"),
    ],
)
def test_the_token_of_one_request_is_none_for_another(other: SignedRequest) -> None:
    def verify(token: str) -> object:
        return verify_request(token, other, secrets_of=secrets_of, now=still)

    assert refusal(verify, CASE.token()) == Reason.QSH


def test_our_own_outgoing_token_does_not_come_back() -> None:
    """It is signed with the same secret."""
    sent = sign_request(
        APP, CLIENT, SECRET, "GET", MACRO.path, MACRO.query, base_path="/app", now=still
    )

    assert refusal(CASE.verify, sent) == Reason.UNKNOWN_TENANT


@pytest.mark.parametrize("weak", ["", "short", "x" * 15])
def test_a_weak_secret_lets_nobody_in(weak: str) -> None:
    """An installation whose secret was lost in our keeping is nobody's."""

    def verify(token: str) -> object:
        return verify_request(token, MACRO, secrets_of=lambda _: [weak], now=still)

    assert refusal(verify, CASE.signed(hs256(weak))) == Reason.UNKNOWN_TENANT


class Counting:
    """HS256 that remembers with how many secrets a token was compared, and with which."""

    def __init__(self) -> None:
        self.keys: list[bytes] = []
        self._real = get_algorithm_by_name("HS256")

    def verify(self, signed: bytes, key: bytes, signature: bytes) -> bool:
        self.keys.append(key)
        return self._real.verify(signed, key, signature)


@pytest.mark.parametrize("known", [[], [SECRET], [SECRET, OLD_SECRET], ["t" * 64], [""]])
def test_time_does_not_tell_who_is_installed(known: Sequence[str]) -> None:
    """As many comparisons for a stranger as for an installation, right or wrong."""
    counting = Counting()

    def tenant(token: str) -> object:
        found = read_token(token, largest=8192)
        return tenant_of(found, lambda _: known, counting)  # type: ignore[arg-type] # counts

    refusal(tenant, CASE.token())

    assert len(counting.keys) == 2
    assert min(map(len, counting.keys)) == 64


def test_a_token_that_strangers_secrets_would_take_is_refused() -> None:
    """What a stranger's token is compared with is not known outside, and would let nobody in."""
    counting = Counting()
    token = read_token(CASE.token(), largest=8192)
    with pytest.raises(BadProof):
        tenant_of(token, lambda _: [], counting)  # type: ignore[arg-type] # counts
    forged = compact(CASE.header, CASE.claims, hs256(counting.keys[0].decode()))

    with pytest.raises(BadProof):
        tenant_of(read_token(forged, largest=8192), lambda _: [], counting)  # type: ignore[arg-type] # counts


TOKEN = "ey.ey.x"


@pytest.mark.parametrize(
    ("authorization", "query", "form"),
    [
        pytest.param(f"JWT {TOKEN}", "", "", id="header"),
        pytest.param(f"jwt  {TOKEN}", "", "", id="header otherwise written"),
        pytest.param("", f"a=1&jwt={TOKEN}", "", id="query"),
        pytest.param("", "", f"jwt={TOKEN}&a=1", id="form"),
        pytest.param("Bearer x", f"jwt={TOKEN}", "", id="query beside another header"),
    ],
)
def test_where_a_token_is_found(authorization: str, query: str, form: str) -> None:
    assert presented_token(authorization, SignedRequest("POST", "/x", query, form)) == TOKEN


@pytest.mark.parametrize(
    ("authorization", "query", "form", "reason"),
    [
        pytest.param("", "", "", Reason.MISSING, id="nowhere"),
        pytest.param("JWT", "", "", Reason.MISSING, id="header without one"),
        pytest.param("JWT ", "jwt=", "", Reason.DOUBLED, id="two empty ones"),
        pytest.param("", "jwt=", "", Reason.MISSING, id="an empty one"),
        pytest.param("Basic x", "", "", Reason.MISSING, id="another header"),
        pytest.param(f"Bearer {TOKEN}", "", "", Reason.MISSING, id="as Forge sends it"),
        pytest.param("", f"JWT={TOKEN}", "", Reason.MISSING, id="another parameter"),
        pytest.param(f"JWT {TOKEN}", f"jwt={TOKEN}", "", Reason.DOUBLED, id="header and query"),
        pytest.param(f"JWT {TOKEN}", f"%6awt={TOKEN}", "", Reason.DOUBLED, id="written otherwise"),
        pytest.param(f"JWT {TOKEN}", "", f"jwt={TOKEN}", Reason.DOUBLED, id="header and form"),
        pytest.param("", f"jwt={TOKEN}", f"jwt={TOKEN}", Reason.DOUBLED, id="query and form"),
        pytest.param("", f"jwt={TOKEN}&jwt={TOKEN}", "", Reason.DOUBLED, id="query twice"),
        pytest.param("", f"jwt={TOKEN}&jwt=", "", Reason.DOUBLED, id="query twice, once empty"),
    ],
)
def test_a_token_is_in_one_place(authorization: str, query: str, form: str, reason: Reason) -> None:
    with pytest.raises(BadProof) as refused:
        presented_token(authorization, SignedRequest("POST", "/x", query, form))

    assert refused.value.reason == reason


def test_the_hash_leaves_the_token_out() -> None:
    """It could not hold itself."""
    token = CASE.token()
    request = replace(MACRO, query=f"{MACRO.query}&jwt={token}")

    proof = verify_request(presented_token("", request), request, secrets_of=secrets_of, now=still)

    assert proof.client_key == CLIENT


def test_a_macro_rendered_by_post_is_covered_by_its_form() -> None:
    form = "body=Some+text&page=7"
    token = CASE.but(qsh=qsh("POST", "/macros/static", form))
    request = SignedRequest("POST", "/app/macros/static", "", f"{form}&jwt={token}", "/app")

    proof = verify_request(presented_token("", request), request, secrets_of=secrets_of, now=still)

    assert proof.client_key == CLIENT
