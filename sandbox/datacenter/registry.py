"""
Webhooks that an administrator registered.

Both products keep them with the same plugin, so they are written alike: Confluence's REST API
under `/rest/api/webhooks`, Jira's (from 10.0) under `/rest/jira-webhook/1.0/webhooks`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock
from urllib.parse import urlsplit

from sandbox.clock import epoch_ms
from sandbox.wire import JsonObject, as_object, as_text

LONGEST_SECRET = 255
JQL_SECTION = "issue-related-events-section"


class WrongWebhook(ValueError):
    """What is wrong with a registration, in one sentence."""


@dataclass(frozen=True, slots=True)
class Registered:
    """`jql` narrows the issues whose events are sent; empty for all."""

    id: int
    name: str
    url: str
    events: tuple[str, ...]
    secret: str
    active: bool
    jql: str
    created: datetime
    updated: datetime
    exclude_body: bool = False

    def listens(self, event: str) -> bool:
        return self.active and event in self.events


class Registry:
    """Those of one product."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: dict[int, Registered] = {}
        self._last = 0

    def all(self) -> list[Registered]:
        with self._lock:
            return list(self._held.values())

    def find(self, webhook_id: int) -> Registered | None:
        with self._lock:
            return self._held.get(webhook_id)

    def add(self, webhook: Registered) -> Registered:
        with self._lock:
            self._last += 1
            kept = replace(webhook, id=self._last)
            self._held[kept.id] = kept
            return kept

    def put(self, webhook: Registered) -> None:
        with self._lock:
            self._held[webhook.id] = webhook

    def remove(self, webhook_id: int) -> bool:
        with self._lock:
            return self._held.pop(webhook_id, None) is not None


def understood(
    given: JsonObject, known: Iterable[str], *, at: datetime, before: Registered | None = None
) -> Registered:
    """
    A registration as a request describes it; what it leaves out stays as it was.

    Raises `WrongWebhook`.
    """
    name = as_text(given.get("name", before.name if before else None))
    url = as_text(given.get("url", before.url if before else None))
    events = given.get("events", list(before.events) if before else [])
    configuration = as_object(given.get("configuration"))
    secret = configuration.get("secret", before.secret if before else "")
    active = given.get("active", before.active if before else True)
    if not name.strip():
        raise WrongWebhook("A webhook must have a name")
    if urlsplit(url).scheme not in {"http", "https"}:
        raise WrongWebhook("A webhook must have a URL that begins with http or https")
    _check_events(events, set(known))
    if not isinstance(secret, str) or len(secret) > LONGEST_SECRET:
        raise WrongWebhook(f"The secret is a text of at most {LONGEST_SECRET} characters")
    return Registered(
        id=before.id if before else 0,
        name=name,
        url=url,
        events=tuple(events),
        secret=secret,
        active=str(active).casefold() == "true",
        jql=_jql(given, configuration, before),
        created=before.created if before else at,
        updated=at,
        exclude_body=_excludes(given, configuration),
    )


def _check_events(events: object, known: set[str]) -> None:
    if not isinstance(events, list) or not events:
        raise WrongWebhook("A webhook must have events")
    if unknown := [event for event in events if event not in known]:
        raise WrongWebhook(f"There is no event named {unknown[0]}")


def _jql(given: JsonObject, configuration: JsonObject, before: Registered | None) -> str:
    """In `filters` or in the configuration, whose value is the same object or bare JQL."""
    if "filters" not in given and "FILTERS" not in configuration:
        return before.jql if before else ""
    filters = given.get("filters", configuration.get("FILTERS"))
    if isinstance(filters, str):
        return filters
    return as_text(as_object(filters).get(JQL_SECTION))


def _excludes(given: JsonObject, configuration: JsonObject) -> bool:
    told = given.get("excludeBody", configuration.get("EXCLUDE_BODY", False))
    return str(told).casefold() == "true"


def written(webhook: Registered) -> JsonObject:
    configuration = {"secret": webhook.secret} if webhook.secret else {}
    if webhook.jql:
        configuration["FILTERS"] = webhook.jql
    if webhook.exclude_body:
        configuration["EXCLUDE_BODY"] = "true"
    return {
        "id": webhook.id,
        "name": webhook.name,
        "createdDate": epoch_ms(webhook.created),
        "updatedDate": epoch_ms(webhook.updated),
        "events": list(webhook.events),
        "configuration": configuration,
        "url": webhook.url,
        "active": webhook.active,
        "scopeType": "global",
        "sslVerificationRequired": True,
    }
