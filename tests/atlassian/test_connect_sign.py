"""Our own calls: signed as the app, for one product, and never elsewhere."""

from typing import Any

import jwt
import pytest
import requests

from connector.atlassian.connect_sign import BearerAuth, ConnectAuth, sign_request
from connector.atlassian.qsh import qsh
from connector.core.errors import Unauthorized
from tests.atlassian.tokens import APP, CLIENT, NOW, SECRET, still

SITE = "https://harbour.atlassian.net"


def claims_of(token: str) -> dict[str, Any]:
    return jwt.decode(
        token,
        SECRET,
        algorithms=["HS256"],
        audience=CLIENT,
        options={"verify_exp": False, "verify_iat": False},
    )


def signed(auth: requests.auth.AuthBase, request: requests.Request) -> requests.PreparedRequest:
    request.auth = auth
    return requests.Session().prepare_request(request)


def connect(base_url: str = f"{SITE}/wiki") -> ConnectAuth:
    return ConnectAuth(APP, CLIENT, lambda: SECRET, base_url=base_url, now=still)


def test_a_call_is_signed_by_the_app_for_the_installation() -> None:
    token = sign_request(
        APP, CLIENT, SECRET, "GET", "/wiki/rest/api/content", "a=1", base_path="/wiki", now=still
    )

    assert claims_of(token) == {
        "iss": APP,
        "aud": [CLIENT],
        "iat": NOW,
        "exp": NOW + 180,
        "qsh": qsh("GET", "/rest/api/content", "a=1"),
    }


@pytest.mark.parametrize(
    ("base", "url", "relative", "query"),
    [
        pytest.param(f"{SITE}/wiki", f"{SITE}/wiki/api/v2/pages", "/api/v2/pages", "", id="wiki"),
        pytest.param(SITE, f"{SITE}/rest/api/3/search", "/rest/api/3/search", "", id="jira"),
        pytest.param(
            SITE, f"{SITE}/x?jql=a%20%3D+b&fields=a,b", "/x", "fields=a,b&jql=a = b", id="query"
        ),
        pytest.param(f"{SITE}/wiki/", f"{SITE}/wiki", "/", "", id="the base itself"),
    ],
)
def test_each_request_is_hashed_below_the_base_url(
    base: str, url: str, relative: str, query: str
) -> None:
    sent = signed(connect(base), requests.Request("GET", url))

    scheme, token = sent.headers["Authorization"].split()
    assert scheme == "JWT"
    assert claims_of(token)["qsh"] == qsh("GET", relative, query)


def test_parameters_that_requests_encodes_are_hashed_as_sent() -> None:
    asked = {"jql": 'text ~ "a+b" AND x in (1,2)', "fields": ["a", "b"], "empty": ""}
    sent = signed(connect(SITE), requests.Request("GET", f"{SITE}/x", params=asked))

    token = sent.headers["Authorization"].removeprefix("JWT ")
    query = (sent.url or "").partition("?")[2]
    assert claims_of(token)["qsh"] == qsh("GET", "/x", query)
    assert "jwt" not in query


def test_a_post_is_hashed_without_its_body() -> None:
    sent = signed(connect(SITE), requests.Request("POST", f"{SITE}/x", json={"a": 1}))

    token = sent.headers["Authorization"].removeprefix("JWT ")
    assert claims_of(token)["qsh"] == qsh("POST", "/x", "")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://other.atlassian.net/wiki/x",
        "http://harbour.atlassian.net/wiki/x",
        "https://harbour.atlassian.net:8443/wiki/x",
        "https://harbour.atlassian.net.example.com/wiki/x",
    ],
)
def test_no_request_to_somebody_else_is_signed(elsewhere: str) -> None:
    with pytest.raises(ValueError, match="somebody else"):
        signed(connect(), requests.Request("GET", elsewhere))


def test_a_get_with_a_body_is_not_sent() -> None:
    """Atlassian answers it with 403 since CHANGE-2328."""
    with pytest.raises(ValueError, match="no body"):
        signed(connect(), requests.Request("GET", f"{SITE}/wiki/x", json={}))


def test_the_secret_of_the_moment_signs() -> None:
    secrets = iter(["1" * 64, SECRET])
    auth = ConnectAuth(APP, CLIENT, lambda: next(secrets), base_url=SITE, now=still)

    signed(auth, requests.Request("GET", f"{SITE}/x"))
    second = signed(auth, requests.Request("GET", f"{SITE}/x"))

    assert claims_of(second.headers["Authorization"].removeprefix("JWT "))["iss"] == APP


def test_after_an_uninstall_nothing_is_sent() -> None:
    def gone() -> str:
        raise Unauthorized("uninstalled")

    for auth in (ConnectAuth(APP, CLIENT, gone, base_url=SITE), BearerAuth(gone)):
        with pytest.raises(Unauthorized):
            signed(auth, requests.Request("GET", f"{SITE}/x"))


def test_a_forge_token_is_asked_for_each_time() -> None:
    tokens = iter(["one", "two"])
    auth = BearerAuth(lambda: next(tokens))

    sent = [signed(auth, requests.Request("GET", f"{SITE}/x")) for _ in range(2)]

    assert [one.headers["Authorization"] for one in sent] == ["Bearer one", "Bearer two"]


def test_neither_shows_its_secret() -> None:
    shown = f"{connect()!r} {connect()} {BearerAuth(lambda: SECRET)!r}"

    assert SECRET not in shown
    assert "lambda" not in shown
