"""Comments as Confluence's REST API v2 writes them."""

from dataclasses import replace

from sandbox.clock import wiki_time
from sandbox.site import current_site
from sandbox.wiki import wire
from sandbox.wiki.bodies import bodies_of
from sandbox.wiki.comments import Comment, Mark
from sandbox.wiki.model import Page
from sandbox.wiki.selection import is_marked
from sandbox.wire import JsonObject


def comment(found: Comment, page: Page, form: str | None) -> JsonObject:
    view = f"/spaces/{page.space.key}/pages/{page.id}?focusedCommentId={found.id}"
    texts = bodies_of(as_page(found, page), form)
    written: JsonObject = {
        "id": str(found.id),
        "status": "current",
        "title": f"Re: {page.title}",
        "version": wire.version(found.version),
        "body": wire.bodies(texts),
        "_links": {"webui": view},
    }
    mark = current_site().pages.comments.root(found).mark
    if mark is not None:
        written |= _about(mark, page)
    if found.parent_id is None:
        return written | {"pageId": str(page.id)}
    return written | {"parentCommentId": str(found.parent_id)}


def as_page(found: Comment, page: Page) -> Page:
    """The comment's text where the page's stands, so that it is drawn as one."""
    return replace(page, body=found.body)


def single(found: Comment, page: Page, form: str | None) -> JsonObject:
    written = comment(found, page, form)
    mark = current_site().pages.comments.root(found).mark
    if mark is not None and mark.modifier is not None and mark.modified is not None:
        written["resolutionLastModifierId"] = mark.modifier
        written["resolutionLastModifiedAt"] = wiki_time(mark.modified)
    written["_links"]["base"] = f"{current_site().base}/wiki"
    return written


def resolution(mark: Mark, page: Page) -> str:
    """A comment whose words are gone from the page is dangling."""
    return mark.status if is_marked(page.body, mark.reference) else "dangling"


def _about(mark: Mark, page: Page) -> JsonObject:
    return {
        "resolutionStatus": resolution(mark, page),
        "properties": {
            "inlineMarkerRef": mark.reference,
            "inlineOriginalSelection": mark.selection,
        },
    }
