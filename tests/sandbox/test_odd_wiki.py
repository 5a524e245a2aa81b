"""Whatever is sent to any of Confluence's addresses, the answer is a verdict in the API's shape."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from sandbox.app import create_app
from sandbox.directory import BOT, TOM
from tests.sandbox.conftest import Caller, authorization

PAGE = "131073"
SENSIBLE = {
    "id": PAGE,
    "page_id": PAGE,
    "content_id": PAGE,
    "comment_id": "1",
    "property_id": "1",
    "version_number": "1",
    "version": "1",
    "operation_key": "read",
    "group_name": "site-admins",
    "space_key": "HARBOUR",
    "key": "okr",
    "label": "okr",
    "type": "page",
    "relation_name": "favourite",
    "source_type": "user",
    "source_key": "current",
    "target_type": "content",
    "target_key": PAGE,
    "label_name": "okr",
}
ODD_WORDS = st.one_of(
    st.sampled_from(
        ["0", "-1", "1.5", "9" * 30, "²", "x", "%00", "a b", "null", "../..", "𝟙", "'", '"', "٣"]
    ),
    st.text(st.characters(exclude_characters="/?#%\\", exclude_categories=["Cs"]), max_size=12),
)
NAMES = st.sampled_from(
    [
        "limit",
        "start",
        "cursor",
        "sort",
        "status",
        "body-format",
        "version",
        "get-draft",
        "include-labels",
        "include-operations",
        "include-direct-children",
        "depth",
        "id",
        "ids",
        "keys",
        "key",
        "space-id",
        "title",
        "type",
        "subtype",
        "cql",
        "cqlcontext",
        "excerpt",
        "expand",
        "orderby",
        "spaceKey",
        "accountId",
        "location",
        "resolution-status",
        "purge",
        "draft",
        "prefix",
        "name",
        "trigger",
    ]
)
VALUES = st.one_of(
    ODD_WORDS,
    st.sampled_from(
        [
            "true",
            "storage",
            "atlas_doc_format",
            "styled_view",
            "draft",
            "current,trashed",
            "type = page",
            "type = page order by title",
            "text ~ '*' or title ~ '\"'",
            "created > now(-1w)",
            "content.property[a].b = 1",
            "body.storage,history,children.page.body.view,metadata.properties.okr,restrictions.x",
            "-created-date",
            "{}",
            "[]",
            "page",
            "root",
            TOM.account_id,
        ]
    ),
)
MEMBERS = st.sampled_from(
    [
        "id",
        "status",
        "title",
        "body",
        "version",
        "number",
        "spaceId",
        "space",
        "parentId",
        "key",
        "value",
        "type",
        "representation",
        "storage",
        "atlas_doc_format",
        "pageId",
        "parentCommentId",
        "inlineCommentProperties",
        "textSelection",
        "textSelectionMatchCount",
        "textSelectionMatchIndex",
        "resolved",
        "container",
        "ancestors",
        "metadata",
        "properties",
        "operation",
        "operationKey",
        "params",
        "versionNumber",
        "restrictions",
        "user",
        "group",
        "results",
        "subject",
        "identifier",
        "accountId",
        "accountIds",
        "name",
        "prefix",
    ]
)
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 3),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(
        [
            10**40,
            PAGE,
            "65538",
            "current",
            "draft",
            "page",
            "comment",
            "read",
            "restore",
            "storage",
            "atlas_doc_format",
            "<p>x",
            "<p>x</p>",
            '{"type": "doc", "content": [1]}',
            "HARBOUR",
            "\x00",
        ]
    ),
    ODD_WORDS,
)
BODIES = st.recursive(
    ODD,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(MEMBERS, inner, max_size=6)
    ),
    max_leaves=14,
)
HEADERS = st.dictionaries(
    st.sampled_from(["X-Atlassian-Token", "Accept", "Content-Type", "If-Match", "Range"]),
    st.sampled_from(["no-check", "application/xml", "text/plain", "*/*", "bytes=0-1", "é", ""]),
    max_size=2,
)


def _routes(app: Flask) -> Iterator[tuple[str, Rule]]:
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(("/wiki/api/", "/wiki/rest/")):
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                yield method, rule


ROUTES = sorted(_routes(create_app("empty")), key=lambda route: (route[1].rule, route[0]))
NAMED = [f"{method} {rule.rule}" for method, rule in ROUTES]


def test_there_are_routes_to_ask() -> None:
    assert len(ROUTES) > 80
    assert any("inline-comments" in name for name in NAMED)


@pytest.fixture
def bot(app: Flask) -> Caller:
    """On a site with a comment, that nobody has deleted anything from."""
    caller = Caller(app.test_client(), BOT)
    made = caller.post(
        "/wiki/api/v2/footer-comments", {"pageId": PAGE, "body": {"value": "<p>x</p>"}}
    )
    assert made.status_code == 201
    return caller


def shape_of(answer: TestResponse, path: str) -> None:
    """An error's body is the one its API has."""
    body = answer.get_json()
    if path.startswith("/wiki/api/v2"):
        (error,) = body["errors"]
        assert set(error) == {"status", "code", "title", "detail"}
        assert str(error["status"]) == str(answer.status_code)
        assert isinstance(error["title"], str)
    else:
        assert body["statusCode"] == answer.status_code
        assert isinstance(body["message"], str)
        assert set(body["data"]) == {"authorized", "valid", "errors", "successful"}


@pytest.mark.parametrize("number", range(len(ROUTES)), ids=NAMED)
def test_an_odd_request_is_answered(number: int, bot: Caller) -> None:
    method, rule = ROUTES[number]

    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(data=st.data())
    def ask(data: st.DataObject) -> None:
        sensible = data.draw(st.booleans())
        words = {
            name: SENSIBLE.get(name, "1") if sensible else data.draw(ODD_WORDS)
            for name in rule.arguments
        }
        built = rule.build({name: word or "0" for name, word in words.items()})
        assert built is not None
        headers = authorization(BOT) | data.draw(HEADERS)
        body = data.draw(BODIES)
        answer = bot.client.open(
            built[1],
            method=method,
            query_string=data.draw(st.dictionaries(NAMES, VALUES, max_size=4)),
            headers={"Content-Type": "application/json"} | headers,
            data=None if method == "GET" else json.dumps(body),
        )
        assert answer.status_code < 500, answer.get_data(as_text=True)
        if answer.status_code >= 400:
            shape_of(answer, rule.rule)

    ask()


RAW: list[Any] = [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'"\\ud800"', b"null", b"1e999"]


@pytest.mark.parametrize("raw", RAW, ids=[str(raw[:12]) for raw in RAW])
def test_odd_bytes_are_the_clients_fault(bot: Caller, raw: bytes) -> None:
    for method, rule in ROUTES:
        if method not in {"POST", "PUT"}:
            continue
        built = rule.build({name: SENSIBLE.get(name, "1") for name in rule.arguments})
        assert built is not None
        answer = bot.call(method, built[1], data=raw, content_type="application/json")
        assert answer.status_code < 500, rule.rule
        if answer.status_code >= 400:
            shape_of(answer, rule.rule)


@pytest.mark.parametrize("method", ["PATCH", "DELETE", "PUT", "POST"])
@pytest.mark.parametrize("path", ["/wiki/api/v2/spaces", "/wiki/rest/api/search", "/wiki/api/v2/x"])
def test_a_missing_route_has_the_shape_too(bot: Caller, method: str, path: str) -> None:
    answer = bot.call(method, path)

    assert answer.status_code in {404, 405}
    shape_of(answer, path)
