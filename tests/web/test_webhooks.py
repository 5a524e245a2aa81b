"""Deliveries are verified on their very bytes, queued once, and answered so that none is lost."""

import hashlib
import hmac
import json

import pytest
from flask.testing import FlaskClient

from connector.core.events import IssueMoved, PageSaved
from connector.core.json import JsonObject
from connector.core.okr import PageId
from connector.web.signatures import is_signed
from tests.fakes.queue import FakeQueue
from tests.web.conftest import SECRET, Caller

VECTOR_BODY = b'{"timestamp":1700000000000,"event":"page_updated"}'
VECTOR = "sha256=92b8f3e0fa7278d54fcfaf9b94c645acb6090f4c73127d85531eeedbfd1ca342"
PAGE_UPDATED: JsonObject = {
    "timestamp": 1700000000000,
    "event": "page_updated",
    "page": {"id": 101},
}
ISSUE_UPDATED: JsonObject = {
    "timestamp": 1700000000000,
    "webhookEvent": "jira:issue_updated",
    "issue": {"id": "10001", "key": "YUN-7", "fields": {"parent": {"key": "YUN-1"}}},
}


def signed(body: bytes, secret: bytes = SECRET) -> dict[str, str]:
    return {"X-Hub-Signature": f"sha256={hmac.new(secret, body, hashlib.sha256).hexdigest()}"}


def test_the_published_vector_verifies() -> None:
    assert is_signed(VECTOR_BODY, VECTOR, [SECRET])


@pytest.mark.parametrize(
    "header",
    [
        "",
        "sha256=",
        "sha256=00",
        VECTOR.replace("92b8", "92b9"),
        VECTOR.replace("sha256", "sha1"),
        VECTOR + "," + VECTOR,
        "sha256=" + "é" * 64,
        VECTOR.removeprefix("sha256="),
    ],
)
def test_anything_else_than_its_signature_is_refused(header: str) -> None:
    assert not is_signed(VECTOR_BODY, header, [SECRET])


def test_a_signature_may_be_written_in_capitals() -> None:
    assert is_signed(VECTOR_BODY, VECTOR.upper(), [SECRET])


def test_a_body_that_was_written_anew_is_refused() -> None:
    assert not is_signed(json.dumps(json.loads(VECTOR_BODY)).encode(), VECTOR, [SECRET])


def test_a_saved_page_is_queued(client: FlaskClient, queue: FakeQueue) -> None:
    body = json.dumps(PAGE_UPDATED).encode()

    answer = client.post("/webhooks/confluence", data=body, headers=signed(body))

    assert answer.status_code == 202
    assert [type(event) for event in queue.events] == [PageSaved]
    assert isinstance(queue.events[0], PageSaved)
    assert queue.events[0].page == PageId("101")


def test_a_repeated_delivery_is_one_event(client: FlaskClient, queue: FakeQueue) -> None:
    body = json.dumps(ISSUE_UPDATED).encode()
    headers = signed(body) | {"X-Atlassian-Webhook-Identifier": "8f2c-1"}

    answers = [client.post("/webhooks/jira", data=body, headers=headers) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [202, 202]
    assert [type(event) for event in queue.events] == [IssueMoved]
    assert queue.events[0].identity.endswith(":8f2c-1")


def test_an_unknown_event_is_taken_and_counted(client: FlaskClient, queue: FakeQueue) -> None:
    body = b'{"webhookEvent": "user_created"}'

    answer = client.post("/webhooks/jira", data=body, headers=signed(body))

    assert answer.status_code == 202
    assert queue.events == []


@pytest.mark.parametrize("path", ["/webhooks/jira", "/webhooks/confluence"])
@pytest.mark.parametrize("headers", [{}, {"X-Hub-Signature": ""}, {"X-Hub-Signature": "sha1=ab"}])
def test_without_a_signature_nothing_is_queued(
    client: FlaskClient, queue: FakeQueue, path: str, headers: dict[str, str]
) -> None:
    answer = client.post(path, data=json.dumps(PAGE_UPDATED), headers=headers)

    assert answer.status_code == 401
    assert queue.events == []


def test_the_api_token_opens_no_webhook(client: FlaskClient) -> None:
    answer = client.post(
        "/webhooks/jira", data=b"{}", headers={"Authorization": "Bearer a-token-for-tests"}
    )

    assert answer.status_code == 401


def test_without_a_secret_webhooks_are_closed_and_say_why(caller: Caller) -> None:
    body = json.dumps(PAGE_UPDATED).encode()

    answer = caller(webhook_secret=None).post(
        "/webhooks/confluence", data=body, headers=signed(body, b"")
    )

    assert answer.status_code == 401
    assert "OKR_WEBHOOK_SECRET" in answer.get_json()["detail"]


@pytest.mark.parametrize("secret", [b"first-secret", b"second-secret"])
def test_two_secrets_work_while_one_replaces_the_other(caller: Caller, secret: bytes) -> None:
    body = json.dumps(PAGE_UPDATED).encode()
    client = caller(webhook_secret=b"first-secret, second-secret")

    answer = client.post("/webhooks/confluence", data=body, headers=signed(body, secret))

    assert answer.status_code == 202


@pytest.mark.parametrize("body", [b"", b"[]", b"not json", b"[" * 100_000, b"\xff\xfe"])
def test_a_signed_body_that_is_no_webhook_is_refused(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/webhooks/jira", data=body, headers=signed(body))

    assert answer.status_code == 400
    assert answer.content_type == "application/problem+json"


@pytest.mark.parametrize("path", ["/webhooks/jira", "/webhooks/confluence"])
@pytest.mark.parametrize("body", [b"{}", b'{"hello": 1}', json.dumps(PAGE_UPDATED).encode()])
def test_any_object_is_an_event_known_or_not(client: FlaskClient, path: str, body: bytes) -> None:
    answer = client.post(path, data=body, headers=signed(body))

    assert answer.status_code == 202


def test_a_body_over_a_megabyte_is_refused(client: FlaskClient) -> None:
    body = b" " * (1024 * 1024 + 1)

    answer = client.post("/webhooks/jira", data=body, headers=signed(body))

    assert answer.status_code == 413


def test_a_queue_that_is_away_asks_the_sender_to_repeat(
    client: FlaskClient, queue: FakeQueue
) -> None:
    queue.broken = True
    body = json.dumps(PAGE_UPDATED).encode()

    answer = client.post("/webhooks/confluence", data=body, headers=signed(body))

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


class BrokenQueue:
    def enqueue(self, event: object) -> bool:
        raise RuntimeError("the engine's own error")


def test_an_error_we_do_not_know_in_the_queue_is_a_503_too(caller: Caller) -> None:
    body = json.dumps(PAGE_UPDATED).encode()

    answer = caller(queue=BrokenQueue()).post(
        "/webhooks/confluence", data=body, headers=signed(body)
    )

    assert answer.status_code == 503
    assert b"engine" not in answer.data
