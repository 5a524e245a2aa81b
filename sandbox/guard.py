"""What every API request passes: refused while its product is down, signed in."""

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Request, g, request

from sandbox import errors
from sandbox.callers import authenticated
from sandbox.directory import BadCredentials, User
from sandbox.site import current_site


def jira_gate() -> None:
    if "jira" in current_site().down:
        raise errors.jira(HTTPStatus.SERVICE_UNAVAILABLE, ["Service Unavailable"])
    try:
        g.user = authenticated("jira")
    except BadCredentials:
        raise errors.jira_unauthenticated() from None


def wiki_gate() -> None:
    if "confluence" in current_site().down:
        status = HTTPStatus.SERVICE_UNAVAILABLE
        raise errors.Refused(status, errors.shaped_for(request.path, status, status.phrase))
    try:
        g.user = authenticated("confluence")
    except BadCredentials:
        raise _wiki_unauthenticated() from None
    if g.user is None and not current_site().pages.open_to_strangers():
        raise _no_stranger()


def _no_stranger() -> errors.Refused:
    """To whoever did not sign in where an account is needed."""
    if request.path.startswith("/wiki/rest/"):
        return errors.wiki_v1(HTTPStatus.FORBIDDEN, "Current user not permitted to use Confluence")
    if request.path.startswith("/wiki/"):
        return _wiki_unauthenticated()
    return errors.jira_unauthenticated()


def _wiki_unauthenticated() -> errors.Refused:
    if request.path.startswith("/wiki/rest/"):
        return errors.wiki_v1(HTTPStatus.UNAUTHORIZED, "Unauthorized")
    return errors.wiki(HTTPStatus.UNAUTHORIZED, "UNAUTHORIZED", "Unauthorized")


def caller() -> User | None:
    """The signed-in user of a request, None for a stranger, to whom public places are open."""
    user: User | None = g.user
    return user


def member() -> User:
    """The signed-in user of a request that needs an account."""
    user = caller()
    if user is None:
        raise _no_stranger()
    return user


def from_elsewhere(received: Request) -> bool:
    """A form or script of another origin: browsers say so, and API clients say nothing."""
    if received.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return True
    origin = received.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != received.host


def refuse_foreign_posts() -> None:
    if request.method not in {"GET", "HEAD", "OPTIONS"} and from_elsewhere(request):
        raise errors.jira(HTTPStatus.FORBIDDEN, ["XSRF check failed"])
