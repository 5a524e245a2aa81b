"""`/wiki/rest/api/content/{id}/label`: v2 reads labels and cannot change them."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.guard import wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire_v1
from sandbox.wiki.model import Page
from sandbox.wiki.requests import json_sent
from sandbox.wiki.requests_v1 import bad_request, editable_page, readable_page
from sandbox.wire import JsonObject, as_object, as_text

bp = Blueprint("wiki_labels", __name__, url_prefix="/wiki/rest/api/content/<id>/label")
bp.before_request(wiki_gate)

LONGEST_LABEL = 255
_NOT_IN_LABELS = frozenset(" \t\n!#&()*,.:;<>?@[]^")


def _answer(page: Page) -> JsonObject:
    base = f"{current_site().base}/wiki"
    links = {"self": request.base_url, "base": base, "context": "/wiki"}
    return {**wire_v1.labels(page), "_links": links}


@bp.get("")
def get_labels(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    answer, prefix = _answer(readable_page(id)), request.args.get("prefix")
    if prefix is not None:
        answer["results"] = [one for one in answer["results"] if one["prefix"] == prefix]
        answer["size"] = len(answer["results"])
    return answer


@bp.post("")
def add_labels(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    page = editable_page(id, "Could not add labels to content")
    given = json_sent()
    wanted = [as_object(item) for item in (given if isinstance(given, list) else [given])]
    for label in wanted:
        _check_label(as_text(label.get("name")))
    for label in wanted:
        current_site().pages.add_label(
            page, label["name"].casefold(), as_text(label.get("prefix")) or "global"
        )
    return _answer(page)


@bp.delete("")
def delete_named(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    """For names with a slash."""
    return delete_label(id, request.args.get("name", ""))


@bp.delete("/<label>")
def delete_label(id: str, label: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    page = editable_page(id, "Could not remove labels from content")
    current_site().pages.remove_label(page, label.casefold())
    return "", HTTPStatus.NO_CONTENT


def allowed_label(name: str) -> bool:
    return 0 < len(name) <= LONGEST_LABEL and not _NOT_IN_LABELS & set(name)


def _check_label(name: str) -> None:
    if not allowed_label(name):
        raise bad_request(f"Invalid label name: '{name}'")
