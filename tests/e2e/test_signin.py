"""
Sign in with Confluence in a real browser: a frame on a page of the wiki, a popup, the way back.

Wiki and service stand on two sites over HTTPS, so that the frame is a third party: its cookie is
kept apart from those of the popup, as browsers do. The wiki is the sandbox's Data Center with the
user macro that our command prints; the frame is the service's own page.
"""

import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue
from playwright.sync_api import (
    Browser,
    BrowserContext,
    FrameLocator,
    Locator,
    Page,
    expect,
    sync_playwright,
)
from werkzeug.serving import make_server

from connector.atlassian.oauth import Application, ConfluenceOAuth
from connector.atlassian.transport import Trust
from connector.cli.user_macro import template
from connector.storage.keyring import Keyring, new_key
from connector.web.app import create_app
from connector.web.services import WebServices
from connector.web.sessions import KeptInMemory, Sessions
from connector.web.signin import SignIn, bp, open_sign_in, viewer_of_session
from sandbox.app import create_app as create_sandbox
from sandbox.datacenter.oauth.links import understood
from sandbox.datacenter.people import account_of
from sandbox.directory import LI_NA, TOM
from sandbox.site import Site
from tests.atlassian.test_trust import authority  # noqa: F401 - a fixture is asked for by name
from tests.browser import find_browser
from tests.sandbox.data_center import Caller, json_of
from tests.web.conftest import (  # noqa: F401 - fixtures are asked for by name
    SITE,
    queue,
    services,
    store,
    wiki,
)

pytestmark = pytest.mark.browser
MACRO = '<p><ac:structured-macro ac:name="okr" /></p>'
PAGE = "/confluence/spaces/HARBOUR/pages/131073"


class Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@contextmanager
def serving(app: Flask, folder: Path, host: str) -> Iterator[str]:
    """Its address under that name, which leads to this machine; the browser trusts anybody."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "site.pem")
    server = make_server("127.0.0.1", 0, app, threaded=True, ssl_context=context)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"https://{host}:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(timeout=10)
        server.server_close()


@dataclass
class World:
    wiki: str
    service: str
    sandbox: Caller

    def put_on_the_page(self, body: str) -> None:
        """On top of what the company begins with."""
        path = "/confluence/rest/api/content/131073"
        held = json_of(self.sandbox.get(path, expand="body.storage,version"))
        whole = body + held["body"]["storage"]["value"]
        answer = self.sandbox.put(
            path,
            {
                "type": "page",
                "title": held["title"],
                "version": {"number": held["version"]["number"] + 1},
                "body": {"storage": {"value": whole, "representation": "storage"}},
            },
        )
        assert answer.status_code == 200, answer.text


@pytest.fixture
def world(services: WebServices, authority: Path) -> Iterator[World]:  # noqa: F811 - the fixture itself
    """`127.0.0.1` and `okr.localhost` are two sites to a browser."""
    sandbox = create_sandbox("company", flavor="dc")
    site: Site = sandbox.extensions["sandbox"]
    relay = Flask("relay")
    with ExitStack() as stack:
        wiki_base = stack.enter_context(serving(sandbox, authority, "127.0.0.1"))
        service = stack.enter_context(serving(relay, authority, "okr.localhost"))
        site.base = wiki_base
        redirect = f"{service}/signin/callback"
        link = site.dc.oauth.links.add(understood({"name": "OKR Connector", "redirect": redirect}))
        host = ConfluenceOAuth(
            f"{wiki_base}/confluence",
            Application(link.client_id, link.client_secret, redirect),
            trust=Trust(ca_bundle=str(authority / "ca.pem")),
        )
        relay.wsgi_app = _service(services, host, service, wiki_base).wsgi_app  # type: ignore[method-assign]  # known only now
        site.dc.user_macros.put("okr", template(service, "objective"))
        made = World(wiki_base, service, Caller(sandbox.test_client()))
        made.put_on_the_page(MACRO)
        yield made


def _service(web: WebServices, host: ConfluenceOAuth, base: str, wiki_base: str) -> Flask:
    """The service, which frames only this wiki, and a macro's page that says who looks."""
    here = replace(web.sites.of(SITE), confluence_url=f"{wiki_base}/confluence")

    class One:
        def of(self, _site: object) -> object:
            return here

        def __getattr__(self, name: str) -> object:
            return getattr(web.sites, name)

    app, ring = create_app(replace(web, base_url=base, sites=One())), Keyring([new_key()])  # type: ignore[arg-type]  # one site at another address
    if bp.name not in app.blueprints:
        app.register_blueprint(bp)
    sessions = Sessions(KeptInMemory(), ring, Clock())
    open_sign_in(
        app,
        SignIn(site=SITE, host=host, sessions=sessions, seal=ring, clock=Clock(), base_url=base),
    )

    @app.before_request
    def seen() -> ResponseReturnValue | None:
        """Instead of the OKRs: who looks, for whoever signed in."""
        if not request.path.startswith("/macros/"):
            return None
        viewer = viewer_of_session(request)
        return jsonify(account=viewer.account) if viewer else None

    return app


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.skip("no browser found; make test installs one")
    with sync_playwright() as playwright:
        # Third-party cookies are blocked: only partitioned ones reach a frame.
        found = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--test-third-party-cookie-phaseout"],
        )
        yield found
        found.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(ignore_https_errors=True)
    yield made
    made.close()


def framed(context: BrowserContext, world: World, user: str = LI_NA.account_id) -> Page:
    """A page of the wiki with the macro on it, as this person sees it."""
    chosen = {"sandbox-user": user, "sandbox-locale": "en"}
    context.add_cookies(
        [{"name": name, "value": value, "url": world.wiki} for name, value in chosen.items()]
    )
    page = context.new_page()
    page.goto(f"{world.wiki}{PAGE}")
    return page


def frame_of(page: Page) -> FrameLocator:
    return page.frame_locator('iframe[title="OKR"]').first


def sign_in(page: Page, answer: str = "Allow") -> Page:
    """Presses the button, and the one in the popup."""
    button = frame_of(page).get_by_role("button", name="Sign in with Confluence")
    expect(button).to_be_visible()
    with page.expect_popup() as opened:
        button.click()
    popup = opened.value
    popup.get_by_role("button", name=answer).click()
    return popup


def known_as(page: Page, number: int = 0) -> Locator:
    return page.frame_locator('iframe[title="OKR"]').nth(number).locator("body")


def test_a_viewer_signs_in_through_a_popup_and_the_frame_knows_them(
    context: BrowserContext, world: World
) -> None:
    page = framed(context, world)

    popup = sign_in(page)

    expect(known_as(page)).to_contain_text(account_of(LI_NA).userkey)
    assert popup.is_closed()
    (cookie,) = [one for one in context.cookies() if one["name"] == "__Host-okr"]
    assert cookie["sameSite"] == "None"
    assert cookie["secure"] is True
    assert cookie["httpOnly"] is True
    assert (cookie.get("partitionKey") or "").startswith("https://127.0.0.1")
    page.reload()
    expect(known_as(page)).to_contain_text(account_of(LI_NA).userkey)


def test_the_cookie_is_for_frames_on_this_wiki_alone(context: BrowserContext, world: World) -> None:
    page = framed(context, world)
    sign_in(page)
    expect(known_as(page)).to_contain_text(account_of(LI_NA).userkey)

    page.goto(f"{world.service}/macros/objective?page=131073")

    expect(page.get_by_role("button", name="Sign in with Confluence")).to_be_visible()


def test_all_frames_of_a_page_know_the_viewer_at_once(
    context: BrowserContext, world: World
) -> None:
    world.put_on_the_page(MACRO)
    page = framed(context, world)
    expect(known_as(page, 1)).to_contain_text("Sign in with Confluence")

    sign_in(page)

    for number in (0, 1):
        expect(known_as(page, number)).to_contain_text(account_of(LI_NA).userkey)


def test_who_says_no_stays_unknown_and_may_think_again(
    context: BrowserContext, world: World
) -> None:
    page = framed(context, world, TOM.account_id)

    popup = sign_in(page, "Deny")

    expect(popup.get_by_role("heading", level=1)).to_have_text("You did not let us in")
    expect(frame_of(page).get_by_role("status")).to_have_text(
        "Go on in the window that has opened."
    )
    popup.close()
    sign_in(page)
    expect(known_as(page)).to_contain_text(account_of(TOM).userkey)


def test_the_wiki_around_the_frame_cannot_feed_it_a_code(
    context: BrowserContext, world: World
) -> None:
    """Not even with the challenge: the popup that the frame opened is heard, on our origin."""
    asked: list[str] = []
    context.on("request", lambda one: asked.append(one.url))
    page = framed(context, world)
    with page.expect_popup() as opened:
        frame_of(page).get_by_role("button", name="Sign in with Confluence").click()
    expect(opened.value.get_by_role("button", name="Allow")).to_be_visible()
    start = next(urlsplit(one) for one in asked if "/signin/start" in one)
    told = {"type": "okr:signin", "code": "c" * 43, "challenge": parse_qs(start.query)["challenge"]}

    page.evaluate(
        """told => document.querySelector('iframe[title="OKR"]')
             .contentWindow.postMessage({ ...told, challenge: told.challenge[0] }, "*")""",
        told,
    )
    page.wait_for_timeout(500)

    assert not [one for one in asked if "/signin/redeem" in one]


def test_a_popup_that_lost_its_page_says_so(context: BrowserContext, world: World) -> None:
    """As with Cross-Origin-Opener-Policy: the code goes nowhere, and nobody waits for ever."""
    page = framed(context, world)
    page.goto(f"{world.service}/signin/start?challenge={'c' * 43}")
    page.get_by_role("button", name="Allow").click()

    expect(page.get_by_role("status")).to_contain_text("has lost the page that opened it")
