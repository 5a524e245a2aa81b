"""The parts of a page that name no other page, as Confluence's REST API v1 writes them."""

from sandbox.clock import wiki_time
from sandbox.directory import user_by_id
from sandbox.site import current_site
from sandbox.wiki import wire_v1
from sandbox.wiki.bodies import SINGLE, bodies_of
from sandbox.wiki.model import Page, Property
from sandbox.wire import JsonObject

BODIES = (*SINGLE, "editor2")


def within(expand: list[str], name: str) -> list[str]:
    """What is expanded inside a part: `body.storage` is `storage` within `body`."""
    return [one.removeprefix(f"{name}.") for one in expand if one.startswith(f"{name}.")]


def history(page: Page, expand: list[str]) -> JsonObject:
    pages = current_site().pages
    versions = pages.versions(page)
    latest = versions[-1]
    author = user_by_id(page.author)
    told: JsonObject = {
        "latest": page.version.number == latest.version.number,
        "createdDate": wiki_time(page.created),
        "createdBy": wire_v1.user(author) if author else {"type": "unknown"},
        "_expandable": {},
        "_links": {"self": f"{current_site().base}/wiki/rest/api/content/{page.id}/history"},
    }
    for name in ("lastUpdated", "previousVersion", "nextVersion", "contributors"):
        if name not in expand and not within(expand, name):
            told["_expandable"][name] = ""
    if "lastUpdated" in expand:
        told["lastUpdated"] = wire_v1.version(latest)
    for name, step in (("previousVersion", -1), ("nextVersion", 1)):
        beside = pages.find(page.id, version=page.version.number + step)
        if name in expand and beside is not None and beside.version.number > 0:
            told[name] = wire_v1.version(beside)
    if "contributors" in expand or within(expand, "contributors"):
        authors = dict.fromkeys(one.version.author for one in versions)
        people = [wire_v1.user(found) for one in authors if (found := user_by_id(one))]
        told["contributors"] = {"publishers": {"users": people, "userKeys": list(authors)}}
    return told


def space(page: Page, _expand: list[str]) -> JsonObject:
    found = page.space
    return {
        "id": found.id,
        "key": found.key,
        "name": found.name,
        "type": "global",
        "status": "current",
        "_expandable": {},
        "_links": {
            "webui": f"/spaces/{found.key}",
            "self": f"{current_site().base}/wiki/rest/api/space/{found.key}",
        },
    }


def body(page: Page, expand: list[str]) -> JsonObject:
    asked = list(dict.fromkeys(one.split(".")[0] for one in expand))
    told: JsonObject = {
        form: {"value": text, "representation": form, "_expandable": {}}
        for one in asked
        if one in BODIES
        for form, text in bodies_of(page, one).items()
    }
    return told | {"_expandable": {form: "" for form in BODIES if form not in told}}


def listed(results: list[JsonObject], path: str) -> JsonObject:
    """A whole list inside something else."""
    size = len(results)
    links = {"self": f"{current_site().base}/wiki{path}"}
    return {"results": results, "start": 0, "limit": max(size, 25), "size": size, "_links": links}


def content_property(found: Property, page: Page) -> JsonObject:
    version = found.version
    path = f"/rest/api/content/{page.id}/property/{found.key}"
    return {
        "id": str(found.id),
        "key": found.key,
        "value": found.value,
        "version": {
            "when": wiki_time(version.created),
            "message": version.message,
            "number": version.number,
            "minorEdit": False,
            "contentTypeModified": False,
        },
        "_expandable": {"content": f"/rest/api/content/{page.id}"},
        "_links": {"self": f"{current_site().base}/wiki{path}"},
    }
