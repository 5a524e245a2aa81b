"""`/rest/api/content/{id}/property`: found and changed by key."""

import json
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.wiki import wire
from sandbox.datacenter.wiki.requests import body, editable_page, expand, paged, visible_page
from sandbox.guard import member
from sandbox.site import current_site
from sandbox.wiki.model import Page, Property, Version
from sandbox.wire import JsonObject, as_object, as_text

api = Blueprint("dc_properties", __name__)

LONGEST_KEY = 255
LARGEST_VALUE = 32768
_PATH = "/content/<id>/property"


def _found(page: Page, key: str) -> Property | None:
    return next(iter(current_site().pages.properties(page, key)), None)


def _existing(page: Page, key: str) -> Property:
    found = _found(page, key)
    if found is None:
        raise errors.wiki(HTTPStatus.NOT_FOUND, f"Cannot find a property with key: {key}")
    return found


def _checked(given: JsonObject, key: str) -> object:
    if not 0 < len(key) <= LONGEST_KEY:
        raise errors.invalid(f"The key of a property must have 1 to {LONGEST_KEY} characters")
    if "value" not in given:
        raise errors.invalid("The value of a property must be given")
    if len(json.dumps(given["value"], ensure_ascii=False)) > LARGEST_VALUE:
        message = f"The value is too long, the most is {LARGEST_VALUE} characters"
        raise errors.wiki(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message)
    return given["value"]


def _written(page: Page, found: Property) -> JsonObject:
    site = current_site()
    return wire.rooted(site, wire.content_property(site, page, found, expand("version")))


@api.get(_PATH)
def properties(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    page, asked, site = visible_page(id), expand("version"), current_site()
    found = site.pages.properties(page)
    return paged(found, lambda one: wire.content_property(site, page, one, asked))


@api.post(_PATH)
def create(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    given = body()
    return _create(id, as_text(given.get("key")), given)


@api.post(f"{_PATH}/<key>")
def create_by_key(id: str, key: str) -> ResponseReturnValue:  # noqa: A002 - as published
    return _create(id, key, body())


def _create(page_id: str, key: str, given: JsonObject) -> JsonObject:
    page, site = editable_page(page_id), current_site()
    value = _checked(given, key)
    with site.pages.transaction():
        if _found(page, key) is not None:
            message = f"A property with the key {key} exists already on this content"
            raise errors.wiki(HTTPStatus.CONFLICT, message)
        site.pages.add_property(page, key, value, by=member(), at=site.now())
    return _written(page, _existing(page, key))


@api.get(f"{_PATH}/<key>")
def read(id: str, key: str) -> ResponseReturnValue:  # noqa: A002 - as published
    page = visible_page(id)
    return _written(page, _existing(page, key))


@api.put(f"{_PATH}/<key>")
def update(id: str, key: str) -> ResponseReturnValue:  # noqa: A002 - as published
    """The next version, or version 1 of a property that is not there yet."""
    page, site, given = editable_page(id), current_site(), body()
    value, version = _checked(given, key), as_object(given.get("version"))
    with site.pages.transaction():
        found, number = _found(page, key), version.get("number")
        if found is None and number == 1:
            return _create(id, key, given)
        held = _existing(page, key)
        if number != held.version.number + 1:
            raise errors.stale(held.version.number)
        message = as_text(version.get("message"))
        after = replace(
            held,
            value=value,
            version=Version(number, member().account_id, site.now(), message, minor=False),
        )
        site.pages.put_property(page, after)
    return _written(page, after)


@api.delete(f"{_PATH}/<key>")
def delete(id: str, key: str) -> ResponseReturnValue:  # noqa: A002 - as published
    page = editable_page(id)
    current_site().pages.remove_property(page, _existing(page, key))
    return "", HTTPStatus.NO_CONTENT
