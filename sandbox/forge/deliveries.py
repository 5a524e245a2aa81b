"""
Events on their way to an app's server: late, in no order, and again when nobody took them.

https://developer.atlassian.com/platform/forge/remote/sending-product-events/
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from sandbox.forge.agenda import Agenda
from sandbox.forge.installation import Installation, Invocation
from sandbox.forge.manifest import Endpoint
from sandbox.forge.remote import post
from sandbox.forge.timing import Timing
from sandbox.forge.tokens import OauthTokens
from sandbox.hooks.disturbance import Disturbance
from sandbox.outbound import NoAnswer, TimedOut
from sandbox.wire import JsonObject

log = logging.getLogger(__name__)

RETRIES = 4
BAD_TOKEN, TIMEOUT, OTHER = (
    "INVALID_FORGE_INVOCATION_TOKEN",
    "TIMEOUT_ERROR",
    "INVALID_REMOTE_INVOCATION_ERROR",
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """`attempt` counts from 0; `reason` is why the one before failed."""

    installation: Installation
    endpoint: Endpoint
    product: str
    module_key: str
    event: JsonObject
    attempt: int = 0
    reason: str = ""

    @property
    def told(self) -> JsonObject:
        if not self.attempt:
            return self.event
        context = {"retryData": None, "retryCount": self.attempt, "retryReason": self.reason}
        return {**self.event, "retryContext": context}

    @property
    def invocation(self) -> Invocation:
        context = self.installation.context(self.module_key)
        return Invocation("core:endpoint", self.endpoint.key, self.product, context)


class Deliveries:
    """`still` says whether an installation is there; `weather` may lose or double events."""

    def __init__(
        self,
        tokens: OauthTokens,
        weather: Callable[[], Disturbance[Delivery]],
        still: Callable[[Installation], bool],
    ) -> None:
        self.timing = Timing()
        self.agenda = Agenda()
        self.failed: list[Delivery] = []
        self._tokens = tokens
        self._weather = weather
        self._still = still

    def send(self, delivery: Delivery) -> None:
        """Some time from now, unless the weather is bad."""
        for arriving, late in self._weather().through(delivery):
            self._in(self.timing.delay + late, arriving)

    def send_now(self, delivery: Delivery) -> None:
        self._in(0.0, delivery)

    def _in(self, seconds: float, delivery: Delivery) -> None:
        self.agenda.later(seconds, lambda: self._attempt(delivery))

    def settle(self) -> bool:
        for arriving, late in self._weather().held():
            self._in(late, arriving)
        return self.agenda.settle()

    def _attempt(self, delivery: Delivery) -> None:
        if not self._still(delivery.installation):
            return
        reason = self._failure(delivery)
        if not reason:
            return
        if delivery.attempt < RETRIES:
            again = replace(delivery, attempt=delivery.attempt + 1, reason=reason)
            self._in(self.timing.retry, again)
        else:
            self.failed.append(delivery)
            log.warning("forge.gave_up module=%s reason=%s", delivery.module_key, reason)

    def _failure(self, delivery: Delivery) -> str:
        """Why it has to be sent again; empty when it arrived."""
        told = delivery.told
        body = told if self.timing.body == "flat" else {"payload": told}
        try:
            answer = post(
                delivery.installation, delivery.endpoint, delivery.invocation, self._tokens, body
            )
        except TimedOut:
            return TIMEOUT
        except NoAnswer:
            return OTHER
        if answer.status == 401:
            return BAD_TOKEN
        return "" if answer.ok else OTHER
