"""`/wiki/api/v2/pages/{id}/attachments`: pages here have none, and none can be sent."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox.guard import wiki_gate
from sandbox.wiki.requests import paged, readable_page
from sandbox.wire import JsonObject

bp = Blueprint("wiki_attachments", __name__, url_prefix="/wiki/api/v2/pages/<id>/attachments")
bp.before_request(wiki_gate)


@bp.get("")
def get_attachments(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    readable_page(id)
    none: list[JsonObject] = []
    return paged(none, lambda one: one)
