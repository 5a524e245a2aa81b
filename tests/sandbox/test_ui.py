"""The pages for people: what all of them share."""

import re
from html import unescape
from importlib.resources import files

import pytest
from flask import Flask
from lxml.html import document_fromstring as html5

from sandbox.app import create_app
from sandbox.directory import ADMIN, LI_NA, TOM, USERS
from sandbox.site import Site
from sandbox.ui.words import WORDS
from sandbox.wiki.frames import okr_macro_url
from tests.sandbox.conftest import Caller, json_of

PAGE = "/wiki/spaces/HARBOUR/pages/131073"


def text(caller: Caller, path: str) -> str:
    answer = caller.client.get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "path", ["/", PAGE, "/jira/boards/HBR", "/jira/boards/YUN?epic=YUN-1", "/browse/HBR-24"]
)
def test_a_page_opens_in_both_themes_and_languages(bot: Caller, path: str) -> None:
    sign = "&" if "?" in path else "?"
    html = text(bot, f"{path}{sign}theme=dark&locale=zh")

    assert 'data-theme="dark"' in html
    assert 'lang="zh-CN"' in html
    assert 'data-theme="dark"' in text(bot, path), "the choice is remembered"


def test_a_page_shows_people_issues_and_status(bot: Caller) -> None:
    html = text(bot, PAGE)

    assert "@Tom Becker" in html
    assert '<a class="chip" href="/browse/HBR-1">' in html
    assert '<span class="status green">On track</span>' in html
    assert "macro: okr-objective" in html, "a macro nobody registered is a labelled box"


def test_a_registered_macro_is_framed(bot: Caller, site: Site) -> None:
    site.macros["okr-objective"] = okr_macro_url("http://127.0.0.1:9")

    html = text(bot, PAGE)

    assert 'data-origin="http://127.0.0.1:9"' in html
    assert "/macros/objective?page=131073&amp;locale=en&amp;theme=light" in html
    assert "own registration" in html


def test_author_text_never_becomes_markup(bot: Caller) -> None:
    nasty = (
        "<p>&lt;img src=x onerror=alert(1)&gt;</p><script>alert(2)</script>"
        '<p onclick="alert(3)"><a href="javascript:alert(4)">x</a></p>'
        '<p><a href=" java&#10;script:alert(5)">y</a><a href="http://[">z</a></p>'
        '<ac:structured-macro ac:name="&lt;b&gt;"/>'
    )
    body = {"spaceId": "65538", "title": "<i>Nasty</i>", "body": {"value": nasty}}
    page = json_of(bot.post("/wiki/api/v2/pages", body))

    html = text(bot, f"/wiki/spaces/HARBOUR/pages/{page['id']}")

    for wrong in ("<img", "<script>alert", "onclick", "script:", "http://[", "<i>Nasty", "<b>"):
        assert wrong not in html.partition('<details class="edit">')[0]


@pytest.mark.parametrize("path", ["/", PAGE, "/browse/HBR-24", "/_sandbox/meters", "/nowhere"])
def test_no_script_but_our_own_may_run(bot: Caller, path: str) -> None:
    policy = bot.client.get(path).headers["Content-Security-Policy"]

    assert "default-src 'none'; script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy


def test_the_edit_box_obeys_the_version_rule(bot: Caller) -> None:
    form = {"version": "1", "title": "New title", "body": "<p>one</p>\r\n<p>two</p>"}
    assert bot.client.post(PAGE, data=form).status_code == 302
    kept = json_of(bot.get("/wiki/api/v2/pages/131073", **{"body-format": "storage"}))
    assert kept["body"]["storage"]["value"] == "<p>one</p>\n<p>two</p>"

    late = bot.client.post(PAGE, data=form)
    assert late.status_code == 409
    assert "Version must be incremented" in late.get_data(as_text=True)
    broken = bot.client.post(PAGE, data=form | {"version": "2", "body": "<p>"})
    assert broken.status_code == 400
    assert "Error parsing xhtml" in broken.get_data(as_text=True)


def test_a_button_moves_an_issue(bot: Caller, site: Site) -> None:
    form = {"transition": "31", "back": "/jira/boards/HBR?epic=HBR-1"}
    assert "3 / 6" in text(bot, form["back"])

    answer = bot.client.post("/browse/HBR-29/transition", data=form)

    assert (answer.status_code, answer.location) == (303, form["back"])
    assert "4 / 6" in text(bot, form["back"])
    away = bot.client.post("/browse/HBR-29/transition", data={"back": "//evil.example"})
    assert away.location == "/browse/HBR-29"


@pytest.mark.parametrize(
    "path", ["/jira/boards/NO", "/browse/NO-1", "/wiki/spaces/HARBOUR/pages/1"]
)
def test_what_is_not_there_is_not_found(bot: Caller, path: str) -> None:
    assert bot.client.get(path).status_code == 404


def test_a_user_is_chosen_in_the_header_of_every_page(app: Flask) -> None:
    client = app.test_client()
    for path in ("/", PAGE, "/jira/boards/HBR", "/browse/HBR-24", "/people", "/nowhere"):
        html = client.get(path).get_data(as_text=True)
        assert '<form class="who" method="post" action="/account"' in html
        assert f'<option value="{ADMIN.account_id}" selected>' in html
    for user in USERS:
        assert user.name in html

    answer = client.post("/account", data={"user": TOM.account_id, "back": PAGE})

    assert (answer.status_code, answer.location) == (303, PAGE)
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert f'<option value="{TOM.account_id}" selected>' in client.get(PAGE).get_data(as_text=True)


def test_the_language_is_the_chosen_users_until_another_is_chosen(app: Flask) -> None:
    client = app.test_client()
    client.get("/?locale=en")

    client.post("/account", data={"user": LI_NA.account_id})
    assert 'lang="zh-CN"' in client.get("/").get_data(as_text=True)
    client.get("/?locale=en")
    assert 'lang="en"' in client.get("/").get_data(as_text=True)
    client.post("/account", data={"user": "anonymous"})
    assert 'lang="en"' in client.get("/").get_data(as_text=True)


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_no_choice_leads_to_another_site(app: Flask, back: str) -> None:
    answer = app.test_client().post("/account", data={"user": TOM.account_id, "back": back})
    assert answer.location == "/"


def test_nobody_unknown_is_chosen(app: Flask) -> None:
    assert app.test_client().post("/account", data={"user": "712020:gone"}).status_code == 400


def ui_posts(app: Flask) -> list[str]:
    """The addresses of all forms of the pages for people."""
    values = {"key": "HBR-24", "page_id": "131073", "comment_id": "1"}
    return [
        re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], rule.rule)
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and rule.endpoint.startswith("ui_")
    ]


def test_forms_of_other_sites_are_refused(app: Flask, site: Site) -> None:
    paths = ui_posts(app)
    assert len(paths) > 15
    for path in paths:
        answer = app.test_client().post(path, headers={"Origin": "https://evil.example"})
        assert answer.status_code == 403, path
        assert "XSRF" in answer.get_data(as_text=True)


def test_both_languages_have_the_same_words_and_all_that_are_used() -> None:
    assert set(WORDS["en"]) == set(WORDS["zh"])
    assert all(WORDS["en"].values())
    assert all(WORDS["zh"].values())
    folder = files("sandbox.ui").joinpath("templates")
    used = {
        word
        for file in folder.iterdir()
        for word in re.findall(r"words\.(\w+)", file.read_text(encoding="utf-8"))
    }
    assert len(used) > 90
    assert used - set(WORDS["en"]) == set()
    assert not used & set(dir(dict)), "a method of dict hides the word"


def test_no_page_holds_a_script_of_its_own_or_anything_from_elsewhere(bot: Caller) -> None:
    for path in ("/", PAGE, "/jira/boards/HBR", "/browse/HBR-24", "/people", "/jira/search"):
        html = text(bot, path)
        scripts = re.findall(r"<script[^>]*>", html)
        assert scripts == [f'<script src="/static/{name}.js">' for name in ("sandbox", "apps")]
        assert not re.findall(r"\son\w+=", html)
        linked = re.findall(r'<link[^>]*href="([^"]*)"', html)
        assert set(linked) == {"data:,", "/static/sandbox.css"}


def test_every_input_has_a_name_for_those_who_cannot_see_it(bot: Caller) -> None:
    for path in (
        "/",
        PAGE,
        f"{PAGE}?cell=14",
        f"{PAGE}/history",
        "/jira/boards/HBR",
        "/browse/HBR-24",
        "/people",
        "/jira/search",
        "/jira/create?project=HBR",
        "/wiki/spaces/HARBOUR/new",
        "/wiki/search",
    ):
        root = html5(text(bot, path))
        for element in root.iter("input", "select", "textarea"):
            if element.get("type") == "hidden":
                continue
            labelled = element.get("aria-label") or root.xpath(
                "//label[@for=$id]", id=element.get("id") or "?"
            )
            inside = any(above.tag == "label" for above in element.iterancestors())
            checkbox = element.get("type") == "checkbox" and element.get("disabled") is not None
            assert labelled or inside or checkbox, (path, element.attrib)
        for button in root.iter("button"):
            assert "".join(map(str, button.itertext())).strip(), path


def test_addresses_follow_the_context_paths_of_data_center() -> None:
    """Each link of three pages leads somewhere, and below one of the context paths."""
    client = create_app("company", flavor="dc").test_client()
    common = ("/static/", "/people", "/_sandbox/", "/?")
    checked: set[str] = set()
    for start in ("/", "/confluence/spaces/HARBOUR/pages/131073", "/jira/boards/HBR"):
        answer = client.get(start)
        assert answer.status_code == 200, start
        checked |= set(re.findall(r'href="(/[^"#]*)', answer.get_data(as_text=True)))
    for href in map(unescape, checked - {"/"}):
        assert href.startswith(("/confluence/", "/jira/", *common)), href
        assert client.get(href, follow_redirects=True).status_code == 200, href
    assert len(checked) > 60
