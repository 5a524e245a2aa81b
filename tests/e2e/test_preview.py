"""An author's way in a real browser: look at a page, link it, find it again, take it back."""

from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from connector.catalogue import words
from connector.cli.processes import Demo, start_demo
from connector.core.cycle import cycle_of
from connector.core.json import JsonObject
from connector.core.okr import Level
from connector.pages.templates import COLUMNS, page_template
from tests.browser import find_browser
from tests.e2e.test_demo import QUIET
from tests.e2e.waiting import ready
from tests.pages.test_templates import HINT

pytestmark = [pytest.mark.engine, pytest.mark.browser]
OBJECTIVE = "让补货员安心下班"
RESULT = "夜间补货电话"


@pytest.fixture(scope="module")
def running() -> Iterator[Demo]:
    with start_demo() as found:
        ready(found)
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.skip("no browser found; make test installs one")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield found
        found.close()


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def context(browser: Browser, complaints: list[str]) -> Iterator[BrowserContext]:
    """Fails the test for anything on the console: errors, and what the policy refused."""
    found = browser.new_context(viewport={"width": 1100, "height": 900})
    found.on("console", lambda message: complaints.append(message.text))
    found.on("weberror", lambda error: complaints.append(str(error.error)))
    yield found
    found.close()
    assert complaints == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def wiki(demo: Demo, path: str, body: JsonObject | None = None) -> JsonObject:
    """Ask Confluence as the demo's user; with a body, tell it."""
    answer = requests.request(
        "GET" if body is None else "POST",
        demo.site["confluence"] + path,
        json=body,
        auth=(demo.site["user"], demo.site["token"]),
        timeout=10,
    )
    answer.raise_for_status()
    found: JsonObject = answer.json()
    return found


@pytest.fixture(scope="module")
def written(running: Demo) -> str:
    """The address of a page that somebody made from a template and did not label."""
    made = page_template(Level.TEAM, cycle_of("2026-Q4"), words("zh"))
    row = {"owner": "周敏", "baseline": "40 次", "target": "10 次", "current": "31 次"}
    row |= {"confidence": "6/10", "due": "2026-12-15", "jira": "YUN-1"}
    typed = iter(
        ("", "周敏", "挑战型", "公司 OKR", OBJECTIVE, RESULT, *(row[c] for c in COLUMNS[1:]))
    )
    body = HINT.sub(lambda hint: next(typed, hint[0]), made.storage)
    home = wiki(running, f"/api/v2/pages/{running.page}")
    saved = wiki(
        running,
        "/api/v2/pages",
        {
            "spaceId": home["spaceId"],
            "status": "current",
            "title": made.title,
            "body": {"representation": "storage", "value": body},
        },
    )
    return f"{running.site['confluence']}/spaces/HARBOUR/pages/{saved['id']}/x"


def paste(page: Page, demo: Demo, address: str, locale: str = "en") -> None:
    page.goto(f"{demo.connector}/preview?locale={locale}")
    page.fill("#page", address)
    page.keyboard.press("Enter")


def test_an_author_looks_links_finds_it_again_and_takes_it_back(
    running: Demo, page: Page, written: str
) -> None:
    paste(page, running, written)

    table = page.get_by_role("table", name=OBJECTIVE)
    expect(table.get_by_role("row")).to_have_count(2)
    row = table.get_by_role("row").nth(1)
    expect(row.get_by_role("rowheader")).to_have_text(RESULT)
    cells = row.get_by_role("cell")
    expect(cells.nth(0)).to_contain_text("周敏")
    expect(cells.nth(1)).to_contain_text("40 → 10 次 (now 31)")
    expect(cells.nth(2)).to_contain_text("December 15, 2026")
    expect(cells.nth(4)).to_contain_text("YUN-1")
    expect(cells.nth(4)).to_contain_text("2/5")
    expect(page.get_by_text("The page does not take part yet.")).to_be_visible()

    page.get_by_role("button", name="Link this page").click()
    expect(page.get_by_text("Linked. The page takes part from now on")).to_be_visible()
    found = requests.get(f"{running.connector}/api/v1/objectives", timeout=10).json()
    assert OBJECTIVE in [one["title"] for one in found["objectives"]]

    page.goto(f"{running.connector}/preview?locale=en")
    linked = page.get_by_role("region", name="Pages that people linked")
    linked.get_by_role("link", name="团队 OKR 2026-Q4").click()
    expect(page.get_by_text("A person linked this page")).to_be_visible()

    page.get_by_role("button", name="Unlink").click()
    expect(page.get_by_text("Not linked any more.")).to_be_visible()
    expect(page.get_by_role("button", name="Link this page")).to_be_visible()
    found = requests.get(f"{running.connector}/api/v1/objectives", timeout=10).json()
    assert OBJECTIVE not in [one["title"] for one in found["objectives"]]


def test_a_chinese_page_is_read_in_chinese(running: Demo, page: Page) -> None:
    """The department's page as it stands in the sandbox, for a reader of Chinese."""
    paste(
        page, running, f"{running.site['confluence']}/pages/viewpage.action?pageId=131146", "zh-CN"
    )

    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_role("heading", name="读懂的内容")).to_be_visible()
    expect(
        page.get_by_role("table", name="让仓库同事一天之内上手新系统").get_by_role("row")
    ).to_have_count(4)
    expect(page.get_by_role("columnheader", name="关键结果").first).to_be_visible()


def test_an_address_without_an_id_is_resolved(running: Demo, page: Page) -> None:
    title = "Data+Platform+OKRs+2026-Q4"
    paste(page, running, f"{running.site['confluence']}/display/HARBOUR/{title}")

    expect(page.get_by_role("heading", name="Data Platform OKRs 2026-Q4")).to_be_visible()


def test_a_page_of_another_site_cannot_post_in_our_name(
    running: Demo, browser: Browser, written: str
) -> None:
    """Neither a form that a stranger wrote, nor a script of theirs, links a page."""
    number = written.split("/")[-2]
    stranger = browser.new_page()
    stranger.route("http://stranger.example/", lambda route: route.fulfill(body="<p>Hello</p>"))
    stranger.goto("http://stranger.example/")
    with stranger.expect_navigation():
        stranger.evaluate(
            """([action, page]) => {
              const form = document.createElement("form");
              form.method = "post";
              form.action = action;
              form.innerHTML = `<input name="page" value="${page}"><input name="proof" value="x">`;
              document.body.append(form);
              form.submit();
            }""",
            [f"{running.connector}/preview/link", number],
        )

    expect(stranger.get_by_text("This form is not ours")).to_be_visible()
    index = requests.get(f"{running.connector}/preview?locale=en", timeout=10).text
    assert f'value="{number}"' not in index
    stranger.close()


def test_it_works_without_scripts(running: Demo, browser: Browser, written: str) -> None:
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    paste(page, running, written)

    page.get_by_role("button", name="Link this page").click()
    expect(page.get_by_role("button", name="Unlink")).to_be_visible()
    page.get_by_role("button", name="Unlink").click()
    expect(page.get_by_role("button", name="Link this page")).to_be_visible()
    plain.close()


def test_while_the_site_is_asked_it_says_so(running: Demo, page: Page, written: str) -> None:
    page.goto(f"{running.connector}/preview?locale=en")
    page.fill("#page", written)
    page.evaluate(
        "document.querySelector('.own-ask').addEventListener('submit', one => one.preventDefault())"
    )
    page.get_by_role("button", name="Look").click()

    expect(page.get_by_role("status")).to_contain_text("Asking Confluence and Jira.")
    expect(page.get_by_role("button", name="Look")).to_be_disabled()


def test_the_keyboard_reaches_everything_in_order(running: Demo, page: Page, written: str) -> None:
    paste(page, running, written)
    page.get_by_role("button", name="Link this page").wait_for()
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "[document.activeElement.tagName, document.activeElement.textContent.trim()]"
        )
        seen.append(focused)
        if focused == ["BUTTON", "Link this page"]:
            break

    assert ["INPUT", ""] in seen
    assert ["BUTTON", "Look"] in seen
    assert seen[-1] == ["BUTTON", "Link this page"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("locale", ["en", "zh-CN"])
@pytest.mark.parametrize(
    "path", ["?page=131073", "?page=131511", "?page=https://x.example/1", "/new"]
)
def test_no_width_needs_horizontal_scrolling(
    running: Demo, browser: Browser, path: str, locale: str, scheme: str
) -> None:
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]  # one of the two it knows
    page.goto(f"{running.connector}/preview{path}{'&' if '?' in path else '?'}locale={locale}")
    for width in (320, 480, 759, 760, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert ground == ("rgb(31, 31, 33)" if scheme == "dark" else "rgb(255, 255, 255)")
    page.close()


def test_a_template_is_copied_as_formatted_text(running: Demo, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{running.connector}/preview/new?level=team&cycle=2026-Q4&locale=zh-CN")
    page.get_by_role("button", name="复制").click()

    expect(page.get_by_role("status")).to_have_text("已复制，请粘贴到新页面中。")
    html = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read();
          return (await item.getType("text/html")).text();
        }"""
    )
    assert "目标一：" in html
    assert "<table" in html
    assert "placeholder" not in html
