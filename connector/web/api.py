"""The OKRs of the site for programs: read only, described in OpenAPI 3.1."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib import resources

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from connector.core.cycle import cycle_of
from connector.core.errors import BadInput, Forbidden, Refused, Unauthorized
from connector.core.json import JsonObject
from connector.core.okr import KrKey, ObjectiveKey, PageId
from connector.usecases.export_okrs import (
    describe_page,
    export_site,
    find_key_result,
    find_objective,
)
from connector.usecases.list_alignment import list_alignment
from connector.usecases.okr_documents import page_reference
from connector.web.auth import TOKEN_OR_LOOPBACK, current_site, principal
from connector.web.forms import ForeignForm
from connector.web.language import words_for
from connector.web.looking import look_at
from connector.web.services import services

bp = Blueprint("api", __name__, url_prefix="/api/v1")
bp.before_request(TOKEN_OR_LOOPBACK)

LIMIT = 100
MOST = 500


@bp.get("/objectives")
def objectives() -> ResponseReturnValue:
    here = services()
    found = export_site(
        site=principal().site,
        store=here.store,
        clock=here.clock,
        policy=here.policy,
        words=words_for(request, here),
        only=PageId(page) if (page := request.args.get("page", "")) else None,
    )["objectives"]
    cycle = _cycle()
    chosen = [one for one in found if cycle in ("", one["cycle"]["code"])]
    start, limit = _start([one["key"] for one in chosen]), _limit()
    some = chosen[start : start + limit]
    more = start + limit < len(chosen)
    return _json({"objectives": some, "next_cursor": _cursor(some[-1]["key"]) if more else None})


@bp.get("/objectives/<key>")
def objective(key: str) -> ResponseReturnValue:
    return _one(find_objective, ObjectiveKey(key))


@bp.get("/key-results/<key>")
def key_result(key: str) -> ResponseReturnValue:
    return _one(find_key_result, KrKey(key))


def _one(find: Callable[..., JsonObject], key: str) -> ResponseReturnValue:
    """What one of the finders knows under its key, in the caller's language."""
    here = services()
    return _json(
        find(
            key,
            site=principal().site,
            store=here.store,
            clock=here.clock,
            policy=here.policy,
            words=words_for(request, here),
        )
    )


@bp.get("/alignment")
def alignment() -> ResponseReturnValue:
    """Over all pages of the site, whoever may read them: callers here keep the service."""
    here, site = services(), current_site()
    found = list_alignment(
        site.name,
        network=site.ports.network,
        store=site.ports.store,
        policy=site.ports.policy,
        words=words_for(request, here),
    )
    listed = found["findings"]
    start, limit = _start([one["id"] for one in listed]), _limit()
    some = listed[start : start + limit]
    more = start + limit < len(listed)
    return _json(
        found | {"findings": some, "next_cursor": _cursor(some[-1]["id"]) if more else None}
    )


@bp.get("/preview")
def preview() -> ResponseReturnValue:
    """What is understood of a page now, kept nowhere; what the site refuses us is a 502."""
    here, text = services(), request.args.get("page", "").strip()
    words = words_for(request, here)
    try:
        found = look_at(text, here)
    except ForeignForm:
        raise
    except (Unauthorized, Forbidden) as error:
        raise Refused(f"the site refuses us: {error.code}") from error
    told = describe_page(
        found.page, found.deliveries, clock=here.clock, policy=here.policy, words=words
    )
    page = {"page": page_reference(found.page), "findings": told["pages"][0]["findings"]}
    takes_part = {"labelled": found.labelled, "linked": found.linked, "counted": found.counted}
    return _json(page | takes_part | {"objectives": told["objectives"]})


@bp.get("/openapi.json")
def openapi() -> ResponseReturnValue:
    return _json(openapi_document() | {"servers": [{"url": services().base_url}]})


@cache
def openapi_document() -> JsonObject:
    text = (resources.files("connector.web") / "openapi.json").read_text(encoding="utf-8")
    found: JsonObject = json.loads(text)
    return found


def _cycle() -> str:
    code = request.args.get("cycle", "")
    try:
        return cycle_of(code).code if code else ""
    except ValueError as error:
        raise BadInput("cycle is a code such as 2026-Q4") from error


def _limit() -> int:
    text = request.args.get("limit", f"{LIMIT}")
    whole = text.isascii() and text.isdigit() and len(text) <= len(f"{MOST}")
    if not (whole and 1 <= int(text) <= MOST):
        raise BadInput(f"limit is a whole number from 1 to {MOST}")
    return int(text)


def _start(listed: list[str]) -> int:
    """The place after the one that the cursor names: new ones before it do not shift it."""
    cursor = request.args.get("cursor")
    if not cursor:
        return 0
    try:
        last = urlsafe_b64decode(cursor.encode()).decode()
        return listed.index(last) + 1
    except ValueError as error:
        raise BadInput("the cursor is not valid any more; begin without one") from error


def _cursor(last: str) -> str:
    return urlsafe_b64encode(last.encode()).decode()


def _json(body: JsonObject) -> ResponseReturnValue:
    """With the digest as its tag: a caller who has this very answer gets 304."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    response = Response(text, mimetype="application/json")
    response.set_etag(sha256(text).hexdigest()[:32])
    return response.make_conditional(request)
