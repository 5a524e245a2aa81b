"""`/_sandbox`: what no Atlassian site has. Meters, outages, webhook and macro registration."""

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.errors import Refused
from sandbox.guard import refuse_foreign_posts
from sandbox.hooks.delivery import Target
from sandbox.site import PRODUCTS, current_site
from sandbox.wire import JsonObject, as_text

bp = Blueprint("control", __name__, url_prefix="/_sandbox")
bp.before_request(refuse_foreign_posts)


def _body() -> JsonObject:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise _wrong("a JSON object is expected")
    return body


def _wrong(what: str) -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, {"error": what})


def _url(value: object) -> str:
    url = as_text(value)
    if urlsplit(url).scheme not in {"http", "https"}:
        raise _wrong("url must be http or https")
    return url


@bp.get("/meters")
def meters() -> ResponseReturnValue:
    calls = current_site().meters.read()
    return {"total": sum(calls.values()), "calls": calls}


@bp.post("/reset")
def reset() -> ResponseReturnValue:
    current_site().meters.reset()
    return {"total": 0, "calls": {}}


@bp.post("/faults")
def faults() -> ResponseReturnValue:
    """`{"jira": "down"}` makes the product answer 503 until it is `up` again."""
    for product, state in _body().items():
        if product not in PRODUCTS or state not in {"up", "down"}:
            raise _wrong('use {"jira": "down"|"up", "confluence": "down"|"up"}')
        if state == "down":
            current_site().down.add(product)
        else:
            current_site().down.discard(product)
    return {name: "down" if name in current_site().down else "up" for name in PRODUCTS}


@bp.post("/webhooks")
def webhooks() -> ResponseReturnValue:
    body = _body()
    if body.get("product") not in PRODUCTS:
        raise _wrong("product must be jira or confluence")
    secret = as_text(body.get("secret")) or None
    current_site().hooks.register(Target(_url(body.get("url")), secret, body["product"]))
    return {"registered": len(current_site().hooks.targets)}, HTTPStatus.CREATED


@bp.post("/macros")
def macros() -> ResponseReturnValue:
    """`{"key": "okr-objective", "url": "http://…/macros/objective?page={page.id}"}`."""
    body = _body()
    key = as_text(body.get("key"))
    if not key:
        raise _wrong("key is missing")
    current_site().macros[key] = _url(body.get("url"))
    return {"macros": current_site().macros}, HTTPStatus.CREATED
