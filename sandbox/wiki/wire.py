"""Pages, labels, properties and users as Confluence's REST API v2 writes them."""

from sandbox.clock import wiki_time
from sandbox.directory import User
from sandbox.wiki.model import Label, Page, Property, Space, Version
from sandbox.wire import JsonObject


def version(found: Version) -> JsonObject:
    """
    An edit that was sent as a minor one reads as any other.

    Seen on real sites: https://github.com/confluence-publisher/confluence-publisher/issues/277
    """
    return {
        "number": found.number,
        "message": found.message,
        "minorEdit": False,
        "authorId": found.author,
        "createdAt": wiki_time(found.created),
    }


def detailed_version(found: Version, *, latest: int) -> JsonObject:
    """One version of a page or a comment, with its neighbours."""
    answer = version(found) | {"contentTypeModified": False, "collaborators": [found.author]}
    if found.number > 1:
        answer["prevVersion"] = found.number - 1
    if found.number < latest:
        answer["nextVersion"] = found.number + 1
    return answer


def bodies(texts: dict[str, str]) -> JsonObject:
    return {name: {"representation": name, "value": text} for name, text in texts.items()}


def page(found: Page, texts: dict[str, str]) -> JsonObject:
    """
    `texts` by representation; empty unless the request asked for one. What a page lacks is null
    and not left out: real sites answer so, and md2conf refuses a page without `parentId`.
    """
    webui = f"/spaces/{found.space.key}/pages/{found.id}"
    return {
        "id": str(found.id),
        "status": found.status,
        "title": found.title,
        "spaceId": str(found.space.id),
        "parentId": None if found.parent_id is None else str(found.parent_id),
        "parentType": None if found.parent_id is None else "page",
        "position": None,
        "authorId": found.author,
        "ownerId": found.author,
        "lastOwnerId": None,
        "createdAt": wiki_time(found.created),
        "version": version(found.version),
        "body": bodies(texts),
        "_links": {
            "webui": webui,
            "editui": f"/pages/resumedraft.action?draftId={found.id}",
            "tinyui": f"/x/{found.id:x}",
        },
    }


def label(found: Label) -> JsonObject:
    return {"id": str(found.id), "name": found.name, "prefix": found.prefix}


def content_property(found: Property) -> JsonObject:
    return {
        "id": str(found.id),
        "key": found.key,
        "value": found.value,
        "version": version(found.version),
    }


def space(found: Space) -> JsonObject:
    return {
        "id": str(found.id),
        "key": found.key,
        "name": found.name,
        "type": "global",
        "status": "current",
        "authorId": found.author,
        "createdAt": wiki_time(found.created),
        "_links": {"webui": f"/spaces/{found.key}"},
    }


def child(found: Page) -> JsonObject:
    return {
        "id": str(found.id),
        "status": found.status,
        "title": found.title,
        "spaceId": str(found.space.id),
        "childPosition": None,
    }


def user(found: User) -> JsonObject:
    """Without the e-mail address, as for people who keep it to themselves."""
    return {
        "displayName": found.name,
        "timeZone": found.time_zone,
        "isExternalCollaborator": False,
        "accountStatus": "active",
        "accountId": found.account_id,
        "email": "",
        "accountType": found.account_type,
        "publicName": found.name,
        "profilePicture": {"path": f"/wiki/aa-avatar/{found.account_id}", "isDefault": True},
    }
