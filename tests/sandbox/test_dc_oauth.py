"""
Confluence lets applications in, as requests-oauthlib expects it of anybody.

The client is the one of the Python package index, over real HTTP; a person's browser is a plain
session that presses the button of the consent page.
"""

import json
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask.testing import FlaskClient
from oauthlib.oauth2 import (  # type: ignore[import-untyped]  # tests alone use it
    InvalidGrantError,
    WebApplicationClient,
)
from requests_oauthlib import OAuth2Session  # type: ignore[import-untyped]  # as above
from werkzeug.serving import make_server

from sandbox.app import create_app
from sandbox.datacenter.oauth.links import WrongLink, understood
from sandbox.directory import BOT, LI_NA, TOM, User
from tests.sandbox.conftest import app_of_a_fresh_site
from tests.sandbox.data_center import Caller, json_of

REDIRECT = "http://127.0.0.1:9/signin/callback"
LINK = {
    "name": "OKR Connector",
    "redirect": REDIRECT,
    "scope": "WRITE",
    "client_id": "okr",
    "client_secret": "a-secret-of-the-link",
}
OAUTH = "/confluence/rest/oauth2/latest"
CONSENT = "/confluence/plugins/servlet/oauth2/consent"
CURRENT = "/confluence/rest/api/user/current"
HIRING = "/confluence/rest/api/content/131438"
VERIFIER = "v" * 43
ASKED = {
    "client_id": "okr",
    "redirect_uri": REDIRECT,
    "response_type": "code",
    "scope": "READ",
    "state": "s-1",
}


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 23, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(clock: Clock) -> FlaskClient:
    app = app_of_a_fresh_site("company", flavor="dc", incoming_link=dict(LINK), now=clock)
    return app.test_client()


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A site on this machine; oauthlib is told that plain HTTP is fine there."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setenv("NO_PROXY", ",".join(("127.0.0.1", os.environ.get("NO_PROXY", ""))))
    app = create_app("company", flavor="dc", incoming_link=dict(LINK))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=10)
    server.server_close()


def let_in(base: str, address: str, user: User, answer: str = "allow") -> str:
    """Where the person's browser ends up after the button."""
    with requests.Session() as browser:
        browser.cookies.set("sandbox-user", user.account_id)
        page = browser.get(address, timeout=10)
        fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
        form = {name: unescape(value) for name, value in fields.items()} | {"answer": answer}
        sent = browser.post(f"{base}{CONSENT}", data=form, timeout=10, allow_redirects=False)
    return sent.headers["Location"]


def session(base: str, scope: str = "READ") -> OAuth2Session:
    web = WebApplicationClient("okr", code_challenge_method="S256")
    return OAuth2Session(client=web, redirect_uri=REDIRECT, scope=[scope], pkce="S256")


def signed_in(base: str, user: User, scope: str = "READ") -> OAuth2Session:
    found = session(base, scope)
    address, _ = found.authorization_url(f"{base}{OAUTH}/authorize")
    back = let_in(base, address, user)
    found.fetch_token(
        f"{base}{OAUTH}/token",
        authorization_response=back,
        client_secret=LINK["client_secret"],
        include_client_id=True,
    )
    return found


def test_a_published_client_signs_somebody_in_with_pkce(base: str) -> None:
    li_na = signed_in(base, LI_NA)

    me = li_na.get(f"{base}{CURRENT}", timeout=10).json()

    assert me["displayName"] == "李娜"
    assert li_na.token["token_type"] == "bearer"
    assert li_na.token["expires_in"] == 3600


def test_an_application_sees_what_the_person_sees(base: str) -> None:
    li_na, tom = signed_in(base, LI_NA), signed_in(base, TOM)

    assert li_na.get(f"{base}{HIRING}", timeout=10).status_code == 200
    assert tom.get(f"{base}{HIRING}", timeout=10).status_code == 404


def test_a_published_client_refreshes_and_both_old_tokens_end(base: str) -> None:
    tom = signed_in(base, TOM)
    old = dict(tom.token)
    secrets = {"client_id": "okr", "client_secret": LINK["client_secret"]}

    tom.refresh_token(f"{base}{OAUTH}/token", **secrets)

    assert tom.get(f"{base}{CURRENT}", timeout=10).status_code == 200
    stale = {"Authorization": f"Bearer {old['access_token']}"}
    assert requests.get(f"{base}{CURRENT}", headers=stale, timeout=10).status_code == 401
    with pytest.raises(InvalidGrantError):
        tom.refresh_token(f"{base}{OAUTH}/token", refresh_token=old["refresh_token"], **secrets)


def test_a_refusal_reaches_the_application_with_its_state(base: str) -> None:
    tom = session(base)
    address, state = tom.authorization_url(f"{base}{OAUTH}/authorize")

    told = parse_qs(urlsplit(let_in(base, address, TOM, "deny")).query)

    assert told["error"] == ["access_denied"]
    assert told["state"] == [state]
    assert "code" not in told


# Below, the same site without a network: single rules.


def code_for(client: FlaskClient, user: User = TOM, asked: dict[str, str] | None = None) -> str:
    client.set_cookie("sandbox-user", user.account_id)
    sent = client.post(CONSENT, data={**ASKED, **(asked or {}), "answer": "allow"})
    assert sent.status_code == 303, sent.get_data(as_text=True)
    return parse_qs(urlsplit(sent.headers["Location"]).query)["code"][0]


def tokens(client: FlaskClient, **form: str) -> Any:
    known = {name: LINK[name] for name in ("client_id", "client_secret")}
    return client.post(f"{OAUTH}/token", data=known | form)


def exchanged(client: FlaskClient, code: str, **form: str) -> Any:
    told = {"grant_type": "authorization_code", "redirect_uri": REDIRECT, "code": code}
    return tokens(client, **(told | form))


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_the_address_leads_to_a_page_that_names_the_application(client: FlaskClient) -> None:
    sent = client.get(f"{OAUTH}/authorize", query_string=ASKED)
    page = client.get(sent.headers["Location"])

    assert sent.status_code == 302
    assert "OKR Connector" in page.get_data(as_text=True)
    assert "form-action 'self' http://127.0.0.1:9;" in page.headers["Content-Security-Policy"]


def test_a_stranger_is_asked_who_they_are(client: FlaskClient) -> None:
    client.set_cookie("sandbox-user", "anonymous")

    page = client.get(CONSENT, query_string=ASKED)

    assert "Choose in the header who you are" in page.get_data(as_text=True)
    assert client.post(CONSENT, data={**ASKED, "answer": "allow"}).status_code == 403


def test_another_site_cannot_press_the_button(client: FlaskClient) -> None:
    client.set_cookie("sandbox-user", TOM.account_id)
    foreign = {"Origin": "https://evil.example"}

    answer = client.post(CONSENT, data={**ASKED, "answer": "allow"}, headers=foreign)

    assert answer.status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"client_id": "another"},
        {"client_id": ""},
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": f"{REDIRECT}/more"},
        {"redirect_uri": ""},
    ],
)
@pytest.mark.parametrize("path", [f"{OAUTH}/authorize", CONSENT])
def test_nobody_is_sent_where_no_administrator_said(
    client: FlaskClient, path: str, wrong: dict[str, str]
) -> None:
    answer = client.get(path, query_string=ASKED | wrong)

    assert answer.status_code == 400
    assert set(json_of(answer)) == {"error", "error_description"}


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"response_type": ""}, "unsupported_response_type"),
        ({"scope": "ADMIN"}, "invalid_scope"),
        ({"scope": "read:jira-work"}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"code_challenge_method": "S256"}, "invalid_request"),
        ({"code_challenge": "c" * 43, "code_challenge_method": "MD5"}, "invalid_request"),
    ],
)
def test_other_mistakes_are_told_to_the_application(
    client: FlaskClient, wrong: dict[str, str], error: str
) -> None:
    answer = client.get(f"{OAUTH}/authorize", query_string=ASKED | wrong)

    assert answer.headers["Location"].startswith(f"{REDIRECT}?")
    told = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert (told["error"], told["state"]) == ([error], ["s-1"])


def test_a_code_is_good_once(client: FlaskClient) -> None:
    code = code_for(client)

    assert exchanged(client, code).status_code == 200
    assert json_of(exchanged(client, code))["error"] == "invalid_grant"


def test_a_code_is_spent_by_a_failed_try(client: FlaskClient) -> None:
    code = code_for(client)

    assert json_of(exchanged(client, code, redirect_uri="https://x.example"))["error"] == (
        "invalid_grant"
    )
    assert exchanged(client, code).status_code == 400


def test_a_code_lives_ten_seconds(client: FlaskClient, clock: Clock) -> None:
    code = code_for(client)
    clock.now += timedelta(seconds=10)

    assert exchanged(client, code).status_code == 400


@pytest.mark.parametrize(
    ("asked", "verifier"),
    [
        ({"code_challenge": "c" * 43, "code_challenge_method": "S256"}, VERIFIER),
        ({"code_challenge": "c" * 43, "code_challenge_method": "S256"}, "c" * 43),
        ({"code_challenge": VERIFIER, "code_challenge_method": "plain"}, ""),
        ({"code_challenge": VERIFIER}, "w" * 43),
        ({}, VERIFIER),
    ],
)
def test_a_wrong_verifier_gets_no_tokens(
    client: FlaskClient, asked: dict[str, str], verifier: str
) -> None:
    answer = exchanged(client, code_for(client, asked=asked), code_verifier=verifier)

    assert (answer.status_code, json_of(answer)["error"]) == (400, "invalid_grant")


def test_a_plain_verifier_is_taken_as_it_is(client: FlaskClient) -> None:
    code = code_for(client, asked={"code_challenge": VERIFIER, "code_challenge_method": "plain"})

    assert exchanged(client, code, code_verifier=VERIFIER).status_code == 200


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"client_secret": "wrong"}, 401, "invalid_client"),
        ({"client_secret": ""}, 401, "invalid_client"),
        ({"client_id": "another"}, 401, "invalid_client"),
        ({}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"grant_type": "client_credentials"}, 400, "unsupported_grant_type"),
        ({"grant_type": "authorization_code", "code": "guess"}, 400, "invalid_grant"),
        ({"grant_type": "refresh_token", "refresh_token": ""}, 400, "invalid_grant"),
        ({"grant_type": "refresh_token", "refresh_token": "guess"}, 400, "invalid_grant"),
    ],
)
def test_refusals_of_tokens_have_the_standard_names(
    client: FlaskClient, form: dict[str, str], status: int, error: str
) -> None:
    answer = tokens(client, **form)

    assert (answer.status_code, json_of(answer)["error"]) == (status, error)
    assert answer.headers["Cache-Control"] == "no-store"


def test_tokens_may_be_asked_for_in_the_address_and_not_in_json(client: FlaskClient) -> None:
    """As the documentation's examples do, and as has been seen to fail."""
    told = {name: LINK[name] for name in ("client_id", "client_secret")} | {
        "grant_type": "authorization_code",
        "redirect_uri": REDIRECT,
        "code": code_for(client),
    }

    assert client.post(f"{OAUTH}/token", query_string=told).status_code == 200
    assert client.post(f"{OAUTH}/token", json=told).status_code == 500


def test_access_ends_after_an_hour_and_a_refresh_after_ninety_days(
    client: FlaskClient, clock: Clock
) -> None:
    held = json_of(exchanged(client, code_for(client)))
    again = {"grant_type": "refresh_token", "refresh_token": held["refresh_token"]}

    clock.now += timedelta(hours=1)
    assert client.get(CURRENT, headers=bearer(held["access_token"])).status_code == 401
    fresh = json_of(tokens(client, **again))
    assert client.get(CURRENT, headers=bearer(fresh["access_token"])).status_code == 200
    clock.now += timedelta(days=90)
    assert tokens(client, **(again | {"refresh_token": fresh["refresh_token"]})).status_code == 400


def test_the_scope_caps_what_the_person_may(client: FlaskClient) -> None:
    read = json_of(exchanged(client, code_for(client, BOT)))["access_token"]
    write = json_of(exchanged(client, code_for(client, BOT, {"scope": "READ WRITE"})))[
        "access_token"
    ]
    label = "/confluence/rest/api/content/131073/label"
    webhooks = "/confluence/rest/api/webhooks"

    def status(token: str, method: str, path: str) -> int:
        body = [{"prefix": "global", "name": "seen"}] if method == "POST" else None
        return client.open(path, method=method, headers=bearer(token), json=body).status_code

    assert status(read, "GET", CURRENT) == 200
    assert status(read, "POST", label) == 403
    assert status(write, "POST", label) == 200
    assert status(write, "GET", webhooks) == 403
    assert Caller(client).get(webhooks).status_code == 200


def test_a_token_of_confluence_is_none_of_jira(client: FlaskClient) -> None:
    token = json_of(exchanged(client, code_for(client)))["access_token"]

    assert client.get("/jira/rest/api/2/myself", headers=bearer(token)).status_code == 401


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
def test_an_application_gives_its_tokens_back(client: FlaskClient, kind: str) -> None:
    held = json_of(exchanged(client, code_for(client)))
    known = {name: LINK[name] for name in ("client_id", "client_secret")}

    answer = client.post(f"{OAUTH}/revoke", data=known | {"token": held[kind]})
    unknown = client.post(f"{OAUTH}/revoke", data=known | {"token": "guess"})

    assert (answer.status_code, unknown.status_code) == (200, 200)
    assert client.get(CURRENT, headers=bearer(held["access_token"])).status_code == 401


def test_nobody_gives_back_the_tokens_of_others(client: FlaskClient) -> None:
    held = json_of(exchanged(client, code_for(client)))
    other = {**LINK, "client_id": "other", "client_secret": "other-secret"}
    client.post("/_sandbox/incoming-links", json=other)

    told = {"client_id": "other", "client_secret": "other-secret", "token": held["access_token"]}
    client.post(f"{OAUTH}/revoke", data=told)
    wrong = client.post(f"{OAUTH}/revoke", data=told | {"client_secret": "guess"})

    assert wrong.status_code == 401
    assert client.get(CURRENT, headers=bearer(held["access_token"])).status_code == 200


def test_a_person_takes_back_what_they_granted_and_nobody_else_does(client: FlaskClient) -> None:
    held = json_of(exchanged(client, code_for(client, TOM)))
    page = client.get("/confluence/plugins/servlet/applinks").get_data(as_text=True)
    grant = re.findall(r'name="grant" value="(\w+)"', page)[0]

    client.set_cookie("sandbox-user", LI_NA.account_id)
    foreign = client.post("/confluence/plugins/servlet/applinks/revoke", data={"grant": grant})
    still = client.get(CURRENT, headers=bearer(held["access_token"]))
    client.set_cookie("sandbox-user", TOM.account_id)
    client.post("/confluence/plugins/servlet/applinks/revoke", data={"grant": grant})

    assert (foreign.status_code, still.status_code) == (404, 200)
    assert client.get(CURRENT, headers=bearer(held["access_token"])).status_code == 401


def test_an_administrator_links_and_unlinks_an_application(client: FlaskClient) -> None:
    page = "/confluence/plugins/servlet/applinks"
    form = {"name": "Board", "redirect": "https://board.example/back", "scope": "READ"}

    client.set_cookie("sandbox-user", TOM.account_id)
    assert client.post(page, data=form).status_code == 403
    client.set_cookie("sandbox-user", BOT.account_id)
    assert client.post(page, data=form | {"redirect": "http://x.example"}).status_code == 400
    assert client.post(page, data=form).status_code == 303
    shown = client.get(page).get_data(as_text=True)
    held = json_of(exchanged(client, code_for(client, BOT)))
    client.post(page, data={"remove": "okr"})

    assert "https://board.example/back" in shown
    assert client.get(CURRENT, headers=bearer(held["access_token"])).status_code == 401
    assert client.get(f"{OAUTH}/authorize", query_string=ASKED).status_code == 400


@pytest.mark.parametrize(
    "given",
    [
        {"redirect": ""},
        {"redirect": "http://okr.example/back"},
        {"redirect": "https://okr.example/back#part"},
        {"redirect": "http://[::1"},
        {"redirect": "https://okr.example/", "scope": "EVERYTHING"},
        {"redirect": "https://okr.example/", "colour": "red"},
        {"redirect": "https://okr.example/", "name": 7},
        {"redirect": "https://okr.example/", "name": "\ud800"},
    ],
)
def test_a_link_that_is_none_is_refused(client: FlaskClient, given: dict[str, Any]) -> None:
    with pytest.raises(WrongLink):
        understood(given)
    answer = client.post(
        "/_sandbox/incoming-links", data=json.dumps(given), content_type="application/json"
    )
    assert answer.status_code == 400


def test_only_data_center_has_a_provider() -> None:
    cloud = app_of_a_fresh_site("empty").test_client()

    assert cloud.get(f"{OAUTH}/authorize", query_string=ASKED).status_code == 404
    assert cloud.post("/_sandbox/incoming-links", json=LINK).status_code == 400


def test_while_confluence_is_down_nobody_gets_tokens(client: FlaskClient) -> None:
    code = code_for(client)
    client.post("/_sandbox/faults", json={"confluence": "down"})

    assert exchanged(client, code).status_code == 503
