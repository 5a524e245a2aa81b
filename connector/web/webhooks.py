"""Deliveries of Jira and Confluence to the site of the settings: an admin made these webhooks."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from connector.atlassian.payloads import issue_event, page_event
from connector.web.auth import PATH_TOKEN_SENDER, WEBHOOK_SENDER, principal
from connector.web.receiving import answer_delivery, delivery_id
from connector.web.services import services

bp = Blueprint("webhooks", __name__, url_prefix="/webhooks")
bp.before_request(WEBHOOK_SENDER)
unsigned_bp = Blueprint("unsigned_webhooks", __name__, url_prefix="/webhooks/unsigned")
unsigned_bp.before_request(PATH_TOKEN_SENDER)


@bp.post("/jira")
def jira() -> ResponseReturnValue:
    return _issue()


@bp.post("/confluence")
def confluence() -> ResponseReturnValue:
    body, site, clock = request.get_data(), principal().site, services().clock
    return answer_delivery(
        "confluence", page_event(body, site=site, received_at=clock.now(), delivery=delivery_id())
    )


@unsigned_bp.post("/jira/<token>")
def unsigned_jira(token: str) -> ResponseReturnValue:
    """For a Jira whose webhooks know no secret: the address is the secret."""
    del token  # the guard has compared it
    return _issue()


def _issue() -> ResponseReturnValue:
    body, site, clock = request.get_data(), principal().site, services().clock
    return answer_delivery(
        "jira", issue_event(body, site=site, received_at=clock.now(), delivery=delivery_id())
    )
