"""The API answers what its description promises, in pages, and says when nothing changed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from openapi_schema_validator import OAS31Validator

from connector.core.errors import Unauthorized
from connector.core.json import JsonObject
from connector.core.okr import PageId, ParentRef, StoredPage
from connector.ports import StoredDelivery, WikiPage
from connector.web.api import openapi_document
from connector.web.app import create_app
from connector.web.services import WebServices
from tests.fakes.okrs import SITE as SAMPLE_SITE
from tests.fakes.okrs import Sample, broken, harbourline, warehouse
from tests.fakes.store import FakeStore
from tests.fakes.wiki import FakeWiki
from tests.web.conftest import BEARER, OTHER, PAGE, Caller, stored_page

OBJECTIVES = "/api/v1/objectives"
ALIGNMENT = "/api/v1/alignment"
AIMS = ["Calm nights", "Proud welders", "Fresh bread", "Quiet engines", "Warm schools"]


def read(client: FlaskClient, path: str, status: int = 200) -> JsonObject:
    answer = client.get(path, headers=BEARER)
    assert answer.status_code == status
    found: JsonObject = answer.get_json()
    return found


def assert_as_described(body: JsonObject, name: str) -> None:
    components = openapi_document()["components"]
    validator = OAS31Validator({"$ref": f"#/components/schemas/{name}", "components": components})
    assert [error.message for error in validator.iter_errors(body)] == []


def test_objectives_are_as_described(client: FlaskClient) -> None:
    body = read(client, OBJECTIVES)

    assert [one["key"] for one in body["objectives"]] == [f"{PAGE}-O1", f"{OTHER}-O1"]
    assert_as_described(body, "Objectives")


def test_one_objective_is_as_described(client: FlaskClient) -> None:
    body = read(client, f"{OBJECTIVES}/{PAGE}-O1")

    assert body["page"]["id"] == PAGE
    assert_as_described(body, "Objective")


def test_a_key_result_says_why(client: FlaskClient) -> None:
    body = read(client, f"/api/v1/key-results/{PAGE}-1")

    assert body["why"]["jira"]["keys"] == ["YUN-1"]
    assert_as_described(body, "ExplainedKeyResult")


@pytest.mark.parametrize("sample", [warehouse(), harbourline(), broken()])
def test_whatever_a_page_holds_is_as_described(caller: Caller, sample: Sample) -> None:
    """Metrics of every kind, hidden work, people, dates, findings, pages with errors."""
    store = FakeStore()
    store.save_page(sample.page)
    store.save_deliveries(SAMPLE_SITE, [StoredDelivery(*one) for one in sample.deliveries.items()])
    client = caller(store=store, site=SAMPLE_SITE)

    body = read(client, OBJECTIVES)

    assert_as_described(body, "Objectives")
    results = [one["key"] for objective in body["objectives"] for one in objective["key_results"]]
    assert len(results) == len(set(results)) > 0
    for key in results:
        assert_as_described(read(client, f"/api/v1/key-results/{key}"), "ExplainedKeyResult")


def test_a_preview_is_as_described(caller: Caller, wiki: FakeWiki, store: FakeStore) -> None:
    url = "https://wiki.example/wiki/spaces/PAY/pages/303/x"
    body = """<h2>Objective: Pay without a second thought</h2><table><tbody>
    <tr><th>Key Result</th><th>Target</th></tr>
    <tr><td>NPS rises</td><td>40</td></tr></tbody></table>"""
    wiki.save(WikiPage(PageId("303"), "Payments", "PAY", url, 1, frozenset(), body))
    before = dict(store.kept)

    found = read(caller(wiki=wiki), f"/api/v1/preview?page={quote(url)}")

    assert_as_described(found, "Preview")
    assert found["objectives"][0]["key_results"][0]["title"] == "NPS rises"
    assert (found["labelled"], found["linked"], found["counted"]) == (False, False, True)
    assert store.kept == before


class RefusesUs(FakeWiki):
    def read_pages(self, pages: Sequence[PageId]) -> list[WikiPage]:
        raise Unauthorized("secret detail")


@pytest.mark.parametrize(
    ("page", "wiki", "status"),
    [
        ("303", FakeWiki(), 404),
        ("", FakeWiki(), 400),
        ("https://wiki.example/x/AQAB", FakeWiki(), 400),
        ("303", FakeWiki(down=True), 503),
        ("303", RefusesUs(), 502),
    ],
)
def test_a_preview_that_cannot_be_is_a_problem(
    caller: Caller, page: str, wiki: FakeWiki, status: int
) -> None:
    body = read(caller(wiki=wiki), f"/api/v1/preview?page={quote(page)}", status)

    assert_as_described(body, "Problem")
    assert "secret" not in str(body)


@pytest.mark.parametrize("path", [f"{OBJECTIVES}/none", "/api/v1/key-results/none"])
def test_what_is_not_there_is_a_problem(client: FlaskClient, path: str) -> None:
    body = read(client, path, 404)

    assert body["code"] == "not_found"
    assert_as_described(body, "Problem")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (f"page={PAGE}", [PAGE]),
        ("page=999", []),
        ("cycle=2026-Q4", [PAGE, OTHER]),
        ("cycle=2025-Q1", []),
        (f"cycle=2026-Q4&page={OTHER}", [OTHER]),
    ],
)
def test_objectives_of_a_page_and_of_a_cycle(
    client: FlaskClient, query: str, found: list[str]
) -> None:
    body = read(client, f"{OBJECTIVES}?{query}")

    assert [one["page"]["id"] for one in body["objectives"]] == found


def test_every_objective_comes_once_however_small_the_answers(
    client: FlaskClient, store: FakeStore
) -> None:
    for number in range(5):
        store.save_page(stored_page(PageId(f"30{number}"), f"Page {number}"))
    seen: list[str] = []
    cursor: str | None = ""

    while cursor is not None:
        body = read(client, f"{OBJECTIVES}?limit=2&cursor={quote(cursor)}")
        seen += [one["key"] for one in body["objectives"]]
        cursor = body["next_cursor"]

    assert len(seen) == 7
    assert len(set(seen)) == 7


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=501",
        "limit=x",
        "limit=²",
        "cursor=%25",
        "cursor=eA==",
        "cycle=Q9",
    ],
)
def test_parameters_that_cannot_be_are_refused(client: FlaskClient, query: str) -> None:
    body = read(client, f"{OBJECTIVES}?{query}", 400)

    assert body["reason"]
    assert_as_described(body, "Problem")


def circle_of(count: int) -> Iterator[StoredPage]:
    """Pages each of which supports the next, and the last one the first."""
    for number in range(count):
        kept = stored_page(PageId(f"30{number}"), f"Page {number}")
        assert kept.okrs is not None
        [objective] = kept.okrs.objectives
        following = PageId(f"30{(number + 1) % count}")
        ways = replace(objective, title=AIMS[number], parents=(ParentRef("it", "", following),))
        yield replace(kept, okrs=replace(kept.okrs, objectives=(ways,)))


def test_alignment_is_as_described_and_names_every_page(
    client: FlaskClient, store: FakeStore
) -> None:
    for page in circle_of(3):
        store.save_page(page)

    body = read(client, ALIGNMENT)

    assert_as_described(body, "Alignment")
    assert body["objectives"] == 5
    [circle] = [one for one in body["findings"] if one["page"]["id"] == "300"]
    assert circle["message"].endswith("Calm nights → Proud welders → Fresh bread → Calm nights")
    assert [one["page"] for one in circle["others"]] == ["301", "302"]
    assert circle["id"] == "300-O1/A-02/1"
    assert [one["rule"] for one in body["of_the_site"]] == ["A-07"]
    assert read(client, f"{ALIGNMENT}?locale=zh-CN")["findings"] != body["findings"]


def test_every_remark_on_alignment_comes_once_however_small_the_answers(
    client: FlaskClient, store: FakeStore
) -> None:
    for page in circle_of(5):
        store.save_page(page)
    whole = [one["id"] for one in read(client, ALIGNMENT)["findings"]]
    seen: list[str] = []
    cursor: str | None = ""

    while cursor is not None:
        body = read(client, f"{ALIGNMENT}?limit=2&cursor={quote(cursor)}")
        seen += [one["id"] for one in body["findings"]]
        cursor = body["next_cursor"]

    assert seen == whole
    assert len(set(seen)) == len(seen) >= 5


@pytest.mark.parametrize("query", ["limit=0", "cursor=eA=="])
def test_alignment_refuses_what_cannot_be(client: FlaskClient, query: str) -> None:
    assert_as_described(read(client, f"{ALIGNMENT}?{query}", 400), "Problem")


@pytest.mark.parametrize(
    "path", [OBJECTIVES, f"{OBJECTIVES}/{PAGE}-O1", ALIGNMENT, "/api/v1/openapi.json"]
)
def test_an_answer_that_is_known_is_not_sent_again(client: FlaskClient, path: str) -> None:
    tag = client.get(path, headers=BEARER).headers["ETag"]

    answer = client.get(path, headers=BEARER | {"If-None-Match": tag})

    assert answer.status_code == 304
    assert answer.data == b""


def test_the_description_names_every_route_of_the_api(services: WebServices) -> None:
    app = create_app(services)
    routes = {
        rule.rule.replace("<", "{").replace(">", "}")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
    }

    assert set(openapi_document()["paths"]) == routes


def test_the_description_itself_is_valid(client: FlaskClient) -> None:
    body = read(client, "/api/v1/openapi.json")

    assert body["openapi"].startswith("3.1")
    assert body["servers"] == [{"url": "http://localhost:8090"}]
    for schema in body["components"]["schemas"].values():
        OAS31Validator.check_schema(schema)
