"""The user macro is one frame, and what the sandbox draws from it is what the service expects."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from lxml import html
from markupsafe import Markup

from connector.cli.user_macro import template, user_macro
from macros.registry import MACROS
from sandbox.wiki.user_macros import UserMacro, drawn
from schemas import validate

BASE = "https://okr.corp.example"
DOCS = Path(__file__).resolve().parents[2] / "docs"


def run(*arguments: str) -> "tuple[int, str, str]":
    done = CliRunner().invoke(user_macro, list(arguments), env={"OKR_BASE_URL": ""})
    return done.exit_code, done.stdout, done.stderr


def frame(**given: str) -> html.HtmlElement:
    text = template(BASE, "objective")
    page = str(drawn(UserMacro("okr", text), given, page_id=65601, body=Markup("")))
    found = html.fragments_fromstring(page.strip())
    assert [one.tag for one in found] == ["iframe"], "nothing beside the frame"
    only: html.HtmlElement = found[0]
    return only


def test_it_is_printed_for_an_address() -> None:
    assert run("--base-url", f"{BASE}/") == (0, template(BASE, "objective"), "")


def test_the_documentation_shows_what_is_printed() -> None:
    shown = (DOCS / "user-macro.vm").read_text(encoding="utf-8")

    assert shown == template(BASE, "objective")


@pytest.mark.parametrize("macro", sorted(MACROS))
def test_every_macro_has_one(macro: str) -> None:
    code, printed, _ = run("--base-url", BASE, "--macro", macro)

    assert code == 0
    assert f'src="{BASE}/macros/{macro}?page=$!content.id' in printed


def test_it_calls_no_method_and_has_no_script() -> None:
    text = template(BASE, "objective")
    drawing = "\n".join(line for line in text.splitlines() if not line.startswith("##"))

    assert set(re.findall(r"\$\S?[A-Za-z.]+", drawing)) == {
        "$!paramheight",
        "$!content.id",
        "$!paramobjective",
        "$!paramsig",
    }
    assert not re.search(
        r"script\b(?!s)|javascript:|\bon\w+=|#\w", drawing.replace("allow-scripts", "")
    )
    assert "(" not in drawing


def test_the_frame_asks_for_the_page_it_stands_on() -> None:
    found = frame(objective="65601-O1", height="480", sig="ab12")

    address = urlsplit(found.get("src"))
    query = {name: one for name, (one,) in parse_qs(address.query).items()}
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{BASE}/macros/objective"
    assert query == {"page": "65601", "objective": "65601-O1", "sig": "ab12"}
    assert validate("macro-params", {k: v for k, v in query.items() if k != "sig"}) == []
    assert found.get("height") == "480"


def test_what_an_author_left_out_is_empty() -> None:
    address = urlsplit(frame().get("src"))

    assert parse_qs(address.query, keep_blank_values=True) == {
        "page": ["65601"],
        "objective": [""],
        "sig": [""],
    }


def test_the_frame_may_sign_in_and_nothing_that_harms_the_page() -> None:
    """A popup that is not bound by the frame's own sandbox; no navigation of the wiki's page."""
    assert set(frame().get("sandbox").split()) == {
        "allow-scripts",
        "allow-same-origin",
        "allow-popups",
        "allow-popups-to-escape-sandbox",
    }


@pytest.mark.parametrize("nasty", ['"><script>x</script>', "&page=1", "' onload='x"])
def test_an_author_changes_no_markup(nasty: str) -> None:
    found = frame(objective=nasty)

    assert set(found.attrib) == set(frame().attrib)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "okr.corp.example",
        "ftp://okr.example",
        'https://x"><b>',
        "https://$x",
        "https://a b",
        "http://[::1",
    ],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    code, printed, said = run("--base-url", address)

    assert (code, printed) == (2, "")
    assert "--base-url" in said


@pytest.mark.parametrize(("lang", "said"), [("en", "without HTTPS"), ("zh", "没有 HTTPS")])
def test_plain_http_is_said_to_be_without_sign_in(lang: str, said: str) -> None:
    code, printed, told = run("--base-url", "http://okr.corp.example", "--lang", lang)

    assert code == 0
    assert "<iframe" in printed
    assert said in told


@pytest.mark.parametrize("name", ["user-macro.md", "user-macro.zh-CN.md"])
def test_the_documentation_names_the_addresses_that_exist(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")

    assert f"{BASE}/signin/callback" in text
    assert "okr-connector user-macro --base-url" in text
