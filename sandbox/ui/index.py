"""`/`: where everything is."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from sandbox.directory import USERS
from sandbox.site import current_site
from sandbox.ui.chrome import shown

bp = Blueprint("ui_index", __name__)


@bp.get("/")
def home() -> ResponseReturnValue:
    site = current_site()
    pages = [page for page in site.pages.all() if page.status == "current"]
    counts = {
        p.key: sum(i.project == p.key for i in site.issues.all()) for p in site.issues.projects()
    }
    return shown("index.html", pages=pages, users=USERS, counts=counts, site=site)


@bp.get("/wiki")
@bp.get("/wiki/")
@bp.get("/jira")
def product_home() -> ResponseReturnValue:
    return redirect(url_for("ui_index.home"))
