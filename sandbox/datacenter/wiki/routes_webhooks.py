"""`/rest/api/webhooks`, for administrators. https://developer.atlassian.com/server/confluence/webhooks/"""

import json
from http import HTTPStatus

import requests
from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.gate import me
from sandbox.datacenter.payloads import KNOWN_PAGE_EVENTS
from sandbox.datacenter.registry import Registered, Registry, WrongWebhook, understood, written
from sandbox.datacenter.wiki.requests import body, paged
from sandbox.directory import ADMIN
from sandbox.site import current_site
from sandbox.wire import JsonObject

api = Blueprint("dc_wiki_webhooks", __name__)

_TEST = {"test": True}
_PING = "diagnostics:ping"
_TIMEOUT = 5


def _registry() -> Registry:
    if me().user != ADMIN:
        raise errors.wiki(HTTPStatus.UNAUTHORIZED, "Only an administrator may manage webhooks")
    return current_site().dc.webhooks["confluence"]


def _existing(webhook_id: str) -> Registered:
    held = _registry().find(int(webhook_id[:9])) if webhook_id.isdecimal() else None
    if held is None:
        raise errors.wiki(HTTPStatus.NOT_FOUND, f"No webhook with id: {webhook_id}")
    return held


def _understood(before: Registered | None = None) -> Registered:
    try:
        return understood(body(), KNOWN_PAGE_EVENTS, at=current_site().now(), before=before)
    except WrongWebhook as error:
        raise errors.invalid(str(error)) from error


@api.get("/webhooks")
def webhooks() -> ResponseReturnValue:
    event = request.args.get("event")
    found = [one for one in _registry().all() if event is None or event in one.events]
    return paged(found, written)


@api.post("/webhooks")
def create() -> ResponseReturnValue:
    registry = _registry()
    return written(registry.add(_understood())), HTTPStatus.CREATED


@api.get("/webhooks/<webhook_id>")
def read(webhook_id: str) -> ResponseReturnValue:
    return written(_existing(webhook_id))


@api.put("/webhooks/<webhook_id>")
def update(webhook_id: str) -> ResponseReturnValue:
    after = _understood(_existing(webhook_id))
    _registry().put(after)
    return written(after)


@api.delete("/webhooks/<webhook_id>")
def delete(webhook_id: str) -> ResponseReturnValue:
    _registry().remove(_existing(webhook_id).id)
    return "", HTTPStatus.NO_CONTENT


@api.post("/webhooks/test")
def test() -> ResponseReturnValue:
    """What the button `Test connection` does: one request to the address, and what came of it."""
    _registry()
    url = request.args.get("url", "")
    if not url.startswith(("http://", "https://")):
        raise errors.invalid("A URL that begins with http or https must be given")
    headers = {"Content-Type": "application/json; charset=UTF-8", "X-Event-Key": _PING}
    asked: JsonObject = {
        "method": "POST",
        "url": url,
        "headers": headers,
        "body": json.dumps(_TEST),
    }
    try:
        with requests.Session() as session:
            session.trust_env = False
            answer = session.post(
                url, json=_TEST, headers=headers, timeout=_TIMEOUT, allow_redirects=False
            )
    except requests.RequestException as error:
        return {"request": asked, "error": type(error).__name__}
    told = {"statusCode": answer.status_code, "headers": dict(answer.headers), "body": answer.text}
    return {"request": asked, "response": told}
