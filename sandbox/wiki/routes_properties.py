"""`/wiki/api/v2/pages/{page-id}/properties`: found by key, changed by id."""

import json
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import member, wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire
from sandbox.wiki.model import Page, Property, Version
from sandbox.wiki.requests import body_object, editable_page, number, paged, readable_page
from sandbox.wire import as_object, as_text

bp = Blueprint("wiki_properties", __name__, url_prefix="/wiki/api/v2/pages/<page_id>/properties")
bp.before_request(wiki_gate)

LONGEST_KEY = 255
LARGEST_VALUE = 32768


def _property(page: Page, property_id: str) -> Property:
    found = current_site().pages.property(page, number(property_id, "property-id"))
    if found is None:
        raise errors.wiki_not_found()
    return found


def _checked(body: dict[str, object]) -> tuple[str, object]:
    key = as_text(body.get("key"))
    if not 0 < len(key) <= LONGEST_KEY:
        raise errors.wiki_invalid(f"Property key must have 1 to {LONGEST_KEY} characters")
    if "value" not in body:
        raise errors.wiki_invalid("Property value is missing")
    if len(json.dumps(body["value"], ensure_ascii=False).encode()) > LARGEST_VALUE:
        raise errors.wiki_invalid("Property value is too long")
    return key, body["value"]


@bp.get("")
def get_properties(page_id: str) -> ResponseReturnValue:
    page = readable_page(page_id)
    found = current_site().pages.properties(page, request.args.get("key"))
    return paged(found, wire.content_property)


@bp.post("")
def post_property(page_id: str) -> ResponseReturnValue:
    page = editable_page(page_id)
    key, value = _checked(body_object())
    site = current_site()
    with site.pages.transaction():
        if site.pages.properties(page, key):
            raise errors.wiki_invalid(
                f"Cannot create content property. A property with key '{key}' already exists "
                "(jsonproperty.duplicate.key)"
            )
        created = site.pages.add_property(page, key, value, by=member(), at=site.now())
    return wire.content_property(_property(page, str(created)))


@bp.get("/<property_id>")
def get_property(page_id: str, property_id: str) -> ResponseReturnValue:
    return wire.content_property(_property(readable_page(page_id), property_id))


@bp.put("/<property_id>")
def put_property(page_id: str, property_id: str) -> ResponseReturnValue:
    page = editable_page(page_id)
    body = body_object()
    key, value = _checked(body)
    site = current_site()
    with site.pages.transaction():
        found = _property(page, property_id)
        if key != found.key:
            raise errors.wiki_invalid("The key of a property cannot be changed")
        given = as_object(body.get("version"))
        if given.get("number") != found.version.number + 1:
            raise errors.wiki_conflict(
                "content property", current=found.version.number, provided=given.get("number")
            )
        version = Version(
            found.version.number + 1,
            member().account_id,
            site.now(),
            as_text(given.get("message")),
            minor=False,
        )
        after = replace(found, value=value, version=version)
        site.pages.put_property(page, after)
    return wire.content_property(after)


@bp.delete("/<property_id>")
def delete_property(page_id: str, property_id: str) -> ResponseReturnValue:
    page = editable_page(page_id)
    current_site().pages.remove_property(page, _property(page, property_id))
    return "", HTTPStatus.NO_CONTENT
