"""Deliveries of Jira and Confluence: verified by the guard, parsed, queued, answered."""

import structlog
from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from connector.atlassian.payloads import issue_event, page_event
from connector.core.errors import OkrError, Unavailable
from connector.core.events import Event
from connector.web.auth import WEBHOOK_SENDER, principal
from connector.web.services import services

log = structlog.get_logger(__name__)
bp = Blueprint("webhooks", __name__, url_prefix="/webhooks")
bp.before_request(WEBHOOK_SENDER)


@bp.post("/jira")
def jira() -> ResponseReturnValue:
    body, site, clock = request.get_data(), principal().site, services().clock
    return _answer("jira", issue_event(body, site=site, received_at=clock.now(), delivery=_id()))


@bp.post("/confluence")
def confluence() -> ResponseReturnValue:
    body, site, clock = request.get_data(), principal().site, services().clock
    return _answer(
        "confluence", page_event(body, site=site, received_at=clock.now(), delivery=_id())
    )


def _answer(product: str, event: Event | None) -> ResponseReturnValue:
    """202 for whatever is well formed, so that a sender does not repeat it in vain."""
    outcome = "unknown" if event is None else _enqueue(event)
    services().metrics.event_received(product, outcome)
    log.info("webhook.received", product=product, outcome=outcome)
    return "", 202


def _enqueue(event: Event) -> str:
    try:
        return "queued" if services().queue.enqueue(event) else "duplicate"
    except OkrError:
        raise
    except Exception as error:  # whatever the engine raises, the sender must try again
        log.warning("queue.unavailable", exc_info=error)
        raise Unavailable("the queue does not take events") from error


def _id() -> str | None:
    """
    What Jira Cloud calls a delivery; the same over its retries.
    https://developer.atlassian.com/cloud/jira/platform/webhooks/
    """
    return request.headers.get("X-Atlassian-Webhook-Identifier")
