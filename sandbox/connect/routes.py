"""What the host of Connect apps answers: its public keys, the apps' script, context tokens."""

from http import HTTPStatus

from flask import Blueprint, abort, current_app, request
from flask.typing import ResponseReturnValue

from sandbox.connect import places
from sandbox.connect.frames import Place
from sandbox.errors import Refused
from sandbox.guard import refuse_foreign_posts
from sandbox.site import current_site
from sandbox.ui.identity import acting
from sandbox.ui.issues import found_issue, project_of
from sandbox.wire import as_id, as_object, as_text

bp = Blueprint("connect", __name__)
bp.before_request(refuse_foreign_posts)


@bp.get("/_keys/<kid>")
def public_key(kid: str) -> ResponseReturnValue:
    """As https://connect-install-keys.atlassian.com/{kid}: PEM, or 404."""
    key = current_site().connect.key
    if kid != key.kid:
        abort(HTTPStatus.NOT_FOUND)
    return key.pem, {"Content-Type": "application/x-pem-file"}


@bp.get("/_connect/all.js")
def script() -> ResponseReturnValue:
    """As https://connect-cdn.atl-paas.net/all.js, for pages of apps."""
    return current_app.send_static_file("all.js")


@bp.post("/_connect/token")
def context_token() -> ResponseReturnValue:
    """For the page's own script, in the name of whoever looks: what a frame asked for."""
    told = as_object(request.get_json(silent=True))
    product, app = as_text(told.get("product")), as_text(told.get("app"))
    tenancy = current_site().connect.find(product, app)
    if tenancy is None:
        raise Refused(HTTPStatus.NOT_FOUND, {"error": "no such app is installed"})
    user = acting()
    place = _subject(product, as_text(told.get("subject")))
    account = user.account_id if user else None
    return {
        "token": tenancy.context_token(account, place.context),
        "context": place.context,
        "account": account,
        "timeZone": user.time_zone if user else "Etc/UTC",
    }


def _subject(product: str, subject: str) -> Place:
    """The page or the issue that a frame is about; 404 for what the viewer may not see."""
    if not subject:
        return Place({}, {})
    if product == "jira":
        issue = found_issue(subject)
        return places.of_issue(issue, project_of(issue))
    pages, number = current_site().pages, as_id(subject)
    page = pages.find(number) if number is not None else None
    if page is None or not pages.may_read(page, acting()):
        abort(HTTPStatus.NOT_FOUND)
    return places.of_page(page)
