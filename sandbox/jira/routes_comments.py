"""Comments on issues."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.directory import User
from sandbox.guard import member
from sandbox.jira.adf import is_document
from sandbox.jira.comments import Comment
from sandbox.jira.events import comment_event
from sandbox.jira.model import Issue
from sandbox.jira.permissions import PERMISSIONS
from sandbox.jira.requests import body_object, page_bounds
from sandbox.jira.routes_issues import found_issue, workable_issue, writer
from sandbox.jira.versions import as_document
from sandbox.site import current_site
from sandbox.wire import JsonObject

api = Blueprint("comments", __name__)

DEFAULT_COMMENTS = 100
_PATH = "/issue/<issue_id_or_key>/comment"


@api.get(_PATH)
def comments(issue_id_or_key: str) -> ResponseReturnValue:
    issue = found_issue(issue_id_or_key)
    found = current_site().issues.annexes.comments.of(issue.id)
    if request.args.get("orderBy", "").startswith("-"):
        found.reverse()
    start, most = page_bounds(DEFAULT_COMMENTS)
    shown = [writer().comment(issue, comment) for comment in found[start : start + most]]
    return {"startAt": start, "maxResults": most, "total": len(found), "comments": shown}


@api.post(_PATH)
def add_comment(issue_id_or_key: str) -> ResponseReturnValue:
    issue, user = _open_to_comment(issue_id_or_key), member()
    site = current_site()
    body = _body()
    site.issues.surroundings.note(issue.id, site.now())
    number = site.issues.annexes.comments.add(issue.id, body, author=user.account_id, at=site.now())
    _touch(issue)
    made = _found(issue, str(number))
    site.announce(comment_event("comment_created", issue, made, writer()), issue=issue)
    return writer().comment(issue, made), HTTPStatus.CREATED


@api.get(f"{_PATH}/<id>")
def get_comment(issue_id_or_key: str, id: str) -> ResponseReturnValue:  # noqa: A002 - published
    issue = found_issue(issue_id_or_key)
    return writer().comment(issue, _found(issue, id))


@api.put(f"{_PATH}/<id>")
def edit_comment(issue_id_or_key: str, id: str) -> ResponseReturnValue:  # noqa: A002 - published
    issue, user = _open_to_comment(issue_id_or_key), member()
    comment = _own(_found(issue, id), user)
    site = current_site()
    site.issues.surroundings.note(issue.id, site.now())
    site.issues.annexes.comments.edit(comment.id, _body(), editor=user.account_id, at=site.now())
    _touch(issue)
    after = _found(issue, id)
    site.announce(comment_event("comment_updated", issue, after, writer()), issue=issue)
    return writer().comment(issue, after)


@api.delete(f"{_PATH}/<id>")
def delete_comment(issue_id_or_key: str, id: str) -> ResponseReturnValue:  # noqa: A002 - published
    issue, user = _open_to_comment(issue_id_or_key), member()
    comment = _own(_found(issue, id), user)
    site = current_site()
    site.issues.surroundings.note(issue.id, site.now())
    site.issues.annexes.comments.remove(comment.id)
    _touch(issue)
    site.announce(comment_event("comment_deleted", issue, comment, writer()), issue=issue)
    return "", HTTPStatus.NO_CONTENT


def _open_to_comment(id_or_key: str) -> Issue:
    return workable_issue(id_or_key, "comment on", status=HTTPStatus.BAD_REQUEST)


def _body() -> JsonObject:
    body = as_document(body_object().get("body"))
    if not is_document(body) or not body.get("content"):
        raise errors.jira(HTTPStatus.BAD_REQUEST, errors={"comment": "Comment body is not valid!"})
    return body


def _found(issue: Issue, comment_id: str) -> Comment:
    for comment in current_site().issues.annexes.comments.of(issue.id):
        if str(comment.id) == comment_id:
            return comment
    message = f"Can not find a comment for the id: {comment_id}."
    raise errors.jira(HTTPStatus.NOT_FOUND, [message])


def _own(comment: Comment, user: User) -> Comment:
    """Others' comments are for those who administer the site."""
    if comment.author != user.account_id and not PERMISSIONS["ADMINISTER"].held_by(user):
        message = "You do not have permission to edit this comment."
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    return comment


def _touch(issue: Issue) -> None:
    """A comment is a change of its issue."""
    site = current_site()
    with site.issues.transaction():
        held = site.issues.by_id(issue.id) or issue
        site.issues.put(replace(held, updated=site.now()), at=site.now())
