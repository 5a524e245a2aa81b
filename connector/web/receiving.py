"""What every way of telling us of changes shares: the queue first, then the answer."""

import structlog
from flask import request
from flask.typing import ResponseReturnValue

from connector.core.errors import OkrError, Unavailable
from connector.core.events import Event
from connector.web.services import services

log = structlog.get_logger(__name__)


def answer_delivery(product: str, event: Event | None) -> ResponseReturnValue:
    """202 for whatever is well formed, so that a sender does not repeat it in vain."""
    outcome = "unknown" if event is None else queue_event(event)
    services().metrics.event_received(product, outcome)
    log.info("webhook.received", product=product, outcome=outcome)
    return "", 202


def queue_event(event: Event) -> str:
    """`queued` or `duplicate`. Raises Unavailable when the queue takes nothing."""
    try:
        return "queued" if services().queue.enqueue(event) else "duplicate"
    except OkrError:
        raise
    except Exception as error:  # whatever the engine raises, the sender must try again
        log.warning("queue.unavailable", exc_info=error)
        raise Unavailable("the queue does not take events") from error


def delivery_id() -> str | None:
    """
    What Jira Cloud calls a delivery; the same over its retries.
    https://developer.atlassian.com/cloud/jira/platform/webhooks/
    """
    return request.headers.get("X-Atlassian-Webhook-Identifier")
