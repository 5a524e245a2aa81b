"""What a request may have included in one page: labels, properties, operations, versions."""

from collections.abc import Sequence

from flask import request

from sandbox.guard import caller
from sandbox.site import current_site
from sandbox.wiki import wire
from sandbox.wiki.bodies import bodies_of
from sandbox.wiki.model import Page
from sandbox.wiki.requests import flag
from sandbox.wire import JsonObject

MOST_INCLUDED = 50


def written(page: Page, form: str | None) -> JsonObject:
    """One page with what the request wants included."""
    pages, link = current_site().pages, f"/wiki/api/v2/pages/{page.id}"
    answer = wire.page(page, bodies_of(page, form))
    answer["_links"]["base"] = f"{current_site().base}/wiki"
    if flag("include-labels"):
        labels = [wire.label(label) for label in pages.labels(page)]
        answer["labels"] = _included(labels, f"{link}/labels")
    if flag("include-properties"):
        held = [wire.content_property(found) for found in pages.properties(page)]
        answer["properties"] = _included(held, f"{link}/properties")
    if flag("include-operations"):
        answer["operations"] = _included(operations(page), f"{link}/operations")
    if flag("include-likes"):
        answer["likes"] = _included([], f"{link}/likes/users")
    if flag("include-versions"):
        older = [wire.version(one.version) for one in reversed(pages.versions(page))]
        answer["versions"] = _included(older, f"{link}/versions")
    if flag("include-favorited-by-current-user-status"):
        answer["isFavoritedByCurrentUser"] = is_favourite(page)
    if request.args.get("include-version", "true").casefold() == "false":
        del answer["version"]
    return answer | _people_and_children(page, link)


def _people_and_children(page: Page, link: str) -> JsonObject:
    pages, answer = current_site().pages, {}
    if flag("include-collaborators"):
        authors = dict.fromkeys(one.version.author for one in pages.versions(page))
        people: list[JsonObject] = [{"accountId": author} for author in authors]
        answer["collaborators"] = _included(people, link)
    if flag("include-direct-children"):
        below = [wire.child(found) | {"type": "page"} for found in children(page)]
        answer["directChildren"] = _included(below, f"{link}/direct-children")
    return answer


def children(page: Page) -> list[Page]:
    pages = current_site().pages
    return [
        child
        for child in pages.all()
        if child.parent_id == page.id
        and child.status in {"current", "archived"}
        and pages.may_read(child, caller())
    ]


def operations(page: Page) -> list[JsonObject]:
    """What the caller may do with the page, and what may be added to it."""
    own = ["read"]
    added: list[tuple[str, str]] = []
    if current_site().pages.may_edit(page, caller()):
        own += ["update", "delete", "copy", "move", "restrict_content"]
    if current_site().pages.may_work(page.space, caller()):
        added = [("create", "comment"), ("create", "attachment")]
    pairs = [(name, "page") for name in own] + added
    return [{"operation": name, "targetType": target} for name, target in pairs]


def is_favourite(page: Page) -> bool:
    user = caller()
    watches = current_site().pages.watches
    return user is not None and watches.watching("favourite", str(page.id), user.account_id)


def _included(found: Sequence[JsonObject], link: str) -> JsonObject:
    shown = list(found[:MOST_INCLUDED])
    return {
        "results": shown,
        "meta": {"hasMore": len(found) > len(shown)},
        "_links": {"self": link},
    }
