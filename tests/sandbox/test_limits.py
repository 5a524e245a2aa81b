"""Points, bursts and writes per issue, as Atlassian's headers tell them."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from sandbox.traffic.points import points
from tests.sandbox.conftest import Caller, json_of

ISSUE = "/rest/api/3/issue/HBR-29"
START = "2026-11-23T09:50:00Z"


@pytest.fixture(autouse=True)
def stopped_clock(bot: Caller) -> None:
    bot.post("/_sandbox/clock", {"now": START, "stopped": True})


def limit(bot: Caller, **rules: Any) -> None:
    assert bot.post("/_sandbox/limits", rules).status_code == 200


def forward(bot: Caller, seconds: float) -> None:
    assert bot.post("/_sandbox/clock", {"advance": seconds}).status_code == 200


def rename(bot: Caller, number: int, path: str = ISSUE) -> TestResponse:
    return bot.put(path, {"fields": {"summary": f"Name {number}"}})


@pytest.mark.parametrize(
    ("method", "route", "status", "body", "cost"),
    [
        ("GET", "/rest/api/3/issue/{issueIdOrKey}", 200, {}, 2),
        ("GET", "/rest/api/3/search/jql", 200, {"issues": [{}] * 50}, 51),
        ("POST", "/rest/api/3/issue/bulkfetch", 200, {"issues": [{}] * 3, "issueErrors": [{}]}, 4),
        ("POST", "/rest/api/3/search/approximate-count", 200, {"count": 9}, 2),
        ("GET", "/rest/api/3/project/search", 200, {"values": [{}, {}]}, 3),
        ("GET", "/rest/api/3/myself", 200, {}, 3),
        ("GET", "/rest/api/3/group/member", 200, {"values": [{}] * 8}, 17),
        ("GET", "/rest/api/3/groups/picker", 200, {"groups": [{}, {}]}, 5),
        ("GET", "/rest/api/3/user/assignable/search", 200, [{}, {}], 5),
        ("GET", "/rest/api/3/role", 200, [{}, {}], 5),
        ("GET", "/rest/api/3/project/{projectIdOrKey}/role/{id}", 200, {}, 3),
        ("GET", "/rest/api/3/permissions", 200, {"permissions": {"A": {}, "B": {}}}, 5),
        ("GET", "/rest/agile/1.0/board/{boardId}/issue", 200, {"issues": [{}] * 3}, 4),
        ("GET", "/rest/agile/1.0/issue/{issueIdOrKey}", 200, {}, 2),
        ("GET", "/rest/agile/1.0/sprint/{sprintId}", 200, {}, 2),
        ("POST", "/rest/api/3/issue", 201, {}, 1),
        ("GET", "/rest/api/3/issue/{issueIdOrKey}/transitions", 200, {"transitions": [{}]}, 2),
        ("GET", "/rest/api/3/issue/{issueIdOrKey}", 404, {}, 1),
        ("GET", "/wiki/api/v2/pages", 200, {"results": [{}] * 7}, 8),
        ("GET", "/wiki/api/v2/pages/{id}", 200, {}, 2),
        ("GET", "/wiki/api/v2/pages/{id}/children", 200, {"results": [{}] * 3}, 4),
        ("GET", "/wiki/api/v2/pages/{id}/labels", 200, {"results": [{}] * 3}, 2),
        ("GET", "/wiki/rest/api/search", 200, {"results": [{}]}, 2),
        ("POST", "/wiki/api/v2/users-bulk", 200, {"results": [{}] * 8}, 17),
        ("PUT", "/wiki/api/v2/pages/{id}", 200, {}, 1),
    ],
)
def test_a_call_costs_its_points(
    method: str, route: str, status: int, body: Any, cost: int
) -> None:
    assert points(method, route, status, body) == cost


def test_nothing_is_limited_until_it_is_switched_on(bot: Caller) -> None:
    answers = [rename(bot, number) for number in range(25)]

    assert {answer.status_code for answer in answers} == {204}
    assert not [name for name, _ in answers[0].headers if "ratelimit" in name.casefold()]


@pytest.mark.parametrize("scope", ["global", "tenant"])
def test_a_spent_quota_stops_the_product_until_the_hour_is_over(bot: Caller, scope: str) -> None:
    limit(bot, points=20, scope=scope)
    first = bot.get(ISSUE)
    assert first.headers["X-RateLimit-Remaining"] == "18"
    assert first.headers["RateLimit-Policy"] == f'"{scope}-app-quota";q=20;w=3600'
    assert "RateLimit" not in first.headers

    for _ in range(8):
        last = bot.get(ISSUE)
    assert last.headers["X-RateLimit-NearLimit"] == "true"
    assert last.headers["RateLimit"] == f'"{scope}-app-quota";r=2;t=600'
    assert bot.get(ISSUE).status_code == 200

    refused = bot.get("/rest/api/3/myself")
    assert refused.status_code == 429
    assert refused.headers["RateLimit-Reason"] == f"jira-quota-{scope}-based"
    assert refused.headers["Retry-After"] == "600"
    assert refused.headers["X-RateLimit-Reset"] == "2026-11-23T10:00Z"
    assert refused.headers["RateLimit"] == f'"{scope}-app-quota";r=0;t=600'
    assert bot.get("/wiki/api/v2/spaces").status_code == 200, "each product has its own quota"
    assert json_of(bot.get("/_sandbox/meters"))["refused"] == {f"jira-quota-{scope}-based": 1}

    forward(bot, 600)
    assert bot.get("/rest/api/3/myself").status_code == 200


def test_a_burst_is_refused_by_route_and_method(bot: Caller) -> None:
    limit(bot, burst={"GET": 3})

    assert [bot.get(ISSUE).status_code for _ in range(4)] == [200, 200, 200, 429]
    refused = bot.get("/rest/api/3/issue/HBR-1")
    assert refused.headers["RateLimit-Reason"] == "jira-burst-based"
    assert refused.headers["Retry-After"] == "1"
    assert bot.get("/rest/api/3/myself").status_code == 200
    assert rename(bot, 1).status_code == 204
    forward(bot, 0.4)
    assert [bot.get(ISSUE).status_code for _ in range(2)] == [200, 429]


def test_the_published_rates_are_the_default(bot: Caller) -> None:
    limit(bot, burst=True)

    answers = [bot.get(ISSUE).status_code for _ in range(151)]

    assert answers == [200] * 150 + [429]


def test_an_issue_takes_twenty_writes_in_two_seconds(bot: Caller) -> None:
    limit(bot, per_issue=True)
    assert {rename(bot, n).status_code for n in range(20)} == {204}

    refused = rename(bot, 20, "/rest/api/3/issue/hbr-29")

    assert refused.status_code == 429
    assert refused.headers["RateLimit-Reason"] == "jira-per-issue-on-write"
    assert refused.headers["Retry-After"] == "2"
    assert bot.get(ISSUE).status_code == 200
    assert rename(bot, 1, "/rest/api/3/issue/HBR-1").status_code == 204
    forward(bot, 2)
    assert rename(bot, 21).status_code == 204


def test_an_issue_takes_a_hundred_writes_in_thirty_seconds(bot: Caller) -> None:
    limit(bot, per_issue=True)
    for n in range(100):
        assert rename(bot, n).status_code == 204
        forward(bot, 0.2)

    assert rename(bot, 100).headers["Retry-After"] == "10"
    forward(bot, 10)
    assert rename(bot, 101).status_code == 204


def test_confluence_refuses_in_its_own_shape(bot: Caller) -> None:
    limit(bot, points=1)
    bot.get("/wiki/api/v2/spaces")

    refused = bot.get("/wiki/api/v2/spaces")

    assert refused.headers["RateLimit-Reason"] == "confluence-quota-global-based"
    assert "X-RateLimit-Reset" not in refused.headers
    assert json_of(refused)["errors"][0]["status"] == 429
    limit(bot, points=None)
    assert bot.get("/wiki/api/v2/spaces").status_code == 200
    assert json_of(bot.get("/_sandbox/limits"))["points"] is None


def test_the_clock_is_set_stopped_and_let_go(bot: Caller) -> None:
    assert json_of(bot.get("/_sandbox/clock")) == {
        "now": "2026-11-23T09:50:00.000Z",
        "stopped": True,
    }
    rename(bot, 1)
    assert json_of(bot.get(ISSUE))["fields"]["updated"] == "2026-11-23T09:50:00.000+0000"

    going = json_of(bot.post("/_sandbox/clock", {"now": "2027-01-01T00:00:00", "stopped": False}))
    assert going["now"].startswith("2027-01-01T00:00:0")
    assert not going["stopped"]
    assert not json_of(bot.post("/_sandbox/clock", {}))["now"].startswith("2027-01-01T00:00:0")
