"""People let us in at a Confluence of Data Center; what a provider may answer, and what we say."""

import json
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask
from werkzeug import Request, Response

from connector.atlassian import oauth as module
from connector.atlassian.oauth import Application, ConfluenceOAuth, NotGranted, NotLinked
from connector.atlassian.remedies import Remedy
from connector.atlassian.transport import Trust
from connector.core.errors import (
    OkrError,
    Refused,
    Throttled,
    Unauthorized,
    Unavailable,
)
from connector.core.grant import Grant
from sandbox.app import create_app
from sandbox.datacenter.people import account_of
from sandbox.directory import LI_NA, User
from tests.atlassian.serving import served
from tests.atlassian.test_trust import (  # noqa: F401 - a fixture is asked for by name
    authority,
    secure_site,
)

REDIRECT = "https://okr.example/signin/callback"
SECRET = "a-secret-of-the-link"
VERIFIER = "x" * 64
LINK = {"redirect": REDIRECT, "client_id": "okr", "client_secret": SECRET}
OURS = Application("okr", SECRET, REDIRECT)


@pytest.fixture
def app() -> Flask:
    return create_app("empty", flavor="dc", incoming_link=dict(LINK))


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    with served(app) as base:
        yield f"{base}/confluence"


def back_from(app: Flask, address: str, user: User = LI_NA) -> dict[str, list[str]]:
    """What the site tells us through the person's browser, once the person let us in."""
    browser, asked = app.test_client(), urlsplit(address)
    browser.set_cookie("sandbox-user", user.account_id)
    page = browser.get(f"{asked.path}?{asked.query}", follow_redirects=True)
    fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
    form = {name: unescape(value) for name, value in fields} | {"answer": "allow"}
    sent = browser.post("/confluence/plugins/servlet/oauth2/consent", data=form)
    assert sent.headers["Location"].startswith(f"{REDIRECT}?")
    return parse_qs(urlsplit(sent.headers["Location"]).query)


def granted(app: Flask, oauth: ConfluenceOAuth) -> Grant:
    told = back_from(app, oauth.authorize_url(state="s", verifier=VERIFIER))
    assert told["state"] == ["s"]
    return oauth.exchange(told["code"][0], verifier=VERIFIER)


def test_somebody_lets_us_in_and_we_know_who(app: Flask, site: str) -> None:
    oauth = ConfluenceOAuth(f"{site}/", OURS)

    grant = granted(app, oauth)

    assert oauth.account(grant.access) == account_of(LI_NA).userkey
    assert grant.lasts == timedelta(hours=1)


def test_a_refresh_gives_new_tokens_and_ends_the_old(app: Flask, site: str) -> None:
    oauth = ConfluenceOAuth(site, OURS)
    first = granted(app, oauth)

    second = oauth.refresh(first.refresh)

    assert oauth.account(second.access) == account_of(LI_NA).userkey
    with pytest.raises(NotGranted):
        oauth.refresh(first.refresh)
    with pytest.raises(Unauthorized):
        oauth.account(first.access)


def test_tokens_are_given_back(app: Flask, site: str) -> None:
    oauth = ConfluenceOAuth(site, OURS)
    grant = granted(app, oauth)

    oauth.revoke(grant.refresh)

    with pytest.raises(Unauthorized):
        oauth.account(grant.access)


def test_a_code_without_our_verifier_is_worth_nothing(app: Flask, site: str) -> None:
    oauth = ConfluenceOAuth(site, OURS)
    told = back_from(app, oauth.authorize_url(state="s", verifier=VERIFIER))

    with pytest.raises(NotGranted):
        oauth.exchange(told["code"][0], verifier="y" * 64)


def test_the_browser_never_sees_the_verifier_or_the_secret() -> None:
    address = ConfluenceOAuth("https://wiki.example", OURS).authorize_url(
        state="s", verifier=VERIFIER
    )

    assert address.startswith("https://wiki.example/rest/oauth2/latest/authorize?")
    assert VERIFIER not in address
    assert SECRET not in address
    assert "code_challenge_method=S256" in address


def test_a_wrong_secret_is_said_to_be_the_links(site: str) -> None:
    oauth = ConfluenceOAuth(site, Application("okr", "guess", REDIRECT))

    with pytest.raises(NotLinked) as refusal:
        oauth.exchange("code", verifier=VERIFIER)

    assert "invalid_client" in str(refusal.value)
    with pytest.raises(NotLinked):
        oauth.revoke("token")


def answering(status: int, body: object, **headers: str) -> Flask:
    """A site that says this to everything."""
    app = Flask("anything")

    @app.route("/", defaults={"path": ""}, methods=["GET", "POST"])
    @app.route("/<path:path>", methods=["GET", "POST"])
    def anything(path: str) -> Response:
        text = body if isinstance(body, str) else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Response(text, status, named, content_type="application/json")

    return app


GOOD = {
    "access_token": "a",
    "refresh_token": "r",
    "token_type": "bearer",
    "expires_in": 7200,
    "created_at": 1607635748,
}


@pytest.mark.parametrize(
    ("told", "lasts"),
    [
        (7200, timedelta(hours=2)),
        (None, timedelta(hours=1)),
        (0, timedelta(hours=1)),
        (-5, timedelta(hours=1)),
        ("7200", timedelta(hours=1)),
        (True, timedelta(hours=1)),
        (10**30, timedelta(days=90)),
    ],
)
def test_a_life_is_read_with_care(told: object, lasts: timedelta) -> None:
    with served(answering(200, GOOD | {"expires_in": told})) as base:
        grant = ConfluenceOAuth(base, OURS).refresh("r")

    assert grant == Grant("a", "r", lasts)


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, GOOD | {"access_token": ""}, Unavailable),
        (200, GOOD | {"access_token": 7}, Unavailable),
        (200, GOOD | {"access_token": "a\r\nX-Evil: 1"}, Unavailable),
        (200, GOOD | {"access_token": "a" * 5000}, Unavailable),
        (200, GOOD | {"refresh_token": None}, Unavailable),
        (200, GOOD | {"token_type": "mac"}, Unavailable),
        (200, [GOOD], Unavailable),
        (200, "<html>", Unavailable),
        (200, "", Unavailable),
        (400, {"error": "invalid_grant"}, NotGranted),
        (401, {"error": "invalid_grant"}, NotGranted),
        (400, {"error": "invalid_client"}, NotLinked),
        (401, {"error": "unauthorized_client"}, NotLinked),
        (400, {"error": "invalid_scope"}, NotLinked),
        (400, {"error": ["invalid_grant"]}, Refused),
        (400, "[", Refused),
        (401, {}, Unauthorized),
        (500, {"message": "The @FormParam is utilized"}, Unavailable),
        (503, {}, Unavailable),
    ],
)
def test_what_a_provider_may_answer(status: int, body: object, error: type[OkrError]) -> None:
    with served(answering(status, body)) as base, pytest.raises(error):
        ConfluenceOAuth(base, OURS).refresh("r")


@pytest.mark.parametrize("body", [{}, [], {"userKey": ""}, {"userKey": 7}, {"type": "anonymous"}])
def test_a_token_that_speaks_for_nobody_is_refused(body: object) -> None:
    with served(answering(200, body)) as base, pytest.raises(Unauthorized):
        ConfluenceOAuth(base, OURS).account("a")


def test_an_empty_bucket_says_when_to_come_back() -> None:
    with served(answering(429, {}, Retry_After="7")) as base, pytest.raises(Throttled) as told:
        ConfluenceOAuth(base, OURS).refresh("r")

    assert told.value.retry_after >= timedelta(seconds=7)


def test_a_redirect_does_not_take_the_secret_elsewhere() -> None:
    heard: list[str] = []

    @Request.application
    def elsewhere(request: Request) -> Response:
        heard.append(request.get_data(as_text=True))
        return Response(json.dumps(GOOD), content_type="application/json")

    with served(elsewhere) as other:
        for status in (301, 302, 307, 308):
            with (
                served(answering(status, "", Location=f"{other}/token")) as base,
                pytest.raises(Refused),
            ):
                ConfluenceOAuth(base, OURS).refresh("r")

    assert heard == []


def test_too_large_an_answer_is_not_read() -> None:
    with served(answering(200, GOOD | {"more": "x" * 100_000})) as base, pytest.raises(OkrError):
        ConfluenceOAuth(base, OURS).refresh("r")


def test_a_silent_site_does_not_hold_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SECONDS", 0.3)

    @Request.application
    def silent(_request: Request) -> Response:
        time.sleep(2)
        return Response("{}")

    began = time.monotonic()
    with served(silent) as base, pytest.raises(Unavailable):
        ConfluenceOAuth(base, OURS).refresh("r")

    assert time.monotonic() - began < 6


def test_a_failure_tells_no_secret(caplog: pytest.LogCaptureFixture) -> None:
    grant = Grant("the-access", "the-refresh", timedelta(1))
    oauth = ConfluenceOAuth("http://127.0.0.1:9", OURS)

    with pytest.raises(Unavailable) as refusal:
        oauth.refresh("the-refresh")

    everything = f"{refusal.value!r} {grant} {oauth} {OURS} {caplog.text}"
    assert refusal.value.__cause__ is None
    for secret in (SECRET, "the-access", "the-refresh"):
        assert secret not in everything


@pytest.mark.parametrize("verifier", ["a" * 43, "~._-" * 20])
def test_a_challenge_is_what_oauthlib_makes_of_it(verifier: str) -> None:
    from oauthlib.oauth2 import (  # type: ignore[import-untyped]  # noqa: PLC0415 - a judge of this test alone
        WebApplicationClient,
    )

    theirs = WebApplicationClient("x").create_code_challenge(verifier, "S256")

    assert module.challenge_of(verifier) == theirs


def test_requests_does_not_look_into_netrc(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path_factory.mktemp("home") / ".netrc"
    netrc.write_text("machine 127.0.0.1 login me password mine", encoding="ascii")
    monkeypatch.setenv("NETRC", str(netrc))
    seen: list[str | None] = []

    @Request.application
    def looking(request: Request) -> Response:
        seen.append(request.headers.get("Authorization"))
        return Response(json.dumps(GOOD), content_type="application/json")

    with served(looking) as base:
        ConfluenceOAuth(base, OURS).refresh("r")
        requests.get(f"{base}/", timeout=5)

    assert seen[0] is None
    assert seen[1] is not None, "without us it would have been read"


def test_our_own_authority_goes_before_that_of_the_environment(
    authority: Path,  # noqa: F811 - the fixture itself
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """requests takes REQUESTS_CA_BUNDLE before what its session was given."""
    (other := authority / "other.pem").write_bytes((authority / "site.crt").read_bytes())
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(other))
    trust = Trust(ca_bundle=str(authority / "ca.pem"))

    with secure_site(authority) as address:
        with pytest.raises(Unauthorized):  # it answers {}: the token speaks for nobody
            ConfluenceOAuth(address, OURS, trust=trust).account("a")
        with pytest.raises(Unavailable) as untrusted:
            ConfluenceOAuth(address, OURS).account("a")

    assert untrusted.value.remedy is Remedy.CERTIFICATE
