"""Spaces, people, and the site itself."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.gate import me
from sandbox.datacenter.people import Account, by_key, by_username
from sandbox.datacenter.versions import CONFLUENCE_BUILD, CONFLUENCE_VERSION
from sandbox.datacenter.wiki import wire
from sandbox.datacenter.wiki.requests import paged
from sandbox.datacenter.wiki.routes_content import known_space
from sandbox.guard import caller
from sandbox.site import current_site

api = Blueprint("dc_wiki_site", __name__)

_ANONYMOUS = {"type": "anonymous", "displayName": "Anonymous"}


@api.get("/space")
def spaces() -> ResponseReturnValue:
    site = current_site()
    keys = set(request.args.getlist("spaceKey")) | set(request.args.getlist("spaceKeys"))
    found = [
        one
        for one in site.pages.spaces()
        if (not keys or one.key in keys) and site.pages.may_view(one, caller())
    ]
    return paged(found, lambda one: wire.space(site, one))


@api.get("/space/<space_key>")
def space(space_key: str) -> ResponseReturnValue:
    site = current_site()
    return wire.rooted(site, wire.space(site, known_space(space_key)))


@api.get("/user")
def user() -> ResponseReturnValue:
    site = current_site()
    return wire.rooted(site, wire.person(site, asked_account()))


def asked_account() -> Account:
    """The person named by `key` or `username`."""
    key, name = request.args.get("key"), request.args.get("username")
    if key is None and name is None:
        raise errors.invalid("Either the key or the username of a user must be given")
    found = by_key(key) if key is not None else by_username(name or "")
    if found is None:
        what = f"user key: {key}" if key is not None else f"username: {name}"
        raise errors.wiki(HTTPStatus.NOT_FOUND, f"No user found with {what}")
    return found


@api.get("/user/current")
def current_user() -> ResponseReturnValue:
    """A stranger is somebody too, where strangers may look."""
    site = current_site()
    if caller() is None:
        return wire.rooted(site, {**wire.person(site, None), **_ANONYMOUS})
    return wire.rooted(site, wire.person(site, me()))


@api.get("/server-information")
def server_information() -> ResponseReturnValue:
    return {
        "baseUrl": current_site().wiki_base,
        "version": CONFLUENCE_VERSION,
        "buildNumber": CONFLUENCE_BUILD,
        "marketplaceBuildNumber": CONFLUENCE_BUILD,
        "buildDate": "2026-09-08",
    }


@api.get("/accessmode")
def access_mode() -> ResponseReturnValue:
    return '"READ_WRITE"', {"Content-Type": "application/json"}
