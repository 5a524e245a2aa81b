"""What a Connect app adds besides macros, as two products frame it: each page over real HTTP."""

import re
import time
from collections.abc import Iterator
from html import unescape

import pytest
import requests

from connector.cli.opening import CONNECT
from connector.cli.processes import Demo, on_this_machine, start_demo
from sandbox.directory import TOM
from tests.e2e.waiting import ready

pytestmark = [pytest.mark.engine, pytest.mark.timeout(240)]
FRAME = re.compile(r'<iframe class="macro app"[^>]*? src="([^"]+)"')
SERVLET = "/wiki/plugins/servlet/ac/okr-connector"
TITLE = "Median time from request to confirmed quote falls from 20 to 8 hours"


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with start_demo(door=CONNECT) as started:
        ready(started)
        yield started


def host(demo: Demo, path: str, account: str = "") -> requests.Response:
    """A page of the host, as somebody sees it; without a name the site's administrator."""
    cookies = {"sandbox-user": account} if account else {}
    return on_this_machine().get(f"{demo.site['jira']}{path}", cookies=cookies, timeout=20)


def framed(demo: Demo, path: str, ours: str) -> requests.Response:
    """Our page at this path of ours, by the address that the host signed for its frame."""
    addresses = [unescape(one) for one in FRAME.findall(host(demo, path).text)]
    (address,) = [one for one in addresses if one.startswith(f"{demo.connector}{ours}?")]
    answer = on_this_machine().get(address, timeout=20)
    assert answer.status_code == 200
    return answer


def test_an_issue_moves_its_key_result_before_our_eyes(demo: Demo) -> None:
    first = framed(demo, f"/browse/{demo.issue}", "/connect/issue-panel")
    assert TITLE in first.text
    assert "3/6" in first.text
    assert f"{demo.issue} counts as open" in first.text

    demo.finish_issue()
    headers = {"X-OKR-Frame": first.headers["X-OKR-Frame"], "If-None-Match": first.headers["ETag"]}
    url = f"{demo.connector}/connect/issue-panel?issue={demo.issue}"
    deadline = time.monotonic() + 30
    while (news := on_this_machine().get(url, headers=headers, timeout=20)).status_code == 304:
        assert time.monotonic() < deadline, "the panel never heard of it"
        time.sleep(0.2)

    assert "4/6" in news.text
    assert f"{demo.issue} counts as done" in news.text


def test_the_menu_opens_the_board(demo: Demo) -> None:
    board = framed(demo, f"{SERVLET}/okr", "/okr")

    assert "okr-board" in board.text
    assert "Shippers book with us" in board.text
    style = re.findall(r'href="(assets/[^"]+\.css)"', board.text)
    assert style
    assert all(on_this_machine().get(f"{demo.connector}/{one}", timeout=20).ok for one in style)


def test_the_line_below_a_title_opens_what_the_page_stands_at(demo: Demo) -> None:
    path = demo.page_address.removeprefix(demo.site["jira"])

    dialog = framed(demo, f"{path}?item=okr-connector/okr-byline", "/connect/byline")

    assert "Shippers book with us" in dialog.text
    assert TITLE not in dialog.text


def test_an_administrator_reads_how_the_site_does(demo: Demo) -> None:
    page = framed(demo, f"{SERVLET}/configure", "/admin/configure")

    assert "connected as a Connect app" in page.text
    assert "Everything works." in page.text


def test_nobody_else_gets_there_even_with_the_hosts_signature(demo: Demo) -> None:
    """The host hides the page from others; a token of theirs for another page opens nothing."""
    assert host(demo, f"{SERVLET}/configure", TOM.account_id).status_code == 403
    addresses = FRAME.findall(host(demo, f"{SERVLET}/okr", TOM.account_id).text)
    (of_tom,) = [unescape(one) for one in addresses]

    answer = on_this_machine().get(of_tom.replace("/okr?", "/admin/configure?"), timeout=20)

    assert answer.status_code == 401


def test_a_blueprint_begins_a_page_with_a_title_a_label_and_our_template(demo: Demo) -> None:
    space = demo.page_address.split("/spaces/")[1].split("/")[0]
    answer = on_this_machine().post(
        f"{demo.site['jira']}/wiki/spaces/{space}/blueprint",
        data={"blueprint": "okr-connector/okr-team-en"},
        timeout=20,
    )

    assert answer.status_code == 200
    assert re.search(r"Team OKRs 20\d\d-Q[1-4]", answer.text)
    assert "okr-objective" in answer.text
    assert "at:var" not in answer.text
