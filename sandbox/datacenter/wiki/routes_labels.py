"""`/rest/api/content/{id}/label`."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.wiki import wire
from sandbox.datacenter.wiki.requests import editable_page, paged, visible_page
from sandbox.site import current_site
from sandbox.wiki.model import Page
from sandbox.wiki.routes_labels import allowed_label
from sandbox.wire import JsonObject, as_object, as_text, is_text

api = Blueprint("dc_labels", __name__)

_PATH = "/content/<id>/label"


def _answer(page: Page, prefix: str | None = None) -> JsonObject:
    labels = current_site().pages.labels(page)
    return paged([one for one in labels if prefix in {None, one.prefix}], wire.label)


@api.get(_PATH)
def labels(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    return _answer(visible_page(id), request.args.get("prefix"))


@api.post(_PATH)
def add(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    page, given = editable_page(id), request.get_json(silent=True)
    if not is_text(given):
        raise errors.invalid("Could not parse the body of the request as JSON")
    wanted = [as_object(one) for one in (given if isinstance(given, list) else [given])]
    names = [as_text(one.get("name")) for one in wanted]
    for name in names:
        if not allowed_label(name):
            raise errors.invalid(f"Label name is not valid: '{name}'")
    for name, one in zip(names, wanted, strict=True):
        prefix = as_text(one.get("prefix")) or "global"
        current_site().pages.add_label(page, name.casefold(), prefix)
    return _answer(page)


@api.delete(_PATH)
def delete_named(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    """For names with a slash."""
    return delete(id, request.args.get("name", ""))


@api.delete(f"{_PATH}/<label>")
def delete(id: str, label: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    page, pages = editable_page(id), current_site().pages
    if not any(one.name == label.casefold() for one in pages.labels(page)):
        raise errors.wiki(HTTPStatus.NOT_FOUND, f"No label with name: {label}")
    pages.remove_label(page, label.casefold())
    return "", HTTPStatus.NO_CONTENT
