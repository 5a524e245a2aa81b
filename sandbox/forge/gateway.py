"""
`/ex/{product}/{cloudId}/…`: the API gateway, as https://api.atlassian.com.

It takes bearer tokens alone and hands the rest of the address on to the product. Its own refusals
have a shape of their own.
"""

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Request

from sandbox.directory import User, user_by_id
from sandbox.errors import Refused
from sandbox.forge.host import ForgeHost
from sandbox.routes import is_api
from sandbox.scopes import Needed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CLOUD_ID = "sandbox.cloud_id"
NOT_INSTALLED = "The app is not installed on this instance"
WRONG_SCOPE = "Unauthorized; scope does not match"
_BEGINS = {"confluence": "/wiki/", "jira": "/rest/"}


def through_gateway(inner: "WSGIApplication") -> "WSGIApplication":
    """The application, with addresses of the gateway turned into the product's own."""

    def outer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        empty, ex, product, cloud_id, *rest = (*environ["PATH_INFO"].split("/", 4), "", "", "")[:5]
        path = f"/{rest[0]}" if rest else "/"
        inside = not empty and ex == "ex" and path.startswith(_BEGINS.get(product, "//"))
        if inside and is_api(path):
            environ[CLOUD_ID] = cloud_id
            environ["PATH_INFO"] = path
        return inner(environ, start_response)

    return outer


def caller(host: ForgeHost, received: Request, needed: Needed) -> User:
    """Whom a bearer token stands for. Refuses what the app may not do, or where it is not."""
    scheme, _, token = received.headers.get("Authorization", "").partition(" ")
    holder = host.tokens.holder(token) if scheme.casefold() == "bearer" else None
    user = user_by_id(holder.account) if holder else None
    if holder is None or user is None:
        raise _refused(HTTPStatus.UNAUTHORIZED, "Unauthorized")
    found = host.installation
    here = received.environ[CLOUD_ID] == host.cloud_id
    if found is None or not here or holder.installation != found.id:
        raise _refused(HTTPStatus.FORBIDDEN, NOT_INSTALLED)
    if not needed.lets_forge(found.manifest.scopes):
        raise _refused(HTTPStatus.UNAUTHORIZED, WRONG_SCOPE)
    return user


def _refused(status: HTTPStatus, message: str) -> Refused:
    return Refused(status, {"code": int(status), "message": message})
