"""Pages of Connect apps, and pages that their blueprints make."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from sandbox import links
from sandbox.connect.blueprints import NoBlueprint, made
from sandbox.connect.frames import Place, name_of
from sandbox.errors import Refused
from sandbox.guard import refuse_foreign_posts
from sandbox.jira.groups import ADMINISTRATORS, GROUPS
from sandbox.site import current_site
from sandbox.ui.app_links import ADMINISTRATIVE, GENERAL
from sandbox.ui.app_parts import framed
from sandbox.ui.chrome import shown
from sandbox.ui.identity import acting, signed_in
from sandbox.ui.page_edits import new_shown, reason, writable_space
from sandbox.wiki.changes import create_page

bp = Blueprint("ui_app_pages", __name__)
bp.before_request(refuse_foreign_posts)


@bp.get("/wiki/plugins/servlet/ac/<app>/<key>", defaults={"product": "confluence"})
@bp.get("/plugins/servlet/ac/<app>/<key>", defaults={"product": "jira"})
def page(product: str, app: str, key: str) -> ResponseReturnValue:
    """Under the address that it has on a real site."""
    tenancy = current_site().connect.find(product, app)
    kinds = (*GENERAL, *ADMINISTRATIVE)
    kind = next((one for one in kinds if tenancy and tenancy.descriptor.module(one, key)), "")
    module = tenancy.descriptor.module(kind, key) if tenancy else None
    if tenancy is None or module is None:
        abort(HTTPStatus.NOT_FOUND)
    if kind in ADMINISTRATIVE and acting() not in GROUPS[ADMINISTRATORS]:
        abort(HTTPStatus.FORBIDDEN)
    place = Place(request.args.to_dict(), {})
    return shown("app.html", title=name_of(module), body=framed(tenancy, module, place))


@bp.post("/wiki/spaces/<key>/blueprint")
def from_blueprint(key: str) -> ResponseReturnValue:
    """Asks the app for template and context, and makes the page or opens the form with it."""
    space, author, site = writable_space(key), signed_in(), current_site()
    app, _, module_key = request.form.get("blueprint", "").rpartition("/")
    tenancy = site.connect.find("confluence", app)
    module = tenancy.descriptor.module("blueprints", module_key) if tenancy else None
    if tenancy is None or module is None:
        abort(HTTPStatus.NOT_FOUND)
    try:
        new = made(tenancy, module, space=key, account=author.account_id)
    except NoBlueprint as error:
        status = HTTPStatus.BAD_GATEWAY
        return new_shown(space, parent=None, problem=str(error), status=status)
    if new.opens == "edit":
        return new_shown(space, parent=None, title=new.title, body=new.body)
    try:
        made_page = create_page(
            site, space=space, title=new.title, body=new.body, parent_id=None, author=author
        )
    except Refused as refused:
        return new_shown(
            space,
            parent=None,
            title=new.title,
            body=new.body,
            problem=reason(refused),
            status=refused.status,
        )
    return redirect(links.page(made_page), HTTPStatus.SEE_OTHER)
