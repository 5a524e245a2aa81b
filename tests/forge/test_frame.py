"""The frame of the macro and of the issue panel in a real browser, with the real Forge bridge."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

import schemas
from tests.fakes.okrs import warehouse
from tests.forge.host import Host, attach
from tests.macros.views import html_of, view_of

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]  # the first run fetches packages

MACRO = {
    "moduleKey": "okr-objective",
    "localId": "4654fa12",
    "locale": "en-US",
    "extension": {"type": "macro", "content": {"id": "131073"}, "config": {}},
}
PANEL = {
    "moduleKey": "okr-issue",
    "localId": "77",
    "locale": "zh-CN",
    "extension": {"type": "jira:issuePanel", "issue": {"id": "10029", "key": "HBR-29"}},
}
KR = "2002-2"
PAGE = (
    '<!doctype html><html lang="en"><body data-now="2026-11-24T00:00:00Z" data-ages="{}"'
    ' data-changed=""><main id="okr" data-showing="objectives">%s</main></body></html>'
)
NASTY = PAGE % (
    '<script>window.hurt = 1</script><iframe srcdoc="x"></iframe>'
    '<img src="x" onerror="window.hurt = 2">'
    '<p id="kept" style="color: red" onclick="window.hurt = 3">kept</p>'
    '<a id="bad" href="javascript:window.hurt = 4">bad</a>'
)
LINKS = PAGE % (
    '<a id="out" href="https://example.atlassian.net/browse/HBR-1">HBR-1</a>'
    '<a id="within" href="#target">within</a><p id="target">target</p>'
)


def opened(page: Page, frames: str, host: Host) -> Host:
    attach(page, host)
    page.goto(f"{frames}/objective/index.html")
    return host


def configured(**config: str) -> dict[str, Any]:
    return MACRO | {"extension": {"type": "macro", "config": config}}


def card(tag: str = "one", locale: str = "en") -> tuple[str, str]:
    return html_of(view_of(warehouse(), locale), locale, tag=tag), tag


def pretend(page: Page, *, hidden: bool) -> None:
    page.evaluate(
        """hidden => {
          Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def pass_time(page: Page, seconds: int) -> None:
    """Second by second, for an answer crosses the bridge in real time."""
    for _ in range(seconds):
        page.clock.run_for(1000)
        page.wait_for_timeout(5)


def test_it_shows_what_the_service_answers(page: Page, frames: str) -> None:
    host = Host(MACRO)
    host.shows(*card())
    opened(page, frames, host)

    expect(page.locator("article")).to_have_count(2)
    assert host.asked == [
        {
            "path": "/forge/macro",
            "method": "POST",
            "headers": {"Content-Type": "application/json"},
            "body": {"macro": "okr-objective", "locale": "en-US"},
            "invokeType": "ui-remote-fetch",
        }
    ]
    assert page.get_attribute("html", "lang") == "en"
    assert page.get_attribute("#okr", "aria-busy") == "false"
    assert "emitReadyEvent" in host.called


def test_it_looks_as_in_the_frame_of_the_service(page: Page, frames: str) -> None:
    """The style sheets of the macros stand beside it; none of them is missing or refused."""
    host = Host(MACRO)
    host.shows(*card())
    opened(page, frames, host)
    expect(page.locator("article")).to_have_count(2)

    rules = page.evaluate("[...document.styleSheets].map(sheet => sheet.cssRules.length)")

    assert len(rules) == 6
    assert all(rules)


def test_the_authors_choices_are_asked_for(page: Page, frames: str) -> None:
    host = Host(configured(objective="2002-O1", locale="zh-CN", theme="dark"))
    host.shows(*card(locale="zh-CN"))
    opened(page, frames, host)
    expect(page.locator("article").first).to_be_visible()

    assert host.asked[0]["body"] == {
        "macro": "okr-objective",
        "objective": "2002-O1",
        "locale": "zh-CN",
        "theme": "dark",
    }
    assert page.get_attribute("html", "data-color-mode") == "dark"
    assert "enableTheming" not in host.called
    assert page.get_attribute("html", "lang") == "zh-CN"


def test_a_board_asks_for_its_own_settings(page: Page, frames: str) -> None:
    config = {"cycle": "2026-Q4", "level": "team", "space": "currentSpace()", "objective": "x"}
    extension = {"type": "macro", "space": {"key": "HARBOUR"}, "config": config}
    host = Host(MACRO | {"moduleKey": "okr-board", "extension": extension})
    host.shows(*card())
    opened(page, frames, host)
    expect(page.locator("article").first).to_be_visible()

    chosen = {"cycle": "2026-Q4", "level": "team", "space": "HARBOUR"}
    asked = {"macro": "okr-board", **chosen, "locale": "en-US"}
    assert host.asked[0]["path"] == "/forge/macro"
    assert host.asked[0]["body"] == asked
    assert schemas.validate("forge-macro", asked) == []


def test_colours_follow_the_host_where_the_author_chose_none(page: Page, frames: str) -> None:
    host = Host(MACRO, colours="dark")
    host.shows(*card())
    opened(page, frames, host)
    expect(page.locator("article").first).to_be_visible()

    assert page.get_attribute("html", "data-color-mode") == "dark"


def test_the_issue_panel_asks_for_itself(page: Page, frames: str) -> None:
    host = Host(PANEL)
    host.shows(*card(locale="zh-CN"))
    opened(page, frames, host)
    expect(page.locator("article").first).to_be_visible()

    assert host.asked[0]["path"] == "/forge/panel"
    assert host.asked[0]["body"] == {"locale": "zh-CN"}


def test_it_asks_again_with_the_tag_and_keeps_what_stands(page: Page, frames: str) -> None:
    host = Host(MACRO)
    host.shows(*card())
    opened(page, frames, host)
    page.click(f"#why-of-{KR}")
    page.evaluate("document.querySelector('article').dataset.mark = 'mine'")

    host.unchanged()
    pass_time(page, 30)

    assert [one["body"].get("etag") for one in host.asked] == [None, "one", "one", "one"]
    assert page.locator("article[data-mark=mine]").count() == 1
    for one in host.asked:
        assert schemas.validate("forge-macro", one["body"]) == []


def test_a_new_number_appears_and_what_was_open_stays_open(page: Page, frames: str) -> None:
    host = Host(MACRO)
    before, _ = card()
    host.shows(before, "one")
    opened(page, frames, host)
    page.click(f"#why-of-{KR}")
    page.focus(f"#why-of-{KR}")
    percent = page.inner_text(f"[data-number='{KR}']")

    host.shows(before.replace(f">{percent}<", ">99%<"), "two")
    pass_time(page, 6)

    expect(page.locator(f"[data-number='{KR}']")).to_have_text("99%")
    assert page.locator(f"#why-{KR}").get_attribute("open") is not None
    assert page.evaluate("document.activeElement.id") == f"why-of-{KR}"
    assert "now 99%" in page.inner_text("#okr-announce")


def test_a_hidden_tab_asks_nothing_and_asks_at_once_when_seen(page: Page, frames: str) -> None:
    host = Host(MACRO)
    host.shows(*card())
    opened(page, frames, host)
    expect(page.locator("article").first).to_be_visible()
    pretend(page, hidden=True)
    host.unchanged()
    pass_time(page, 120)
    assert len(host.asked) == 1

    pretend(page, hidden=False)
    pass_time(page, 1)
    assert len(host.asked) == 2


def test_a_frame_below_the_fold_asks_once(page: Page, frames: str) -> None:
    """As a macro at the end of a long page: it has its height, and then waits to be seen."""
    host = Host(MACRO)
    host.shows(*card())
    attach(page, host)
    page.set_content(
        '<div style="height: 4000px"></div>'
        f'<iframe src="{frames}/objective/index.html" width="700" height="400"></iframe>'
    )
    expect(page.frame_locator("iframe").locator("article").first).to_be_attached()
    host.unchanged()
    pass_time(page, 120)
    assert len(host.asked) <= 2
    asked = len(host.asked)

    page.evaluate("window.scrollTo(0, 4000)")
    page.wait_for_timeout(100)
    pass_time(page, 10)

    assert len(host.asked) > asked


@pytest.mark.parametrize(
    ("locale", "loading", "why"),
    [("en-US", "Loading OKRs", "did not answer"), ("zh-CN", "正在加载", "没有响应")],
)
def test_while_it_waits_and_when_nothing_comes_it_says_so(
    page: Page, frames: str, locale: str, loading: str, why: str
) -> None:
    host = Host(MACRO | {"locale": locale})
    attach(page, host)
    page.add_init_script("navigator.__defineGetter__('language', () => '" + locale + "')")
    page.goto(f"{frames}/objective/index.html", wait_until="commit")
    page.wait_for_selector(f"#okr :text('{why}')")

    assert page.get_attribute("html", "lang") == ("zh-CN" if locale == "zh-CN" else "en")
    assert "emitReadyEvent" in host.called

    host.shows(*card())
    page.click("#okr button")
    pass_time(page, 1)
    expect(page.locator("article").first).to_be_visible()
    assert loading not in page.inner_text("body")


def test_it_says_that_it_loads(page: Page, frames: str) -> None:
    host = Host(MACRO | {"locale": "zh-CN"})
    host.shows(*card())
    attach(page, host)
    page.add_init_script(
        "const call = window.__bridge.callBridge; window.__bridge.callBridge = (name, given) =>"
        " name === 'invoke' ? new Promise(() => {}) : call(name, given);"
    )
    page.goto(f"{frames}/objective/index.html")

    expect(page.locator("#okr h1")).to_have_text("正在加载 OKR…")
    assert page.get_attribute("#okr", "aria-busy") == "true"


def test_the_retry_button_is_reached_and_pressed_by_keyboard(page: Page, frames: str) -> None:
    host = Host(MACRO)
    opened(page, frames, host)
    page.wait_for_selector("#okr button")
    host.shows(*card())

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Try again"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    page.keyboard.press("Enter")
    pass_time(page, 1)

    expect(page.locator("article").first).to_be_visible()
    assert outline == "solid"


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_what_may_no_longer_be_read_goes(page: Page, frames: str, status: int) -> None:
    host = Host(MACRO)
    host.shows(*card())
    opened(page, frames, host)
    expect(page.locator("article").first).to_be_visible()

    host.fails(status)
    pass_time(page, 6)
    expect(page.locator("article")).to_have_count(0)
    assert page.locator("#okr h1").inner_text()

    host.shows(*card())
    pass_time(page, 60)
    expect(page.locator("article")).to_have_count(2)
    assert "etag" not in host.asked[2]["body"]


@pytest.mark.parametrize("trouble", [429, 500, 503, None])
def test_what_passes_leaves_the_last_state_with_a_word(
    page: Page, frames: str, trouble: int | None
) -> None:
    host = Host(MACRO)
    host.shows(*card())
    opened(page, frames, host)
    expect(page.locator("article").first).to_be_visible()

    host.is_silent() if trouble is None else host.fails(trouble)
    pass_time(page, 6)
    pass_time(page, 6)
    expect(page.locator("#okr-offline")).to_contain_text("Not connected at the moment")
    assert page.locator("article").count() == 2

    host.unchanged()
    pass_time(page, 60)
    expect(page.locator("#okr-offline")).to_be_hidden()


def test_an_answer_without_content_is_a_failure(page: Page, frames: str) -> None:
    host = Host(MACRO)
    host.shows("<!doctype html><p>An intermediary's page</p>", "x")
    opened(page, frames, host)

    expect(page.locator("#okr button")).to_be_visible()


def test_nothing_that_acts_comes_in_with_the_content(
    page: Page, frames: str, complaints: list[str]
) -> None:
    host = Host(MACRO)
    host.shows(NASTY, "x")
    opened(page, frames, host)
    page.click("#kept")
    page.click("#bad")

    assert page.evaluate("window.hurt") is None
    assert page.locator("#okr script, #okr iframe, #okr [onclick], #okr [onerror]").count() == 0
    assert page.locator("#okr [style], #okr [src], #okr [href^='javascript']").count() == 0
    assert all("violates" in one for one in complaints)
    complaints.clear()


def test_links_are_opened_by_the_host(page: Page, frames: str) -> None:
    """In a frame of Forge they would do nothing themselves."""
    host = Host(MACRO)
    host.shows(LINKS, "x")
    opened(page, frames, host)
    page.click("#out")
    page.click("#within")

    assert host.opened == ["https://example.atlassian.net/browse/HBR-1"]
    assert page.url.endswith("#target")


def test_new_settings_are_asked_for_at_once(page: Page, frames: str) -> None:
    """While an author edits, Confluence says that the configuration changed."""
    host = Host(MACRO)
    host.shows(*card())
    opened(page, frames, host)
    expect(page.locator("article").first).to_be_visible()

    host.context = configured(objective="2002-O2")
    page.evaluate("window.heard()")
    pass_time(page, 1)

    assert host.asked[-1]["body"] == {
        "macro": "okr-objective",
        "objective": "2002-O2",
        "locale": "en-US",
    }


@pytest.mark.parametrize("width", [320, 760])
def test_no_width_needs_horizontal_scrolling(page: Page, frames: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 600})
    host = opened(page, frames, Host(MACRO))
    page.wait_for_selector("#okr button")
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    host.shows(*card())
    page.click("#okr button")
    pass_time(page, 1)
    expect(page.locator("article").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
