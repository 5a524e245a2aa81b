"""Links from issues to other sites, known by an id or by the global id that a client chose."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.jira.annexes import RemoteLink
from sandbox.jira.model import Issue
from sandbox.jira.requests import body_object
from sandbox.jira.routes_issues import found_issue, workable_issue, writer
from sandbox.site import current_site
from sandbox.wire import JsonObject, as_object

api = Blueprint("remote_links", __name__)

LONGEST_GLOBAL_ID = 255
_TOLD = ("application", "relationship", "object")
_PATH = "/issue/<issue_id_or_key>/remotelink"


@api.get(_PATH)
def remote_links(issue_id_or_key: str) -> ResponseReturnValue:
    """All of them, or with `globalId` the one."""
    issue = found_issue(issue_id_or_key)
    global_id = request.args.get("globalId")
    if global_id is not None:
        return _written(issue, _by_global_id(issue, global_id))
    links = current_site().issues.annexes.remote_links.of(issue.id)
    return [_written(issue, link) for link in links]


@api.post(_PATH)
def put_remote_link(issue_id_or_key: str) -> ResponseReturnValue:
    """Creates; a global id that the issue knows updates instead, and what is not said is gone."""
    issue = workable_issue(issue_id_or_key, "link")
    global_id, told = _asked()
    link_id, new = current_site().issues.annexes.remote_links.put(issue.id, global_id, told)
    status = HTTPStatus.CREATED if new else HTTPStatus.OK
    return {"id": link_id, "self": _address(issue, link_id)}, status


@api.delete(_PATH)
def delete_by_global_id(issue_id_or_key: str) -> ResponseReturnValue:
    issue = workable_issue(issue_id_or_key, "link")
    global_id = request.args.get("globalId")
    if global_id is None:
        raise errors.jira(HTTPStatus.BAD_REQUEST, ["'globalId' is required"])
    current_site().issues.annexes.remote_links.remove(_by_global_id(issue, global_id).id)
    return "", HTTPStatus.NO_CONTENT


@api.get(f"{_PATH}/<link_id>")
def remote_link(issue_id_or_key: str, link_id: str) -> ResponseReturnValue:
    issue = found_issue(issue_id_or_key)
    return _written(issue, _by_id(issue, link_id))


@api.put(f"{_PATH}/<link_id>")
def replace_remote_link(issue_id_or_key: str, link_id: str) -> ResponseReturnValue:
    issue = workable_issue(issue_id_or_key, "link")
    link = _by_id(issue, link_id)
    global_id, told = _asked()
    if global_id is not None and global_id != link.global_id:
        other = current_site().issues.annexes.remote_links.by_global_id(issue.id, global_id)
        if other is not None:
            raise _wrong("globalId", "A remote link with this global id exists already.")
    current_site().issues.annexes.remote_links.replace(link.id, global_id, told)
    return "", HTTPStatus.NO_CONTENT


@api.delete(f"{_PATH}/<link_id>")
def delete_remote_link(issue_id_or_key: str, link_id: str) -> ResponseReturnValue:
    issue = workable_issue(issue_id_or_key, "link")
    current_site().issues.annexes.remote_links.remove(_by_id(issue, link_id).id)
    return "", HTTPStatus.NO_CONTENT


def _asked() -> tuple[str | None, JsonObject]:
    body = body_object()
    global_id, target = body.get("globalId"), as_object(body.get("object"))
    for name in ("title", "url"):
        if not isinstance(target.get(name), str) or not target[name]:
            raise _wrong(name, f"'{name}' is required")
    if global_id is not None and not isinstance(global_id, str):
        raise _wrong("globalId", "'globalId' must be a string")
    if global_id is not None and len(global_id) > LONGEST_GLOBAL_ID:
        raise _wrong("globalId", f"'globalId' must not exceed {LONGEST_GLOBAL_ID} characters")
    told = {name: body[name] for name in _TOLD if body.get(name) is not None}
    if not isinstance(told.get("relationship", ""), str):
        raise _wrong("relationship", "'relationship' must be a string")
    if not isinstance(told.get("application", {}), dict):
        raise _wrong("application", "'application' must be an object")
    return global_id or None, told


def _wrong(name: str, sentence: str) -> errors.Refused:
    return errors.jira(HTTPStatus.BAD_REQUEST, errors={name: sentence})


def _by_global_id(issue: Issue, global_id: str) -> RemoteLink:
    link = current_site().issues.annexes.remote_links.by_global_id(issue.id, global_id)
    if link is None:
        raise errors.jira(
            HTTPStatus.NOT_FOUND, [f"No remote link found for globalId '{global_id}'."]
        )
    return link


def _by_id(issue: Issue, link_id: str) -> RemoteLink:
    for link in current_site().issues.annexes.remote_links.of(issue.id):
        if str(link.id) == link_id:
            return link
    raise errors.jira(HTTPStatus.NOT_FOUND, [f"No remote link found with id '{link_id}'."])


def _written(issue: Issue, link: RemoteLink) -> JsonObject:
    named = {"globalId": link.global_id} if link.global_id is not None else {}
    return {"id": link.id, "self": _address(issue, link.id), **named, **_complete(link.told)}


def _complete(told: JsonObject) -> JsonObject:
    """Jira fills in the parts that nobody gave."""
    target = {"icon": {}, "status": {"icon": {}}} | told["object"]
    return {"application": {}} | told | {"object": target}


def _address(issue: Issue, link_id: int) -> str:
    return writer().link(f"issue/{issue.key}/remotelink/{link_id}")
