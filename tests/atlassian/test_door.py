"""The door: proof, limits, and every way a site can fail, over real HTTP."""

import gzip
import json
import socket
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from werkzeug import Request, Response

from connector.atlassian.answers import NotOffered, TooMuch
from connector.atlassian.auth import Credentials
from connector.atlassian.endpoints import Read, Write
from connector.atlassian.governor import Governor
from connector.atlassian.http import Door, Limits, PropertyChange, RemoteCall
from connector.atlassian.site import confluence_door, jira_door
from connector.core.errors import (
    BadInput,
    ConfigError,
    Conflict,
    Forbidden,
    NotFound,
    OkrError,
    Refused,
    Throttled,
    Unauthorized,
    Unavailable,
)
from connector.core.okr import PageId
from connector.core.publishing import PropertyKey
from tests.atlassian.serving import served

TOKEN = "ATATT3xFfGF0-secret"
CREDENTIALS = Credentials(TOKEN, "bot@example.org")
Answer = Callable[[Request], Response]


class Truncated(Response):
    """Ends before its Content-Length, as when a proxy gives up."""

    automatically_set_content_length = False


@dataclass
class TinySite:
    """Answers whatever the test says, and remembers what it was asked."""

    answer: Answer
    asked: list[Request] = field(default_factory=list)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        request.get_data()
        self.asked.append(request)
        return self.answer(request)(environ, start)


@contextmanager
def tiny(answer: Answer) -> Iterator[tuple[TinySite, str]]:
    site = TinySite(answer)
    with served(site) as address:
        yield site, address


def said(status: int, body: object = None, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda _request: Response(
        json.dumps({} if body is None else body), status, named, mimetype="application/json"
    )


def test_a_user_and_token_go_as_basic_and_a_token_alone_as_bearer() -> None:
    with tiny(said(200)) as (site, address):
        jira_door(address, CREDENTIALS).read(Read.JIRA_MYSELF)
        jira_door(address, Credentials(TOKEN)).read(Read.JIRA_MYSELF)

    pair = b64encode(f"bot@example.org:{TOKEN}".encode()).decode()
    sent = [request.headers["Authorization"] for request in site.asked]
    assert sent == [f"Basic {pair}", f"Bearer {TOKEN}"]
    assert site.asked[0].headers["User-Agent"].startswith("okr-connector")
    assert {request.headers["X-Atlassian-Token"] for request in site.asked} == {"no-check"}


@pytest.mark.parametrize("given", ["", "/", "/wiki", "/wiki/"])
def test_confluence_is_below_wiki_however_its_address_is_written(given: str) -> None:
    with tiny(said(200, {"results": []})) as (site, address):
        confluence_door(address + given, CREDENTIALS).read(Read.PAGES, params={"id": "1,2"})

    assert site.asked[0].path == "/wiki/api/v2/pages"
    assert site.asked[0].args["id"] == "1,2"


def test_behind_the_gateway_the_path_of_the_cloud_site_is_kept() -> None:
    with tiny(said(200)) as (site, address):
        confluence_door(f"{address}/ex/confluence/abc", CREDENTIALS).read(Read.WIKI_MYSELF)
        jira_door(f"{address}/ex/jira/abc", CREDENTIALS).read(Read.SERVER_INFO)

    assert [request.path for request in site.asked] == [
        "/ex/confluence/abc/wiki/rest/api/user/current",
        "/ex/jira/abc/rest/api/3/serverInfo",
    ]


@pytest.mark.parametrize(
    "url", ["ftp://a.example", "a.example", "https://", "https://u:p@a.example", "https://a/?x=1"]
)
def test_an_address_that_is_none_is_a_matter_of_configuration(url: str) -> None:
    with pytest.raises(ConfigError) as refused:
        jira_door(url, CREDENTIALS)

    assert "p@" not in str(refused.value)


@pytest.mark.parametrize(
    ("status", "kind", "retryable"),
    [
        (400, Refused, False),
        (401, Unauthorized, False),
        (403, Forbidden, False),
        (404, NotFound, False),
        (405, NotOffered, False),
        (408, Unavailable, True),
        (409, Conflict, True),
        (410, Refused, False),
        (500, Unavailable, True),
        (502, Unavailable, True),
        (503, Unavailable, True),
        (504, Unavailable, True),
    ],
)
def test_a_status_becomes_one_of_our_errors(
    status: int, kind: type[OkrError], retryable: bool
) -> None:
    with tiny(said(status)) as (site, address), pytest.raises(kind) as failed:
        jira_door(address, CREDENTIALS).read(Read.JIRA_MYSELF)

    assert type(failed.value) is kind
    assert failed.value.retryable is retryable
    assert len(site.asked) == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"errorMessages": ["No field 'x'."], "errors": {"jql": "bad"}}, "No field 'x'.; bad"),
        ({"errors": [{"status": 400, "title": "Invalid body", "detail": None}]}, "Invalid body"),
        ({"statusCode": 400, "message": "Could not parse cql"}, "Could not parse cql"),
        ({"errorMessages": ["a\nb\x1b[31mc"]}, "a b [31mc"),
        ({"errorMessages": ["x" * 5000] * 50}, "x" * 300),
        (["what"], "answered 400"),
    ],
)
def test_a_refusal_says_in_bounded_plain_words_what_the_site_said(body: object, words: str) -> None:
    with tiny(said(400, body)) as (_, address), pytest.raises(Refused) as refused:
        jira_door(address, CREDENTIALS).read(Read.JIRA_MYSELF)

    assert words in str(refused.value)
    assert len(str(refused.value)) < 2000


@pytest.mark.parametrize(
    "answer",
    [
        lambda _: Response("<html>Log in</html>", mimetype="text/html"),
        lambda _: Response('{"issues": [', mimetype="application/json"),
        lambda _: Truncated('{"a": 1}', headers={"Content-Length": "4000"}),
        lambda _: Response("[" * 100_000, mimetype="application/json"),
        lambda _: Response("[]", mimetype="application/json"),
        lambda _: Response(b"\x1f\x8bnot gzip", headers={"Content-Encoding": "gzip"}),
        lambda _: Response(""),
    ],
)
def test_an_answer_that_is_no_whole_json_object_is_an_outage(answer: Answer) -> None:
    with tiny(answer) as (_, address), pytest.raises(Unavailable):
        jira_door(address, CREDENTIALS, limits=Limits(timeout=1)).read(Read.JIRA_MYSELF)


@pytest.mark.parametrize(("closed", "works"), [(1, True), (2, False)])
def test_an_idle_connection_that_the_site_just_closed_is_no_outage(
    closed: int, works: bool
) -> None:
    """A second time in a row it is one."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            for number in range(closed + works):
                connection, _ = server.accept()
                with connection:
                    connection.recv(4096)
                    if number == closed:
                        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

        threading.Thread(target=serve, daemon=True).start()
        door = jira_door(f"http://127.0.0.1:{server.getsockname()[1]}", CREDENTIALS)
        if works:
            assert door.read(Read.JIRA_MYSELF) == {}
        else:
            with pytest.raises(Unavailable):
                door.read(Read.JIRA_MYSELF)


def test_a_refusal_nested_beyond_reading_is_a_refusal_all_the_same() -> None:
    with tiny(lambda _: Response("[" * 100_000, 400)) as (_, address), pytest.raises(Refused):
        jira_door(address, CREDENTIALS).read(Read.JIRA_MYSELF)


def test_a_list_is_read_as_one_and_nothing_else_is() -> None:
    with tiny(said(200, [{"id": "summary"}])) as (_, address):
        assert jira_door(address, CREDENTIALS).read_list(Read.FIELDS) == [{"id": "summary"}]
    unfit: tuple[object, ...] = ({}, [7], "x")
    for odd in unfit:
        with tiny(said(200, odd)) as (_, address), pytest.raises(Unavailable):
            jira_door(address, CREDENTIALS).read_list(Read.FIELDS)


def test_a_compressed_answer_is_read() -> None:
    packed = gzip.compress(b'{"name": "\xe7\x9b\xae\xe6\xa0\x87"}')
    answer = Response(packed, headers={"Content-Encoding": "gzip"})
    with tiny(lambda _: answer) as (_, address):
        assert jira_door(address, CREDENTIALS).read(Read.JIRA_MYSELF) == {"name": "目标"}


def test_a_site_that_is_not_there_or_too_slow_is_an_outage() -> None:
    def slow(_request: Request) -> Response:
        time.sleep(1.5)
        return Response("{}")

    with pytest.raises(Unavailable):
        jira_door("http://127.0.0.1:1", CREDENTIALS).read(Read.JIRA_MYSELF)
    with tiny(slow) as (_, address), pytest.raises(Unavailable):
        jira_door(address, CREDENTIALS, limits=Limits(timeout=1)).read(Read.JIRA_MYSELF)


def _drip(_request: Request) -> Response:
    return Response(b" " * 65_536 for _ in range(10_000))


def _bomb(_request: Request) -> Response:
    return Response(gzip.compress(b" " * 10_000_000), headers={"Content-Encoding": "gzip"})


@pytest.mark.parametrize("answer", [_drip, _bomb])
def test_an_endless_answer_is_cut_off(answer: Answer) -> None:
    """Neither many small pieces nor a small compressed bomb get past the limit."""
    with tiny(answer) as (_, address), pytest.raises(TooMuch):
        jira_door(address, CREDENTIALS, limits=Limits(largest=1_000_000)).read(Read.JIRA_MYSELF)


@pytest.mark.parametrize("headers", [{}, {"Content-Length": "1000"}], ids=["chunked", "length"])
def test_an_answer_that_drips_is_given_up(headers: dict[str, str]) -> None:
    """Each drop comes in time, the whole does not: a thread would wait for it all the same."""

    def drops(_request: Request) -> Response:
        return Response((_drop() for _ in range(30)), headers=headers)

    def _drop() -> bytes:
        time.sleep(0.3)
        return b" "

    with tiny(drops) as (_, address):
        began = time.monotonic()
        with pytest.raises(Unavailable):
            jira_door(address, CREDENTIALS, limits=Limits(timeout=1)).read(Read.JIRA_MYSELF)
        took = time.monotonic() - began

    assert 1 < took < 5


def test_no_redirect_is_followed_so_the_token_stays_with_its_host() -> None:
    with tiny(said(200)) as (other, elsewhere):
        there = said(302, Location=f"{elsewhere}/rest/api/3/myself")
        with tiny(there) as (_, address), pytest.raises(Refused):
            jira_door(address, CREDENTIALS).read(Read.JIRA_MYSELF)

    assert other.asked == []


def test_cookies_of_the_site_are_not_kept() -> None:
    with tiny(said(200, Set_Cookie="session=1; Path=/")) as (site, address):
        door = jira_door(address, CREDENTIALS, limits=Limits(concurrent=1))
        door.read(Read.JIRA_MYSELF)
        door.read(Read.JIRA_MYSELF)

    assert [dict(request.cookies) for request in site.asked] == [{}, {}]


def test_the_token_shows_up_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    """Not in a repr, an error, a log at its most talkative, or the cause of an error."""
    caplog.set_level("DEBUG")
    shown = []
    with tiny(said(400, {"errorMessages": ["no"]})) as (_, address):
        for base in (address, "http://127.0.0.1:1"):
            door = jira_door(base, CREDENTIALS)
            with pytest.raises(OkrError) as failed:
                door.read(Read.ISSUE_SEARCH, body={"jql": "secretive = text"})
            shown += [repr(door), repr(vars(door)), str(failed.value), repr(failed.value)]
            assert failed.value.__cause__ is None

    basic = b64encode(f"bot@example.org:{TOKEN}".encode()).decode()
    everything = "\n".join([*shown, caplog.text, repr(CREDENTIALS)])
    assert TOKEN not in everything
    assert basic not in everything
    assert "secretive" not in caplog.text


def test_nothing_can_be_written_by_reading() -> None:
    """The POSTs among the operations of `Read` look things up."""
    posts = {what.name for what in Read if what.method != "GET"}

    assert {what.method for what in Read} == {"GET", "POST"}
    assert posts == {
        "ISSUE_SEARCH",
        "ISSUES",
        "JQL_MATCH",
        "USERS",
        "PAGE_CHECK",
        "DC_ISSUE_SEARCH",
    }
    named = [name for name in vars(Door) if not name.startswith("_")]
    assert named == ["read", "read_list", "write"]


def test_nothing_can_be_written_but_properties_of_pages() -> None:
    """No text of a page, no label, no issue: every path goes on behind a page's properties."""
    cloud, data_center = "api/v2/pages/1/properties", "rest/api/content/1/property"
    paths = {
        what: what.path("1" if what.method == "POST" else "1/2").removesuffix("/2")
        for what in Write
    }

    assert {what.method for what in Write} == {"POST", "PUT", "DELETE"}
    assert {what: data_center if what.name.startswith("DC_") else cloud for what in Write} == paths
    assert not {what.value for what in Write} & {what.value for what in Read}


@pytest.mark.parametrize("what", list(Write), ids=lambda what: what.name)
def test_what_is_written_is_a_property_of_our_own(what: Write) -> None:
    """Its key comes from a list of two, and the body has a place for its value alone."""
    change = PropertyChange(PageId("101"), PropertyKey.OKRS, {"title": "x", "body": "<p/>"}, 3, "7")
    with tiny(said(200)) as (site, address):
        confluence_door(address, CREDENTIALS).write(what, change)

    (asked,) = site.asked
    by = "okrconnector" if what.name.startswith("DC_") else "7"
    assert asked.method == what.method
    assert asked.path.endswith("/101/property" if by == "okrconnector" else "/101/properties") or (
        asked.path.endswith(f"/{by}")
    )
    sent = asked.get_json(silent=True) or {}
    assert set(sent) <= {"key", "value", "version", "id"}
    assert sent.get("key", "okrconnector") == "okrconnector"
    assert list(PropertyKey) == ["okrconnector", "okr-connector-byline"]


def test_a_write_that_was_not_confirmed_is_no_success() -> None:
    """A page to sign in at, sent with 200, in place of the property that was written."""
    change = PropertyChange(PageId("101"), PropertyKey.OKRS, {})
    page = Response("<html/>", 200, mimetype="text/html")
    with tiny(lambda _: page) as (_, address), pytest.raises(Unavailable):
        confluence_door(address, CREDENTIALS).write(Write.PROPERTY_CREATE, change)


@pytest.mark.parametrize("page", ["", "..", "1/../2", "1?x=1", "1/properties/2"])
def test_no_page_id_leads_a_write_elsewhere(page: str) -> None:
    door = confluence_door("http://127.0.0.1:1", CREDENTIALS)
    for what in Write:
        with pytest.raises(BadInput):
            door.write(what, PropertyChange(PageId(page), PropertyKey.OKRS, {}, held="7"))


@pytest.mark.parametrize("part", ["", "..", "1/../../2", "1?x=1", "1#x", "é", "a b", "1\n", "%2e"])
def test_a_part_of_a_path_cannot_leave_its_place(part: str) -> None:
    with pytest.raises(BadInput):
        Read.PAGE.path(part)


def test_a_long_pause_stops_the_endpoint_here_and_not_the_others() -> None:
    """The second search never leaves: it is told to wait; other endpoints go on."""

    def answer(request: Request) -> Response:
        burst = {"Retry-After": "30", "RateLimit-Reason": "jira-burst-based"}
        return Response("{}", 429, burst) if request.method == "POST" else Response("{}")

    with tiny(answer) as (site, address):
        door = jira_door(address, CREDENTIALS)
        for _ in range(2):
            with pytest.raises(Throttled) as told:
                door.read(Read.ISSUE_SEARCH, body={"jql": "x"})
            assert timedelta(seconds=28) < told.value.retry_after <= timedelta(seconds=30)
            assert told.value.reason == "jira-burst-based"
        door.read(Read.JIRA_MYSELF)

    assert [request.method for request in site.asked] == ["POST", "GET"]


def test_a_spent_quota_stops_the_whole_product() -> None:
    quota = said(429, Retry_After="600", RateLimit_Reason="jira-quota-global-based")
    with tiny(quota) as (site, address):
        door = jira_door(address, CREDENTIALS)
        for what in (Read.JIRA_MYSELF, Read.SERVER_INFO):
            with pytest.raises(Throttled):
                door.read(what)

    assert len(site.asked) == 1


def test_a_site_under_maintenance_is_left_alone_as_long_as_it_says() -> None:
    with tiny(said(503, Retry_After="600")) as (site, address):
        door = jira_door(address, CREDENTIALS)
        with pytest.raises(Unavailable):
            door.read(Read.JIRA_MYSELF)
        with pytest.raises(Throttled) as told:
            door.read(Read.SERVER_INFO)

    assert told.value.retry_after > timedelta(seconds=590)
    assert len(site.asked) == 1


def test_what_is_left_of_our_share_is_known() -> None:
    """And an empty bucket is not asked of in vain."""
    headers = {"X_RateLimit_Remaining": "0", "X_RateLimit_FillRate": "10", "Retry_After": "600"}
    with tiny(said(200, **headers)) as (site, address):
        door = jira_door(address, CREDENTIALS)
        door.read(Read.JIRA_MYSELF)
        with pytest.raises(Throttled):
            door.read(Read.SERVER_INFO)

    assert door.rate_limits == {"X-RateLimit-Remaining": "0", "X-RateLimit-FillRate": "10"}
    assert len(site.asked) == 1


def test_a_short_pause_is_waited_out_once() -> None:
    answers = [said(200, {"ok": True}), said(429, Retry_After="1")]
    slept: list[float] = []

    def answer(request: Request) -> Response:
        return answers.pop()(request)

    with tiny(answer) as (_, address):
        door = Door("jira", address, CREDENTIALS, governor=Governor(sleep=slept.append))
        assert door.read(Read.JIRA_MYSELF) == {"ok": True}

    assert len(slept) == 1
    assert 0.5 < slept[0] <= 1


def test_at_most_so_many_requests_are_out_at_once() -> None:
    out, most, lock = [0], [0], threading.Lock()

    def answer(_request: Request) -> Response:
        with lock:
            out[0] += 1
            most[0] = max(most[0], out[0])
        time.sleep(0.05)
        with lock:
            out[0] -= 1
        return Response("{}")

    with tiny(answer) as (_, address), ThreadPoolExecutor(12) as pool:
        door = jira_door(address, CREDENTIALS, limits=Limits(concurrent=3))
        list(pool.map(lambda _: door.read(Read.JIRA_MYSELF), range(24)))

    assert most[0] == 3


def test_every_request_is_counted_with_its_outcome() -> None:
    calls: list[RemoteCall] = []
    with tiny(said(404)) as (_, address), pytest.raises(NotFound):
        jira_door(address, CREDENTIALS, on_call=calls.append).read(Read.ISSUE, part="PAY-1")
    with pytest.raises(Unavailable):
        jira_door("http://127.0.0.1:1", CREDENTIALS, on_call=calls.append).read(Read.JIRA_MYSELF)

    assert [(call.product, call.endpoint, call.status) for call in calls] == [
        ("jira", "issue", 404),
        ("jira", "jira_myself", 0),
    ]


def test_the_door_notices_how_far_the_clocks_are_apart() -> None:
    with tiny(said(200)) as (_, address):
        door = jira_door(address, CREDENTIALS)
        door.read(Read.JIRA_MYSELF)

    assert door.skew is not None
    assert abs(door.skew) < timedelta(seconds=5)
