"""
Pages and comments as Confluence Data Center writes them.

What was not asked for by `expand` is named under `_expandable`, with its address where it has one.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sandbox.clock import wiki_time
from sandbox.datacenter.people import account_by_id
from sandbox.datacenter.wiki.expand import Expand
from sandbox.datacenter.wiki.wire import (
    MOST_INSIDE,
    content_property,
    labels,
    links,
    person,
    space,
    version,
)
from sandbox.directory import User
from sandbox.site import Site
from sandbox.wiki.comments import Comment
from sandbox.wiki.model import Page
from sandbox.wire import JsonObject


@dataclass(frozen=True, slots=True)
class ContentWriter:
    """Writes pages and comments; `drawn` turns storage format into HTML."""

    site: Site
    reader: User | None
    drawn: Callable[[Page], str]

    def page(self, page: Page, expand: Expand) -> JsonObject:
        address, key = f"/rest/api/content/{page.id}", page.space.key
        written: JsonObject = {
            "id": str(page.id),
            "type": "page",
            "status": page.status,
            "title": page.title,
            "position": -1,
            "extensions": {"position": "none"},
            "_links": links(
                self.site,
                address,
                webui=f"/pages/viewpage.action?pageId={page.id}",
                edit=f"/pages/resumedraft.action?draftId={page.id}",
                tinyui=f"/x/{page.id:x}",
                collection="/rest/api/content",
            ),
        }
        parts: dict[str, tuple[str, Callable[[Expand], object]]] = {
            "container": (f"/rest/api/space/{key}", lambda _: space(self.site, page.space)),
            "metadata": ("", lambda asked: self._metadata(page, asked)),
            "children": (f"{address}/child", lambda asked: self._children(page, asked)),
            "restrictions": (f"{address}/restriction/byOperation", lambda _: {}),
            "history": (f"{address}/history", lambda asked: self.history(page, asked)),
            "ancestors": ("", lambda _: self._ancestors(page)),
            "body": ("", lambda asked: self._body(page, asked)),
            "version": ("", lambda _: version(self.site, page.version, page.id)),
            "descendants": (f"{address}/descendant", lambda _: {}),
            "space": (f"/rest/api/space/{key}", lambda _: space(self.site, page.space)),
        }
        return self._with_parts(written, parts, expand)

    def comment(self, comment: Comment, page: Page, expand: Expand) -> JsonObject:
        address = f"/rest/api/content/{comment.id}"
        view = f"/pages/viewpage.action?pageId={page.id}&focusedCommentId={comment.id}"
        written: JsonObject = {
            "id": str(comment.id),
            "type": "comment",
            "status": "current",
            "title": f"Re: {page.title}",
            "extensions": {"location": "footer", "_expandable": {"resolution": ""}},
            "_links": links(self.site, address, webui=f"{view}#comment-{comment.id}"),
        }
        parts: dict[str, tuple[str, Callable[[Expand], object]]] = {
            "container": (f"/rest/api/content/{page.id}", lambda _: self.page(page, Expand())),
            "ancestors": ("", lambda _: self._answered(comment, page)),
            "body": ("", lambda asked: self._comment_body(comment, asked)),
            "version": ("", lambda _: version(self.site, comment.version, comment.id)),
            "history": (f"{address}/history", lambda _: self._comment_history(comment)),
            "space": (f"/rest/api/space/{page.space.key}", lambda _: space(self.site, page.space)),
            "metadata": ("", lambda _: {"_expandable": {}}),
            "children": (f"{address}/child", lambda _: {"_links": {}, "_expandable": {}}),
        }
        return self._with_parts(written, parts, expand)

    def history(self, page: Page, expand: Expand) -> JsonObject:
        latest = self.site.pages.find(page.id) or page
        address = f"/rest/api/content/{page.id}/history"
        written: JsonObject = {
            "latest": latest.version.number == page.version.number,
            "createdBy": person(self.site, account_by_id(page.author)),
            "createdDate": wiki_time(page.created),
            "_links": links(self.site, address),
        }
        parts: dict[str, tuple[str, Callable[[Expand], object]]] = {
            "lastUpdated": ("", lambda _: version(self.site, latest.version, page.id)),
            "contributors": ("", lambda _: self._contributors(page)),
        }
        for name, number in (
            ("previousVersion", page.version.number - 1),
            ("nextVersion", page.version.number + 1),
        ):
            other = self.site.pages.find(page.id, version=number) if number else None
            if other is not None:
                parts[name] = ("", self._version_of(other))
        return self._with_parts(written, parts, expand)

    def _version_of(self, page: Page) -> Callable[[Expand], object]:
        return lambda _: version(self.site, page.version, page.id)

    def _with_parts(
        self,
        written: JsonObject,
        parts: dict[str, tuple[str, Callable[[Expand], object]]],
        expand: Expand,
    ) -> JsonObject:
        expandable: dict[str, str] = {}
        for name, (address, give) in parts.items():
            if name in expand:
                written[name] = give(expand.within(name))
            else:
                expandable[name] = address
        written["_expandable"] = expandable
        return written

    def _metadata(self, page: Page, expand: Expand) -> JsonObject:
        written: JsonObject = {}
        expandable = {"currentuser": "", "properties": "", "frontend": "", "editorHtml": ""}
        if "labels" in expand:
            written["labels"] = labels(self.site, page)
        else:
            expandable["labels"] = ""
        if "properties" in expand:
            del expandable["properties"]
            written["properties"] = self._properties(page, expand)
        return {**written, "_expandable": expandable}

    def _properties(self, page: Page, expand: Expand) -> JsonObject:
        """Those named by key; `properties` alone only tells that there are some."""
        wanted = expand.within("properties").whole_names()
        held = {one.key: one for one in self.site.pages.properties(page)}
        shown = {
            key: content_property(self.site, page, held[key], Expand.of("version"))
            for key in wanted
            if key in held
        }
        rest = {key: "" for key in held if key not in shown}
        return {**shown, "_links": {}, "_expandable": rest}

    def _children(self, page: Page, expand: Expand) -> JsonObject:
        """Comments and pages come along; the site has no attachments."""
        address = f"/rest/api/content/{page.id}/child"
        pages, comments = self.site.pages, self.site.pages.comments
        below: dict[str, Callable[[Expand], list[JsonObject]]] = {
            "page": lambda asked: [
                self.page(one, asked)
                for one in pages.all()
                if one.parent_id == page.id
                and one.status == "current"
                and pages.may_read(one, self.reader)
            ],
            "comment": lambda asked: [
                self.comment(one, page, asked) for one in comments.on_page(page.id)
            ],
            "attachment": lambda _: [],
        }
        shown = {name: give(expand.within(name)) for name, give in below.items() if name in expand}
        return {
            **{name: self._listed(f"{address}/{name}", found) for name, found in shown.items()},
            "_links": links(self.site, address),
            "_expandable": {
                name: f"{address}/{name}"
                for name in ("attachment", "comment", "page")
                if name not in expand
            },
        }

    def _listed(self, address: str, found: list[JsonObject]) -> JsonObject:
        """The first of them, as inside another answer."""
        first = found[:MOST_INSIDE]
        return {
            "results": first,
            "start": 0,
            "limit": MOST_INSIDE,
            "size": len(first),
            "_links": links(self.site, address),
        }

    def _ancestors(self, page: Page) -> list[JsonObject]:
        return [self.page(above, Expand()) for above in self.site.pages.ancestors(page)]

    def _answered(self, comment: Comment, page: Page) -> list[JsonObject]:
        above = self.site.pages.comments.find(comment.parent_id) if comment.parent_id else None
        if above is None:
            return []
        return [*self._answered(above, page), self.comment(above, page, Expand())]

    def _contributors(self, page: Page) -> JsonObject:
        authors = dict.fromkeys(one.version.author for one in self.site.pages.versions(page))
        people = [person(self.site, account_by_id(author)) for author in authors]
        keys = [one["userKey"] for one in people if "userKey" in one]
        return {"publishers": {"users": people, "userKeys": keys, "_links": {}, "_expandable": {}}}

    def _body(self, page: Page, expand: Expand) -> JsonObject:
        forms: dict[str, Callable[[], str]] = {
            "storage": lambda: page.body,
            "view": lambda: self.drawn(page),
            "export_view": lambda: self.drawn(page),
            "styled_view": lambda: self.drawn(page),
            "editor": lambda: page.body,
            "anonymous_export_view": lambda: self.drawn(page),
        }
        return self._bodies(forms, expand, page.id)

    def _comment_body(self, comment: Comment, expand: Expand) -> JsonObject:
        return self._bodies({"storage": lambda: comment.body}, expand, comment.id)

    def _bodies(
        self, forms: dict[str, Callable[[], str]], expand: Expand, content_id: int
    ) -> JsonObject:
        written: JsonObject = {}
        expandable: dict[str, str] = {}
        for name, give in forms.items():
            if name in expand:
                written[name] = {
                    "value": give(),
                    "representation": name,
                    "_expandable": {"content": f"/rest/api/content/{content_id}"},
                }
            else:
                expandable[name] = ""
        return {**written, "_expandable": expandable}

    def _comment_history(self, comment: Comment) -> JsonObject:
        first = self.site.pages.comments.find(comment.id, version=1) or comment
        return {
            "latest": True,
            "createdBy": person(self.site, account_by_id(first.version.author)),
            "createdDate": wiki_time(first.version.created),
            "_links": links(self.site, f"/rest/api/content/{comment.id}/history"),
            "_expandable": {"lastUpdated": "", "previousVersion": "", "contributors": ""},
        }
