"""The pages for people."""

import pytest

from sandbox.site import Site
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
