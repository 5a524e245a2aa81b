"""
Sends webhooks from one background thread, in order.

Cloud retries a Jira delivery up to five times, 5 to 15 minutes apart; here the pauses are short
so that a test or a demonstration can watch them. Confluence sends once, best effort.
"""

import hashlib
import hmac
import json
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from queue import Queue
from threading import Thread, Timer
from typing import TypeAlias

import requests

from sandbox.hooks.disturbance import Disturbance
from sandbox.wire import JsonObject

JIRA_PAUSES = (0.5, 1.0, 2.0, 4.0, 4.0)
# As Jira Cloud waits: five seconds for a connection, twenty for an answer.
TIMEOUT = (5, 20)
LONGEST_HELD = 2.0
RETRIED = {408, 409, 425, 429}


@dataclass(frozen=True, slots=True)
class Target:
    """`token` makes the JWT of a delivery to an app, for its address, anew at each attempt."""

    url: str
    secret: str | None
    product: str
    token: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    target: Target
    body: bytes
    identifier: str
    event: str = ""


def signature(secret: str, body: bytes) -> str:
    """The `X-Hub-Signature` of a raw body: SHA-256 HMAC in hex, after the method's name."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


Told: TypeAlias = Callable[[Delivery, int], dict[str, str]]


class Webhooks:
    """`told` writes the headers of a delivery, by its number of earlier attempts."""

    def __init__(self, pauses: tuple[float, ...] = JIRA_PAUSES, told: "Told | None" = None) -> None:
        self.pauses = pauses
        self.told: Told = told or cloud_headers
        self._targets: list[Target] = []
        self._queue: Queue[tuple[Delivery, float]] = Queue()
        self._thread: Thread | None = None
        self.failed: list[Delivery] = []
        self.disturbance: Disturbance[Delivery] = Disturbance()

    @property
    def targets(self) -> tuple[Target, ...]:
        return tuple(self._targets)

    def register(self, target: Target) -> None:
        if target not in self._targets:
            self._targets.append(target)
        self._start()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = Thread(target=self._work, name="webhooks", daemon=True)
            self._thread.start()

    def send(self, product: str, payload: JsonObject) -> None:
        """Queue one event for everybody who registered for this product."""
        self.send_to([t for t in self.targets if t.product == product], payload)

    def send_to(self, targets: Iterable[Target], payload: JsonObject) -> None:
        """Queue one event for these, whether or not they are registered."""
        body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
        event = str(payload.get("webhookEvent") or payload.get("event") or "")
        self._start()
        for target in targets:
            delivery = Delivery(target, body, str(uuid.uuid4()), event)
            for arriving in self.disturbance.through(delivery):
                self._queue.put(arriving)
        if self.disturbance.weather.reordered:
            overtaken = Timer(LONGEST_HELD, self._release)
            overtaken.daemon = True
            overtaken.start()

    def wait(self) -> None:
        """Until everything queued so far has been delivered or given up."""
        self._release()
        self._queue.join()

    def _release(self) -> None:
        for arriving in self.disturbance.held():
            self._queue.put(arriving)

    def _work(self) -> None:
        with requests.Session() as session:
            session.trust_env = False
            while True:
                delivery, late = self._queue.get()
                try:
                    time.sleep(late)
                    self._deliver(session, delivery)
                finally:
                    self._queue.task_done()

    def _deliver(self, session: requests.Session, delivery: Delivery) -> None:
        pauses = self.pauses if delivery.target.product == "jira" else ()
        for attempt, pause in enumerate((0.0, *pauses)):
            time.sleep(pause)
            if self._arrived(session, delivery, attempt):
                return
        self.failed.append(delivery)

    def _arrived(self, session: requests.Session, delivery: Delivery, attempt: int) -> bool:
        """True when the receiver took it or refused it for good."""
        try:
            response = session.post(
                delivery.target.url,
                data=delivery.body,
                headers=self.told(delivery, attempt),
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        except requests.RequestException:
            return False
        status = response.status_code
        return status not in RETRIED and status < HTTPStatus.INTERNAL_SERVER_ERROR


def cloud_headers(delivery: Delivery, attempt: int) -> dict[str, str]:
    headers = {
        "Content-Type": "application/json; charset=UTF-8",
        "User-Agent": "Atlassian Webhook HTTP Client",
        "X-Atlassian-Webhook-Identifier": delivery.identifier,
        "X-Atlassian-Webhook-Flow": "Primary",
    }
    if attempt:
        headers["X-Atlassian-Webhook-Retry"] = str(attempt)
    if delivery.target.secret:
        headers["X-Hub-Signature"] = signature(delivery.target.secret, delivery.body)
    if delivery.target.token:
        headers["Authorization"] = f"JWT {delivery.target.token(delivery.target.url)}"
    return headers
