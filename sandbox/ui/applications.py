"""Applications: what one let in, and for administrators which may ask at all."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from sandbox import links
from sandbox.datacenter.oauth.links import WrongLink, understood
from sandbox.datacenter.oauth.scopes import SCOPES
from sandbox.guard import refuse_foreign_posts
from sandbox.site import current_site
from sandbox.ui.chrome import administers, shown
from sandbox.ui.identity import signed_in

bp = Blueprint("ui_applications", __name__)
bp.before_request(refuse_foreign_posts)

_FIELDS = ("name", "redirect", "scope")


@bp.get("/plugins/servlet/applinks")
def applications() -> ResponseReturnValue:
    return _page()


def _page(problem: str = "", status: int = HTTPStatus.OK) -> ResponseReturnValue:
    me, oauth = signed_in(), current_site().dc.oauth
    found = oauth.links.all()
    return shown(
        "applications.html",
        status,
        granted=oauth.grants.of(me),
        names={link.client_id: link.name for link in found},
        links_in=found if administers(me) else [],
        scopes=SCOPES,
        written={name: request.form.get(name, "") for name in _FIELDS},
        problem=problem,
    )


@bp.post("/plugins/servlet/applinks/revoke")
def revoke() -> ResponseReturnValue:
    """Takes back what one granted oneself."""
    if not current_site().dc.oauth.grants.end(request.form.get("grant", ""), signed_in()):
        abort(HTTPStatus.NOT_FOUND)
    return redirect(links.applications(), HTTPStatus.SEE_OTHER)


@bp.post("/plugins/servlet/applinks")
def link() -> ResponseReturnValue:
    """An administrator's new application, or the end of one."""
    if not administers(signed_in()):
        abort(HTTPStatus.FORBIDDEN)
    oauth = current_site().dc.oauth
    if gone := request.form.get("remove"):
        oauth.unlink(gone)
        return redirect(links.applications(), HTTPStatus.SEE_OTHER)
    try:
        oauth.links.add(understood({name: request.form.get(name, "") for name in _FIELDS}))
    except WrongLink as error:
        return _page(str(error), HTTPStatus.BAD_REQUEST)
    return redirect(links.applications(), HTTPStatus.SEE_OTHER)
