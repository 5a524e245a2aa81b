"""The pages for people in a real browser: with a mouse, with a keyboard, on a narrow screen."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from sandbox.app import create_app
from tests.browser import find_browser

pytestmark = pytest.mark.browser
WIKI = "/wiki/spaces/HARBOUR/pages/131073"
PAGES = (
    "/",
    WIKI,
    f"{WIKI}/history",
    f"{WIKI}/diff",
    f"{WIKI}/restrictions",
    "/wiki/search?text=okr",
    "/wiki/spaces/HARBOUR/new",
    "/wiki/spaces/HARBOUR/trash",
    "/jira/boards/HBR",
    "/browse/HBR-24",
    "/jira/search?jql=project+%3D+HBR",
    "/jira/create?project=HBR",
    "/people",
    "/nowhere",
)


@pytest.fixture
def base() -> Iterator[str]:
    """A fresh site for each test, for they change it."""
    server = make_server("127.0.0.1", 0, create_app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(timeout=10)
    server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    path = find_browser()
    if path is None:
        pytest.skip("no browser found; make test installs one")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def page(chromium: Browser, base: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=base)
    yield context.new_page()
    context.close()


def act_as(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.locator("form.who select").select_option(label=name)


def test_choosing_a_user_changes_language_and_rights(page: Page) -> None:
    page.goto("/wiki/spaces/HARBOUR/pages/131438")
    expect(page.get_by_role("heading", level=1)).to_have_text("People OKRs Q4 2026")

    act_as(page, "Tom Becker")
    expect(page.get_by_role("heading", level=1)).to_have_text("You don't have access")
    act_as(page, "李娜")
    expect(page.get_by_role("heading", level=1)).to_have_text("People OKRs Q4 2026")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    act_as(page, "匿名用户")
    expect(page.get_by_role("heading", level=1)).to_have_text("You don't have access")


def test_a_cell_is_clicked_typed_into_and_saved(page: Page) -> None:
    page.goto(WIKI)
    act_as(page, "Tom Becker")
    page.get_by_role("cell", name="8 h", exact=True).first.click()

    box = page.get_by_role("textbox", name="Text of the cell")
    expect(box).to_be_focused()
    expect(box).to_have_value("8 h")
    box.fill("6 h")
    page.locator("form.cellform").get_by_role("button", name="Save").click()

    expect(page.get_by_role("cell", name="6 h", exact=True).first).to_be_visible()
    expect(page.locator(".byline").first).to_contain_text("Tom Becker")
    expect(page.locator(".byline").first).to_contain_text("version 2")


def test_a_cell_is_opened_with_the_keyboard(page: Page) -> None:
    page.goto(WIKI)
    page.get_by_role("cell", name="8 h", exact=True).first.focus()

    page.keyboard.press("Enter")

    expect(page.get_by_role("textbox", name="Text of the cell")).to_be_focused()


def test_a_card_is_moved_with_the_keyboard_and_stays_in_reach(page: Page) -> None:
    page.goto("/jira/boards/HBR")
    page.locator("#HBR-29").get_by_role("button", name="In Progress").focus()

    page.keyboard.press("Enter")

    moved = page.get_by_role("group", name="In Progress").locator("#HBR-29")
    expect(moved).to_be_visible()
    expect(moved.get_by_role("link", name="HBR-29")).to_be_focused()
    moved.get_by_role("button", name="Done").click()
    done = page.locator("#done-HBR-1")
    expect(done).to_contain_text("4 cards")
    done.locator("summary").click()
    expect(done.locator("#HBR-29")).to_be_visible()


def test_a_filter_works_at_once(page: Page) -> None:
    page.goto("/jira/boards/HBR")
    with page.expect_navigation():
        page.get_by_label("Epic").select_option(value="HBR-2")

    expect(page.locator(".epickey")).to_have_text(["HBR-2"])


def test_an_issue_is_created_edited_and_found(page: Page) -> None:
    page.goto("/jira/boards/HBR")
    page.get_by_role("link", name="+ Create issue").click()
    page.get_by_label("Summary").fill("Paint the crane")
    page.get_by_label("Story points").fill("3")
    page.get_by_role("button", name="Create").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Paint the crane")

    page.locator("details.box > summary").click()
    page.get_by_label("Labels").fill("colour")
    page.get_by_role("button", name="Save").click()
    page.goto("/jira/search")
    page.get_by_label("Query (JQL)").fill('summary ~ "Paint the crane" AND labels = colour')
    page.get_by_role("button", name="Search").last.click()

    expect(page.get_by_role("row", name="Paint the crane")).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("locale", ["en", "zh"])
def test_nothing_runs_out_of_a_narrow_screen(page: Page, path: str, locale: str) -> None:
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.set_viewport_size({"width": 320, "height": 640})

    page.goto(f"{path}{'&' if '?' in path else '?'}locale={locale}")

    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0
    assert told == []


def test_paper_shows_the_page_and_not_its_tools(page: Page) -> None:
    page.goto(WIKI)
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for tool in ("header.top", ".wiki aside", "details.edit", "section.comments form"):
        expect(page.locator(tool).first).to_be_hidden()
