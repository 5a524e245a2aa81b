"""`/_sandbox`: what no Atlassian site has. Meters, limits, faults, the clock, registrations."""

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.clock import wiki_time
from sandbox.datacenter.oauth.links import WrongLink, understood
from sandbox.datacenter.state import DataCenter
from sandbox.errors import Refused
from sandbox.guard import refuse_foreign_posts
from sandbox.hooks.delivery import Target
from sandbox.site import PRODUCTS, current_site
from sandbox.traffic.settings import WrongWish, disturb, limit
from sandbox.wiki.extractions import WrongDeclaration
from sandbox.wiki.user_macros import WrongMacro
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
    return current_site().meters.read()


@bp.post("/reset")
def reset() -> ResponseReturnValue:
    current_site().meters.reset()
    return current_site().meters.read()


@bp.errorhandler(WrongWish)
def wrong_wish(error: WrongWish) -> ResponseReturnValue:
    return {"error": str(error)}, HTTPStatus.BAD_REQUEST


@bp.get("/limits")
def get_limits() -> ResponseReturnValue:
    return limit(current_site(), {})


@bp.post("/limits")
def limits() -> ResponseReturnValue:
    return limit(current_site(), _body())


@bp.get("/faults")
def get_faults() -> ResponseReturnValue:
    return disturb(current_site(), {})


@bp.post("/faults")
def faults() -> ResponseReturnValue:
    """`{"jira": "down"}` makes the product answer 503 until it is `up` again."""
    return disturb(current_site(), _body())


@bp.get("/clock")
def get_clock() -> ResponseReturnValue:
    now = current_site().now
    return {"now": wiki_time(now()), "stopped": now.stopped}


@bp.post("/clock")
def clock() -> ResponseReturnValue:
    """`{"now": "2026-12-01T09:00:00Z"}`, `{"advance": 3600}`, `{"stopped": true}`, `{}` resets."""
    body = _body()
    if set(body) - {"now", "advance", "stopped"}:
        raise _wrong("there are now, advance and stopped")
    now = current_site().now
    moment = _moment(body, now())
    if not isinstance(body.get("stopped", False), bool):
        raise _wrong("stopped is true or false")
    if not body:
        now.reset()
    if "stopped" in body:
        (now.stop if body["stopped"] else now.go_on)()
    if moment is not None:
        now.set(moment)
    return get_clock()


def _moment(body: JsonObject, now: datetime) -> datetime | None:
    """When it is to be; None when that is not asked."""
    try:
        if "advance" in body:
            return now + timedelta(seconds=float(body["advance"]))
        if "now" in body:
            moment = datetime.fromisoformat(body["now"])
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError) as error:
        raise _wrong("now is a date with a time, advance a number of seconds") from error
    return None


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


@bp.post("/user-macros")
def user_macros() -> ResponseReturnValue:
    """`{"name": "okr", "template": "<iframe …>"}`, as on the administrator's page."""
    held, body = _data_center().user_macros, _body()
    try:
        held.put(as_text(body.get("name")), as_text(body.get("template")))
    except WrongMacro as error:
        raise _wrong(str(error)) from error
    return {"user_macros": [one.name for one in held.all()]}, HTTPStatus.CREATED


@bp.post("/incoming-links")
def incoming_links() -> ResponseReturnValue:
    """`{"name", "redirect", "scope", "client_id", "client_secret"}`; only redirect is needed."""
    oauth = _data_center().oauth
    try:
        link = oauth.links.add(understood(_body()))
    except WrongLink as error:
        raise _wrong(str(error)) from error
    return {"client_id": link.client_id, "client_secret": link.client_secret}, HTTPStatus.CREATED


def _data_center() -> DataCenter:
    found = current_site().data_center
    if found is None:
        raise _wrong("only Data Center has this: --flavor dc")
    return found


@bp.post("/properties")
def properties() -> ResponseReturnValue:
    """An app's descriptor, or the `confluenceContentProperties` in it: what CQL may ask about."""
    extractions = current_site().pages.extractions
    try:
        extractions.declare(request.get_json(silent=True))
    except WrongDeclaration as error:
        raise _wrong(str(error)) from error
    declared = [
        {"field": one.field, "type": one.type, "alias": one.alias} for one in extractions.all()
    ]
    return {"properties": declared}, HTTPStatus.CREATED
