"""`/_sandbox/connect`: what an administrator of a site does with apps, without a page for it."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.connect.host import PRODUCTS, InstallFailed
from sandbox.connect.tenancy import Tenancy
from sandbox.errors import Refused
from sandbox.guard import refuse_foreign_posts
from sandbox.site import current_site
from sandbox.wire import JsonObject, as_object, as_text

bp = Blueprint("connect_control", __name__, url_prefix="/_sandbox/connect")
bp.before_request(refuse_foreign_posts)


@bp.get("")
def installed() -> ResponseReturnValue:
    return {"apps": [_told(one) for one in current_site().connect.all()]}


@bp.post("/install")
def install() -> ResponseReturnValue:
    """`{"descriptor": URL, "product": "confluence"}`; again for a new secret."""
    told = as_object(request.get_json(silent=True))
    product = as_text(told.get("product", "confluence"))
    if product not in PRODUCTS:
        raise _wrong("product is confluence or jira")
    try:
        tenancy = current_site().connect.install(as_text(told.get("descriptor")), product)
    except InstallFailed as error:
        raise _wrong(str(error)) from error
    return _told(tenancy), HTTPStatus.CREATED


@bp.post("/uninstall")
def uninstall() -> ResponseReturnValue:
    """`{"app": key, "product": "confluence"}`; without a product, from both."""
    told = as_object(request.get_json(silent=True))
    key, product = as_text(told.get("app")), told.get("product")
    host = current_site().connect
    gone = [
        one for one in host.all() if one.descriptor.key == key and product in {None, one.product}
    ]
    if not gone:
        raise _wrong("no such app is installed")
    return {"apps": [{**_told(one), "problem": host.uninstall(one)} for one in gone]}


def _told(tenancy: Tenancy) -> JsonObject:
    return {
        "app": tenancy.descriptor.key,
        "product": tenancy.product,
        "descriptor": tenancy.descriptor_url,
        "clientKey": tenancy.client_key,
        "baseUrl": tenancy.base_url,
        "user": tenancy.user.account_id,
    }


def _wrong(what: str) -> Refused:
    return Refused(HTTPStatus.BAD_REQUEST, {"error": what})
