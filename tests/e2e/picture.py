"""`python -m tests.e2e.picture FILE`: the README's picture, from the real program."""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from connector.cli.processes import start_demo
from tests.browser import find_browser
from tests.e2e.waiting import ready


def main() -> None:
    target = Path(sys.argv[1])
    with start_demo() as demo, sync_playwright() as playwright:
        ready(demo)
        path = find_browser()
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 860}, device_scale_factor=1.5)
        page.goto(f"{demo.page_address}?locale=en&theme=light")
        macro = page.frame_locator("iframe").first
        macro.locator("details summary").first.click()
        page.wait_for_timeout(1500)
        page.screenshot(path=target)
        browser.close()


if __name__ == "__main__":
    main()
