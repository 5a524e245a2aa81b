"""What Forge posts when something happened, as events; None for what cannot change progress."""

import hashlib
import json
from datetime import datetime

from connector.atlassian.payloads import issue_event, page_event
from connector.core.errors import BadInput
from connector.core.events import IssueMoved, PageSaved
from connector.core.json import JsonObject
from connector.core.okr import SiteId

# Our names of the events that Jira's webhooks bring too; a link changes what its source counts.
_AS_WEBHOOK = {
    "avi:jira:created:issue": "jira:issue_created",
    "avi:jira:updated:issue": "jira:issue_updated",
    "avi:jira:deleted:issue": "jira:issue_deleted",
}
_OF_PAGES = "avi:confluence:"


def forge_issue_event(body: bytes, *, site: SiteId, received_at: datetime) -> IssueMoved | None:
    """Raises BadInput as `issue_event` does."""
    told = _payload(body)
    name = _AS_WEBHOOK.get(str(told.get("eventType")))
    if name is None:
        return None
    webhook = json.dumps({**told, "webhookEvent": name}).encode()
    return issue_event(webhook, site=site, received_at=received_at, delivery=_delivery(told))


def forge_page_event(body: bytes, *, site: SiteId, received_at: datetime) -> PageSaved | None:
    """Raises BadInput as `page_event` does."""
    told = _payload(body)
    if not str(told.get("eventType", "")).startswith(_OF_PAGES):
        return None
    webhook = json.dumps(told).encode()
    return page_event(webhook, site=site, received_at=received_at, delivery=_delivery(told))


def _payload(body: bytes) -> JsonObject:
    """The event, which stands alone or as `payload` beside what Forge says of the call."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise BadInput("the body of an event is JSON") from None
    if not isinstance(document, dict):
        raise BadInput("the body of an event is a JSON object")
    inner = document.get("payload")
    return inner if isinstance(inner, dict) else document


def _delivery(told: JsonObject) -> str:
    """
    The same over Forge's retries, which differ in `retryContext` alone: the event carries its
    own time. https://developer.atlassian.com/platform/forge/remote/essentials
    """
    event = {name: value for name, value in told.items() if name != "retryContext"}
    return hashlib.sha256(json.dumps(event, sort_keys=True).encode()).hexdigest()
