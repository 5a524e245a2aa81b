"""What people and apps do to pages; the REST API and the edit box go through the same rules."""

from dataclasses import replace

from sandbox import errors
from sandbox.directory import User
from sandbox.site import Site
from sandbox.wiki.drafts import publish_draft
from sandbox.wiki.model import Page, Space, Version
from sandbox.wiki.storage_format import NotStorageFormat, check

LARGEST_BODY = 5 * 1024 * 1024
LONGEST_TITLE = 255


def create_page(
    site: Site,
    *,
    space: Space,
    title: str,
    body: str,
    parent_id: int | None,
    author: User,
    draft: bool = False,
) -> Page:
    """A draft needs no title and is nobody's business yet."""
    with site.pages.transaction():
        if draft:
            check_storage(body)
        else:
            _check(site, space, title, body, but=None)
        now = site.now()
        page = Page(
            id=site.pages.next_id(),
            space=space,
            title=title,
            status="draft" if draft else "current",
            parent_id=parent_id,
            author=author.account_id,
            created=now,
            version=Version(1, author.account_id, now, "", minor=False),
            body=body,
        )
        site.pages.add(page)
    if not draft:
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
    parent_id: int | None = None,
) -> Page:
    """
    Store the next version; a trashed page is only restored, as documented for v2.

    A draft of changes ends with them; one that was never published is published.
    """
    with site.pages.transaction():
        current = site.pages.find(page.id) or page
        if current.status == "draft":
            _check(site, page.space, title, body, but=page)
            return publish_draft(
                site, current, title=title, body=body, number=number, author=author
            )
        if number != current.version.number + 1:
            raise errors.wiki_conflict("page", current=current.version.number, provided=number)
        if current.status == "trashed":
            event, after = "page_restored", replace(current, status="current")
            site.pages.set_status(current, "current")
        else:
            _check(site, page.space, title, body, but=page)
            version = Version(number, author.account_id, site.now(), message, minor)
            parent = current.parent_id if parent_id is None else parent_id
            after = replace(current, title=title, body=body, version=version, parent_id=parent)
            event = "page_updated"
            site.pages.add_version(after)
            site.pages.drafts.drop(after)
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
    check_storage(body)
    for page in site.pages.all():
        same = page.space.id == space.id and page.title.casefold() == title.casefold()
        if same and page.status == "current" and (but is None or page.id != but.id):
            raise errors.wiki_invalid(
                "A page with this title already exists: "
                "A page already exists with the same TITLE in this space"
            )


def check_storage(body: str) -> None:
    if len(body.encode()) > LARGEST_BODY:
        raise errors.wiki(413, "REQUEST_TOO_LARGE", "Request is too large")
    try:
        check(body)
    except NotStorageFormat as error:
        raise errors.wiki_invalid(str(error)) from error
