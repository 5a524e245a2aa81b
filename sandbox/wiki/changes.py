"""What people and apps do to pages; the REST API and the edit box go through the same rules."""

from dataclasses import replace

from sandbox import errors
from sandbox.directory import User
from sandbox.site import Site
from sandbox.wiki.model import Page, Space, Version
from sandbox.wiki.storage_format import NotStorageFormat, check

LARGEST_BODY = 5 * 1024 * 1024
LONGEST_TITLE = 255


def create_page(
    site: Site, *, space: Space, title: str, body: str, parent_id: int | None, author: User
) -> Page:
    with site.pages.transaction():
        _check(site, space, title, body, but=None)
        now = site.now()
        page = Page(
            id=site.pages.next_id(),
            space=space,
            title=title,
            status="current",
            parent_id=parent_id,
            author=author.account_id,
            created=now,
            version=Version(1, author.account_id, now, "", minor=False),
            body=body,
        )
        site.pages.add(page)
    site.announce_page("page_created", page, author)
    return page


def update_page(
    site: Site,
    page: Page,
    *,
    title: str,
    body: str,
    number: int | None,
    author: User,
    message: str = "",
    minor: bool = False,
) -> Page:
    """Store the next version; a trashed page is only restored, as documented for v2."""
    with site.pages.transaction():
        current = site.pages.find(page.id) or page
        if number != current.version.number + 1:
            raise errors.wiki_conflict("page", current=current.version.number, provided=number)
        if current.status == "trashed":
            event, after = "page_restored", replace(current, status="current")
            site.pages.set_status(current, "current")
        else:
            _check(site, page.space, title, body, but=page)
            version = Version(number, author.account_id, site.now(), message, minor)
            event, after = "page_updated", replace(current, title=title, body=body, version=version)
            site.pages.add_version(after)
    site.announce_page(event, after, author)
    return after


def trash_page(site: Site, page: Page, author: User) -> None:
    site.pages.set_status(page, "trashed")
    site.announce_page("page_trashed", replace(page, status="trashed"), author)


def purge_page(site: Site, page: Page, author: User) -> None:
    site.pages.purge(page)
    site.announce_page("page_removed", page, author)


def _check(site: Site, space: Space, title: str, body: str, *, but: Page | None) -> None:
    if not title.strip() or len(title) > LONGEST_TITLE:
        raise errors.wiki_invalid(f"Title must have 1 to {LONGEST_TITLE} characters")
    if len(body.encode()) > LARGEST_BODY:
        raise errors.wiki(413, "REQUEST_TOO_LARGE", "Request is too large")
    for page in site.pages.all():
        same = page.space.id == space.id and page.title.casefold() == title.casefold()
        if same and page.status == "current" and (but is None or page.id != but.id):
            raise errors.wiki_invalid(
                "A page with this title already exists: "
                "A page already exists with the same TITLE in this space"
            )
    try:
        check(body)
    except NotStorageFormat as error:
        raise errors.wiki_invalid(str(error)) from error
