"""Whatever a client sends, the answer is a verdict on the request, never a broken server."""

from typing import Any

import pytest

from tests.sandbox.conftest import Caller

ODD: list[Any] = [None, 1, -1, 3.5, True, "", "x", [], [1], [None], {}, {"id": 1}, "9" * 30, "²"]
BODIES = {
    "POST /rest/api/3/search/jql": ("jql", "nextPageToken", "maxResults", "fields"),
    "POST /rest/api/3/issue/bulkfetch": ("issueIdsOrKeys", "fields", "expand"),
    "POST /rest/api/3/jql/match": ("issueIds", "jqls"),
    "POST /rest/api/3/issue": ("fields",),
    "PUT /rest/api/3/issue/HBR-24": ("fields", "update"),
    "POST /rest/api/3/issue/HBR-24/transitions": ("transition", "fields"),
    "POST /wiki/api/v2/pages": ("spaceId", "title", "body", "parentId"),
    "PUT /wiki/api/v2/pages/131073": ("id", "status", "title", "body", "version"),
    "POST /wiki/api/v2/pages/131073/properties": ("key", "value"),
    "POST /wiki/rest/api/content/131073/label": ("name", "prefix"),
}
QUERIES = [
    "created > 99999999999d",
    'created > now("-99999999999w")',
    "updated > -999999999w",
    "created in (1, 2)",
    "key > 5",
    "project in ()",
    "(" * 300 + "key = HBR-1" + ")" * 300,
    "not " * 500 + "key = HBR-1",
    "\0",
    "created >= 2026-02-31",
]


@pytest.mark.parametrize("route", BODIES)
def test_an_odd_body_is_a_clients_error(bot: Caller, route: str) -> None:
    method, path = route.split()
    base: dict[str, Any] = {"jql": "key = HBR-1", "issueIds": [1], "jqls": [], "key": "k"}
    allowed = {name: base[name] for name in base if name in BODIES[route]}
    for odd in ODD:
        assert bot.call(method, path, json=odd).status_code < 500, odd
        for name in BODIES[route]:
            answer = bot.call(method, path, json=allowed | {name: odd})
            assert answer.status_code < 500, (name, odd)


@pytest.mark.parametrize("field", ["summary", "parent", "labels", "assignee", "duedate", "project"])
def test_an_odd_field_is_a_clients_error(bot: Caller, field: str) -> None:
    good = {"project": {"key": "HBR"}, "issuetype": {"name": "Task"}, "summary": "s"}
    for odd in ODD:
        made = bot.post("/rest/api/3/issue", {"fields": good | {field: odd}})
        added = bot.put("/rest/api/3/issue/HBR-24", {"update": {"labels": [{"set": odd}]}})
        assert made.status_code < 500, odd
        assert added.status_code < 500, odd


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:20])
def test_an_odd_query_is_a_clients_error(bot: Caller, query: str) -> None:
    assert bot.search(query).status_code < 500
    cql = query.replace("updated", "lastmodified").replace("project", "space")
    assert bot.get("/wiki/rest/api/search", cql=cql).status_code < 500


def test_half_a_character_is_refused(bot: Caller) -> None:
    body = b'{"spaceId":"65538","title":"T","body":{"value":"<p>\\ud800</p>"}}'

    answer = bot.call("POST", "/wiki/api/v2/pages", data=body, content_type="application/json")

    assert answer.status_code == 400
