"""Frames of a Forge app: their pages, their calls through the host, and what exports show."""

import json
import os
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import sync_playwright

from sandbox.directory import LI_NA, TOM, User
from sandbox.forge.macros import NO_EXPORT
from tests.browser import find_browser
from tests.clients.node import node
from tests.sandbox.forge_guest import APP_UUID, ForgeGuest
from tests.sandbox.hosting import serving, serving_site
from tests.sandbox.test_forge_events import QUICK, Hosted

PAGE = "/wiki/spaces/HARBOUR/pages/131073"
FRAME = re.compile(r'<iframe class="macro forge"[^>]*>')


@pytest.fixture
def hosted(tmp_path: Path) -> Iterator[Hosted]:
    guest = ForgeGuest()
    with serving_site() as site, serving(guest.app):
        guest.jwks = f"{site.base}/_forge/jwks.json"
        site.forge.deliveries.timing = QUICK
        found = Hosted(site, guest, tmp_path)
        found.install()
        yield found


@pytest.fixture
def with_node(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's own Node.js, or the one that PyPI carries, on the path."""
    monkeypatch.setenv("PATH", str(node().parent), prepend=os.pathsep)


def session(user: User | None) -> requests.Session:
    opened = requests.Session()
    opened.trust_env = False
    opened.cookies.set("sandbox-user", user.account_id if user else "anonymous")
    return opened


def insert(hosted: Hosted, macro: str = "guest-macro", **config: str) -> None:
    told = {"page": 131073, "macro": macro, "config": config}
    answer = hosted.send("POST", "/_sandbox/forge/insert", body=told)
    assert answer.status_code == 201, answer.text
    hosted.settle()


def frames(hosted: Hosted, user: User | None = TOM, path: str = PAGE) -> list[dict[str, str]]:
    """The attributes of the frames on a page."""
    with session(user) as opened:
        html = opened.get(f"{hosted.site.base}{path}", timeout=30).text
    return [
        {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', found)}
        for found in FRAME.findall(html)
    ]


def invoke(hosted: Hosted, token: str, user: User | None = TOM, **told: Any) -> requests.Response:
    asked = {"path": "/front", "method": "POST", "token": token, **told}
    with session(user) as opened:
        return opened.post(f"{hosted.site.base}/_forge/invoke", json=asked, timeout=40)


def test_a_macro_stands_in_a_frame_with_its_context(hosted: Hosted) -> None:
    insert(hosted, cycle="2026-Q4")

    (frame,) = frames(hosted)

    context = json.loads(frame["data-context"])
    assert frame["src"] == "/_forge/ui/main/index.html"
    assert "allow-same-origin" not in frame["sandbox"]
    assert context["accountId"] == TOM.account_id
    assert context["extension"]["content"]["id"] == "131073"
    assert context["extension"]["config"] == {"cycle": "2026-Q4"}
    assert context["moduleKey"] == "guest-macro"


def test_the_frames_page_has_the_bridge_first(hosted: Hosted) -> None:
    with session(TOM) as opened:
        page = opened.get(f"{hosted.site.base}/_forge/ui/main/index.html", timeout=10)
        script = opened.get(f"{hosted.site.base}/_forge/ui/main/main.js", timeout=10)
        outside = opened.get(f"{hosted.site.base}/_forge/ui/main/../../manifest.yml", timeout=10)

    assert page.text.index("/_forge/bridge.js") < page.text.index("./main.js")
    policy = page.headers["Content-Security-Policy"]
    assert f"script-src {hosted.site.base};" in policy
    assert "unsafe-inline" not in policy
    assert script.headers["Access-Control-Allow-Origin"] == "*"
    assert outside.status_code == 404


def test_a_call_comes_with_the_place_and_the_viewer(hosted: Hosted) -> None:
    insert(hosted)
    (frame,) = frames(hosted)
    headers = {"X-Own": "1", "Authorization": "x", "x-forge-y": "2"}
    told: Any = {"body": {"a": 1}, "headers": headers}

    answer = invoke(hosted, frame["data-token"], **told).json()

    (heard,) = hosted.guest.on("/front")
    assert answer["success"] is True
    assert answer["payload"]["status"] == 200
    assert answer["payload"]["body"] == {"said": "hello"}
    assert answer["payload"]["headers"]["x-answer"] == ["yes"]
    assert heard.body == {"a": 1}
    assert heard.headers["x-own"] == "1"
    assert "x-forge-y" not in heard.headers
    assert heard.claims["principal"] == TOM.account_id
    assert heard.claims["app"]["module"] == {"type": "xen:macro", "key": "guest-macro"}
    assert heard.claims["context"]["extension"]["content"]["id"] == "131073"
    assert "x-forge-oauth-system" not in heard.headers


def test_the_viewers_token_opens_what_the_viewer_may_see(hosted: Hosted) -> None:
    insert(hosted)
    (frame,) = frames(hosted)
    invoke(hosted, frame["data-token"])
    token = hosted.guest.on("/front")[0].headers["x-forge-oauth-user"]
    hidden = next(
        page
        for page in hosted.site.pages.all()
        if page.status == "current" and not hosted.site.pages.may_read(page, TOM)
    )

    assert hosted.gateway("/wiki/api/v2/pages/131073", token).status_code == 200
    assert hosted.gateway(f"/wiki/api/v2/pages/{hidden.id}", token).status_code == 404


@pytest.mark.parametrize("status", [401, 404, 422, 500])
def test_a_refusal_with_json_comes_through(hosted: Hosted, status: int) -> None:
    insert(hosted)
    hosted.guest.front_status, hosted.guest.front = status, {"title": "no"}
    (frame,) = frames(hosted)

    answer = invoke(hosted, frame["data-token"]).json()

    assert answer["success"] is False
    assert (answer["error"]["status"], answer["error"]["body"]) == (status, {"title": "no"})


BROKEN = [(302, "application/json"), (200, "text/html"), (500, "text/plain")]


@pytest.mark.parametrize(("status", "kind"), BROKEN)
def test_what_is_no_json_or_a_redirect_is_an_error(hosted: Hosted, status: int, kind: str) -> None:
    insert(hosted)
    hosted.guest.front_status, hosted.guest.front_type = status, kind
    hosted.guest.front = "{}"
    (frame,) = frames(hosted)

    answer = invoke(hosted, frame["data-token"])

    assert answer.status_code == 502
    assert "error" in answer.json()


def test_an_answer_is_not_larger_than_five_megabytes(hosted: Hosted) -> None:
    insert(hosted)
    hosted.guest.front = "x" * (5 * 1024 * 1024)
    (frame,) = frames(hosted)

    assert invoke(hosted, frame["data-token"]).status_code == 502


def test_a_question_is_not_larger_than_half_a_megabyte(hosted: Hosted) -> None:
    insert(hosted)
    (frame,) = frames(hosted)

    assert invoke(hosted, frame["data-token"], body="x" * 512_001).status_code == 413
    assert hosted.guest.on("/front") == []


def test_nobody_makes_up_a_place(hosted: Hosted) -> None:
    insert(hosted)
    (frame,) = frames(hosted)
    head, body, signature = frame["data-token"].split(".")

    assert invoke(hosted, f"{head}.{body}.{signature[::-1]}").status_code == 403
    assert invoke(hosted, "made up").status_code == 403
    assert hosted.guest.on("/front") == []


def test_a_frame_of_a_page_that_was_hidden_since_says_nothing_more(hosted: Hosted) -> None:
    insert(hosted)
    (frame,) = frames(hosted)
    hosted.site.pages.rights.restrict(131073, "read", LI_NA.account_id)

    assert invoke(hosted, frame["data-token"]).status_code == 403


def test_strangers_see_only_macros_that_are_for_them(hosted: Hosted) -> None:
    insert(hosted)
    insert(hosted, "guest-open")
    hosted.site.pages.access.grant("HARBOUR", "view", "anonymous")

    (frame,) = frames(hosted, None)
    invoke(hosted, frame["data-token"], None)

    (heard,) = hosted.guest.on("/front")
    assert frame["style"] == "height:262px"
    assert "principal" not in heard.claims
    assert "x-forge-oauth-user" not in heard.headers


def test_an_issue_has_its_panel(hosted: Hosted) -> None:
    (frame,) = frames(hosted, TOM, "/browse/HBR-24")

    invoke(hosted, frame["data-token"])

    (heard,) = hosted.guest.on("/front")
    assert heard.claims["app"]["module"]["type"] == "jira:issuePanel"
    assert heard.claims["app"]["apiBaseUrl"].startswith(f"{hosted.site.base}/ex/jira/")
    assert heard.claims["context"]["extension"]["issue"]["key"] == "HBR-24"


def test_the_api_writes_the_macro_as_an_extension(hosted: Hosted) -> None:
    insert(hosted, cycle="2026-Q4")

    answer = hosted.send("GET", "/wiki/api/v2/pages/131073?body-format=atlas_doc_format").json()
    extension = json.loads(answer["body"]["atlas_doc_format"]["value"])["content"][0]

    assert extension["type"] == "extension"
    assert extension["attrs"]["extensionType"] == "com.atlassian.ecosystem"
    assert extension["attrs"]["extensionKey"].startswith(f"{APP_UUID}/")
    assert extension["attrs"]["extensionKey"].endswith("/static/guest-macro")
    assert extension["attrs"]["parameters"]["guestParams"] == {"cycle": "2026-Q4"}


def test_a_macro_of_an_app_that_went_is_a_box(hosted: Hosted) -> None:
    insert(hosted)
    hosted.send("POST", "/_sandbox/forge/uninstall")

    assert frames(hosted) == []


def test_a_connect_macro_of_the_same_key_needs_the_apps_word(hosted: Hosted) -> None:
    """`app.connect.key` says that this app took over from that one."""
    old = '<ac:structured-macro ac:name="guest-macro" ac:macro-id="m" ac:local-id="l" />'
    hosted.write(old)
    assert frames(hosted) == []

    hosted.install(**{"name: Guest": "name: Guest\n  connect: {key: guest.app, remote: home}"})
    assert len(frames(hosted)) == 1


DOCUMENT = {
    "type": "doc",
    "version": 1,
    "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Exported text"}]}],
}


def exported(hosted: Hosted, output: str) -> str:
    with session(TOM) as opened:
        return opened.get(f"{hosted.site.base}{PAGE}/export/{output}", timeout=60).text


@pytest.mark.node
@pytest.mark.parametrize(("output", "kind"), [("pdf", "pdf"), ("word", "word"), ("email", "other")])
def test_an_export_runs_the_apps_function(
    hosted: Hosted, with_node: None, output: str, kind: str
) -> None:
    hosted.guest.adf = DOCUMENT
    insert(hosted)

    html = exported(hosted, output)

    (heard,) = hosted.guest.on("/export")
    assert heard.body == {"page": "131073", "kind": kind}
    assert "context" not in heard.claims
    assert "x-forge-oauth-user" in heard.headers
    assert "<p>Exported text</p>" in html
    assert "<iframe" not in html


@pytest.mark.node
@pytest.mark.parametrize("answer", [None, {"type": "paragraph"}, "text"])
def test_what_is_no_document_cannot_be_exported(
    hosted: Hosted, with_node: None, answer: Any
) -> None:
    hosted.guest.adf = answer
    insert(hosted)

    assert NO_EXPORT in exported(hosted, "pdf")


def test_a_macro_without_a_function_cannot_be_exported(hosted: Hosted) -> None:
    insert(hosted, "guest-open")

    assert NO_EXPORT in exported(hosted, "pdf")


@pytest.mark.browser
def test_in_a_browser_a_frame_calls_and_grows(hosted: Hosted) -> None:
    path = find_browser()
    if path is None:
        pytest.skip("no browser found; make test installs one")
    insert(hosted)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(base_url=hosted.site.base)
        page.goto(PAGE)
        inside = page.frame_locator("iframe.forge").locator("#out")
        inside.get_by_text("hello").wait_for(timeout=10_000)
        told = json.loads(inside.inner_text())
        page.wait_for_function("document.querySelector('iframe.forge').offsetHeight > 333")
        browser.close()

    (heard,) = hosted.guest.on("/front")
    assert told["answer"]["success"] is True
    assert heard.body == {"hello": "macro"}
    assert heard.headers["x-own"] == "1"
