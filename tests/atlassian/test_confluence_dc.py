"""What reading Confluence Data Center costs in calls, and what it does when the site is odd."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug import Request

from connector.atlassian.auth import Credentials
from connector.atlassian.confluence_dc import ConfluenceDataCenter
from connector.atlassian.http import Limits
from connector.atlassian.site import data_center_door
from connector.core.errors import Unauthorized, Unavailable
from connector.core.okr import PageId, Person
from connector.core.policy import Policy
from connector.pages.content import content_of
from connector.pages.source import Source, parse_source
from sandbox.datacenter.people import account_of
from sandbox.directory import TOM
from tests.atlassian.odd import odd_site
from tests.atlassian.planted import Connection, StillClock, SystemClock, planted

LABELS = Policy().labels


@pytest.fixture
def data_center() -> Iterator[Connection]:
    with planted("company", clock=StillClock(), flavor="dc") as found:
        yield found


def wiki(address: str, **limits: int) -> ConfluenceDataCenter:
    door = data_center_door(
        "confluence", f"{address}/wiki", Credentials("t"), limits=Limits(**limits)
    )
    return ConfluenceDataCenter(door, SystemClock())


def raw(number: int, body: str = "<p/>", **changes: Any) -> dict[str, Any]:
    return {
        "id": str(number),
        "type": "page",
        "status": "current",
        "title": f"Page {number}",
        "space": {"key": "OKR"},
        "version": {"number": 3, "when": "2026-11-23T09:07:00.000+08:00"},
        "body": {"storage": {"representation": "storage", "value": body}},
        "metadata": {"labels": {"results": [{"prefix": "global", "name": "okr"}]}},
        "_links": {"webui": f"/pages/viewpage.action?pageId={number}"},
    } | changes


def ids_asked(request: Request) -> list[int]:
    inside = request.args["cql"].partition("id in (")[2].partition(")")[0]
    return [int(one) for one in inside.split(",") if one.strip().isdecimal()]


def test_a_cold_read_of_all_pages_costs_two_calls(data_center: Connection) -> None:
    stamps = data_center.wiki.find_okr_pages(LABELS, None)

    read = data_center.wiki.read_pages([stamp.page for stamp in stamps])

    assert len(read) == len(stamps) > 5
    assert data_center.spent() == {"dc_content_search": 2}
    assert {page.saved_at is not None for page in read} == {True}


def test_one_saved_page_costs_one_call_and_does_not_wait_for_the_index(
    data_center: Connection,
) -> None:
    (read,) = data_center.wiki.read_pages([PageId("131073")])

    assert read.labels == {"okr"}
    assert data_center.spent() == {"dc_content": 1}


def test_a_quiet_sweep_costs_one_call(data_center: Connection) -> None:
    a_minute_ago = data_center.clock.now() - timedelta(minutes=1)

    assert data_center.wiki.find_okr_pages(LABELS, a_minute_ago) == []
    assert data_center.spent() == {"dc_content_search": 1}


def test_a_page_hidden_from_an_account_is_missing_for_it(data_center: Connection) -> None:
    tom = data_center.as_(TOM)

    assert PageId("131438") in {one.page for one in data_center.wiki.find_okr_pages(LABELS, None)}
    assert PageId("131438") not in {one.page for one in tom.wiki.find_okr_pages(LABELS, None)}
    assert tom.wiki.read_pages([PageId("131438")]) == []


def test_a_name_is_asked_for_once_a_week_and_so_is_one_that_nobody_has(
    data_center: Connection,
) -> None:
    tom = account_of(TOM).userkey
    wiki = data_center.wiki
    wiki.name_people([tom, "ff8080gone"])

    assert wiki.name_people([tom, "ff8080gone"]) == {tom: "Tom Becker"}
    assert data_center.spent() == {"wiki_person": 2}


def test_a_page_that_is_gone_is_asked_for_once_among_others() -> None:
    def answers(place: str, request: Request) -> Any:
        if place == "search":
            shown = [raw(n) for n in ids_asked(request) if n != 3]
            return {"results": shown, "_links": {}}
        return 404, {}

    asked: list[str] = []
    with odd_site(answers, asked) as address:
        pages = wiki(address)
        for _ in range(2):
            read = pages.read_pages([PageId(str(n)) for n in (1, 2, 3)])

    assert asked == ["search", "3", "search"]
    assert [page.page for page in read] == ["1", "2"]


def test_a_page_that_comes_back_is_read_again() -> None:
    back: list[bool] = []

    def answers(place: str, request: Request) -> Any:
        if place != "search":
            return 404, {}
        if "label" in request.args["cql"]:
            back.append(True)
            return {"results": [raw(3)], "_links": {}}
        return {"results": [raw(n) for n in ids_asked(request) if n != 3 or back], "_links": {}}

    pair = [PageId("1"), PageId("3")]
    with odd_site(answers) as address:
        pages = wiki(address)
        before = [page.page for page in pages.read_pages(pair)]
        pages.find_okr_pages(["okr"], None)
        after = [page.page for page in pages.read_pages(pair)]

    assert (before, after) == (["1"], ["1", "3"])


@pytest.mark.parametrize(
    "following",
    ["/rest/api/content/search?start=2&limit=2&cql=x", "/rest/api/content/search?next=true"],
)
def test_a_search_is_followed_however_the_next_page_is_told(following: str) -> None:
    """Trimmed to two at a time; some results are taken out of a page, which is then shorter."""
    everything = [raw(n) for n in range(1, 6)]

    def answers(_place: str, request: Request) -> Any:
        start = int(request.args.get("start", 0))
        shown = [one for one in everything[start : start + 2] if one["id"] != "2"]
        told = following.replace("start=2", f"start={start + 2}")
        links = {"next": told} if start + 2 < len(everything) else {}
        return {"results": shown, "start": start, "limit": 2, "size": len(shown), "_links": links}

    with odd_site(answers) as address:
        found = wiki(address).find_okr_pages(["okr"], None)

    assert [stamp.page for stamp in found] == ["1", "3", "4", "5"]


def test_a_start_that_comes_again_ends_the_reading() -> None:
    again = {"results": [raw(1)], "_links": {"next": "/x?start=0"}}
    with odd_site(lambda *_: again) as address, pytest.raises(Unavailable):
        wiki(address).find_okr_pages(["okr"], None)


def test_pages_too_large_to_be_read_together_are_read_in_halves() -> None:
    def answers(_place: str, request: Request) -> Any:
        return {"results": [raw(n, "x" * 4000) for n in ids_asked(request)], "_links": {}}

    with odd_site(answers) as address:
        read = wiki(address, largest=11_000).read_pages([PageId(str(n)) for n in range(1, 5)])

    assert [page.page for page in read] == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    "given", [raw(1, type="blogpost"), raw(1, status="trashed"), raw(1, type="comment")]
)
def test_what_is_no_current_page_is_missing(given: Any) -> None:
    with odd_site(lambda *_: given) as address:
        assert wiki(address).read_pages([PageId("1")]) == []


@pytest.mark.parametrize("lacking", ["title", "space", "version", "body", "metadata", "_links"])
def test_a_page_without_what_was_asked_for_is_an_outage_and_not_an_empty_page(
    lacking: str,
) -> None:
    given = {name: value for name, value in raw(1).items() if name != lacking}
    with odd_site(lambda *_: given) as address, pytest.raises(Unavailable):
        wiki(address).read_pages([PageId("1")])


@pytest.mark.parametrize("answer", [{}, {"results": 7}, {"results": [7]}, {"results": [{}]}])
def test_an_answer_without_results_is_an_outage(answer: Any) -> None:
    with odd_site(lambda *_: answer) as address, pytest.raises(Unavailable):
        wiki(address).find_okr_pages(["okr"], None)


def test_an_address_leads_where_people_go() -> None:
    """The base that the site gives, not the one we call: they may differ behind a proxy."""
    links = {"webui": "/display/OKR/Page+1", "base": "https://wiki.corp.example/confluence"}
    with odd_site(lambda *_: raw(1, _links=links)) as address:
        (read,) = wiki(address).read_pages([PageId("1")])

    assert read.url == "https://wiki.corp.example/confluence/display/OKR/Page+1"
    assert parse_qs(urlsplit(read.url).query) == {}


def test_names_leave_half_of_what_the_site_allows_to_the_pages() -> None:
    keys = [f"ff8080{number:02}" for number in range(14)]
    limits: dict[str, object] = {"tokens": {"limit": 10, "fill": 10, "interval": 60}}
    with planted("empty", flavor="dc", limits=limits) as site:
        site.wiki.name_people(keys)

        assert site.spent() == {"wiki_person": 5}
    with odd_site(lambda _, request: {"displayName": request.args["key"].upper()}) as address:
        assert len(wiki(address).name_people(keys)) == 14


@pytest.mark.parametrize("answer", [(404, {}), (403, {}), (503, {}), {}, {"displayName": 7}])
def test_people_who_cannot_be_looked_up_have_no_name(answer: Any) -> None:
    with odd_site(lambda *_: answer) as address:
        assert wiki(address).name_people(["ff8080"]) == {}


def test_a_token_that_is_refused_is_said_and_not_taken_for_missing_names() -> None:
    with odd_site(lambda *_: (401, {})) as address, pytest.raises(Unauthorized):
        wiki(address).name_people(["ff8080"])


@pytest.mark.parametrize(
    ("mention", "person"),
    [
        ('<ri:user ri:userkey="8a7f80"/>', Person("", "8a7f80")),
        ('<ri:user ri:username="li.na"/>', Person("li.na", None)),
        ('<ri:user ri:account-id="712020:a"/>', Person("", "712020:a")),
    ],
)
def test_a_mention_is_understood_in_each_way_a_wiki_writes_it(mention: str, person: Person) -> None:
    source = parse_source(f"<p><ac:link>{mention}</ac:link></p>")

    assert isinstance(source, Source)
    assert content_of(source.root).people == (person,)
