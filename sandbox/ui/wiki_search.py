"""Search for pages, by words."""

import re

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.site import current_site
from sandbox.ui.chrome import shown
from sandbox.ui.identity import acting
from sandbox.wiki.cql import CqlSearch

bp = Blueprint("ui_wiki_search", __name__)

MOST = 100


@bp.get("/search")
def search() -> ResponseReturnValue:
    """Every word must begin one of the page's; the newest edits first. Signs are left out."""
    text, site = request.args.get("text", "").strip(), current_site()
    words = " ".join(f"{word}*" for word in re.findall(r"\w+", text))
    asking = CqlSearch(acting(), site.now(), site.pages)
    found = asking.find(f'text ~ "{words}" order by lastmodified desc') if words else []
    return shown("wiki_search.html", text=text, found=found[:MOST], labels=site.pages.labels)
