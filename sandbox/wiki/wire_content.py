"""Pages and comments as Confluence's REST API v1 writes them, with what a request expands."""

from collections.abc import Callable
from dataclasses import replace

from sandbox.clock import wiki_time
from sandbox.directory import user_by_id
from sandbox.guard import caller
from sandbox.site import current_site
from sandbox.wiki import wire_v1
from sandbox.wiki.comments import Comment
from sandbox.wiki.model import Page
from sandbox.wiki.page_parts import children, operations
from sandbox.wiki.wire_parts import body, content_property, history, listed, space, within
from sandbox.wire import JsonObject

EXPANDABLE = (
    "childTypes",
    "container",
    "metadata",
    "operations",
    "children",
    "restrictions",
    "history",
    "ancestors",
    "body",
    "version",
    "descendants",
    "space",
)


def content(page: Page, expand: list[str]) -> JsonObject:
    """A page; `expand` names its parts without a prefix."""
    path = f"/rest/api/content/{page.id}"
    written: JsonObject = {
        "id": str(page.id),
        "type": "page",
        "status": page.status,
        "title": page.title,
        "childTypes": {},
        "macroRenderedOutput": {},
        "restrictions": {},
        "extensions": {"position": None},
        "_expandable": dict.fromkeys(EXPANDABLE, ""),
        "_links": {
            "webui": f"/spaces/{page.space.key}/pages/{page.id}",
            "editui": f"/pages/resumedraft.action?draftId={page.id}",
            "self": f"{current_site().base}/wiki{path}",
            "tinyui": f"/x/{page.id:x}",
        },
    }
    for name, expanded in _PARTS.items():
        inner = within(expand, name)
        if name in expand or inner:
            written[name] = expanded(page, inner)
            written["_expandable"].pop(name, None)
    return written


def search_result(page: Page, expand: list[str], excerpt: str = "") -> JsonObject:
    return {
        "content": content(page, within(expand, "content")),
        "title": page.title,
        "excerpt": excerpt,
        "url": f"/spaces/{page.space.key}/pages/{page.id}",
        "resultGlobalContainer": {
            "title": page.space.name,
            "displayUrl": f"/spaces/{page.space.key}",
        },
        "breadcrumbs": [],
        "entityType": "content",
        "iconCssClass": "aui-icon content-type-page",
        "lastModified": wiki_time(page.version.created),
        "friendlyLastModified": page.version.created.strftime("%b %d, %Y"),
        "score": 0.0,
    }


def version(page: Page, expand: list[str]) -> JsonObject:
    told = wire_v1.version(page) | {"_expandable": {"content": f"/rest/api/content/{page.id}"}}
    if "content" in expand or within(expand, "content"):
        told["content"] = content(page, within(expand, "content"))
    if "collaborators" in expand:
        author = user_by_id(page.version.author)
        people = [wire_v1.user(author)] if author else []
        told["collaborators"] = {"users": people, "userKeys": [page.version.author]}
    return told


def kin(page: Page, expand: list[str]) -> JsonObject:
    """The children by type. Nothing here has attachments."""
    path = f"/rest/api/content/{page.id}/child"
    told: JsonObject = {"_expandable": {}, "_links": {"self": f"{current_site().base}/wiki{path}"}}
    for kind in ("page", "comment", "attachment"):
        inner = within(expand, kind)
        if kind in expand or inner:
            told[kind] = listed(_of_kind(page, kind, inner), f"{path}/{kind}")
        else:
            told["_expandable"][kind] = f"{path}/{kind}"
    return told


def _of_kind(page: Page, kind: str, expand: list[str]) -> list[JsonObject]:
    if kind == "page":
        return [content(child, expand) for child in children(page)]
    if kind == "comment":
        return [comment(one, page, expand) for one in comments(page)]
    return []


def comments(page: Page) -> list[Comment]:
    held = current_site().pages.comments
    return held.on_page(page.id) + held.in_text(page.id)


def comment(found: Comment, page: Page, expand: list[str]) -> JsonObject:
    location = "inline" if current_site().pages.comments.root(found).mark else "footer"
    as_page = replace(page, body=found.body, version=found.version)
    written: JsonObject = {
        "id": str(found.id),
        "type": "comment",
        "status": "current",
        "title": f"Re: {page.title}",
        "macroRenderedOutput": {},
        "extensions": {"location": location},
        "_expandable": {},
        "_links": {
            "webui": f"/spaces/{page.space.key}/pages/{page.id}?focusedCommentId={found.id}",
            "self": f"{current_site().base}/wiki/rest/api/content/{found.id}",
        },
    }
    if "version" in expand:
        written["version"] = wire_v1.version(as_page)
    if inner := within(expand, "body"):
        written["body"] = body(as_page, inner)
    if "container" in expand:
        written["container"] = content(page, [])
    return written


def _metadata(page: Page, expand: list[str]) -> JsonObject:
    told: JsonObject = {}
    if "labels" in expand:
        told["labels"] = wire_v1.labels(page)
    wanted = {one.split(".")[0] for one in within(expand, "properties")}
    if "properties" in expand or wanted:
        told["properties"] = {
            one.key: content_property(one, page)
            for one in current_site().pages.properties(page)
            if one.key in wanted
        }
    return told


def _restrictions(page: Page, _expand: list[str]) -> JsonObject:
    return {name: wire_v1.restriction(page, name) for name in wire_v1.OPERATIONS}


def _operations(page: Page, _expand: list[str]) -> list[JsonObject]:
    return [
        {"operation": one["operation"].split("_")[0], "targetType": one["targetType"]}
        for one in operations(page)
        if one["operation"] != "restrict_content"
    ]


def _ancestors(page: Page, expand: list[str]) -> list[JsonObject]:
    pages, user = current_site().pages, caller()
    return [content(one, expand) for one in pages.ancestors(page) if pages.may_read(one, user)]


_PARTS: dict[str, Callable[[Page, list[str]], JsonObject | list[JsonObject]]] = {
    "version": lambda page, _expand: wire_v1.version(page),
    "space": space,
    "container": space,
    "history": history,
    "body": body,
    "ancestors": _ancestors,
    "children": kin,
    "descendants": kin,
    "metadata": _metadata,
    "restrictions": _restrictions,
    "operations": _operations,
}
