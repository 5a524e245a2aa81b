"""`/wiki/api/v2/pages/{id}/versions`."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire
from sandbox.wiki.bodies import bodies_of, primary_asked
from sandbox.wiki.model import Page
from sandbox.wiki.requests import number, paged, readable_page, sort
from sandbox.wire import JsonObject

bp = Blueprint("wiki_history", __name__, url_prefix="/wiki/api/v2/pages")
bp.before_request(wiki_gate)


@bp.get("/<id>/versions")
def get_versions(id: str) -> ResponseReturnValue:  # noqa: A002 - the published name of the parameter
    """The newest first, unless they are sorted by `modified-date`."""
    found = current_site().pages.versions(readable_page(id))
    sort(found, {"modified-date": lambda page: page.version.number}, "-modified-date")
    form = primary_asked()

    def written(page: Page) -> JsonObject:
        body = wire.bodies(bodies_of(page, form))
        held = {"id": str(page.id), "title": page.title, "body": body}
        return {**wire.version(page.version), "page": held}

    return paged(found, written)


@bp.get("/<page_id>/versions/<version_number>")
def get_version(page_id: str, version_number: str) -> ResponseReturnValue:
    page = readable_page(page_id)
    asked = number(version_number, "version-number")
    found = current_site().pages.find(page.id, version=asked)
    if found is None:
        raise errors.wiki_not_found()
    return wire.detailed_version(found.version, latest=page.version.number)
