"""The comments of a page as one reader sees them."""

from dataclasses import dataclass

from markupsafe import Markup

from sandbox.directory import User
from sandbox.site import current_site
from sandbox.ui.chrome import look
from sandbox.wiki.comments import Comment
from sandbox.wiki.model import Page
from sandbox.wiki.render import Renderer
from sandbox.wiki.storage_format import parse


@dataclass(frozen=True, slots=True)
class Thread:
    comment: Comment
    author: str
    body: Markup
    mine: bool
    answers: tuple["Thread", ...]


def threads(page: Page, reader: User | None) -> list[Thread]:
    """At the foot of the page."""
    return [_thread(page, one, reader) for one in current_site().pages.comments.on_page(page.id)]


def threads_in_text(page: Page, reader: User | None) -> list[Thread]:
    """Each stands on some words of the page."""
    return [_thread(page, one, reader) for one in current_site().pages.comments.in_text(page.id)]


def author_of(comment: Comment) -> str:
    """Who wrote it first; its later versions may be somebody else's."""
    first = current_site().pages.comments.find(comment.id, version=1)
    return (first or comment).version.author


def _thread(page: Page, comment: Comment, reader: User | None) -> Thread:
    author, site, chosen = author_of(comment), current_site(), look()
    renderer = Renderer(page, site, reader, chosen.locale, chosen.theme)
    return Thread(
        comment,
        author,
        renderer.children(parse(comment.body)),
        reader is not None and author == reader.account_id,
        tuple(_thread(page, one, reader) for one in site.pages.comments.answers(comment)),
    )
