"""A viewer without the right gets nothing: not a title, not a tag, not a hint that it exists."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from connector.core.okr import PageId
from connector.web.signatures import macro_link, sign_macro
from tests.web.conftest import BEARER, CANARY, OTHER, PAGE, SITE, TOKEN, Caller

MACRO = f"/macros/objective?page={PAGE}"


def sig(page: PageId = PAGE, macro: str = "objective", token: str = TOKEN) -> str:
    return sign_macro(token, site=SITE, page=page, macro=macro)


def everything(answer: TestResponse) -> str:
    return f"{answer.headers}\n{answer.get_data(as_text=True)}"


def test_the_token_reads_the_macro(client: FlaskClient) -> None:
    answer = client.get(MACRO, headers=BEARER)

    assert answer.status_code == 200
    assert CANARY in answer.get_data(as_text=True)


def test_a_signed_link_reads_its_page(client: FlaskClient) -> None:
    link = macro_link("", site=SITE, page=PAGE, macro="objective", api_token=TOKEN, theme="dark")

    answer = client.get(link)

    assert answer.status_code == 200
    assert CANARY in answer.get_data(as_text=True)


NO_RIGHT = {
    "no proof": (MACRO, {}),
    "a wrong token": (MACRO, {"Authorization": "Bearer another-token"}),
    "an empty token": (MACRO, {"Authorization": "Bearer "}),
    "another scheme": (MACRO, {"Authorization": f"Basic {TOKEN}"}),
    "the token in the address": (f"{MACRO}&token={TOKEN}", {}),
    "an empty signature": (f"{MACRO}&sig=", {}),
    "a signature of letters": (f"{MACRO}&sig=é", {}),
    "the signature of another page": (f"{MACRO}&sig={sig(OTHER)}", {}),
    "the signature of another macro": (f"{MACRO}&sig={sig(macro='tree')}", {}),
    "a signature by another token": (f"{MACRO}&sig={sig(token='another-token')}", {}),
    "a page named twice": (f"/macros/objective?page={OTHER}&page={PAGE}&sig={sig(PAGE)}", {}),
    "the objective": (f"/api/v1/objectives/{PAGE}-O1", {}),
    "all objectives": ("/api/v1/objectives", {}),
    "a key result": (f"/api/v1/key-results/{PAGE}-1", {}),
    "the API with a signature": (f"/api/v1/objectives?page={PAGE}&sig={sig()}", {}),
    "the metrics": ("/metrics", {}),
    "the description": ("/api/v1/openapi.json", {}),
}


@pytest.mark.parametrize(("path", "headers"), NO_RIGHT.values(), ids=NO_RIGHT.keys())
def test_a_viewer_without_the_right_gets_nothing(
    client: FlaskClient, path: str, headers: dict[str, str]
) -> None:
    answer = client.get(path, headers=headers)

    assert answer.status_code == 401
    assert CANARY not in everything(answer)
    assert "ETag" not in answer.headers


def test_a_signature_for_one_page_does_not_open_a_second_of_that_name(client: FlaskClient) -> None:
    """The guard and the view must read the same one of two parameters."""
    answer = client.get(f"/macros/objective?page={OTHER}&page={PAGE}&sig={sig(OTHER)}")

    assert CANARY not in everything(answer)


def test_a_tag_that_would_match_does_not_confirm_that_the_page_is_there(
    client: FlaskClient,
) -> None:
    tag = client.get(MACRO, headers=BEARER).headers["ETag"]

    answer = client.get(MACRO, headers={"If-None-Match": tag})

    assert answer.status_code == 401


def test_refused_and_unknown_pages_look_alike(client: FlaskClient) -> None:
    refused, unknown = (
        client.get(f"/macros/objective?page={page}&sig={sig(OTHER)}") for page in (PAGE, "999")
    )

    assert refused.status_code == unknown.status_code
    assert refused.data == unknown.data
    assert refused.headers == unknown.headers


def test_a_new_token_ends_old_links(caller: Caller) -> None:
    answer = caller(api_token="another-token-now").get(f"{MACRO}&sig={sig()}")

    assert answer.status_code == 401


def test_no_two_triples_are_signed_alike() -> None:
    assert sign_macro(TOKEN, site=SITE, page=PageId("1"), macro="2") != sign_macro(
        TOKEN, site=SITE, page=PageId("12"), macro=""
    )


LOCAL = {"REMOTE_ADDR": "127.0.0.1"}


@pytest.mark.parametrize("path", [MACRO, "/api/v1/objectives", "/metrics"])
@pytest.mark.parametrize(
    ("remote", "host"),
    [
        ("127.0.0.1", "localhost:8090"),
        ("127.8.9.1", "127.0.0.1:8090"),
        ("::1", "[::1]:8090"),
        ("::ffff:127.0.0.1", "okr.localhost"),
    ],
)
def test_without_a_token_this_machine_may_ask(
    caller: Caller, path: str, remote: str, host: str
) -> None:
    answer = caller(api_token=None).get(
        path, headers={"Host": host}, environ_overrides={"REMOTE_ADDR": remote}
    )

    assert answer.status_code == 200


STRANGERS = {
    "another machine": ({"REMOTE_ADDR": "10.0.0.7"}, {}),
    "an address that is none": ({"REMOTE_ADDR": ""}, {}),
    "a proxy": (LOCAL, {"X-Forwarded-For": "127.0.0.1"}),
    "a proxy that names the host": (LOCAL, {"X-Forwarded-Host": "localhost"}),
    "a standard proxy": (LOCAL, {"Forwarded": "for=127.0.0.1"}),
    "another proxy": (LOCAL, {"X-Real-IP": "127.0.0.1"}),
    "a rebound name": (LOCAL, {"Host": "evil.example:8090"}),
    "a name that begins like ours": (LOCAL, {"Host": "127.0.0.1.evil.example"}),
    "a name that ends like ours": (LOCAL, {"Host": "evil-localhost"}),
    "a host that is none": (LOCAL, {"Host": "[::1"}),
}


@pytest.mark.parametrize("path", [MACRO, "/api/v1/objectives", "/metrics"])
@pytest.mark.parametrize(("environ", "headers"), STRANGERS.values(), ids=STRANGERS.keys())
def test_without_a_token_nobody_else_may(
    caller: Caller, path: str, environ: dict[str, str], headers: dict[str, str]
) -> None:
    answer = caller(api_token=None).get(path, headers=headers, environ_overrides=environ)

    assert answer.status_code in (400, 403)
    assert CANARY not in everything(answer)


def test_a_service_with_a_public_address_takes_nobody_for_local(caller: Caller) -> None:
    """A proxy on this machine may pass strangers on without leaving a trace."""
    client = caller(api_token=None, base_url="https://okr.example")

    answers = [client.get(MACRO, headers={"Host": host}) for host in ("localhost", "okr.example")]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_a_token_is_asked_for_on_this_machine_too(client: FlaskClient) -> None:
    answer = client.get("/api/v1/objectives", environ_overrides={"REMOTE_ADDR": "127.0.0.1"})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
