"""`/rest/api/user/watch`: what people watch."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.gate import me
from sandbox.datacenter.people import Account
from sandbox.datacenter.wiki import wire
from sandbox.datacenter.wiki.expand import Expand
from sandbox.datacenter.wiki.requests import visible_page, writer
from sandbox.datacenter.wiki.routes_content import known_space
from sandbox.datacenter.wiki.routes_site import asked_account
from sandbox.directory import ADMIN
from sandbox.site import current_site
from sandbox.wire import JsonObject

api = Blueprint("dc_watches", __name__)

_CONTENT = "/user/watch/content/<content_id>"
_SPACE = "/user/watch/space/<space_key>"


def _watcher() -> Account:
    """Oneself, or whom an administrator names."""
    if "key" not in request.args and "username" not in request.args:
        return me()
    found = asked_account()
    if found is not me() and me().user != ADMIN:
        raise errors.wiki(HTTPStatus.FORBIDDEN, "Only an administrator may name another user")
    return found


def _watching(kind: str, target: str) -> JsonObject:
    watches = current_site().pages.watches
    return {"watching": watches.watching(kind, target, _watcher().user.account_id)}


def _check_xsrf() -> None:
    """A browser could send a request without a JSON body from anywhere."""
    if request.headers.get("X-Atlassian-Token") not in {"no-check", "nocheck"} and (
        request.mimetype != "application/json"
    ):
        raise errors.wiki(HTTPStatus.FORBIDDEN, "XSRF check failed")


@api.get(_CONTENT)
def is_watching(content_id: str) -> ResponseReturnValue:
    return _watching("content", str(visible_page(content_id).id))


@api.post(_CONTENT)
def watch(content_id: str) -> ResponseReturnValue:
    _check_xsrf()
    page, account, site = visible_page(content_id), _watcher(), current_site()
    site.pages.watches.watch("content", str(page.id), account.user.account_id)
    return {
        "watcher": wire.person(site, account),
        "contentId": str(page.id),
        "content": writer().page(page, Expand()),
    }


@api.delete(_CONTENT)
def unwatch(content_id: str) -> ResponseReturnValue:
    _check_xsrf()
    page, account = visible_page(content_id), _watcher()
    current_site().pages.watches.unwatch("content", str(page.id), account.user.account_id)
    return "", HTTPStatus.NO_CONTENT


@api.get(_SPACE)
def is_watching_space(space_key: str) -> ResponseReturnValue:
    return _watching("space", known_space(space_key).key)


@api.post(_SPACE)
def watch_space(space_key: str) -> ResponseReturnValue:
    _check_xsrf()
    space, account, site = known_space(space_key), _watcher(), current_site()
    site.pages.watches.watch("space", space.key, account.user.account_id)
    return {"watcher": wire.person(site, account), "space": wire.space(site, space)}


@api.delete(_SPACE)
def unwatch_space(space_key: str) -> ResponseReturnValue:
    _check_xsrf()
    space, account = known_space(space_key), _watcher()
    current_site().pages.watches.unwatch("space", space.key, account.user.account_id)
    return "", HTTPStatus.NO_CONTENT
