"""What a Connect app adds beside macros: lines, panels, pages of its own and blueprints."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import jwt
import pytest
import requests
from playwright.sync_api import sync_playwright

from sandbox.directory import ADMIN, TOM, User
from tests.browser import find_browser
from tests.sandbox.connect_guest import KEY, MACRO, Guest, fetched
from tests.sandbox.hosting import serving, serving_site
from tests.sandbox.test_connect_install import Met
from tests.sandbox.test_connect_macros import FRAME, PAGE, get, macro, write


@pytest.fixture
def met() -> Iterator[Met]:
    guest = Guest()
    with serving_site() as site, serving(guest.app):
        guest.keys = f"{site.base}/_keys"
        found = Met(site, guest)
        found.install()
        yield found


def opened(met: Met, path: str, user: User = TOM) -> tuple[str, dict[str, str], dict[str, Any]]:
    """What the guest saw when the browser loaded the one frame of a page."""
    (address,) = [unescape(found) for found in FRAME.findall(get(met, path, user).text)]
    assert fetched(met.guest, address).status_code == 200
    return met.guest.seen[-1]


def test_a_line_below_the_title_opens_a_frame(met: Met) -> None:
    html = get(met, PAGE).text

    assert "Guest line" in html
    path, query, claims = opened(met, f"{PAGE}?item={KEY}/guest-byline")
    assert (path, query["page"], claims["sub"]) == ("/app/byline", "131073", TOM.account_id)


def test_a_content_property_names_the_line(met: Met) -> None:
    told = {"name": {"value": "OKR 70 %"}, "tooltip": {"value": "of this page"}}
    with requests.Session() as session:
        session.trust_env = False
        session.auth = (ADMIN.email, ADMIN.token)
        session.post(
            f"{met.site.base}/wiki/api/v2/pages/131073/properties",
            json={"key": "guest-line", "value": told},
            timeout=10,
        )

    html = get(met, PAGE).text

    assert re.search(r'<a [^>]*title="of this page"[^>]*>OKR 70 %</a>', html)
    assert "Guest line" not in html


def test_a_page_of_the_apps_own(met: Met) -> None:
    address = f"/wiki/plugins/servlet/ac/{KEY}/guest-page"
    assert f'<a href="{address}">Guest page</a>' in get(met, "/").text

    path, query, claims = opened(met, f"{address}?space.key=HARBOUR")

    assert (path, query["s"]) == ("/app/general", "HARBOUR")
    assert claims["context"] == {}


def test_the_page_for_settings_is_for_administrators(met: Met) -> None:
    address = f"/wiki/plugins/servlet/ac/{KEY}/guest-conf"

    assert opened(met, address, ADMIN)[0] == "/app/configure"
    assert get(met, address, TOM).status_code == 403
    assert address not in get(met, "/", TOM).text


@pytest.mark.parametrize("path", ["nothing/guest-page", f"{KEY}/nothing", f"{KEY}/{MACRO}"])
def test_other_addresses_of_apps_are_not_there(met: Met, path: str) -> None:
    assert get(met, f"/wiki/plugins/servlet/ac/{path}").status_code == 404


def test_panels_of_an_issue(met: Met) -> None:
    met.install("jira")

    addresses = [unescape(found) for found in FRAME.findall(get(met, "/browse/HBR-24").text)]
    for address in addresses:
        assert fetched(met.guest, address).status_code == 200

    (_, content, claims), (_, panel, _) = met.guest.seen
    assert (content["key"], content["project"], content["cp"]) == ("HBR-24", "HBR", "")
    assert panel["id"] == claims["context"]["jira"]["issue"]["id"]
    assert claims["iss"] == met.site.connect.tenancies("jira")[0].client_key


def test_modules_of_the_other_product_are_not_there(met: Met) -> None:
    """The app was installed in Confluence alone."""
    assert FRAME.findall(get(met, "/browse/HBR-24").text) == []


def create(met: Met, user: User = TOM) -> requests.Response:
    with requests.Session() as session:
        session.trust_env = False
        session.cookies.set("sandbox-user", user.account_id)
        return session.post(
            f"{met.site.base}/wiki/spaces/HARBOUR/blueprint",
            data={"blueprint": f"{KEY}/guest-blue"},
            timeout=30,
        )


FILLED = [
    {"identifier": "ContentPageTitle", "value": "Aims of Q1", "representation": "plain"},
    {"identifier": "goal", "value": "Less < more", "representation": "plain"},
    {"identifier": "rich", "value": "<em>now</em>", "representation": "storage"},
]


def test_a_blueprint_makes_a_page(met: Met) -> None:
    met.guest.context = FILLED
    assert "Guest blueprint" in get(met, "/wiki/spaces/HARBOUR/new").text

    answer = create(met)

    assert answer.status_code == 200
    page = next(one for one in met.site.pages.all() if one.title == "Aims of Q1")
    assert page.body == "<h2>Less &lt; more</h2><p><em>now</em></p>"
    assert page.author == TOM.account_id
    (told,) = [body for body in met.guest.bodies if "blueprintKey" in body]
    assert told == {"addonKey": KEY, "blueprintKey": "guest-blue", "spaceKey": "HARBOUR"}


def test_storage_format_is_raw_only_where_the_template_says_so(met: Met) -> None:
    met.guest.context = [{**FILLED[2], "identifier": "goal"}, FILLED[0]]

    create(met)

    page = next(one for one in met.site.pages.all() if one.title == "Aims of Q1")
    assert "<h2>&lt;em&gt;now&lt;/em&gt;</h2>" in page.body


def test_the_same_page_twice_is_a_problem_that_is_shown(met: Met) -> None:
    met.guest.context = FILLED
    create(met)

    answer = create(met)

    assert answer.status_code == 400
    assert "already exists" in answer.text
    assert "Aims of Q1" in answer.text


def test_a_template_that_is_not_well_formed_is_a_problem_that_is_shown(met: Met) -> None:
    met.guest.context, met.guest.template = FILLED, "<p>open"

    answer = create(met)

    assert answer.status_code == 400
    assert "Error parsing xhtml" in answer.text


@pytest.mark.browser
def test_in_a_browser_a_frame_asks_for_its_token_and_grows(met: Met) -> None:
    path = find_browser()
    if path is None:
        pytest.skip("no browser found; make test installs one")
    write(met, macro(MACRO))
    met.guest.page = (
        '<p id="out">waiting</p><script src="{all_js}"></script><script>'
        "AP.context.getToken((token) => AP.getLocation((place) => {{"
        ' const out = document.getElementById("out"); out.style.height = "432px";'
        ' out.textContent = token + " " + place; }}));</script>'
    ).format(all_js=f"{met.site.base}/_connect/all.js")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(base_url=met.site.base)
        page.goto(PAGE)
        out = page.frame_locator("iframe.app").locator("#out")
        out.get_by_text("131073").wait_for(timeout=10_000)
        token, place = out.inner_text().split(" ")
        page.wait_for_function("document.querySelector('iframe.app').offsetHeight > 432")
        browser.close()

    (secret,) = met.guest.secrets.values()
    claims = jwt.decode(token, secret, algorithms=["HS256"])
    assert claims["qsh"] == "context-qsh"
    assert claims["context"]["confluence"]["content"]["id"] == "131073"
    assert place == f"{met.site.base}{PAGE}"
