"""Whatever a client sends to any of Jira's routes, the answer is Jira's: no traceback, and JSON."""

import json
import re
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.app import create_app
from sandbox.directory import BOT, LI_NA
from tests.sandbox.agile_calls import UNDESCRIBED_CALLS
from tests.sandbox.conftest import Caller, authorization
from tests.sandbox.jira_calls import JIRA_CALLS
from tests.sandbox.plan_calls import PLAN_CALLS

EXAMPLES = 8
_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
_KNOWN = (
    "HBR-24", "YUN-1", "HBR", "YUN", "10001", "10024", "1", "3", "-1", "0", "99999999999999999999",
    "okr", "Done", "none", "², ½", "a" * 300, "\x00", "%", "..", "null", "é",
)  # fmt: skip
_NAMES = (
    "jql", "fields", "expand", "startAt", "maxResults", "orderBy", "query", "accountId", "groupId",
    "groupname", "projectId", "projectKeys", "issueKey", "issueIdsOrKeys", "properties", "level",
    "id", "nextPageToken", "reconcileIssues", "state", "type", "status", "permissions", "name",
    "validation", "fieldName", "fieldValue", "deleteSubtasks", "moveIssuesTo", "moveFixIssuesTo",
    "globalId", "done", "released", "projectKeyOrId", "searchString",
)  # fmt: skip
_KEYS = (
    "jql", "jqls", "queries", "issues", "issueIds", "issueIdsOrKeys", "fieldIds", "fields",
    "update", "expand", "maxResults", "nextPageToken", "body", "comment", "name", "project",
    "projectId",
    "released", "startDate", "releaseDate", "leadAccountId", "timeSpent", "timeSpentSeconds",
    "started", "accountId", "globalPermissions", "projectPermissions", "permissions", "transition",
    "bulkTransitionInputs", "selectedIssueIdsOrKeys", "selectedActions", "editedFieldsInput",
    "transitionId", "labelsFields", "priority", "state", "goal", "originBoardId", "endDate",
    "value",    "rankBeforeIssue", "rankAfterIssue", "url", "events", "filters", "secret", "type",
    "inwardIssue", "outwardIssue", "object", "globalId", "issueUpdates", "changelogIds", "summary",
    "issuetype", "key", "id", "labels", "components", "fixVersions", "customfield_10020", "parent",
    "customfield_10036", "description", "assignee", "reporter", "duedate", "security", "add", "set",
    "remove",
)  # fmt: skip
_JQL = (
    "project = HBR", "sprint in openSprints()", "status was Done during (-1d, now())", "key in ()",
    "issue.property[a].b > 1", "issue.property[].x = 1", "order by rank", "fixVersion > 1",
    "worklogDate > 9999-12-31", "timespent > 999999w", "text ~ '\"'", "watchers > nan", "not not x",
    "votes in (1, EMPTY)", "worklogDate in (EMPTY)", "sprint changed", "comment ~ EMPTY",
    "parentEpic in (EMPTY)", "priority > EMPTY", "fixVersion was EMPTY", "level is empty",
)  # fmt: skip

plain = st.one_of(
    st.sampled_from([*_KNOWN, *_JQL, BOT.account_id, "2026-11-03", "2026-11-03T09:00:00.000+0000"]),
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False),
    st.text(max_size=20),
)
values = st.recursive(
    plain,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(_KEYS), inner, max_size=4),
    ),
    max_leaves=12,
)
bodies = st.one_of(st.dictionaries(st.sampled_from(_KEYS), values, max_size=5), values)
raw = st.one_of(
    bodies.map(lambda body: json.dumps(body).encode("utf-8", "surrogatepass")),
    st.binary(max_size=30),
)
queries = st.dictionaries(
    st.sampled_from(_NAMES),
    st.one_of(st.sampled_from([*_KNOWN, *_JQL]), st.text(max_size=15)),
    max_size=4,
)
headers = st.dictionaries(
    st.sampled_from(("Content-Type", "Accept", "Accept-Language", "X-Atlassian-Token", "Range")),
    st.sampled_from(("application/json", "text/plain", "application/json; charset=x", "", "a;b=c")),
    max_size=2,
)


def routes(app: Flask) -> list[tuple[str, str]]:
    """Version 2 and `latest` are the same views, so a part of version 3 stands for them."""
    return sorted(
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
        if rule.rule.startswith(("/rest/api/3/", "/rest/agile/", "/rest/webhooks/"))
        and method not in {"HEAD", "OPTIONS"}
    )


def shaped(body: Any) -> bool:
    """Jira's shapes of refusals: bulk operations name errors by messages, or per issue."""
    if not isinstance(body, dict):
        return False
    listed = body.get("errors")
    if "issues" in body:
        return isinstance(listed, list)
    if isinstance(listed, list):
        return bool(listed) and all(isinstance(one["message"], str) for one in listed)
    if "status-code" in body:
        return isinstance(body.get("message"), str)
    messages = body.get("errorMessages")
    return isinstance(messages, list) and isinstance(listed, dict)


@pytest.mark.parametrize(("method", "rule"), routes(create_app("empty")), ids=str)
def test_no_request_breaks_the_server(app: Flask, method: str, rule: str) -> None:
    names = _ARGUMENT.findall(rule)
    segments = st.one_of(st.sampled_from(_KNOWN), st.text(min_size=1, max_size=8))

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.tuples(*(segments for _ in names)),
        queries,
        raw,
        headers,
        st.sampled_from((BOT, LI_NA, None)),
    )
    def ask(
        parts: tuple[str, ...], query: dict[str, str], body: bytes, extra: dict[str, str], user: Any
    ) -> None:
        path = rule
        for part in parts:
            safe = quote(part.encode("utf-8", "replace"), safe="")
            path = _ARGUMENT.sub(lambda _found, safe=safe: safe, path, count=1)  # type: ignore[misc]  # mypy cannot infer the default
        caller = Caller(app.test_client(), user)
        named = {"Content-Type": "application/json"} | extra
        answer = caller.client.open(
            path,
            method=method,
            query_string=query,
            data=b"" if method == "GET" else body,
            headers=named | (authorization(user) if user else {}),
        )

        assert answer.status_code < 500, (path, query, body, answer.get_data(as_text=True))
        if answer.status_code >= 400:
            assert shaped(answer.get_json(silent=True)), (path, answer.get_data(as_text=True))

    ask()


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a body, the whole of it first."""
    found = [at]
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for key, one in inner:
            found += places(one, (*at, key))
    return found


def replaced(value: Any, at: tuple[Any, ...], odd: Any) -> Any:
    if not at:
        return odd
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[at[0]] = replaced(value[at[0]], at[1:], odd)
    return copy


KNOWN_CALLS = [*JIRA_CALLS, *PLAN_CALLS, *(call for call, _ in UNDESCRIBED_CALLS)]


@pytest.mark.parametrize("number", range(len(KNOWN_CALLS)), ids=lambda n: KNOWN_CALLS[n].name)
def test_a_good_request_with_one_odd_place_does_not_break_the_server(
    app: Flask, number: int
) -> None:
    call = KNOWN_CALLS[number]
    caller = Caller(app.test_client(), BOT)
    for earlier in call.before:
        caller.call(earlier.method, earlier.address, json=earlier.body)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(places(call.body)), values, queries)
    def ask(place: tuple[Any, ...], odd: Any, more: dict[str, str]) -> None:
        body = replaced(call.body, place, odd)
        sent = json.dumps(body).encode("utf-8", "surrogatepass")
        answer = caller.call(
            call.method,
            call.address,
            query_string=call.query | more if call.body is None else call.query,
            data=b"" if call.body is None else sent,
            content_type="application/json",
        )

        assert answer.status_code < 500, (call.name, body, more, answer.get_data(as_text=True))
        if answer.status_code >= 400:
            assert shaped(answer.get_json(silent=True)), answer.get_data(as_text=True)

    ask()
