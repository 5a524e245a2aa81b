"""
What every request passes: refused while its product is down, signed in.

A token that Jira does not know makes its bearer nobody: a search then finds nothing and anything
else asks to sign in. Only a wrong password is answered with a page and a reason.
"""

import base64
import binascii
import hmac
from http import HTTPStatus
from urllib.parse import quote

from flask import Response, g, request
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.oauth.scopes import covers, needed_for
from sandbox.datacenter.people import Account, account_of, by_username
from sandbox.errors import Refused, shaped_for
from sandbox.site import current_site
from sandbox.traffic.buckets import Taken

_ANONYMOUS = frozenset({"search", "search_by_body", "server_info", "get_issue"})


def data_center_gate() -> ResponseReturnValue | None:
    product = product_of(request.path)
    if product in current_site().down:
        status = HTTPStatus.SERVICE_UNAVAILABLE
        raise Refused(status, shaped_for(request.path, status, status.phrase))
    header = request.headers.get("Authorization")
    scheme, _, value = (header or "").partition(" ")
    if scheme.casefold() == "basic":
        account, refusal = _by_password(product, value)
        if refusal is not None:
            return refusal
    else:
        account = _by_token(product, value.strip()) if scheme.casefold() == "bearer" else None
    g.user = account.user if account else None
    if account is None and not _open_to_all(product, bad=header is not None):
        raise _unauthenticated(product)
    if account is not None:
        _take_token(product, account)
    return None


def _take_token(product: str, account: Account) -> None:
    """Raises a 429 when the bucket of this person is empty."""
    site = current_site()
    rule = site.limits.rules.tokens
    if rule is None:
        return
    g.taken = site.limits.buckets.take(product, account.username, rule, site.now())
    if g.taken.wait:
        site.meters.refuse("tokens")
        raise Refused(HTTPStatus.TOO_MANY_REQUESTS, {"message": "Rate limit exceeded."})


def tell_limits(response: Response) -> Response:
    taken: Taken | None = g.get("taken")
    if taken is not None:
        response.headers.extend(taken.headers())
    return response


def product_of(path: str) -> str:
    return "confluence" if path.startswith("/confluence/") else "jira"


def me() -> Account:
    """The signed-in account. Raises a 401 for a stranger, who may look at what is open."""
    if g.user is None:
        raise _unauthenticated(product_of(request.path))
    return account_of(g.user)


def _open_to_all(product: str, *, bad: bool) -> bool:
    name = (request.endpoint or "").rpartition(".")[2]
    if name == "manifest":
        return True
    if product != "jira":
        return not bad and request.method == "GET" and current_site().pages.open_to_strangers()
    return name in _ANONYMOUS and not (bad and name == "server_info")


def _unauthenticated(product: str) -> Refused:
    refused = errors.unauthenticated(product)
    if product == "jira":
        if "/issue/" in request.path:
            refused = errors.jira(HTTPStatus.UNAUTHORIZED, errors.LOGIN_REQUIRED)
        realm = quote(f"{current_site().base}/jira", safe="")
        refused.headers["WWW-Authenticate"] = f'OAuth realm="{realm}"'
    return refused


def _by_token(product: str, text: str) -> Account | None:
    site = current_site()
    account = site.dc.tokens[product].holder(text, at=site.now())
    if account is not None:
        site.dc.failures.forget(product, account.username)
        return account
    return _by_grant(text) if product == "confluence" else None


def _by_grant(text: str) -> Account | None:
    """Who let an application act for them, as far as they let it. Raises a 403 beyond that."""
    site = current_site()
    grant = site.dc.oauth.grants.holder(text, at=site.now())
    if grant is None:
        return None
    needed = needed_for(request.method, request.path)
    if not covers(grant.scope, needed):
        raise errors.wiki(HTTPStatus.FORBIDDEN, f"The token does not have the scope {needed}")
    return account_of(grant.user)


def _by_password(product: str, value: str) -> tuple[Account | None, ResponseReturnValue | None]:
    """The account, or the page of a failed sign-in."""
    try:
        pair = base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        pair = ""
    name, _, password = pair.partition(":")
    failures, account = current_site().dc.failures, by_username(name)
    if failures.denied(product, name.casefold()):
        return None, _failed(HTTPStatus.FORBIDDEN, "AUTHENTICATION_DENIED")
    if account and hmac.compare_digest(account.password.encode(), password.encode()):
        return account, None
    failures.count(product, name.casefold())
    return None, _failed(HTTPStatus.UNAUTHORIZED, "AUTHENTICATED_FAILED")


def _failed(status: HTTPStatus, reason: str) -> ResponseReturnValue:
    headers = {"X-Seraph-LoginReason": reason, "Content-Type": "text/html;charset=UTF-8"}
    if status == HTTPStatus.FORBIDDEN:
        login = f"{current_site().base}/{product_of(request.path)}/login.jsp"
        headers["X-Authentication-Denied-Reason"] = f"CAPTCHA_CHALLENGE; login-url={login}"
    words = f"Basic Authentication Failure - Reason : {reason}"
    return f"<html><head><title>{words}</title></head><body>{words}</body></html>", status, headers
