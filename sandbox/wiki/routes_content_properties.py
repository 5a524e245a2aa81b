"""`/wiki/rest/api/content/{id}/property`: by key, as version 1 has it."""

import json
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import member, wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire_parts
from sandbox.wiki.model import Page, Property, Version
from sandbox.wiki.requests_v1 import bad_request, body, editable_page, readable_page, whole
from sandbox.wiki.routes_content import warn
from sandbox.wiki.routes_properties import LARGEST_VALUE, LONGEST_KEY
from sandbox.wire import JsonObject, as_object, as_text

bp = Blueprint(
    "wiki_content_properties", __name__, url_prefix="/wiki/rest/api/content/<id>/property"
)
bp.before_request(wiki_gate)
bp.after_request(warn)

_REFUSAL = "You do not have permission to edit the content"
MOST_RESULTS = 200


def _found(page: Page, key: str) -> Property:
    found = current_site().pages.properties(page, key)
    if not found:
        raise errors.wiki_v1(
            HTTPStatus.NOT_FOUND, f"Cannot find property with key {key} on content {page.id}"
        )
    return found[0]


def _value(given: JsonObject) -> object:
    if "value" not in given:
        raise bad_request("Property value is missing")
    if len(json.dumps(given["value"], ensure_ascii=False).encode()) > LARGEST_VALUE:
        raise errors.wiki_v1(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Property value is too long")
    return given["value"]


def _key(key: str) -> str:
    if not 0 < len(key) <= LONGEST_KEY:
        raise bad_request(f"Property key must have 1 to {LONGEST_KEY} characters")
    return key


def _create(page: Page, key: str, given: JsonObject) -> JsonObject:
    site, value = current_site(), _value(given)
    with site.pages.transaction():
        if site.pages.properties(page, _key(key)):
            raise bad_request(f"A property with key '{key}' already exists")
        site.pages.add_property(page, key, value, by=member(), at=site.now())
    return wire_parts.content_property(_found(page, key), page)


@bp.get("")
def get_properties(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    page = readable_page(id)
    keys = {part for one in request.args.getlist("key") for part in one.split(",") if part}
    found = [one for one in current_site().pages.properties(page) if not keys or one.key in keys]
    start, limit = whole("start", 0), min(whole("limit", 10), MOST_RESULTS)
    shown = [wire_parts.content_property(one, page) for one in found[start : start + limit]]
    path = f"/rest/api/content/{page.id}/property"
    return wire_parts.listed(shown, path) | {"start": start, "limit": limit}


@bp.post("")
def post_property(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    page, given = editable_page(id, _REFUSAL), as_object(body())
    return _create(page, as_text(given.get("key")), given)


@bp.get("/<key>")
def get_property(id: str, key: str) -> ResponseReturnValue:  # noqa: A002 - the published name
    page = readable_page(id)
    return wire_parts.content_property(_found(page, key), page)


@bp.post("/<key>")
def post_property_by_key(id: str, key: str) -> ResponseReturnValue:  # noqa: A002 - as published
    return _create(editable_page(id, _REFUSAL), key, as_object(body()))


@bp.put("/<key>")
def put_property(id: str, key: str) -> ResponseReturnValue:  # noqa: A002 - the published name
    """A key that is new is created by its version 1."""
    page, given, site = editable_page(id, _REFUSAL), as_object(body()), current_site()
    told = as_object(given.get("version"))
    number, value = told.get("number"), _value(given)
    if not site.pages.properties(page, key) and number == 1:
        return _create(page, key, given)
    with site.pages.transaction():
        found = _found(page, key)
        following = found.version.number + 1
        if number != following:
            raise errors.wiki_v1(
                HTTPStatus.CONFLICT,
                "Can't update property: the version must be incremented on update. "
                f"Current version is: {found.version.number}",
            )
        message, minor = as_text(told.get("message")), told.get("minorEdit") is True
        version = Version(following, member().account_id, site.now(), message, minor)
        after = replace(found, value=value, version=version)
        site.pages.put_property(page, after)
    return wire_parts.content_property(after, page)


@bp.delete("/<key>")
def delete_property(id: str, key: str) -> ResponseReturnValue:  # noqa: A002 - the published name
    page = editable_page(id, _REFUSAL)
    current_site().pages.remove_property(page, _found(page, key))
    return "", HTTPStatus.NO_CONTENT
