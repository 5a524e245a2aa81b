"""One browser, and the built frames behind an address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.forge.app import built
from tests.forge.host import cdn

CHROMIUM = Path("/usr/bin/chromium")
# What Chromium says of any frame under the sandbox that Forge gives it.
NOTICE = "both allow-scripts and allow-same-origin"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("no browser found; make test installs one")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-background-networking", "--disable-sync"],
        )
        yield found
        found.close()


@pytest.fixture(scope="package")
def frames() -> Iterator[str]:
    with cdn(built() / "build") as address:
        yield address


@pytest.fixture
def complaints() -> list[str]:
    """What stood on the console; nothing may be left at the end."""
    return []


@pytest.fixture
def page(browser: Browser, complaints: list[str]) -> Iterator[Page]:
    """Its clock is the test's; fails for anything on the console, refusals of the policy too."""

    def note(message: ConsoleMessage) -> None:
        if NOTICE not in message.text:
            complaints.append(message.text)

    found = browser.new_page(viewport={"width": 760, "height": 600})
    found.on("console", note)
    found.on("pageerror", lambda error: complaints.append(str(error)))
    found.clock.install()
    yield found
    found.close()
    assert complaints == []
