"""Search for pages, by words."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.site import current_site
from sandbox.ui.chrome import shown
from sandbox.ui.identity import acting
from sandbox.wiki.cql import CqlError, CqlSearch

bp = Blueprint("ui_wiki_search", __name__)

MOST = 100


@bp.get("/search")
def search() -> ResponseReturnValue:
    """Every word must be in the title or in the text; the newest edits first."""
    text, site = request.args.get("text", "").strip(), current_site()
    if not text:
        return shown("wiki_search.html", text=text, found=[], labels=site.pages.labels)
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    asking = CqlSearch(acting(), site.now(), site.pages)
    try:
        found = asking.find(f'text ~ "{quoted}" order by lastmodified desc')
    except CqlError:
        found = []
    return shown("wiki_search.html", text=text, found=found[:MOST], labels=site.pages.labels)
