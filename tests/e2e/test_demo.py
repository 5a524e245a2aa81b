"""The demo as a newcomer runs it: real processes, real HTTP, a real browser."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from connector.cli.processes import Demo, start_demo
from tests.browser import find_browser
from tests.e2e.waiting import ready

pytestmark = pytest.mark.engine
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def demo(*arguments: str, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "connector.cli", "demo", *arguments],
        env={**os.environ, "TMPDIR": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("flavor", ["cloud", "dc"])
def test_once_moves_a_number_without_a_person(flavor: str, tmp_path: Path) -> None:
    """Seeds, syncs, finishes one issue, and says what moved and how long it took."""
    process = demo("--once", "--lang", "en", "--flavor", flavor, folder=tmp_path)

    out, err = process.communicate(timeout=110)

    assert process.returncode == 0, err
    before, after = re.findall(r"\((\d+)/(\d+)\)", out)
    assert int(after[0]) == int(before[0]) + 1
    assert after[1] == before[1]
    assert "From Done to the new number" in out


def test_ctrl_c_leaves_nothing_behind(tmp_path: Path) -> None:
    process = demo("--lang", "en", folder=tmp_path)
    assert process.stdout is not None
    first = process.stdout.readline()
    (folder,) = tmp_path.glob("okr-demo-*")

    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)

    assert "http://127.0.0.1:" in first
    assert process.returncode == 0
    assert not folder.exists()
    assert not processes_in(folder)


def test_a_demo_that_is_killed_takes_its_processes_along(tmp_path: Path) -> None:
    """Only the folder stays, which nobody is left to remove."""
    process = demo("--lang", "en", folder=tmp_path)
    assert process.stdout is not None
    process.stdout.readline()
    (folder,) = tmp_path.glob("okr-demo-*")
    assert processes_in(folder)

    process.kill()
    process.communicate(timeout=30)

    deadline = time.monotonic() + 30
    while processes_in(folder) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not processes_in(folder)


def processes_in(folder: Path) -> list[str]:
    """Processes of this machine that still work in the folder (where /proc tells)."""
    return [
        str(entry)
        for entry in Path("/proc").glob("[0-9]*/cwd")
        if _target(entry).startswith(str(folder))
    ]


def _target(entry: Path) -> str:
    try:
        return str(entry.readlink())
    except OSError:
        return ""


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


@pytest.mark.browser
def test_done_on_the_board_moves_the_key_result_in_the_open_page(
    running: Demo, browser: Browser
) -> None:
    """Two tabs, as a person has them: the wiki page stays open while the board is worked on."""
    wiki, board = browser.new_page(), browser.new_page()
    wiki.goto(f"{running.page_address}?locale=en")
    macro = wiki.frame_locator("iframe").first
    chip = macro.get_by_text("3/6").first
    expect(chip).to_be_visible(timeout=15_000)
    board.goto(running.board_address)

    press_done(board, running.issue)
    wiki.bring_to_front()

    expect(macro.get_by_text("4/6").first).to_be_visible(timeout=15_000)
    running.move_issue(running.issue, "new")


def press_done(board: Page, issue: str) -> None:
    card = board.locator(f"[data-issue='{issue}'], #{issue}, article:has-text('{issue}')").first
    card.get_by_role("button", name="Done").first.click()
