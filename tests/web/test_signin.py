"""
Signing in with Confluence from a frame: popup, way back, and the frame's own cookie.

Here the browser and the wiki are played; `tests/e2e/test_signin.py` does it with real ones.
"""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from connector.atlassian.oauth import NotGranted
from connector.core.errors import Unauthorized, Unavailable
from connector.core.grant import Grant
from connector.core.viewer import Viewer
from connector.storage.keyring import Keyring, new_key
from connector.web.app import create_app
from connector.web.services import WebServices
from connector.web.sessions import HAND_OVER, KeptInMemory, Sessions
from connector.web.signin import (
    OPEN_ON_PURPOSE,
    POPUP_LASTS,
    SignIn,
    bp,
    cookies_for,
    open_sign_in,
    viewer_of_session,
)
from tests.web.conftest import NOW, PAGE, SITE

BASE = "https://okr.example"
VERIFIER = "frame-verifier-" * 3
SESSION = "__Host-okr"
POPUP = "__Host-okr-signin"
SAME = {"Sec-Fetch-Site": "same-origin", "Origin": BASE}


def digest(verifier: str) -> str:
    made = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


CHALLENGE = digest(VERIFIER)


@dataclass
class Clock:
    time: datetime = NOW

    def now(self) -> datetime:
        return self.time


@dataclass
class FakeHost:
    """A wiki that lets `codes` in; it holds PKCE as its provider does."""

    asked: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    revoked: list[str] = field(default_factory=list)
    down: bool = False

    def authorize_url(self, *, state: str, verifier: str) -> str:
        self.asked[state] = digest(verifier)
        return f"https://wiki.example/authorize?{urlencode({'state': state})}"

    def let_in(self, state: str, account: str = "li.na") -> str:
        """The code that the wiki sends back through the browser."""
        self.codes[f"code-of-{account}-{len(self.codes)}"] = f"{self.asked[state]}/{account}"
        return list(self.codes)[-1]

    def exchange(self, code: str, *, verifier: str) -> Grant:
        if self.down:
            raise Unavailable("no answer")
        challenge, _, account = self.codes.pop(code, "").partition("/")
        if challenge != digest(verifier):
            raise NotGranted("no")
        return Grant(f"access-{account}", f"refresh-{account}", timedelta(hours=1))

    def refresh(self, token: str) -> Grant:
        if self.down:
            raise Unavailable("no answer")
        if token in self.revoked:
            raise NotGranted("no")
        return Grant(f"{token}-access", f"{token}-again", timedelta(hours=1))

    def revoke(self, token: str) -> None:
        if self.down:
            raise Unavailable("no answer")
        self.revoked.append(token)

    def account(self, access: str) -> str:
        if not access.startswith("access-"):
            raise Unauthorized("speaks for nobody")
        return access.removeprefix("access-")


@dataclass
class World:
    app: Flask
    host: FakeHost
    clock: Clock

    def browser(self) -> FlaskClient:
        return self.app.test_client()


@pytest.fixture
def clock() -> Clock:
    return Clock()


MakeWorld = Callable[..., World]


@pytest.fixture
def make_world(services: WebServices, clock: Clock) -> MakeWorld:
    def make(base_url: str = BASE, *, linked: bool = True) -> World:
        app, host, seal = create_app(replace(services, base_url=base_url)), FakeHost(), _ring()
        if bp.name not in app.blueprints:
            app.register_blueprint(bp)
        app.add_url_rule("/who", "who", who)
        if linked:
            sessions = Sessions(KeptInMemory(), seal, clock)
            here = SignIn(
                site=SITE,
                host=host,
                sessions=sessions,
                seal=seal,
                clock=clock,
                base_url=base_url,
            )
            open_sign_in(app, here)
        return World(app, host, clock)

    return make


def _ring() -> Keyring:
    return Keyring([new_key()])


def who() -> dict[str, str]:
    found = viewer_of_session(request)
    return {"account": found.account, "token": found.token} if found else {}


@pytest.fixture
def world(make_world: MakeWorld) -> World:
    return make_world()


def started(browser: FlaskClient, base: str = BASE, **query: str) -> str:
    """The state with which the popup was sent to the wiki."""
    asked = {"challenge": CHALLENGE} | query
    sent = browser.get("/signin/start", base_url=base, query_string=asked)
    assert sent.status_code == 303, sent.text
    return parse_qs(urlsplit(sent.headers["Location"]).query)["state"][0]


def back(browser: FlaskClient, base: str = BASE, **query: str) -> TestResponse:
    return browser.get("/signin/callback", base_url=base, query_string=query)


def code_in(page: TestResponse) -> str:
    assert page.status_code == 200, page.text
    found = re.search(r'data-code="([\w-]+)"', page.text)
    assert found
    return found[1]


def brought_home(world: World, popup: FlaskClient, account: str = "li.na") -> str:
    """The code that the popup shows to its opener."""
    state = started(popup)
    return code_in(back(popup, state=state, code=world.host.let_in(state, account)))


def redeem(
    frame: FlaskClient, code: str, verifier: str = VERIFIER, base: str = BASE, **headers: str
) -> TestResponse:
    return frame.post(
        "/signin/redeem",
        base_url=base,
        json={"code": code, "verifier": verifier},
        headers={**SAME, "Origin": base, **{k.replace("_", "-"): v for k, v in headers.items()}},
    )


def cookie_of(answer: TestResponse, name: str) -> str:
    found = [one for one in answer.headers.getlist("Set-Cookie") if one.startswith(f"{name}=")]
    assert len(found) == 1, answer.headers.getlist("Set-Cookie")
    return found[0]


def attributes(cookie: str) -> set[str]:
    """Without the date that says the same as Max-Age."""
    return {one for one in cookie.split("; ")[1:] if not one.startswith("Expires=")}


def looks(frame: FlaskClient, base: str = BASE) -> dict[str, str]:
    told: dict[str, str] = frame.get("/who", base_url=base).json or {}
    return told


def test_the_frame_that_redeems_the_code_is_signed_in_and_the_popup_is_not(world: World) -> None:
    """Two cookie jars, as browsers keep them for a popup and for a frame on another site."""
    popup, frame = world.browser(), world.browser()

    answer = redeem(frame, brought_home(world, popup))

    assert answer.status_code == 204
    assert looks(frame) == {"account": "li.na", "token": "access-li.na"}
    assert looks(popup) == {}


def test_the_cookie_is_the_frames_own_and_no_script_reads_it(world: World) -> None:
    answer = redeem(world.browser(), brought_home(world, world.browser()))

    cookie = cookie_of(answer, SESSION)

    assert attributes(cookie) == {
        "Secure",
        "HttpOnly",
        "Max-Age=604800",
        "Path=/",
        "SameSite=None",
        "Partitioned",
    }
    value = cookie.partition("=")[2].partition(";")[0]
    assert len(value) == 43
    assert "Domain" not in cookie


def test_the_popup_gets_a_short_cookie_that_tells_nothing(world: World) -> None:
    popup = world.browser()
    sent = popup.get("/signin/start", base_url=BASE, query_string={"challenge": CHALLENGE})

    cookie = cookie_of(sent, POPUP)

    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax", "Max-Age=600"} <= set(
        cookie.split("; ")
    )
    assert CHALLENGE not in cookie
    assert parse_qs(urlsplit(sent.headers["Location"]).query)["state"][0] not in cookie


def test_the_popups_last_page_has_no_inline_script_and_nobody_frames_it(world: World) -> None:
    popup = world.browser()
    state = started(popup)

    page = back(popup, state=state, code=world.host.let_in(state))

    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "Cross-Origin-Opener-Policy" not in page.headers, "it would cut the tie to the frame"
    assert page.headers["Cache-Control"] == "no-cache, no-store"
    assert re.findall(r"<script[^>]*>[^<]", page.text) == []
    script = re.findall(r'src="\.\.(/assets/[^"]+signin-popup\.mjs)"', page.text)[0]
    assert "location.origin" in popup.get(script, base_url=BASE).text


def test_neither_address_nor_log_carry_secrets(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    popup, frame = world.browser(), world.browser()
    code = brought_home(world, popup)
    made = cookie_of(redeem(frame, code), SESSION)

    logged = "".join(capsys.readouterr())
    for secret in (code, VERIFIER, made.split(";")[0].partition("=")[2], "access-li.na"):
        assert secret not in logged


def test_a_second_popup_does_not_finish_the_first(world: World) -> None:
    popup = world.browser()
    first = started(popup)
    started(popup)

    answer = back(popup, state=first, code=world.host.let_in(first))

    assert answer.status_code == 403


# What must not sign anybody in.


def test_a_way_back_without_the_popups_cookie(world: World) -> None:
    """Somebody else's browser: an attacker's code would sign the victim in as the attacker."""
    state = started(world.browser())

    answer = back(world.browser(), state=state, code=world.host.let_in(state))

    assert answer.status_code == 403
    assert "data-code" not in answer.text


def test_a_way_back_with_another_state(world: World) -> None:
    popup, other = world.browser(), world.browser()
    started(popup)
    theirs = started(other)

    for state in (theirs, "", "x"):
        answer = back(popup, state=state, code=world.host.let_in(theirs))
        assert answer.status_code == 403
        assert world.host.codes, "the code was not even tried"


def test_a_way_back_twice(world: World) -> None:
    popup = world.browser()
    state = started(popup)
    code = world.host.let_in(state)
    back(popup, state=state, code=code)

    again = back(popup, state=state, code=code)

    assert again.status_code == 403


def test_a_way_back_that_took_too_long(world: World) -> None:
    popup = world.browser()
    state = started(popup)
    world.clock.time += POPUP_LASTS

    assert back(popup, state=state, code=world.host.let_in(state)).status_code == 403


@pytest.mark.parametrize("cookie", ["", "x", "gAAAAA", "é"])
def test_a_popup_cookie_that_is_none(world: World, cookie: str) -> None:
    popup = world.browser()
    popup.set_cookie(POPUP, cookie, domain="okr.example", secure=True)

    answer = popup.get(
        "/signin/callback?state=s&code=c", base_url=BASE, headers={"Cookie": f"{POPUP}={cookie}"}
    )

    assert answer.status_code == 403


def test_a_code_of_another_verifier_at_the_wiki(world: World) -> None:
    """PKCE: a code that was made for somebody else's request is refused by the wiki."""
    popup, other = world.browser(), world.browser()
    state, theirs = started(popup), started(other)

    answer = back(popup, state=state, code=world.host.let_in(theirs))

    assert answer.status_code == 403


@pytest.mark.parametrize("code", ["", "unknown", "x" * 3000])
def test_a_way_back_without_a_good_code(world: World, code: str) -> None:
    popup = world.browser()

    assert back(popup, state=started(popup), code=code).status_code == 403


@pytest.mark.parametrize(
    ("error", "said"),
    [("access_denied", "You did not let us in"), ("server_error", "This sign-in is over")],
)
def test_a_refusal_of_the_person_or_the_wiki_is_said(world: World, error: str, said: str) -> None:
    popup = world.browser()

    answer = back(popup, state=started(popup), error=error)

    assert answer.status_code == 403
    assert said in answer.text
    assert "Max-Age=0" in cookie_of(answer, POPUP)


def test_a_wiki_that_is_silent_is_not_our_viewers_fault(world: World) -> None:
    popup = world.browser()
    state = started(popup)
    code = world.host.let_in(state)
    world.host.down = True

    answer = back(popup, state=state, code=code)

    assert answer.status_code == 503
    assert "data-code" not in answer.text


def test_a_token_that_speaks_for_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(_access: str) -> str:
        raise Unauthorized("speaks for nobody")

    monkeypatch.setattr(world.host, "account", nobody)
    popup = world.browser()
    state = started(popup)

    assert back(popup, state=state, code=world.host.let_in(state)).status_code == 403


def test_a_code_redeemed_twice(world: World) -> None:
    frame, code = world.browser(), brought_home(world, world.browser())

    assert redeem(frame, code).status_code == 204
    again = redeem(world.browser(), code)

    assert again.status_code == 403
    assert again.headers.getlist("Set-Cookie") == []


def test_a_code_redeemed_with_another_verifier(world: World) -> None:
    """Whoever saw the code, but is not the frame that began; and the code is spent by the try."""
    code = brought_home(world, world.browser())

    assert redeem(world.browser(), code, verifier="w" * 43).status_code == 403
    assert redeem(world.browser(), code).status_code == 403


def test_a_code_redeemed_too_late(world: World) -> None:
    code = brought_home(world, world.browser())
    world.clock.time += HAND_OVER

    assert redeem(world.browser(), code).status_code == 403


FOREIGN = {
    "another site": {"Sec_Fetch_Site": "cross-site", "Origin": "https://evil.example"},
    "a neighbour": {"Sec_Fetch_Site": "same-site", "Origin": "https://wiki.okr.example"},
    "the wiki around the frame": {"Origin": "https://wiki.example"},
    "a frame without an origin": {"Origin": "null"},
    "another port": {"Origin": f"{BASE}:8443"},
    "plain http": {"Origin": "http://okr.example"},
    "a browser that tells the site alone": {"Sec_Fetch_Site": "cross-site", "Origin": BASE},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_foreign_origin_redeems_nothing_and_spends_nothing(
    world: World, headers: dict[str, str]
) -> None:
    code = brought_home(world, world.browser())

    refused = redeem(world.browser(), code, **headers)

    assert refused.status_code == 403
    assert redeem(world.browser(), code).status_code == 204


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
def test_a_foreign_origin_signs_nobody_out(world: World, headers: dict[str, str]) -> None:
    frame = world.browser()
    redeem(frame, brought_home(world, world.browser()))
    named = {name.replace("_", "-"): value for name, value in headers.items()}

    answer = frame.post("/signin/out", base_url=BASE, headers=SAME | named)

    assert answer.status_code == 403
    assert looks(frame)["account"] == "li.na"


def test_a_page_of_another_site_opens_no_popup(world: World) -> None:
    answer = world.browser().get(
        f"/signin/start?challenge={CHALLENGE}",
        base_url=BASE,
        headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    )

    assert answer.status_code == 403
    assert answer.headers.getlist("Set-Cookie") == []


@pytest.mark.parametrize("challenge", ["", "short", "x" * 44, "é" * 43, "a+b/" * 10 + "abc"])
def test_a_challenge_that_is_none(world: World, challenge: str) -> None:
    answer = world.browser().get(
        "/signin/start", base_url=BASE, query_string={"challenge": challenge}
    )

    assert answer.status_code == 400
    assert answer.headers.getlist("Set-Cookie") == []


ODD_BODIES: dict[str, dict[str, Any]] = {
    "nothing": {},
    "a form": {"data": {"code": "c" * 43, "verifier": VERIFIER}},
    "JSON as plain text": {
        "data": json.dumps({"code": "c" * 43, "verifier": VERIFIER}),
        "content_type": "text/plain",
    },
    "half of it": {"data": '{"code": ', "content_type": "application/json"},
    "deep brackets": {"data": "[" * 100_000, "content_type": "application/json"},
    "deep objects": {"data": '{"code":' * 100_000, "content_type": "application/json"},
    "a list": {"json": ["c" * 43, VERIFIER]},
    "numbers": {"json": {"code": 1, "verifier": 2}},
    "no verifier": {"json": {"code": "c" * 43}},
    "a short verifier": {"json": {"code": "c" * 43, "verifier": "v"}},
    "no code": {"json": {"verifier": VERIFIER}},
    "a code of letters that are none": {"json": {"code": "é" * 43, "verifier": VERIFIER}},
}


@pytest.mark.parametrize("body", ODD_BODIES.values(), ids=ODD_BODIES.keys())
def test_a_body_that_is_none_is_refused(world: World, body: dict[str, Any]) -> None:
    answer = world.browser().post("/signin/redeem", base_url=BASE, headers=SAME, **body)

    assert answer.status_code == 400
    assert answer.json
    assert answer.json["code"] == "bad_input"


def test_a_guess_is_refused_like_a_spent_code(world: World) -> None:
    code = brought_home(world, world.browser())
    redeem(world.browser(), code)

    spent, guessed = redeem(world.browser(), code), redeem(world.browser(), "g" * 43)

    assert (spent.status_code, spent.data) == (guessed.status_code, guessed.data)


# What happens afterwards.


def test_signing_in_again_ends_the_session_before(world: World) -> None:
    frame = world.browser()
    redeem(frame, brought_home(world, world.browser(), "tom"))
    first = frame.get_cookie(SESSION, domain="okr.example")
    redeem(frame, brought_home(world, world.browser(), "li.na"))
    assert first is not None

    old = world.browser()
    old.set_cookie(SESSION, first.value, domain="okr.example", secure=True)

    assert looks(frame)["account"] == "li.na"
    assert looks(old) == {}
    assert world.host.revoked == ["refresh-tom"]


def test_signing_out_ends_the_session_here_and_at_the_wiki(world: World) -> None:
    frame = world.browser()
    redeem(frame, brought_home(world, world.browser()))
    held = frame.get_cookie(SESSION, domain="okr.example")
    assert held is not None

    answer = frame.post("/signin/out", base_url=BASE, headers=SAME)
    frame.set_cookie(SESSION, held.value, domain="okr.example", secure=True)

    assert answer.status_code == 204
    assert {"Partitioned", "SameSite=None", "Secure", "Max-Age=0", "Path=/"} <= set(
        cookie_of(answer, SESSION).split("; ")
    )
    assert looks(frame) == {}
    assert world.host.revoked == ["refresh-li.na"]


def test_signing_out_works_while_the_wiki_is_down_and_for_nobody(world: World) -> None:
    frame = world.browser()
    redeem(frame, brought_home(world, world.browser()))
    world.host.down = True

    assert frame.post("/signin/out", base_url=BASE, headers=SAME).status_code == 204
    assert looks(frame) == {}
    assert world.browser().post("/signin/out", base_url=BASE, headers=SAME).status_code == 204


def test_a_grant_that_was_taken_back_signs_out_at_the_next_refresh(world: World) -> None:
    frame = world.browser()
    redeem(frame, brought_home(world, world.browser()))
    world.host.revoked.append("refresh-li.na")
    assert looks(frame)["account"] == "li.na"

    world.clock.time += timedelta(hours=1)

    assert looks(frame) == {}


def test_a_token_is_renewed_when_its_hour_is_over(world: World) -> None:
    frame = world.browser()
    redeem(frame, brought_home(world, world.browser()))

    world.clock.time += timedelta(hours=1)

    assert looks(frame) == {"account": "li.na", "token": "refresh-li.na-access"}


@pytest.mark.parametrize("value", ["", "x", "é", "w" * 5000])
def test_a_session_cookie_that_is_none_is_nobody(world: World, value: str) -> None:
    answer = world.browser().get("/who", base_url=BASE, headers={"Cookie": f"{SESSION}={value}"})

    assert answer.json == {}


# Where nobody can sign in.


@pytest.mark.parametrize("base", ["http://okr.corp.example", "http://10.0.0.7:8090"])
def test_over_plain_http_it_is_said_why_not(make_world: MakeWorld, base: str) -> None:
    world = make_world(base)
    browser = world.browser()

    start = browser.get(f"/signin/start?challenge={CHALLENGE}", base_url=base)
    redeemed = redeem(browser, "c" * 43, base=base)

    assert start.status_code == 403
    assert "Signing in needs HTTPS" in start.text
    assert (redeemed.status_code, (redeemed.json or {})["code"]) == (403, "signin_needs_https")
    assert start.headers.getlist("Set-Cookie") == []
    assert looks(browser, base) == {}


def test_on_this_machine_a_plain_cookie_does(make_world: MakeWorld) -> None:
    base = "http://127.0.0.1:8090"
    world = make_world(base)
    browser = world.browser()
    state = started(browser, base)
    code = code_in(back(browser, base, state=state, code=world.host.let_in(state)))

    answer = redeem(browser, code, base=base)

    assert attributes(cookie_of(answer, "okr")) == {
        "HttpOnly",
        "Max-Age=604800",
        "Path=/",
        "SameSite=Lax",
    }
    assert looks(browser, base)["account"] == "li.na"


@pytest.mark.parametrize(
    ("base", "there"),
    [
        ("https://okr.example", True),
        ("https://okr.example/", True),
        ("http://localhost:8090", True),
        ("http://okr.example", False),
        ("http://127.0.0.1.evil.example", False),
        ("", False),
    ],
)
def test_cookies_are_there_or_not(base: str, there: bool) -> None:
    assert (cookies_for(base) is not None) == there


def test_without_an_application_link_nobody_signs_in(make_world: MakeWorld) -> None:
    browser = make_world(linked=False).browser()

    start = browser.get(f"/signin/start?challenge={CHALLENGE}", base_url=BASE)

    assert start.status_code == 403
    assert "Nobody can sign in here" in start.text
    assert looks(browser) == {}


def test_a_frame_that_does_not_know_its_viewer_offers_to_sign_in(
    world: World, make_world: MakeWorld
) -> None:
    address = f"/macros/objective?page={PAGE}"
    offered = world.browser().get(address, base_url=BASE)
    plain_http = (
        make_world("http://okr.example").browser().get(address, base_url="http://okr.example")
    )
    unlinked = make_world(linked=False).browser().get(address, base_url=BASE)

    assert offered.status_code == plain_http.status_code == unlinked.status_code == 401
    assert 'data-signin="../signin/"' in offered.text
    assert "Sign in with Confluence" in offered.text
    assert re.search(r'<script type="module" src="\.\./assets/\w+/signin\.mjs">', offered.text)
    assert "data-signin" not in plain_http.text
    assert "data-signin" not in unlinked.text


def test_the_offer_speaks_the_readers_language(world: World) -> None:
    answer = world.browser().get(f"/macros/objective?page={PAGE}&locale=zh_CN", base_url=BASE)

    assert "使用 Confluence 登录" in answer.text


def test_the_routes_without_a_guard_are_named(world: World) -> None:
    routes = {one.endpoint for one in world.app.url_map.iter_rules()}

    assert {one for one in routes if one.startswith("signin.")} == OPEN_ON_PURPOSE


def test_a_viewer_is_the_one_of_the_port(world: World) -> None:
    frame = world.browser()
    redeem(frame, brought_home(world, world.browser()))
    held = frame.get_cookie(SESSION, domain="okr.example")
    assert held is not None

    with world.app.test_request_context("/", headers={"Cookie": f"{SESSION}={held.value}"}):
        assert viewer_of_session(request) == Viewer("li.na", "access-li.na")
