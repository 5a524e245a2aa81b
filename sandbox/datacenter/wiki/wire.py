"""Spaces, versions, labels, properties and people as Confluence Data Center writes them."""

from sandbox.clock import wiki_time
from sandbox.datacenter.people import Account, account_by_id
from sandbox.datacenter.wiki.expand import Expand
from sandbox.site import Site
from sandbox.wiki.model import Label, Page, Property, Space, Version
from sandbox.wire import JsonObject

CONTEXT = "/confluence"
MOST_LABELS = 200
MOST_INSIDE = 25
# What comes with a single content, a created one and an updated one when nothing was asked.
BY_DEFAULT = "history,space,version"
AFTER_WRITING = "body.storage,history,space,container,version,ancestors"


def links(site: Site, path: str, **more: str) -> JsonObject:
    """`_links` of a thing whose address within the API is `path`."""
    return {"self": f"{site.wiki_base}{path}", **more}


def rooted(site: Site, written: JsonObject) -> JsonObject:
    """The outermost object of an answer says where its relative links begin."""
    written["_links"] |= {"base": site.wiki_base, "context": CONTEXT}
    return written


def person(site: Site, account: Account | None) -> JsonObject:
    picture = {"path": f"{CONTEXT}/images/icons/profilepics/default.svg"}
    picture_whole = {**picture, "width": 48, "height": 48, "isDefault": True}
    if account is None:
        return {
            "type": "unknown",
            "profilePicture": picture_whole,
            "displayName": "Unknown User",
            "_expandable": {"status": ""},
            "_links": {},
        }
    return {
        "type": "known",
        "username": account.username,
        "userKey": account.userkey,
        "profilePicture": picture_whole,
        "displayName": account.user.name,
        "_links": links(site, f"/rest/api/user?key={account.userkey}"),
        "_expandable": {"status": ""},
    }


def version(site: Site, found: Version, content_id: int) -> JsonObject:
    return {
        "by": person(site, account_by_id(found.author)),
        "when": wiki_time(found.created),
        "message": found.message,
        "number": found.number,
        "minorEdit": False,
        "hidden": False,
        "_links": links(site, f"/rest/experimental/content/{content_id}/version/{found.number}"),
        "_expandable": {"content": f"/rest/api/content/{content_id}"},
    }


def space(site: Site, found: Space) -> JsonObject:
    return {
        "id": found.id,
        "key": found.key,
        "name": found.name,
        "status": "CURRENT",
        "type": "global",
        "_links": links(site, f"/rest/api/space/{found.key}", webui=f"/display/{found.key}"),
        "_expandable": {
            "metadata": "",
            "icon": "",
            "description": "",
            "retentionPolicy": "",
            "homepage": "",
        },
    }


def label(found: Label) -> JsonObject:
    return {"prefix": found.prefix, "name": found.name, "id": str(found.id), "label": found.name}


def labels(site: Site, page: Page) -> JsonObject:
    found = [label(one) for one in site.pages.labels(page)]
    address = f"/rest/api/content/{page.id}/label"
    return {
        "results": found,
        "start": 0,
        "limit": MOST_LABELS,
        "size": len(found),
        "_links": links(site, address),
    }


def content_property(site: Site, page: Page, found: Property, expand: Expand) -> JsonObject:
    address = f"/rest/api/content/{page.id}"
    written: JsonObject = {
        "id": str(found.id),
        "key": found.key,
        "value": found.value,
        "_links": links(site, f"{address}/property/{found.key}"),
        "_expandable": {"content": address},
    }
    if "version" in expand:
        written["version"] = version(site, found.version, page.id)
    else:
        written["_expandable"]["version"] = ""
    return written
