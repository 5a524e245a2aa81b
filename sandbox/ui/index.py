"""`/`: where everything is."""

from collections import Counter

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from sandbox import links
from sandbox.site import current_site
from sandbox.ui.chrome import shown
from sandbox.ui.identity import acting

bp = Blueprint("ui_index", __name__)

LATEST = 12


@bp.get("/")
def home() -> ResponseReturnValue:
    site, me = current_site(), acting()
    pages = [
        page
        for page in site.pages.all()
        if page.status == "current" and site.pages.may_read(page, me)
    ]
    pages.sort(key=lambda page: page.version.created, reverse=True)
    may_read = site.issues.reader(me)
    readable = Counter(issue.project for issue in site.issues.all() if may_read(issue))
    counts = {project.key: readable[project.key] for project in site.issues.projects()}
    return shown("index.html", pages=pages[:LATEST], total=len(pages), counts=counts, site=site)


@bp.get("/wiki")
@bp.get("/wiki/")
@bp.get("/confluence")
@bp.get("/confluence/")
@bp.get("/jira")
def product_home() -> ResponseReturnValue:
    return redirect(links.home())
