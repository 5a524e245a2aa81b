"""The macro in a real browser: it stays fresh, keeps its manners, and needs no loose policy."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from connector.core.okr import KrKey
from macros.registry import STATIC
from tests.fakes.okrs import Sample, delivery, warehouse
from tests.macros.boards import board_html, every_board
from tests.macros.panels import every_panel, panel_html
from tests.macros.test_byline_dialog import dialog_html
from tests.macros.views import every_state, html_of, view_of

CHROMIUM = Path("/usr/bin/chromium")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'"
)
KINDS = {".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript"}
KR = "2002-2"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="no browser found; make test installs one"),
]


@dataclass
class Site:
    """A loopback server: what it answers may be changed while a browser looks."""

    pages: dict[str, tuple[str, str]] = field(default_factory=dict)
    down: bool = False
    asked: list[tuple[str, str | None, int]] = field(default_factory=list)
    url: str = ""

    def put(self, html: str, tag: str, path: str = "/macro") -> None:
        self.pages[path] = html, tag

    def answer(self, path: str, known: str | None) -> tuple[int, str, str, bytes]:
        """Status, content type, tag, body."""
        if path.startswith("/assets/"):
            file = STATIC / path.removeprefix("/assets/")
            return 200, KINDS[file.suffix], "", file.read_bytes()
        if path not in self.pages:
            return 204, "text/plain", "", b""  # the browser asks for an icon of the site
        html, tag = self.pages[path]
        if self.down:
            return 503, "text/plain", "", b""
        if known == f'"{tag}"':
            return 304, "text/html; charset=utf-8", tag, b""
        return 200, "text/html; charset=utf-8", tag, html.encode()

    def statuses(self, path: str = "/macro") -> list[int]:
        return [status for asked, _, status in self.asked if asked == path]


def handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            known = self.headers["If-None-Match"]
            status, kind, tag, body = site.answer(self.path, known)
            site.asked.append((self.path, known, status))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if self.path != "/host":
                self.send_header("Content-Security-Policy", POLICY)
            if tag:
                self.send_header("ETag", f'"{tag}"')
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its signature
            pass

    return Answer


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(found))
    found.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-background-networking", "--disable-sync"],
        )
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Fails the test for anything on the console: errors, and what the policy refused."""
    complaints: list[str] = []
    found = browser.new_page(viewport={"width": 760, "height": 600})
    found.on("console", lambda message: complaints.append(message.text))
    found.on("pageerror", lambda error: complaints.append(str(error)))
    yield found
    found.close()
    assert [one for one in complaints if "503" not in one] == []


def moved() -> Sample:
    """The warehouse after three more issues were done."""
    before = warehouse()
    return replace(
        before, deliveries={**before.deliveries, KrKey(KR): delivery("YUN", 5, 0, 5, hidden=3)}
    )


def test_a_new_number_appears_and_what_was_open_stays_open(site: Site, page: Page) -> None:
    site.put(html_of(view_of(warehouse()), tag="one"), "one")
    page.goto(site.url + "/macro")
    page.click(f"#why-of-{KR}")
    page.focus(f"#why-of-{KR}")

    site.put(html_of(view_of(moved()), tag="two"), "two")
    page.wait_for_selector(f"[data-number='{KR}']:text-is('50%')", timeout=5000)

    assert page.locator(f"#why-{KR}").get_attribute("open") is not None
    assert page.evaluate("document.activeElement.id") == f"why-of-{KR}"
    assert "拣货差错率从 1.8% 降到 0.6%: now 50%" in page.inner_text("#okr-announce")


def test_it_asks_with_the_tag_and_changes_nothing_while_nothing_changes(
    site: Site, page: Page
) -> None:
    site.put(html_of(view_of(warehouse()), tag="one"), "one")
    page.goto(site.url + "/macro")
    page.evaluate("document.querySelector('article').dataset.mark = 'mine'")
    page.wait_for_timeout(2300)

    assert site.statuses()[1:] == [304, 304]
    assert page.locator("article[data-mark=mine]").count() == 1


def test_without_an_answer_it_says_so_and_asks_more_rarely(site: Site, page: Page) -> None:
    site.put(html_of(view_of(warehouse()), tag="one"), "one")
    page.goto(site.url + "/macro")
    site.down = True
    page.wait_for_selector("#okr-offline:visible", timeout=6000)

    assert page.inner_text("#okr-offline").startswith("Not connected at the moment. Last updated:")
    assert page.locator("article").count() == 2

    site.down = False
    page.wait_for_selector("#okr-offline", state="hidden", timeout=6000)


def test_a_hidden_page_does_not_ask_and_asks_at_once_when_seen(site: Site, page: Page) -> None:
    site.put(html_of(view_of(warehouse()), tag="one"), "one")
    page.goto(site.url + "/macro")
    _pretend(page, hidden=True)
    before = len(site.statuses())
    page.wait_for_timeout(1500)
    assert len(site.statuses()) == before

    _pretend(page, hidden=False)
    page.wait_for_timeout(300)
    assert len(site.statuses()) > before


def _pretend(page: Page, *, hidden: bool) -> None:
    page.evaluate(
        """hidden => {
          Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )


def test_the_host_hears_how_high_the_macro_is(site: Site, page: Page) -> None:
    html = html_of(view_of(warehouse()))
    site.put(html.replace("https://wiki.example.org", site.url), "one")
    site.put(
        "<!doctype html><iframe src='/macro' width=700></iframe><script>heard = [];"
        "addEventListener('message', e => heard.push(e.data))</script>",
        "host",
        "/host",
    )
    page.goto(site.url + "/host")
    page.wait_for_function("heard.length > 0")
    first = page.evaluate("heard.at(-1)")
    page.frames[1].click(f"#why-of-{KR}")
    page.wait_for_function("height => heard.at(-1).height > height", arg=first["height"])

    assert first["type"] == "okr:resize"
    assert first["height"] > 300


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
@pytest.mark.parametrize("width", [320, 459, 640, 1000, 1440])
def test_no_width_needs_horizontal_scrolling(
    site: Site, page: Page, width: int, locale: str
) -> None:
    page.set_viewport_size({"width": width, "height": 600})
    drawn = {name: html_of(view, locale) for name, view in every_state(locale).items()}
    drawn |= {f"board {name}": board_html(one, locale) for name, one in every_board(locale).items()}
    drawn |= {f"panel {name}": panel_html(one, locale) for name, one in every_panel(locale).items()}
    drawn |= {
        f"byline {name}": dialog_html(one, locale) for name, one in every_state(locale).items()
    }
    for name, html in drawn.items():
        site.put(html, name)
        page.goto(site.url + "/macro")
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")

        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_everything_to_press_is_large_enough(site: Site, page: Page) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 px; links within text are exempt."""
    site.put(html_of(view_of(warehouse())), "one")
    page.goto(site.url + "/macro")
    sizes = page.eval_on_selector_all(
        "summary", "all => all.map(one => one.getBoundingClientRect().height)"
    )

    assert min(sizes) >= 24


@pytest.mark.parametrize(
    ("theme", "system", "dark"),
    [
        ("dark", "light", True),
        ("light", "dark", False),
        ("auto", "dark", True),
        ("auto", "light", False),
    ],
)
def test_the_theme_is_the_hosts_or_the_readers(
    site: Site, page: Page, theme: str, system: str, dark: bool
) -> None:
    page.emulate_media(color_scheme=system)  # type: ignore[arg-type]  # one of the two it knows
    site.put(html_of(view_of(warehouse()), theme=theme), "one")
    page.goto(site.url + "/macro")
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")

    assert ground == ("rgb(31, 31, 33)" if dark else "rgb(255, 255, 255)")


def test_on_paper_every_reason_is_unfolded(site: Site, page: Page) -> None:
    site.put(html_of(view_of(warehouse())), "one")
    page.goto(site.url + "/macro")
    page.emulate_media(media="print")

    assert page.locator(".okr-why-body").first.bounding_box() is not None
    assert page.locator(".okr-why-body dl").first.is_visible()
