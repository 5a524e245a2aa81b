"""The pages of a space as a tree, as one reader sees it."""

from dataclasses import dataclass

from sandbox.directory import User
from sandbox.wiki.model import Page, Space
from sandbox.wiki.store import PageStore


@dataclass(frozen=True, slots=True)
class Branch:
    """`opened`: the page that is read is below."""

    page: Page
    branches: tuple["Branch", ...]
    opened: bool


def readable_pages(pages: PageStore, space: Space, reader: User | None) -> list[Page]:
    return [
        page
        for page in pages.all()
        if page.space.id == space.id and page.status == "current" and pages.may_read(page, reader)
    ]


def tree(pages: list[Page], here: Page | None = None) -> tuple[Branch, ...]:
    """A page whose parent is not among the others stands at the top."""
    known = {page.id for page in pages}
    below: dict[int | None, list[Page]] = {}
    for page in pages:
        below.setdefault(page.parent_id if page.parent_id in known else None, []).append(page)

    def grown(parent: int | None) -> tuple[Branch, ...]:
        return tuple(_branch(page, grown(page.id), here) for page in below.get(parent, ()))

    return grown(None)


def _branch(page: Page, branches: tuple[Branch, ...], here: Page | None) -> Branch:
    inside = here is not None and (
        page.id == here.id or any(one.opened or one.page.id == here.id for one in branches)
    )
    return Branch(page, branches, inside)
