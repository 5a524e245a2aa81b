"""Reading what a Confluence v1 request says."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import request

from sandbox import errors
from sandbox.directory import ADMIN, User, user_by_id
from sandbox.guard import caller, member
from sandbox.site import current_site
from sandbox.wiki.model import Page
from sandbox.wiki.requests import json_sent

LONGEST_COUNT = 9


def bad_request(message: str) -> errors.Refused:
    return errors.wiki_v1(HTTPStatus.BAD_REQUEST, message)


def forbidden(message: str) -> errors.Refused:
    return errors.wiki_v1(HTTPStatus.FORBIDDEN, message)


def not_found(page_id: str) -> errors.Refused:
    return errors.wiki_v1(
        HTTPStatus.NOT_FOUND, f"No content found with id: ContentId{{id={page_id}}}"
    )


def existing_page(page_id: str, *, statuses: Sequence[str] = ("current",)) -> Page:
    """Whether or not the caller may see it."""
    page = current_site().pages.find(int(page_id)) if page_id.isdecimal() else None
    if page is None or page.status not in statuses:
        raise not_found(page_id)
    return page


def readable_page(page_id: str, *, statuses: Sequence[str] = ("current",)) -> Page:
    """404 for what is missing and for what is hidden: nothing tells which."""
    page = existing_page(page_id, statuses=statuses)
    if not current_site().pages.may_read(page, caller()):
        raise not_found(page_id)
    return page


def editable_page(page_id: str, refusal: str, *, statuses: Sequence[str] = ("current",)) -> Page:
    page = readable_page(page_id, statuses=statuses)
    if not current_site().pages.may_edit(page, member()):
        raise forbidden(refusal)
    return page


def body() -> object:
    given = json_sent()
    if given is None:
        raise bad_request("Request body is missing or is not valid JSON")
    return given


def chosen_user(*, by_admin: bool = True) -> User:
    """The user named by `accountId`, or the caller. Only an administrator names others."""
    account = request.args.get("accountId")
    if account is None or account == member().account_id:
        return member()
    if by_admin and member() != ADMIN:
        raise forbidden("Only an administrator may name another user")
    found = user_by_id(account)
    if found is None:
        raise errors.wiki_v1(HTTPStatus.NOT_FOUND, f"No user found with account id: {account}")
    return found


def whole(name: str, default: int) -> int:
    """A count in the query. Raises a 400 for anything else."""
    text = request.args.get(name, str(default))
    if not (text.isascii() and text.isdecimal()) or len(text) > LONGEST_COUNT:
        raise bad_request(f"'{text}' is not a valid value for {name}")
    return int(text)


def expansions() -> list[str]:
    """What `expand` names, once or several times, by commas. Unknown names are passed over."""
    given = request.args.getlist("expand")
    return [part.strip() for one in given for part in one.split(",") if part.strip()]


def as_v1(refused: errors.Refused) -> errors.Refused:
    """A refusal of the rules that both versions share, in the shape of v1."""
    found = refused.body.get("errors")
    if not isinstance(found, list):
        return refused
    return errors.wiki_v1(refused.status, str(found[0]["title"]))
