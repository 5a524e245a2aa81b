"""What people do to comments: say something, mend it, take it back, settle it."""

from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from sandbox import errors
from sandbox.guard import member
from sandbox.site import current_site
from sandbox.wiki.changes import check_storage
from sandbox.wiki.comments import Comment, Mark
from sandbox.wiki.model import Page, Version
from sandbox.wiki.selection import marked, places
from sandbox.wiki.wire_comments import resolution
from sandbox.wire import JsonObject, as_object, as_text


def add_comment(page: Page, parent: Comment | None, text: str) -> Comment:
    """Raises a 404 where the caller may not comment, as the API does."""
    site, author = current_site(), member()
    if not site.pages.may_work(page.space, author):
        raise errors.wiki_not_found()
    check_storage(text)
    version = Version(1, author.account_id, site.now(), "", minor=False)
    return site.pages.comments.add(page.id, parent.id if parent else None, text, version)


def add_inline_comment(page: Page, text: str, given: JsonObject) -> Comment:
    """
    Put a marker into the page, which stays in its version, and the comment upon it.

    Raises a 400 when the words do not stand on the page as often as the client believes.
    """
    words = as_text(given.get("textSelection"))
    count = _natural(given.get("textSelectionMatchCount"))
    index = _natural(given.get("textSelectionMatchIndex"))
    if not words.strip() or count is None or index is None:
        raise errors.wiki_invalid(
            "inlineCommentProperties with textSelection, textSelectionMatchCount and "
            "textSelectionMatchIndex must be provided"
        )
    pages = current_site().pages
    with pages.transaction():
        found = places(page.body, words)
        if len(found) != count or not index < count:
            raise errors.wiki_invalid(
                f"The selected text was found {len(found)} times on the page: "
                f"textSelectionMatchCount is {count}, textSelectionMatchIndex {index}"
            )
        comment = add_comment(page, None, text)
        reference = str(uuid5(NAMESPACE_URL, f"{current_site().base}/comment/{comment.id}"))
        after = replace(page, body=marked(page.body, found[index], reference))
        pages.put_body(after)
        return pages.comments.put_mark(comment, Mark(reference, words))


def _natural(value: object) -> int | None:
    fits = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return int(str(value)) if fits else None


def change_comment(comment: Comment, text: str, given: JsonObject) -> Comment:
    """The next version, by the comment's author. Raises a 409 for any other number."""
    check_storage(text)
    site = current_site()
    with site.pages.transaction():
        following = comment.version.number + 1
        if given.get("number") != following:
            raise errors.wiki_conflict(
                "comment", current=comment.version.number, provided=given.get("number")
            )
        message = as_text(given.get("message"))
        version = Version(following, member().account_id, site.now(), message, minor=False)
        return site.pages.comments.change(comment, text, version)


def settle(comment: Comment, page: Page, resolved: object) -> Comment:
    """Resolve a comment in the text, or open it again; no change when it is so already."""
    if not isinstance(resolved, bool):
        raise errors.wiki_invalid("'resolved' must be true or false")
    mark = comment.mark
    if mark is None:
        raise errors.wiki_invalid("Only a comment in the text can be resolved, not an answer")
    if resolution(mark, page) == "dangling":
        raise errors.wiki_invalid("A dangling comment cannot be updated")
    if resolved == (mark.status == "resolved"):
        return comment
    site = current_site()
    status = "resolved" if resolved else "reopened"
    after = replace(mark, status=status, modifier=member().account_id, modified=site.now())
    return site.pages.comments.put_mark(comment, after)


def own(comment: Comment) -> Comment:
    """The comment, for its author. Raises a 403 for anybody else."""
    first = current_site().pages.comments.find(comment.id, version=1)
    if first is None or first.version.author != member().account_id:
        raise errors.wiki_forbidden()
    return comment


def version_given(body: JsonObject) -> JsonObject:
    return as_object(body.get("version"))
