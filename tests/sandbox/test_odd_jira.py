"""Odd requests to what surrounds issues, and odd queries, never break the server."""

from typing import Any

import pytest

from tests.sandbox.conftest import Caller
from tests.sandbox.test_odd_requests import ODD

BODIES = {
    "POST /rest/api/3/changelog/bulkfetch": ("issueIdsOrKeys", "fieldIds", "maxResults"),
    "POST /rest/api/3/issue/HBR-24/changelog/list": ("changelogIds",),
    "POST /rest/api/3/issue/HBR-24/remotelink": ("globalId", "object", "application"),
    "POST /rest/api/3/issue/HBR-24/comment": ("body",),
    "PUT /rest/api/3/issue/HBR-24/assignee": ("accountId",),
    "PUT /rest/api/3/issue/HBR-24/properties/k": ("value",),
    "POST /rest/api/3/issueLink": ("type", "inwardIssue", "outwardIssue"),
    "POST /rest/api/2/issue/bulk": ("issueUpdates",),
    "POST /rest/api/2/issue": ("fields",),
    "POST /rest/api/3/search/jql": ("expand", "properties", "fieldsByKeys", "reconcileIssues"),
}
QUERIES = [
    "status was Done after -99999999999d",
    "status changed during (1, 2, 3)",
    "status changed from (EMPTY) to EMPTY by EMPTY",
    "status was in ()",
    "created > startOfYear('99999y')",
    "created > endOfMonth(-999999M)",
    "created > startOfDay(1, 2)",
    "created in (now(), EMPTY)",
    "due = EMPTY and due in (EMPTY)",
    "summary ~ EMPTY",
    "summary ~ '\"' and summary ~ '*'",
    "key > linkedIssues(HBR-1)",
    "key in (EMPTY)",
    "cf[10036] in (EMPTY)",
    "cf[10036] > nan",
    "project in membersOf(x, y)",
    "issue in updatedBy(tom, soon)",
    "parent was HBR-1",
    "was was was was",
]
READS = [
    "changelog?startAt=-5&maxResults=x",
    "changelog?startAt=99999999999999999999",
    "remotelink?globalId=%00",
    "remotelink/%C2%B2",
    "comment/99999999999999999999999",
    "properties/%F0%9F%98%80",
]


@pytest.mark.parametrize("route", BODIES)
def test_an_odd_body_is_a_clients_error(bot: Caller, route: str) -> None:
    method, path = route.split()
    base: dict[str, Any] = {"jql": "key = HBR-1"} if "jql" in path else {}
    for odd in ODD:
        for body in (odd, *({name: odd} for name in BODIES[route])):
            whole = base | body if isinstance(body, dict) else body
            assert bot.call(method, path, json=whole).status_code < 500, whole


@pytest.mark.parametrize("query", QUERIES)
def test_an_odd_query_is_a_clients_error(bot: Caller, query: str) -> None:
    assert bot.search(query).status_code < 500


@pytest.mark.parametrize("path", READS)
def test_an_odd_address_is_a_clients_error(bot: Caller, path: str) -> None:
    assert bot.get(f"/rest/api/3/issue/HBR-24/{path}").status_code < 500
