"""Each door as it is on a site: the same wiki page, framed by its host, moves when work is done."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame, Page, Route, expect, sync_playwright

from connector.cli.opening import CONNECT, DC, FORGE, build_frames, frames_are_built
from connector.cli.processes import Demo, start_demo
from tests.browser import find_browser
from tests.e2e.waiting import ready

pytestmark = [pytest.mark.engine, pytest.mark.browser]
FRAMES = {CONNECT: "iframe.app", FORGE: "iframe.forge"}
TITLE = "Shippers book with us because nothing else gets cargo moving faster"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=find_browser(), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def open_at(door: str) -> Iterator[Demo]:
    if door == FORGE:
        if shutil.which("npm") is None:
            pytest.skip("Node.js is absent")
        if not frames_are_built():
            build_frames()
    with start_demo(door=door) as demo:
        ready(demo)
        yield demo


@pytest.mark.timeout(240)
@pytest.mark.parametrize("door", list(FRAMES))
def test_a_host_frames_the_macro_and_its_number_moves(door: str, page: Page) -> None:
    for demo in open_at(door):
        page.goto(demo.page_address)
        frame = page.frame_locator(FRAMES[door]).first

        expect(frame.get_by_text(TITLE)).to_be_visible(timeout=20_000)
        expect(frame.get_by_text("3/6").first).to_be_visible()
        demo.finish_issue()
        expect(frame.get_by_text("4/6").first).to_be_visible(timeout=20_000)


@pytest.mark.timeout(240)
def test_on_data_center_a_reader_signs_in_and_sees_the_page(page: Page) -> None:
    for demo in open_at(DC):
        page.goto(demo.page_address)
        frame = page.frame_locator('iframe[title="OKR"]')
        button = frame.get_by_role("button", name="Sign in with Confluence")
        expect(button).to_be_visible(timeout=20_000)
        assert TITLE not in _text(page, demo)

        with page.expect_popup() as opening:
            button.click()
        popup = opening.value
        popup.get_by_role("button", name="Allow").click()

        expect(frame.get_by_text(TITLE)).to_be_visible(timeout=20_000)
        demo.finish_issue()
        expect(frame.get_by_text("4/6").first).to_be_visible(timeout=20_000)


def _text(page: Page, demo: Demo) -> str:
    """What stands in our own frame."""
    framed: list[Frame] = [one for one in page.frames if one.url.startswith(demo.connector)]
    return framed[0].inner_text("body")


@pytest.mark.timeout(240)
def test_a_page_that_slept_asks_its_host_who_looks(page: Page) -> None:
    """As after a lunch in another tab: the frame's own proof is over, and nobody notices."""
    for demo in open_at(CONNECT):
        page.goto(demo.page_address)
        frame = page.frame_locator(FRAMES[CONNECT]).first
        expect(frame.get_by_text("3/6").first).to_be_visible(timeout=20_000)

        with page.expect_response("**/connect/frame") as begun:
            page.route("**/macros/objective*", _over, times=1)
        demo.finish_issue()

        assert begun.value.status == 204
        expect(frame.get_by_text("4/6").first).to_be_visible(timeout=20_000)


def _over(route: Route) -> None:
    route.fulfill(status=401, body="over")
