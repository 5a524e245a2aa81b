"""
Webhooks that an administrator registers.

Jira 10 has them under `/rest/jira-webhook/1.0/webhooks`, as Confluence writes them; the address of
older releases, `/rest/webhooks/1.0/webhook`, answers here too, in its own shape.
"""

from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox.clock import epoch_ms
from sandbox.datacenter import errors
from sandbox.datacenter.gate import me
from sandbox.datacenter.jira.routes_search import found
from sandbox.datacenter.payloads import KNOWN_ISSUE_EVENTS
from sandbox.datacenter.people import account_of
from sandbox.datacenter.registry import (
    JQL_SECTION,
    Registered,
    Registry,
    WrongWebhook,
    understood,
    written,
)
from sandbox.directory import ADMIN
from sandbox.jira.requests import body_object
from sandbox.site import current_site
from sandbox.wire import JsonObject

api = Blueprint("dc_jira_webhooks", __name__)

_NEW = "/jira-webhook/1.0/webhooks"
_OLD = "/webhooks/1.0/webhook"


def _registry() -> Registry:
    if me().user != ADMIN:
        message = "You do not have permission to manage webhooks."
        raise errors.jira(HTTPStatus.FORBIDDEN, [message])
    return current_site().dc.webhooks["jira"]


def _existing(webhook_id: int) -> Registered:
    held = _registry().find(webhook_id)
    if held is None:
        raise errors.jira(HTTPStatus.NOT_FOUND, [f"No webhook with id {webhook_id} exists."])
    return held


def _understood(before: Registered | None = None) -> Registered:
    """Raises a 400 for what is no webhook, `JqlErrors` for JQL that is none."""
    given = body_object()
    if "enabled" in given:
        given = {"active": given["enabled"]} | given
    try:
        wanted = understood(given, KNOWN_ISSUE_EVENTS, at=current_site().now(), before=before)
    except WrongWebhook as error:
        raise errors.jira(HTTPStatus.BAD_REQUEST, [str(error)]) from error
    if wanted.jql:
        found(wanted.jql)
    return wanted


def _older(webhook: Registered) -> JsonObject:
    admin = account_of(ADMIN)
    return {
        "name": webhook.name,
        "url": webhook.url,
        "excludeBody": webhook.exclude_body,
        "filters": {JQL_SECTION: webhook.jql},
        "events": list(webhook.events),
        "enabled": webhook.active,
        "self": f"{current_site().jira_base}/rest{_OLD}/{webhook.id}",
        "lastUpdatedUser": admin.jira_key,
        "lastUpdatedDisplayName": admin.user.name,
        "lastUpdated": epoch_ms(webhook.updated),
    }


@api.get(_NEW)
def webhooks() -> ResponseReturnValue:
    return [written(one) for one in _registry().all()]


@api.post(_NEW)
def create() -> ResponseReturnValue:
    registry = _registry()
    return written(registry.add(_understood())), HTTPStatus.CREATED


@api.get(f"{_NEW}/<int:webhook_id>")
def read(webhook_id: int) -> ResponseReturnValue:
    return written(_existing(webhook_id))


@api.put(f"{_NEW}/<int:webhook_id>")
def update(webhook_id: int) -> ResponseReturnValue:
    after = _understood(_existing(webhook_id))
    _registry().put(after)
    return written(after)


@api.delete(f"{_NEW}/<int:webhook_id>")
@api.delete(f"{_OLD}/<int:webhook_id>")
def delete(webhook_id: int) -> ResponseReturnValue:
    _registry().remove(_existing(webhook_id).id)
    return "", HTTPStatus.NO_CONTENT


@api.get(_OLD)
def older_webhooks() -> ResponseReturnValue:
    return [_older(one) for one in _registry().all()]


@api.post(_OLD)
def older_create() -> ResponseReturnValue:
    registry = _registry()
    return _older(registry.add(_understood())), HTTPStatus.CREATED


@api.get(f"{_OLD}/<int:webhook_id>")
def older_read(webhook_id: int) -> ResponseReturnValue:
    return _older(_existing(webhook_id))


@api.put(f"{_OLD}/<int:webhook_id>")
def older_update(webhook_id: int) -> ResponseReturnValue:
    after = _understood(_existing(webhook_id))
    _registry().put(after)
    return _older(after)
