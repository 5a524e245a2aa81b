"""
Who sends a request to an API: somebody with a token of their own, or an app.

An app of Connect signs a JWT for each request; an app of Forge brings a bearer token to the
gateway (`sandbox.forge.gateway`). Both need the scope of the route.
"""

from http import HTTPStatus
from urllib.parse import quote, unquote, urlsplit

from flask import request

from sandbox import errors
from sandbox.connect.tenancy import WrongToken
from sandbox.directory import BadCredentials, User, authenticate
from sandbox.forge import gateway
from sandbox.routes import published
from sandbox.scopes import Needed, needed
from sandbox.site import Site, current_site

# As https://bitbucket.org/atlassian/atlassian-connect answers.
NOT_IN_SCOPE = "Request not in an authorized API scope"
_ROOT = {"confluence": "/wiki", "jira": ""}


def authenticated(product: str) -> User | None:
    """Who calls, None for a stranger. Raises `BadCredentials`; refuses what no scope covers."""
    site, header = current_site(), request.headers.get("Authorization", "")
    if gateway.CLOUD_ID in request.environ:
        return gateway.caller(site.forge, request, asked_of_apps())
    scheme, _, value = header.partition(" ")
    token = value if scheme.casefold() == "jwt" else request.args.get("jwt", "")
    if site.flavor == "cloud" and token:
        return _connect_app(site, product, token)
    return authenticate(request.headers.get("Authorization"))


def _connect_app(site: Site, product: str, token: str) -> User:
    path = _path_sent().removeprefix(_ROOT[product]) or "/"
    try:
        tenancy = site.connect.caller(
            product, token, request.method, path, request.query_string.decode("latin-1")
        )
    except WrongToken as error:
        raise BadCredentials from error
    if not asked_of_apps().lets_connect(tenancy.descriptor.scopes) or _bodied_read():
        raise _out_of_scope()
    return tenancy.user


def _path_sent() -> str:
    """As it stood in the request: the hash covers its escapes."""
    sent = urlsplit(request.environ.get("RAW_URI", "")).path
    return sent if unquote(sent) == request.path else quote(request.path)


def asked_of_apps() -> Needed:
    rule = request.url_rule
    return needed(request.method, published(rule.rule) if rule else request.path)


def _bodied_read() -> bool:
    """A GET with a body: refused since https://developer.atlassian.com/changelog/#CHANGE-2328."""
    return request.method == "GET" and bool(request.content_length)


def _out_of_scope() -> errors.Refused:
    status = HTTPStatus.FORBIDDEN
    return errors.Refused(status, errors.shaped_for(request.path, status, NOT_IN_SCOPE))
