"""Who looks at the same within a minute shares a drawing, and nothing that is somebody's own."""

import re
from dataclasses import replace

import pytest

from connector.web.sheets import Sheet, Sheets
from tests.fakes.rights import FakeRights
from tests.fakes.store import FakeStore
from tests.web.conftest import PAGE, stored_page
from tests.web.connect.conftest import ACME, READER
from tests.web.hosts import ConnectHost

PAGE_HTML = '<body data-now="then" data-tag="t"\n data-frame="">{}</body>'
NASTY = '" data-frame="" data-now="" <body data-now="x">'


class Drawer:
    """Draws a page that tells how often it was drawn."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> Sheet:
        self.times += 1
        return Sheet.of(PAGE_HTML.format(self.times))


def test_a_sheet_is_filled_in_for_each_answer() -> None:
    sheet = Sheet.of(PAGE_HTML.format("text"))

    assert sheet.filled(now="noon", frame="f.1") == (
        '<body data-now="noon" data-tag="t"\n data-frame="f.1">text</body>'
    )


@pytest.mark.parametrize("html", ["<body>", '<body data-now="then">', '<body data-now="'])
def test_a_document_without_the_marks_is_a_mistake(html: str) -> None:
    with pytest.raises(ValueError, match="not found"):
        Sheet.of(html)


def test_the_same_is_drawn_once_in_a_minute() -> None:
    draw, sheets = Drawer(), Sheets()
    first = sheets.find("a", draw, seconds=60)

    assert sheets.find("a", draw, seconds=119.9) is first
    assert sheets.find("b", draw, seconds=119.9) is not first
    assert sheets.find("a", draw, seconds=120) is not first
    assert draw.times == 3


def test_a_clock_that_is_set_back_draws_anew() -> None:
    draw, sheets = Drawer(), Sheets()
    sheets.find("a", draw, seconds=120)
    sheets.find("a", draw, seconds=60)

    assert draw.times == 2


def test_memory_has_an_end() -> None:
    draw, sheets = Drawer(), Sheets(most=100)
    for key in range(10):
        sheets.find(key, draw, seconds=60)
    sheets.find(0, draw, seconds=60)

    assert draw.times == 11


def test_what_authors_write_is_no_mark(host: ConnectHost, store: FakeStore) -> None:
    store.save_page(replace(stored_page(title=NASTY), site=ACME, version=4))

    html = host.get("/macros/objective", page=PAGE).text

    assert len(re.findall(r'data-now="2026-[^"]+"', html)) == 1
    assert re.search(r' data-frame="[\w=-]+\.[0-9a-f]{64}"', html)
    assert html.count('data-frame="') == html.count('data-now="') == 1


def test_two_people_share_the_drawing_and_not_the_frame(
    host: ConnectHost, rights: FakeRights
) -> None:
    rights.show(PAGE, "account-2")
    query = {"page": PAGE, "locale": "en"}
    frames = []
    for account in (READER, "account-2", READER):
        token = host.token("GET", f"/macros/objective?page={PAGE}&locale=en", sub=account)
        answer = host.client.get("/macros/objective", query_string={**query, "jwt": token})
        found = re.search(r'data-frame="([^"]*)"', answer.text)
        assert found
        assert found[1] == answer.headers["X-OKR-Frame"]
        frames.append(found[1])

    assert frames[0] == frames[2] != frames[1]


def test_the_byline_of_a_page_is_not_its_macro(host: ConnectHost) -> None:
    """Both follow from the same facts, so both may have the same tag."""
    macro = host.get("/macros/objective", page=PAGE).text

    assert host.get("/connect/byline", page=PAGE).text != macro
    assert host.get("/macros/objective", page=PAGE).text == macro
