"""Find a browser for the tests, or fetch one.

In this order: the machine's own, the package manager's, Playwright's.
`python -m tests.browser` prints the path, or says why there is none and exits with 1.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

DEBIAN = Path("/usr/bin/chromium")


def find_browser() -> Path | None:
    """A browser that is already here."""
    if DEBIAN.exists():
        return DEBIAN
    return _playwrights_own()


def _playwrights_own() -> Path | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - slow, and rarely needed

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def fetch_browser() -> Path | None:
    """Install one: from Debian's packages where we may, else Playwright's download."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk"],
        ):
            _run(command)
        if DEBIAN.exists():
            return DEBIAN
    _run([sys.executable, "-m", "playwright", "install", "chromium"])
    return find_browser()


def _run(command: list[str]) -> None:
    """A step that may fail: another way is tried then."""
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, timeout=600)


def main() -> int:
    path = find_browser() or fetch_browser()
    print(path or "no browser found, and none could be installed", file=sys.stderr)  # noqa: T201 - a command's output
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
