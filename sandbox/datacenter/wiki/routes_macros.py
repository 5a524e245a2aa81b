"""`…/history/{version}/macro/id/{macroId}`: what a macro says, by its id."""

from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.wiki.requests import number, visible_page
from sandbox.site import current_site
from sandbox.wiki.macros import macro_parameters
from sandbox.wiki.routes_macros import macro_body
from sandbox.wiki.storage_format import AC, parse

api = Blueprint("dc_macros", __name__)


@api.get("/content/<id>/history/<version>/macro/id/<macro_id>")
def macro(id: str, version: str, macro_id: str) -> ResponseReturnValue:  # noqa: A002 - as published
    """Version 0 is the latest."""
    page = visible_page(id)
    wanted = number(version, "version", 0) or page.version.number
    found = current_site().pages.find(page.id, version=wanted)
    for node in parse(found.body).iter(f"{{{AC}}}structured-macro") if found else ():
        if node.get(f"{{{AC}}}macro-id") == macro_id:
            return {
                "name": node.get(f"{{{AC}}}name", ""),
                "body": macro_body(node),
                "parameters": macro_parameters(node),
            }
    raise errors.wiki(HTTPStatus.NOT_FOUND, f"No macro found with id: {macro_id}")
