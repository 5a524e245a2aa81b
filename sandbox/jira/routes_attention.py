"""Watchers of issues, and votes for them."""

from http import HTTPStatus

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.directory import User, user_by_id
from sandbox.guard import member
from sandbox.jira.model import Issue
from sandbox.jira.routes_issues import found_issue, writer
from sandbox.site import current_site
from sandbox.wire import JsonObject

api = Blueprint("attention", __name__)

_WATCHERS = "/issue/<issue_id_or_key>/watchers"
_VOTES = "/issue/<issue_id_or_key>/votes"


@api.get(_WATCHERS)
def watchers(issue_id_or_key: str) -> ResponseReturnValue:
    issue = found_issue(issue_id_or_key)
    held = current_site().issues.annexes.watchers.of(issue.id)
    return writer().watches(issue) | {"watchers": _people(held)}


@api.post(_WATCHERS)
def watch(issue_id_or_key: str) -> ResponseReturnValue:
    """The body is an account id as JSON text; without one the caller watches."""
    issue, me = found_issue(issue_id_or_key), member()
    given = request.get_json(silent=True) if request.get_data() else me.account_id
    user = user_by_id(given) if isinstance(given, str) else None
    if user is None:
        message = "The user does not exist, or the body is no account id in quotation marks."
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    _check_reader(issue, user)
    _note(issue)
    current_site().issues.annexes.watchers.add(issue.id, user.account_id)
    return "", HTTPStatus.NO_CONTENT


@api.delete(_WATCHERS)
def unwatch(issue_id_or_key: str) -> ResponseReturnValue:
    issue, me = found_issue(issue_id_or_key), member()
    user = user_by_id(request.args.get("accountId", me.account_id))
    if user is None:
        raise errors.jira(HTTPStatus.NOT_FOUND, ["The user does not exist."])
    _note(issue)
    current_site().issues.annexes.watchers.remove(issue.id, user.account_id)
    return "", HTTPStatus.NO_CONTENT


@api.get(_VOTES)
def votes(issue_id_or_key: str) -> ResponseReturnValue:
    issue = found_issue(issue_id_or_key)
    held = current_site().issues.annexes.votes.of(issue.id)
    return writer().votes(issue) | {"voters": _people(held)}


@api.post(_VOTES)
def vote(issue_id_or_key: str) -> ResponseReturnValue:
    """Nobody votes for what they reported themselves, nor for what is resolved."""
    issue, me = found_issue(issue_id_or_key), member()
    if issue.reporter == me.account_id or issue.resolution_id is not None:
        message = "You cannot vote for an issue you have reported or that is resolved."
        raise errors.jira(HTTPStatus.NOT_FOUND, [message])
    _note(issue)
    current_site().issues.annexes.votes.add(issue.id, me.account_id)
    return "", HTTPStatus.NO_CONTENT


@api.delete(_VOTES)
def unvote(issue_id_or_key: str) -> ResponseReturnValue:
    issue, me = found_issue(issue_id_or_key), member()
    if me.account_id not in current_site().issues.annexes.votes.of(issue.id):
        message = "Cannot remove a vote for an issue that the user has not already voted for."
        raise errors.jira(HTTPStatus.NOT_FOUND, [message])
    _note(issue)
    current_site().issues.annexes.votes.remove(issue.id, me.account_id)
    return "", HTTPStatus.NO_CONTENT


def _check_reader(issue: Issue, user: User) -> None:
    if not current_site().issues.may_read(issue, user):
        message = f"The user '{user.name}' does not have permission to view this issue."
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])


def _note(issue: Issue) -> None:
    """Search sees the change as late as any other."""
    site = current_site()
    site.issues.surroundings.note(issue.id, site.now())


def _people(accounts: list[str]) -> list[JsonObject]:
    told = [writer().user(user_by_id(account)) for account in accounts]
    return [one for one in told if one is not None]
