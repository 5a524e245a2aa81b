"""Strangers who send slowly do not keep the service from everybody else."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
import requests

from connector.cli.processes import SECRET, Demo, start_demo
from connector.serving import THREADS
from sandbox.hooks.delivery import signature
from tests.e2e.waiting import ready

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    with start_demo() as running:
        ready(running)
        yield running


def half_a_request(demo: Demo, path: str, held: ExitStack) -> None:
    """The head of a delivery with a signature that looks like one, and three bytes of its body."""
    at = urlsplit(demo.connector)
    line = held.enter_context(socket.create_connection((at.hostname, at.port), timeout=5))
    head = [
        f"POST {path} HTTP/1.1",
        f"Host: {at.netloc}",
        f"X-Hub-Signature: sha256={'0' * 64}",
        "Content-Type: application/json",
        "Content-Length: 1000",
    ]
    line.sendall("\r\n".join([*head, "", "abc"]).encode())


def test_half_sent_bodies_hold_one_thread(demo: Demo) -> None:
    with ExitStack() as held:
        for path in ("/webhooks/jira", "/webhooks/confluence", "/signin/redeem", "/nowhere"):
            for _ in range(2 * THREADS):
                half_a_request(demo, path, held)
        for _ in range(20):
            assert requests.get(f"{demo.connector}/healthz", timeout=3).status_code == 200
        macro = f"{demo.connector}/macros/objective?page={demo.page}"
        assert requests.get(macro, timeout=3).status_code == 200

    body = json.dumps({"webhookEvent": "jira:issue_updated", "issue": {"id": "1", "key": "A-1"}})
    signed = {"X-Hub-Signature": signature(SECRET, body.encode())}
    deadline = time.monotonic() + 15
    while True:  # what was half sent is refused, one after the other
        answer = requests.post(f"{demo.connector}/webhooks/jira", body, headers=signed, timeout=5)
        if answer.status_code == 202:
            break
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert time.monotonic() < deadline, "webhooks are held up although the strangers went"
        time.sleep(0.2)


def test_headers_have_an_end(demo: Demo) -> None:
    """The server gives up, or answers that it is too much; either way it goes on."""
    try:
        answer = requests.get(
            f"{demo.connector}/healthz", headers={"X-Long": "x" * 300_000}, timeout=5
        )
        assert answer.status_code in {400, 414, 431}
    except requests.ConnectionError:
        pass
    assert requests.get(f"{demo.connector}/healthz", timeout=3).status_code == 200
