"""`/rest/api/content`: creating, updating, moving to the trash and out of it."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox.datacenter import errors
from sandbox.datacenter.wiki.requests import body, editable_page, expand, visible_page, writer
from sandbox.datacenter.wiki.routes_content import found_comment, known_space
from sandbox.datacenter.wiki.wire import AFTER_WRITING, rooted
from sandbox.guard import member
from sandbox.site import current_site
from sandbox.wiki.changes import create_page, purge_page, trash_page, update_page
from sandbox.wiki.comment_changes import add_comment, change_comment, own
from sandbox.wiki.comments import Comment
from sandbox.wiki.model import Page
from sandbox.wire import JsonObject, as_object, as_text

api = Blueprint("dc_writing", __name__)

_EDITABLE = ("current", "trashed", "draft")


@api.post("/content")
def create() -> ResponseReturnValue:
    given = body()
    match given.get("type"):
        case "page":
            return _create_page(given)
        case "comment":
            return _create_comment(given)
        case None:
            raise errors.invalid("A content type must be given")
    raise errors.invalid(f"This sandbox holds pages and comments, not: {given['type']}")


def _create_page(given: JsonObject) -> ResponseReturnValue:
    site = current_site()
    key = as_text(as_object(given.get("space")).get("key"))
    if not key:
        raise errors.invalid("A space must be given for new content")
    space = known_space(key)
    if not site.pages.may_work(space, member()):
        raise errors.wiki(HTTPStatus.FORBIDDEN, "User not permitted to create content")
    draft = given.get("status") == "draft" or request.args.get("status") == "draft"
    page = create_page(
        site,
        space=space,
        title=as_text(given.get("title")),
        body=_storage(given) or "",
        parent_id=_parent(given),
        author=member(),
        draft=draft,
    )
    return _written(page)


def _create_comment(given: JsonObject) -> ResponseReturnValue:
    """On the page in `container`; the last of the `ancestors` is the comment it answers."""
    page = visible_page(str(as_object(given.get("container")).get("id") or ""))
    above = _last_ancestor(given)
    answered = found_comment(above) if above is not None else None
    text = _storage(given)
    if text is None:
        raise errors.invalid("A comment must have a body")
    made = add_comment(page, answered[0] if answered else None, text)
    return rooted(current_site(), writer().comment(made, page, expand(AFTER_WRITING)))


@api.put("/content/<content_id>")
def update(content_id: str) -> ResponseReturnValue:
    given = body()
    held = found_comment(content_id)
    if held is not None:
        return _update_comment(*held, given)
    page = editable_page(content_id, *_EDITABLE)
    site, version = current_site(), as_object(given.get("version"))
    number = version.get("number")
    if isinstance(number, bool) or not isinstance(number, int):
        raise errors.invalid("Must supply an incremented version when updating Content")
    title = given.get("title", page.title)
    with site.pages.transaction():
        current = site.pages.find(page.id) or page
        if current.status != "draft" and number != current.version.number + 1:
            raise errors.stale(current.version.number)
        after = update_page(
            site,
            current,
            title=as_text(title),
            body=current.body if (text := _storage(given)) is None else text,
            number=number,
            author=member(),
            message=as_text(version.get("message")),
            minor=version.get("minorEdit") is True,
            parent_id=_parent(given),
        )
    return _written(after)


def _update_comment(comment: Comment, page: Page, given: JsonObject) -> ResponseReturnValue:
    version = as_object(given.get("version"))
    if version.get("number") != comment.version.number + 1:
        raise errors.stale(comment.version.number)
    text = _storage(given)
    after = change_comment(own(comment), comment.body if text is None else text, version)
    return rooted(current_site(), writer().comment(after, page, expand(AFTER_WRITING)))


@api.delete("/content/<id>")
def delete(id: str) -> ResponseReturnValue:  # noqa: A002 - the published parameter
    """A page goes to the trash, with `status=trashed` out of it for good; comments are gone."""
    site, held = current_site(), found_comment(id)
    if held is not None:
        site.pages.comments.remove(own(held[0]))
        return "", HTTPStatus.NO_CONTENT
    if request.args.get("status") == "trashed":
        purge_page(site, editable_page(id, "trashed"), member())
        return "", HTTPStatus.NO_CONTENT
    trash_page(site, editable_page(id), member())
    return "", HTTPStatus.OK


def _written(page: Page) -> JsonObject:
    return rooted(current_site(), writer().page(page, expand(AFTER_WRITING)))


def _storage(given: JsonObject) -> str | None:
    """The body in storage format; None when the request brings none."""
    forms = as_object(given.get("body"))
    if not forms:
        return None
    storage = as_object(forms.get("storage"))
    value = storage.get("value")
    if not isinstance(value, str) or storage.get("representation", "storage") != "storage":
        raise errors.invalid("This sandbox takes bodies in storage format, as text")
    return value


def _parent(given: JsonObject) -> int | None:
    """The last of the `ancestors`; None when there are none."""
    above = _last_ancestor(given)
    return None if above is None else visible_page(above).id


def _last_ancestor(given: JsonObject) -> str | None:
    above = given.get("ancestors")
    if not isinstance(above, list) or not above:
        return None
    return str(as_object(above[-1]).get("id") or "")
