"""What version 1 of the API does to content; the rules are those of version 2."""

from sandbox import errors
from sandbox.guard import member
from sandbox.site import current_site
from sandbox.wiki.bodies import body_given
from sandbox.wiki.changes import check_storage, create_page, update_page
from sandbox.wiki.comment_changes import add_comment
from sandbox.wiki.comments import Comment
from sandbox.wiki.drafts import save_draft
from sandbox.wiki.model import Page, Space
from sandbox.wiki.requests_v1 import bad_request, editable_page, forbidden, readable_page
from sandbox.wire import JsonObject, as_object, as_text

STATUSES = ("current", "draft")


def create(given: JsonObject) -> Page | tuple[Comment, Page]:
    kind = given.get("type")
    if kind == "comment":
        return _comment(given)
    if kind != "page":
        raise bad_request(f"Cannot create content of type {kind}")
    status = given.get("status", "current")
    if status not in STATUSES:
        raise bad_request("Content is created as current or draft")
    if given.get("id") is not None and status == "current":
        return _published(str(given["id"]), given)
    space = _space(given)
    page = create_page(
        current_site(),
        space=space,
        title=as_text(given.get("title")),
        body=_text(given),
        parent_id=_parent(given),
        author=member(),
        draft=status == "draft",
    )
    _properties(page, as_object(as_object(given.get("metadata")).get("properties")))
    return page


def _published(page_id: str, given: JsonObject) -> Page:
    """A draft becomes a page."""
    page = editable_page(page_id, "Could not publish draft", statuses=("draft",))
    return update_page(
        current_site(),
        page,
        title=as_text(given.get("title")) or page.title,
        body=_text(given) if given.get("body") is not None else page.body,
        number=1,
        author=member(),
    )


def _space(given: JsonObject) -> Space:
    """403 for a space that is missing or closed, as published."""
    pages = current_site().pages
    key = as_object(given.get("space")).get("key")
    space = pages.space(key) if isinstance(key, str) else None
    if space is None or space.key != key or not pages.may_work(space, member()):
        raise forbidden(f"Could not create content with type page in space {key}")
    return space


def _text(given: JsonObject) -> str:
    """Storage format of whichever representation is given."""
    return body_given(given.get("body", {"value": ""}))


def _parent(given: JsonObject, page: Page | None = None) -> int | None:
    """The last of the ancestors that a client names."""
    listed = given.get("ancestors")
    if not listed:
        return None
    named = as_object(listed[-1]).get("id") if isinstance(listed, list) else None
    if not isinstance(named, str | int) or isinstance(named, bool):
        raise bad_request("An ancestor is named by its id")
    parent = readable_page(str(named))
    above = {parent.id, *(one.id for one in current_site().pages.ancestors(parent))}
    if page is not None and page.id in above:
        raise bad_request("A page cannot be moved under itself")
    return parent.id


def _properties(page: Page, given: JsonObject) -> None:
    site = current_site()
    for key, told in given.items():
        value = as_object(told).get("value", told)
        site.pages.add_property(page, key, value, by=member(), at=site.now())


def _comment(given: JsonObject) -> tuple[Comment, Page]:
    container = as_object(given.get("container")).get("id")
    page = readable_page(str(container))
    parent, above = None, _ancestor_id(given)
    if above is not None:
        parent = current_site().pages.comments.find(above)
        if parent is None or parent.page_id != page.id:
            raise bad_request("The comment that is answered does not exist")
    location = as_object(given.get("extensions")).get("location", "footer")
    if location != "footer":
        raise errors.wiki_v1(405, "Method Not Allowed")
    return add_comment(page, parent, _text(given)), page


def _ancestor_id(given: JsonObject) -> int | None:
    listed = given.get("ancestors")
    named = as_object(listed[-1]).get("id") if isinstance(listed, list) and listed else None
    return int(str(named)) if named is not None and str(named).isdecimal() else None


def updated(page: Page, given: JsonObject) -> Page:
    """Raises a 400 without version, type and title, a 409 for a version out of order."""
    version = as_object(given.get("version"))
    if given.get("type") != page_type(page) or not isinstance(given.get("title"), str | None):
        raise bad_request("Content type cannot be changed, and must be given with the title")
    number = version.get("number")
    if not isinstance(number, int) or isinstance(number, bool):
        raise bad_request("Must supply an incremented version when updating Content")
    status, site = given.get("status", "current"), current_site()
    if status not in STATUSES:
        raise bad_request(f"Content cannot be updated to status {status}")
    title = as_text(given.get("title")) or page.title
    text = _text(given) if given.get("body") is not None else page.body
    if status == "draft":
        check_storage(text)
        return save_draft(site, page, title=title, body=text, number=number, author=member())
    if page.status != "draft" and number != page.version.number + 1:
        raise errors.wiki_v1(409, _order(page))
    return update_page(
        site,
        page,
        title=title,
        body=text,
        number=number,
        author=member(),
        message=as_text(version.get("message")),
        minor=version.get("minorEdit") is True,
        parent_id=_parent(given, page),
    )


def page_type(_page: Page) -> str:
    return "page"


def _order(page: Page) -> str:
    return f"Version must be incremented on update. Current version is: {page.version.number}"


def restored(page: Page, older: Page, params: JsonObject) -> Page:
    """An older version's text, and its title if that is asked, as the next version."""
    return update_page(
        current_site(),
        page,
        title=older.title if params.get("restoreTitle") is True else page.title,
        body=older.body,
        number=page.version.number + 1,
        author=member(),
        message=as_text(params.get("message")),
    )
