"""Whatever a client sends, the Data Center flavour answers, and never with a failure of its own."""

import json
import random
import re
from typing import Any

import pytest
from flask import Flask

from sandbox.app import create_app
from sandbox.routes import api_routes
from tests.sandbox.data_center import Caller

REQUESTS = 1500
NAMES = {
    "id": ["131146", "1", "x", "9" * 30, "٣"],
    "contentId": ["131146", "x", "-1"],
    "issueIdOrKey": ["HBR-24", "HBR-1", "10022", "x", "9" * 40],
    "key": ["okr", "a b", "é"],
    "spaceKey": ["HARBOUR", "x"],
    "epicIdOrKey": ["HBR-1", "none", "HBR-24"],
    "boardId": ["1", "x", "9" * 30],
    "webhookId": ["1", "9" * 30],
    "projectIdOrKey": ["HBR", "10001", "x"],
    "issueTypeId": ["10000", "x"],
    "version": ["1", "0", "9" * 30],
    "type": ["page", "comment", "x"],
}
VALUES: list[Any] = [
    None,
    True,
    -1,
    1.5,
    10**30,
    "x",
    "HBR-1",
    "\ud800",
    [],
    {},
    [{}],
    {"name": 3},
    {"id": None},
    {"number": 2},
    {"storage": {"value": 3}},
    {"storage": {"value": "<p>x</p>"}},
    [{"set": "x"}],
    [{"add": {"body": 3}}],
    [{"id": {}}],
    {"secret": 3},
]
KEYS = [
    "fields",
    "update",
    "title",
    "type",
    "space",
    "body",
    "version",
    "ancestors",
    "container",
    "status",
    "key",
    "value",
    "name",
    "url",
    "events",
    "configuration",
    "filters",
    "jql",
    "maxResults",
    "startAt",
    "expand",
    "issues",
    "transition",
    "issueUpdates",
    "done",
    "summary",
    "prefix",
    "object",
    "globalId",
]
FIELDS = [
    "summary",
    "issuetype",
    "project",
    "parent",
    "customfield_10100",
    "customfield_10101",
    "customfield_10102",
    "customfield_10104",
    "customfield_10106",
    "assignee",
    "reporter",
    "labels",
    "description",
    "priority",
    "duedate",
]
QUERIES = [
    "expand",
    "limit",
    "start",
    "cql",
    "jql",
    "fields",
    "maxResults",
    "startAt",
    "status",
    "version",
    "username",
]
TEXTS = ["", "x", "-1", "9" * 30, "body.storage,children.page.body.view", "label = okr", "٣", "{"]
# One calls whatever address it is given, the others answer JSON with 500, as Atlassian's do.
ELSEWHERE = ("/webhooks/test", "/oauth2/latest/token", "/oauth2/latest/revoke")


@pytest.fixture
def app() -> Flask:
    return create_app("company", flavor="dc", locale="zh")


def test_odd_requests_are_answered(app: Flask) -> None:
    dice, caller = random.Random(7), Caller(app.test_client())  # noqa: S311 - no secret
    routes = [one for one in sorted(api_routes(app)) if not one[1].endswith(ELSEWHERE)]
    for _ in range(REQUESTS):
        method, path = dice.choice(routes)
        address = re.sub(r"{(\w+)}", lambda found: dice.choice(NAMES.get(found[1], ["x"])), path)
        query = {name: dice.choice(TEXTS) for name in dice.sample(QUERIES, dice.randint(0, 3))}
        body = None if method == "GET" else json.dumps(_body(dice))

        answer = caller.call(
            method, address, query_string=query, data=body, content_type="application/json"
        )

        assert answer.status_code < 500, (method, address, query, body)


def _body(dice: random.Random) -> Any:
    if dice.random() < 0.1:
        return dice.choice(VALUES)
    body = {name: dice.choice(VALUES) for name in dice.sample(KEYS, dice.randint(0, 6))}
    if dice.random() < 0.5:
        about = {"project": {"key": "HBR"}, "issuetype": {"name": "Story"}, "summary": "s"}
        odd = {name: dice.choice(VALUES) for name in dice.sample(FIELDS, 3)}
        body["fields"] = about | odd
    return body
