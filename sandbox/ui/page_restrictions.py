"""Who may see and who may edit one page, changed with a click."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, request
from flask.typing import ResponseReturnValue

from sandbox import links
from sandbox.directory import USERS, user_by_id
from sandbox.guard import refuse_foreign_posts
from sandbox.jira.groups import GROUPS
from sandbox.site import current_site
from sandbox.ui.chrome import administers, shown
from sandbox.ui.identity import acting
from sandbox.ui.page_tree import readable_pages, tree
from sandbox.ui.pages import found_page
from sandbox.wiki.model import Page
from sandbox.wiki.rights import OPERATIONS

bp = Blueprint("ui_page_restrictions", __name__)
bp.before_request(refuse_foreign_posts)

_PATH = "/<key>/pages/<int:page_id>/restrictions"


def _page(key: str, page_id: int) -> Page:
    """Administrators find pages that are hidden from them, so that nobody is locked out."""
    found = current_site().pages.find(page_id)
    if administers(acting()) and found is not None and found.space.key == key:
        return found
    return found_page(key, page_id)


@bp.get(_PATH)
def restrictions(key: str, page_id: int) -> ResponseReturnValue:
    page, pages, me = _page(key, page_id), current_site().pages, acting()
    rights = pages.rights
    above = [pages.find(one) for one in rights.hidden_by(page) if one != page.id]
    return shown(
        "restrictions.html",
        page=page,
        branches=tree(readable_pages(pages, page.space, me), page),
        may_change=_may_change(page),
        above=[one for one in above if one is not None],
        operations=OPERATIONS,
        groups=GROUPS,
        named={one: rights.restricted(page.id, one) for one in OPERATIONS},
        named_groups={one: rights.restricted_groups(page.id, one) for one in OPERATIONS},
        may={
            "read": {user.account_id for user in USERS if pages.may_read(page, user)},
            "update": {user.account_id for user in USERS if pages.may_edit(page, user)},
        },
    )


@bp.post(_PATH)
def change(key: str, page_id: int) -> ResponseReturnValue:
    """Names somebody, or no longer; `all` lifts everything."""
    page, form = _page(key, page_id), request.form
    if not _may_change(page):
        abort(HTTPStatus.FORBIDDEN)
    rights = current_site().pages.rights
    operation, holder = form.get("operation", ""), form.get("holder", "")
    if form.get("lift") == "all":
        rights.lift_all(page.id)
    elif operation not in OPERATIONS:
        abort(HTTPStatus.BAD_REQUEST)
    elif holder in GROUPS:
        known = holder in rights.restricted_groups(page.id, operation)
        (rights.lift_group if known else rights.restrict_group)(page.id, operation, holder)
    elif user_by_id(holder) is not None:
        known = holder in rights.restricted(page.id, operation)
        (rights.lift if known else rights.restrict)(page.id, operation, holder)
    else:
        abort(HTTPStatus.BAD_REQUEST)
    return redirect(_way_back(page), HTTPStatus.SEE_OTHER)


def _may_change(page: Page) -> bool:
    return administers(acting()) or current_site().pages.may_edit(page, acting())


def _way_back(page: Page) -> str:
    """To the home page, when what was just done hides the page from its author."""
    visible = administers(acting()) or current_site().pages.may_read(page, acting())
    return links.page(page, "restrictions") if visible else links.home()
