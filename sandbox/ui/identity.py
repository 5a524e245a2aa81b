"""
Who the pages for people act as: chosen in the header, kept in a cookie.

It stands in for signing in. Without a choice it is the administrator, as it was before anybody
could choose.
"""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from sandbox import links
from sandbox.directory import ADMIN, User, user_by_id
from sandbox.guard import refuse_foreign_posts

bp = Blueprint("ui_identity", __name__)
bp.before_request(refuse_foreign_posts)

COOKIE = "sandbox-user"
STRANGER = "anonymous"
_YEAR = 365 * 24 * 3600


def acting() -> User | None:
    """The chosen user, None for a stranger."""
    chosen = request.cookies.get(COOKIE)
    return None if chosen == STRANGER else user_by_id(chosen) or ADMIN


def signed_in() -> User:
    """The chosen user of a form that strangers do not get."""
    user = acting()
    if user is None:
        abort(HTTPStatus.FORBIDDEN)
    return user


@bp.post("/account")
def choose() -> ResponseReturnValue:
    """The language follows the user until somebody chooses another one."""
    chosen = request.form.get("user", "")
    if chosen != STRANGER and user_by_id(chosen) is None:
        abort(HTTPStatus.BAD_REQUEST)
    answer = redirect(
        links.local(request.form.get("back", "")) or links.home(), HTTPStatus.SEE_OTHER
    )
    answer.set_cookie(COOKIE, chosen, max_age=_YEAR, samesite="Lax", httponly=True)
    answer.delete_cookie("sandbox-locale")
    return answer
