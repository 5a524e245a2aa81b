"""Tokens that our page in an iframe gets from the host: only with the fixed word for a hash."""

from typing import Any

import pytest

from connector.atlassian.bad_proof import Reason
from connector.atlassian.connect_context import verify_context
from connector.atlassian.connect_tenant import ConnectProof
from tests.atlassian.tokens import (
    ACCOUNT,
    CLIENT,
    NOW,
    OLD_SECRET,
    context_case,
    hs256,
    refusal,
    request_case,
    still,
)

CASE = context_case()


def test_a_context_tells_who_looks_and_at_which_page() -> None:
    assert CASE.verify(CASE.token()) == ConnectProof(CLIENT, ACCOUNT, NOW + 900, "123")


def test_the_retiring_secret_is_good_too() -> None:
    assert refusal(CASE.verify, CASE.signed(hs256(OLD_SECRET))) is None


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        pytest.param({"qsh": request_case().claims["qsh"]}, Reason.QSH, id="hash of a request"),
        pytest.param({"qsh": "CONTEXT-QSH"}, Reason.QSH, id="in capitals"),
        pytest.param({"qsh": "context-qsh "}, Reason.QSH, id="with a blank"),
        pytest.param({"qsh": ["context-qsh"]}, Reason.QSH, id="a list"),
        pytest.param({"qsh": None}, Reason.QSH, id="null"),
        pytest.param({"iss": "33333333-client"}, Reason.UNKNOWN_TENANT, id="a stranger"),
        pytest.param({"iss": "22222222-client"}, Reason.SIGNATURE, id="another installation"),
        pytest.param({"sub": 5}, Reason.CLAIMS, id="account a number"),
    ],
)
def test_wrong_claims(claims: dict[str, Any], reason: Reason) -> None:
    assert refusal(CASE.verify, CASE.but(**claims)) == reason


def test_without_a_hash() -> None:
    assert refusal(CASE.verify, CASE.without("qsh")) == Reason.QSH


def test_after_an_uninstall_nothing_is_good() -> None:
    def verify(token: str) -> object:
        return verify_context(token, secrets_of=lambda _: [], now=still)

    assert refusal(verify, CASE.token()) == Reason.UNKNOWN_TENANT


@pytest.mark.parametrize(
    ("context", "page"),
    [
        pytest.param({"confluence": {"content": {"id": 123}}}, "123", id="a number"),
        pytest.param({"confluence": {"content": {"id": "draft-1"}}}, None, id="no id yet"),
        pytest.param({"confluence": {"content": {"id": "１２"}}}, None, id="other digits"),
        pytest.param({"confluence": {"content": {}}}, None, id="no page"),
        pytest.param({"confluence": {"content": []}}, None, id="something else"),
        pytest.param({"jira": {"issue": {"id": "10000"}}}, None, id="an issue"),
        pytest.param("x", None, id="a text"),
        pytest.param(None, None, id="null"),
    ],
)
def test_the_page_is_told_where_there_is_one(context: object, page: str | None) -> None:
    proof = CASE.verify(CASE.but(context=context))

    assert isinstance(proof, ConnectProof)
    assert proof.page == page
