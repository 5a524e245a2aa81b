"""`…/history/{version}/macro/id/{macroId}`: what a macro says, by its id."""

import re
from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue
from lxml import etree

from sandbox import errors
from sandbox.guard import wiki_gate
from sandbox.site import current_site
from sandbox.wiki.macros import macro_parameters
from sandbox.wiki.requests_v1 import bad_request, not_found, readable_page
from sandbox.wiki.storage_format import AC, parse

bp = Blueprint("wiki_macros", __name__, url_prefix="/wiki/rest/api/content/<id>/history")
bp.before_request(wiki_gate)

_DECLARED = re.compile(r' xmlns:(?:ac|ri)="[^"]*"')


@bp.get("/<version>/macro/id/<macro_id>")
def get_macro(id: str, version: str, macro_id: str) -> ResponseReturnValue:  # noqa: A002 - as published
    """Version 0 is the latest."""
    page = readable_page(id)
    if not version.isdecimal():
        raise bad_request(f"'{version}' is no version")
    found = current_site().pages.find(page.id, version=int(version) or page.version.number)
    if found is None:
        raise not_found(id)
    for macro in parse(found.body).iter(f"{{{AC}}}structured-macro"):
        if macro.get(f"{{{AC}}}macro-id") == macro_id:
            return {
                "name": macro.get(f"{{{AC}}}name", ""),
                "body": macro_body(macro),
                "parameters": {
                    name: {"value": value} for name, value in macro_parameters(macro).items()
                },
                "_links": {"base": f"{current_site().base}/wiki", "context": "/wiki"},
            }
    raise errors.wiki_v1(HTTPStatus.NOT_FOUND, f"No macro found with id: {macro_id}")


def macro_body(macro: etree._Element) -> str:
    """Text as it is, rich text in storage format."""
    rich = macro.find(f"{{{AC}}}rich-text-body")
    if rich is None:
        return macro.findtext(f"{{{AC}}}plain-text-body", "")
    parts = [etree.tostring(child, encoding="unicode") for child in rich]
    return (rich.text or "") + _DECLARED.sub("", "".join(parts))
