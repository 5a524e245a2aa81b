"""Webhook bodies: those recorded in the field, and those that are none."""

import hashlib
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connector.atlassian.payloads import issue_event, page_event
from connector.core.errors import BadInput
from connector.core.events import IssueMoved, PageSaved
from connector.core.okr import IssueKey, PageId, SiteId

SITE = SiteId("https://site.example")
NOW = datetime(2026, 11, 23, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
SAMPLES = Path(os.environ.get("OKR_SAMPLES_DIR", ROOT / "../shared/samples")) / "webhooks"
RECORDED = sorted(SAMPLES.glob("*.json"))

needs_samples = pytest.mark.skipif(not RECORDED, reason="samples folder is absent")


def jira(document: Any, delivery: str | None = None) -> IssueMoved | None:
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return issue_event(body, site=SITE, received_at=NOW, delivery=delivery)


def wiki(document: Any, delivery: str | None = None) -> PageSaved | None:
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    return page_event(body, site=SITE, received_at=NOW, delivery=delivery)


def moved(fields: Any = None, items: Any = None, event: str = "jira:issue_updated") -> Any:
    issue = {"id": "10001", "key": "PAY-7", "fields": fields or {}}
    return {"webhookEvent": event, "issue": issue, "changelog": {"items": items or []}}


@needs_samples
@pytest.mark.parametrize("path", RECORDED or [SAMPLES], ids=lambda path: path.stem)
def test_every_recorded_delivery_is_an_event_or_nothing(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    name = document.get("webhookEvent", "")

    if "page" in document:
        event = wiki(document)
        assert event is not None
        assert event.page == str(document["page"]["id"])
    elif name.startswith("jira:issue_"):
        found = jira(document)
        assert found is not None
        assert (found.issue, found.issue_id) == (document["issue"]["key"], document["issue"]["id"])
    elif "issue" in document:
        assert jira(document) is None
    else:
        assert wiki(document) is not None


def test_an_issue_names_the_parent_it_has_and_the_one_it_had() -> None:
    items = [
        {"field": "status", "from": "1", "fromString": "SHIP-1", "to": "3", "toString": "Done"},
        {"field": "IssueParentAssociation", "from": "1", "fromString": "PAY-1", "to": "2"},
        {"field": "Epic Link", "from": "3", "fromString": "PAY-3", "to": None, "toString": ""},
        {"field": "Parent", "from": None, "to": "PAY-2", "toString": "PAY-2"},
    ]

    event = jira(moved({"parent": {"key": "PAY-2"}, "customfield_10014": "PAY-4"}, items))

    assert event is not None
    assert event.parents == ("PAY-2", "PAY-4", "PAY-1", "PAY-3")
    assert event.issue == IssueKey("PAY-7")


def test_an_epic_link_is_seen_whatever_its_field_is_called() -> None:
    """On Data Center each site has another id for it; other fields hold no key alone."""
    fields = {"customfield_10008": "PAY-1", "customfield_10009": "see PAY-2", "labels": ["PAY-3"]}
    others = {"customfield_10010": None, "customfield_10011": ["PAY-4"], "customfield_12": 3.0}

    event = jira(moved(fields | others, event="jira:issue_created"))

    assert event is not None
    assert event.parents == ("PAY-1",)


@needs_samples
@pytest.mark.parametrize(
    "name",
    [
        "mattermost__webhook-server-issue-updated-closed",
        "mattermost__webhook-server-old-issue-updated-no-event-type-edited",
    ],
)
def test_a_delivery_of_data_center_needs_no_event_type(name: str) -> None:
    """Old releases do not say `issue_event_type_name`; with and without, it is the same event."""
    document = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    bare = {key: value for key, value in document.items() if key != "issue_event_type_name"}

    told, untold = jira(document, "same"), jira(bare, "same")

    assert told is not None
    assert told == untold


@pytest.mark.parametrize("name", ["page_removed", "page_trashed"])
def test_gone_to_the_trash_and_gone_for_good_are_one_event(name: str) -> None:
    """The two names mean the opposite on Cloud and on Data Center; the page is read to see."""
    document = {"timestamp": 1, "event": name, "userKey": "ff80", "page": {"id": 123}}

    event = wiki(document, "same")
    other = wiki(document | {"event": "page_updated"}, "same")

    assert event is not None
    assert event == other


def test_the_test_connection_of_a_webhook_is_nothing() -> None:
    """The button in the administration sends this."""
    assert jira({"test": True}) is None
    assert wiki({"test": True}) is None


@pytest.mark.parametrize("fields", [None, {"parent": None}, {"parent": {}}, {"parent": "PAY-1"}])
def test_an_issue_without_a_parent_has_none(fields: Any) -> None:
    event = jira(moved(fields))

    assert event is not None
    assert event.parents == ()


@pytest.mark.parametrize(
    "name", ["comment_created", "worklog_updated", "sprint_closed", "jira:version_released"]
)
def test_what_cannot_change_progress_is_nothing(name: str) -> None:
    assert jira({"webhookEvent": name}) is None


@pytest.mark.parametrize("name", ["created", "updated", "deleted"])
def test_issues_that_come_change_or_go_are_events(name: str) -> None:
    assert jira(moved(event=f"jira:issue_{name}")) is not None


def test_a_delivery_is_known_by_jiras_identifier_else_by_its_body() -> None:
    body = json.dumps(moved()).encode()

    named = jira(body, "7e4f0d3c-1e2b")
    unnamed = jira(body)
    odd = jira(body, "a\r\nSet-Cookie: b")

    assert named is not None
    assert named.identity == "issue-moved:https://site.example:7e4f0d3c-1e2b"
    digest = hashlib.sha256(body).hexdigest()
    assert [event.delivery for event in (unnamed, odd) if event] == [digest, digest]


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]",
        b"null",
        {"webhookEvent": "jira:issue_updated"},
        {"webhookEvent": "jira:issue_updated", "issue": []},
        {"webhookEvent": "jira:issue_updated", "issue": {"id": "1", "key": 'A-1") OR ("'}},
        {"webhookEvent": "jira:issue_updated", "issue": {"id": "x", "key": "A-1"}},
        {"webhookEvent": "jira:issue_updated", "issue": {"id": True, "key": "A-1"}},
        {"webhookEvent": "jira:issue_updated", "issue": {"id": 10**40, "key": "A-1"}},
    ],
)
def test_a_body_that_is_no_jira_webhook_is_bad_input(document: Any) -> None:
    with pytest.raises(BadInput):
        jira(document)


@pytest.mark.parametrize("document", [{}, {"hello": 1}, {"webhookEvent": 7}, {"webhookEvent": []}])
def test_an_event_nobody_has_heard_of_is_nothing(document: Any) -> None:
    assert jira(document) is None
    assert wiki(document) is None


def test_an_issue_without_its_number_still_counts_anew() -> None:
    """The number only helps a search that lags; the key says what to count."""
    event = jira({"webhookEvent": "jira:issue_updated", "issue": {"key": "A-1"}})

    assert event is not None
    assert (event.issue, event.issue_id) == (IssueKey("A-1"), "")


@pytest.mark.parametrize(
    "document",
    [
        {"webhookEvent": "page_updated", "page": {"id": 123, "contentType": "page"}},
        {"page": {"id": "123"}},
        {"event": "page_trashed", "userKey": "ff80", "page": {"id": 123}},
        {"event": "page_removed", "page": {"id": 123}},
        {"labeled": {"id": 123, "contentType": "page"}, "label": {"name": "okr"}},
        {"eventType": "avi:confluence:updated:page", "content": {"id": "123", "type": "page"}},
    ],
)
def test_a_page_in_the_shape_of_cloud_or_data_center_is_an_event(document: Any) -> None:
    event = wiki(document)

    assert event is not None
    assert (event.page, event.site) == (PageId("123"), SITE)


@pytest.mark.parametrize(
    "document",
    [
        {"webhookEvent": "space_created", "space": {"key": "A"}},
        {"userAccountId": "1", "timestamp": 1},
        {"webhookEvent": "page_viewed", "page": {"id": 1}},
        {"comment": {"id": 9, "parent": {"id": 1}}},
        {"labeled": {"id": 1, "contentType": "blogpost"}},
    ],
)
def test_what_is_not_about_a_page_is_nothing(document: Any) -> None:
    assert wiki(document) is None


@pytest.mark.parametrize(
    "document", [b"", b"7", {"page": []}, {"page": {"id": "1/2"}}, {"page": {"title": "a"}}]
)
def test_a_body_that_is_no_confluence_webhook_is_bad_input(document: Any) -> None:
    with pytest.raises(BadInput):
        wiki(document)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "webhookEvent",
                    "issue",
                    "key",
                    "id",
                    "fields",
                    "parent",
                    "changelog",
                    "items",
                    "page",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(json_values)
def test_no_body_whatever_makes_them_fall_over(document: Any) -> None:
    for parse in (jira, wiki):
        try:
            parse(document)
        except BadInput:
            continue
