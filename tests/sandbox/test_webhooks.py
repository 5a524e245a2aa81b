"""Webhooks: their shape, their signature, their order, and what happens when nobody answers."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from sandbox.app import create_app
from sandbox.directory import BOT
from sandbox.hooks.delivery import JIRA_PAUSES, Webhooks, signature
from sandbox.site import Site
from tests.sandbox.conftest import Caller

SECRET = "whsec-demo"


class Receiver:
    """Keeps what it is sent; answers with the statuses it was given, then with 204."""

    def __init__(self) -> None:
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.got.append((dict(self.headers), body))
                self.send_response(outer.answers.pop(0) if outer.answers else 204)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - inherited name
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def bodies(self) -> list[Any]:
        return [json.loads(body) for _, body in self.got]


ONCE = [(status, 1) for status in (204, 302, 400, 401, 404, 410, 413)]
AGAIN = [(status, 2) for status in (408, 409, 425, 429, 500, 502, 503)]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    yield found
    found.close()


@pytest.fixture
def heard(receiver: Receiver) -> tuple[Caller, Site]:
    hooks = Webhooks(pauses=(0.01,) * len(JIRA_PAUSES))
    app = create_app(webhook_url=receiver.url, webhook_secret=SECRET, hooks=hooks)
    return Caller(app.test_client(), BOT), app.extensions["sandbox"]


def test_the_signature_is_the_agreed_one() -> None:
    body = b'{"timestamp":1700000000000,"event":"page_updated"}'

    assert signature(SECRET, body) == (
        "sha256=92b8f3e0fa7278d54fcfaf9b94c645acb6090f4c73127d85531eeedbfd1ca342"
    )


def test_a_finished_issue_is_announced(heard: tuple[Caller, Site], receiver: Receiver) -> None:
    caller, site = heard

    caller.post("/rest/api/3/issue/HBR-29/transitions", {"transition": {"id": "31"}})
    site.hooks.wait()

    ((headers, raw),) = receiver.got
    expected = "sha256=" + hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()
    assert headers["X-Hub-Signature"] == expected
    assert headers["X-Atlassian-Webhook-Flow"] == "Primary"
    assert "X-Atlassian-Webhook-Retry" not in headers
    (body,) = receiver.bodies
    assert body["webhookEvent"] == "jira:issue_updated"
    assert body["issue"]["key"] == "HBR-29"
    assert body["issue"]["fields"]["parent"]["key"] == "HBR-1"
    moved = {item["field"]: item["toString"] for item in body["changelog"]["items"]}
    assert moved == {"resolution": "Done", "status": "Done"}
    assert "/rest/api/2/issue/" in body["issue"]["self"]


def test_events_arrive_in_order(heard: tuple[Caller, Site], receiver: Receiver) -> None:
    caller, site = heard
    document = {"type": "doc", "version": 1, "content": [{"type": "text", "text": "Why"}]}
    fields = {"project": {"key": "HBR"}, "issuetype": {"name": "Task"}, "summary": "New"}

    key = caller.post("/rest/api/3/issue", {"fields": fields | {"description": document}})
    path = f"/rest/api/3/issue/{(key.get_json() or {})['key']}"
    caller.put(path, {"fields": {"summary": "Newer"}})
    caller.put(path, {"fields": {"summary": "Newer"}})
    caller.delete(path)
    site.hooks.wait()

    assert [body["webhookEvent"] for body in receiver.bodies] == [
        "jira:issue_created",
        "jira:issue_updated",
        "jira:issue_deleted",
    ]
    assert receiver.bodies[0]["issue"]["fields"]["description"] == "Why"


def test_a_retry_keeps_its_identifier(heard: tuple[Caller, Site], receiver: Receiver) -> None:
    caller, site = heard
    receiver.answers = [503, 429]

    caller.put("/rest/api/3/issue/HBR-29", {"fields": {"summary": "Newer"}})
    site.hooks.wait()

    assert len(receiver.got) == 3
    assert len({headers["X-Atlassian-Webhook-Identifier"] for headers, _ in receiver.got}) == 1
    assert len({body for _, body in receiver.got}) == 1
    retries = [headers.get("X-Atlassian-Webhook-Retry") for headers, _ in receiver.got]
    assert retries == [None, "1", "2"]


@pytest.mark.parametrize(("answer", "attempts"), [*ONCE, *AGAIN])
def test_a_refusal_is_final_and_a_failure_is_not(
    heard: tuple[Caller, Site], receiver: Receiver, answer: int, attempts: int
) -> None:
    caller, site = heard
    receiver.answers = [answer]

    caller.put("/rest/api/3/issue/HBR-29", {"fields": {"summary": "Newer"}})
    site.hooks.wait()

    assert len(receiver.got) == attempts


def test_a_delivery_that_nobody_takes_is_given_up(
    heard: tuple[Caller, Site], receiver: Receiver
) -> None:
    caller, site = heard
    receiver.answers = [503] * 9

    caller.put("/rest/api/3/issue/HBR-29", {"fields": {"summary": "Newer"}})
    site.hooks.wait()

    assert len(receiver.got) == 6, "once, and five times again"
    assert len(site.hooks.failed) == 1


def test_a_saved_page_is_announced_once_even_if_nobody_takes_it(
    heard: tuple[Caller, Site], receiver: Receiver
) -> None:
    caller, site = heard
    receiver.answers = [503]
    body = {
        "id": "131073",
        "status": "current",
        "title": "T",
        "body": {"representation": "storage", "value": "<p/>"},
        "version": {"number": 2},
    }

    caller.put("/wiki/api/v2/pages/131073", body)
    site.hooks.wait()

    (sent,) = receiver.bodies
    assert sent["webhookEvent"] == "page_updated"
    assert (sent["page"]["id"], sent["page"]["version"]) == (131073, 2)
    assert "body" not in sent["page"]
    assert len(site.hooks.failed) == 1


@pytest.mark.parametrize(
    ("weather", "arrived"),
    [
        ({"lost": 1}, []),
        ({"doubled": 1}, ["One", "One", "Two", "Two", "Three", "Three"]),
        ({"delayed": 1, "seconds": 0.05}, ["One", "Two", "Three"]),
        ({"reordered": 1}, ["Two", "One", "Three"]),
        ({}, ["One", "Two", "Three"]),
    ],
)
def test_deliveries_meet_the_weather(
    heard: tuple[Caller, Site], receiver: Receiver, weather: dict[str, float], arrived: list[str]
) -> None:
    caller, site = heard
    assert caller.post("/_sandbox/faults", {"webhooks": weather}).status_code == 200

    for name in ("One", "Two", "Three"):
        caller.put("/rest/api/3/issue/HBR-29", {"fields": {"summary": name}})
    site.hooks.wait()

    assert [body["issue"]["fields"]["summary"] for body in receiver.bodies] == arrived


def test_a_doubled_delivery_keeps_its_identifier(
    heard: tuple[Caller, Site], receiver: Receiver
) -> None:
    caller, site = heard
    caller.post("/_sandbox/faults", {"webhooks": {"doubled": 1}})

    caller.put("/rest/api/3/issue/HBR-29", {"fields": {"summary": "Newer"}})
    site.hooks.wait()

    assert len({headers["X-Atlassian-Webhook-Identifier"] for headers, _ in receiver.got}) == 1
