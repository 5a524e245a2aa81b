"""`/wiki/api/v2/footer-comments`, `…/inline-comments`, and those of a page."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller, wiki_gate
from sandbox.site import current_site
from sandbox.wiki import wire, wire_comments
from sandbox.wiki.bodies import bodies_of, body_given, primary_asked, single_asked
from sandbox.wiki.comment_changes import (
    add_comment,
    add_inline_comment,
    change_comment,
    own,
    settle,
    version_given,
)
from sandbox.wiki.comments import Comment
from sandbox.wiki.model import Page
from sandbox.wiki.requests import body_object, chosen, number, paged, readable_page, sort
from sandbox.wire import JsonObject, as_object

FOOTER = "footer"
INLINE = "inline"
RESOLUTIONS = ("open", "reopened", "resolved", "dangling")
SORTS: dict[str, Callable[[Comment], Any]] = {
    "created-date": lambda comment: comment.id,
    "modified-date": lambda comment: comment.version.created,
}


class Kind:
    """The routes of one kind of comments."""

    def __init__(self, location: str) -> None:
        self.location = location

    def on_page(self, page: Page) -> list[Comment]:
        comments = current_site().pages.comments
        listed = comments.in_text if self.location == INLINE else comments.on_page
        return listed(page.id)

    def comment(self, comment_id: str, *, version: int | None = None) -> tuple[Comment, Page]:
        """404 for a comment of the other kind, a missing one, one on a page not for the reader."""
        comments = current_site().pages.comments
        found = comments.find(number(comment_id, "comment-id"), version=version)
        if found is None or (comments.root(found).mark is None) == (self.location == INLINE):
            raise errors.wiki_not_found()
        return found, readable_page(str(found.page_id))

    def of_site(self) -> ResponseReturnValue:
        pages, form = current_site().pages, primary_asked()
        readable = [page for page in pages.all() if page.status in {"current", "archived"}]
        held = {page.id: page for page in readable if pages.may_read(page, caller())}
        found = [comment for page in held.values() for comment in self.on_page(page)]
        sort(found, SORTS, "created-date")
        return paged(found, lambda one: wire_comments.comment(one, held[one.page_id], form))

    def of_page(self, id: str) -> ResponseReturnValue:  # noqa: A002 - the published name
        page, form = readable_page(id), primary_asked()
        wanted = chosen("resolution-status", RESOLUTIONS) if self.location == INLINE else set()
        found = [
            one
            for one in self.on_page(page)
            if not wanted or (one.mark and wire_comments.resolution(one.mark, page) in wanted)
        ]
        sort(found, SORTS, "created-date")
        return paged(found, lambda one: wire_comments.comment(one, page, form))

    def one(self, comment_id: str) -> ResponseReturnValue:
        version = request.args.get("version")
        asked = None if version is None else number(version, "version")
        found, page = self.comment(comment_id, version=asked)
        return wire_comments.single(found, page, single_asked())

    def answers(self, id: str) -> ResponseReturnValue:  # noqa: A002 - the published name
        (comment, page), form = self.comment(id), primary_asked()
        found = current_site().pages.comments.answers(comment)
        sort(found, SORTS, "created-date")
        return paged(found, lambda one: wire_comments.comment(one, page, form))

    def post(self) -> ResponseReturnValue:
        """On a page or under another comment, and not both."""
        body = body_object()
        if (body.get("pageId") is None) == (body.get("parentCommentId") is None):
            raise errors.wiki_invalid("Exactly one of pageId and parentCommentId must be provided")
        text = body_given(body.get("body"))
        if body.get("parentCommentId") is not None:
            parent, page = self.comment(str(body["parentCommentId"]))
            made = add_comment(page, parent, text)
        elif self.location == FOOTER:
            page = readable_page(str(body["pageId"]))
            made = add_comment(page, None, text)
        else:
            page = readable_page(str(body["pageId"]))
            made = add_inline_comment(page, text, as_object(body.get("inlineCommentProperties")))
            page = readable_page(str(page.id))
        return wire_comments.single(made, page, "storage"), HTTPStatus.CREATED

    def put(self, comment_id: str) -> ResponseReturnValue:
        body = body_object()
        found, page = self.comment(comment_id)
        settles = self.location == INLINE and "resolved" in body
        with current_site().pages.transaction():
            if not settles or body.get("body") is not None:
                text = body_given(body.get("body"))
                found = change_comment(own(found), text, version_given(body))
            else:
                found = change_comment(found, found.body, version_given(body))
            if settles:
                found = settle(found, page, body["resolved"])
        written = wire_comments.single if self.location == INLINE else wire_comments.comment
        return written(found, page, "storage")

    def delete(self, comment_id: str) -> ResponseReturnValue:
        found, _ = self.comment(comment_id)
        current_site().pages.comments.remove(own(found))
        return "", HTTPStatus.NO_CONTENT

    def versions(self, id: str) -> ResponseReturnValue:  # noqa: A002 - the published name
        (comment, page), form = self.comment(id), primary_asked()
        found = current_site().pages.comments.versions(comment)
        sort(found, {"modified-date": lambda one: one.version.number}, "-modified-date")

        def written(one: Comment) -> JsonObject:
            body = wire.bodies(bodies_of(wire_comments.as_page(one, page), form))
            held = {"id": str(one.id), "title": f"Re: {page.title}", "body": body}
            return {**wire.version(one.version), "comment": held}

        return paged(found, written)

    def version(self, id: str, version_number: str) -> ResponseReturnValue:  # noqa: A002 - published
        latest, _ = self.comment(id)
        found, _ = self.comment(id, version=number(version_number, "version-number"))
        return wire.detailed_version(found.version, latest=latest.version.number)

    def operations(self, id: str) -> ResponseReturnValue:  # noqa: A002 - the published name
        found, page = self.comment(id)
        user, first = caller(), current_site().pages.comments.find(found.id, version=1)
        mine = user is not None and first is not None and first.version.author == user.account_id
        own_operations = ["read", *(["update", "delete"] if mine else [])]
        listed = [{"operation": name, "targetType": "comment"} for name in own_operations]
        if current_site().pages.may_work(page.space, user):
            listed.append({"operation": "create", "targetType": "comment"})
        return {"operations": listed}


def _blueprint(location: str) -> Blueprint:
    kind, made = Kind(location), Blueprint(f"wiki_{location}", __name__, url_prefix="/wiki/api/v2")
    made.before_request(wiki_gate)
    own_path = f"/{location}-comments"
    for method, rule, view in (
        ("GET", own_path, kind.of_site),
        ("POST", own_path, kind.post),
        ("GET", f"/pages/<id>{own_path}", kind.of_page),
        ("GET", f"{own_path}/<comment_id>", kind.one),
        ("PUT", f"{own_path}/<comment_id>", kind.put),
        ("DELETE", f"{own_path}/<comment_id>", kind.delete),
        ("GET", f"{own_path}/<id>/children", kind.answers),
        ("GET", f"{own_path}/<id>/operations", kind.operations),
        ("GET", f"{own_path}/<id>/versions", kind.versions),
        ("GET", f"{own_path}/<id>/versions/<version_number>", kind.version),
    ):
        made.add_url_rule(rule, view.__name__, view, methods=[method])
    return made


footer = _blueprint(FOOTER)
inline = _blueprint(INLINE)
