"""Time logged on issues."""

from dataclasses import replace
from datetime import datetime
from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.clock import JIRA_FORMAT
from sandbox.guard import member
from sandbox.jira.adf import is_document
from sandbox.jira.events import worklog_event
from sandbox.jira.model import FieldChange, Issue
from sandbox.jira.permissions import PERMISSIONS
from sandbox.jira.requests import body_object, page_bounds
from sandbox.jira.routes_issues import found_issue, workable_issue, writer
from sandbox.jira.versions import as_document
from sandbox.jira.worklogs import Worklog, seconds_of
from sandbox.site import current_site
from sandbox.wire import JsonObject, as_text

api = Blueprint("worklogs", __name__)

DEFAULT_LOGS = 5000
LONGEST_SECONDS = 10**9
_PATH = "/issue/<issue_id_or_key>/worklog"


@api.get(_PATH)
def worklogs(issue_id_or_key: str) -> ResponseReturnValue:
    issue = found_issue(issue_id_or_key)
    start, most = page_bounds(DEFAULT_LOGS)
    return writer().worklogs(issue, start=start, most=most)


@api.post(_PATH)
def log_work(issue_id_or_key: str) -> ResponseReturnValue:
    issue, me = workable_issue(issue_id_or_key, "log work on"), member()
    site, body = current_site(), body_object()
    seconds = _seconds(body)
    if seconds is None:
        raise _wrong("timeLogged", "You must indicate the time spent working.")
    now = site.now()
    with site.issues.transaction():
        log = Worklog(
            id=site.issues.annexes.worklogs.next_id(),
            issue_id=issue.id,
            author=me.account_id,
            comment=_comment(body.get("comment")),
            started=_started(body.get("started")) or now,
            seconds=seconds,
            created=now,
            editor=me.account_id,
            updated=now,
        )
        _changed(issue, "worklog_created", log, log.seconds)
    return writer().worklog(log), HTTPStatus.CREATED


@api.get(f"{_PATH}/<id>")
def worklog(issue_id_or_key: str, id: str) -> ResponseReturnValue:  # noqa: A002 - published
    return writer().worklog(_found(found_issue(issue_id_or_key), id))


@api.put(f"{_PATH}/<id>")
def edit_worklog(issue_id_or_key: str, id: str) -> ResponseReturnValue:  # noqa: A002 - published
    issue = workable_issue(issue_id_or_key, "log work on")
    before, body = _own(_found(issue, id)), body_object()
    seconds, site = _seconds(body), current_site()
    after = replace(
        before,
        comment=_comment(body["comment"]) if "comment" in body else before.comment,
        started=_started(body.get("started")) or before.started,
        seconds=before.seconds if seconds is None else seconds,
        editor=member().account_id,
        updated=site.now(),
    )
    with site.issues.transaction():
        _changed(issue, "worklog_updated", after, after.seconds - before.seconds)
    return writer().worklog(after)


@api.delete(f"{_PATH}/<id>")
def delete_worklog(issue_id_or_key: str, id: str) -> ResponseReturnValue:  # noqa: A002 - published
    issue = workable_issue(issue_id_or_key, "log work on")
    log = _own(_found(issue, id))
    with current_site().issues.transaction():
        _changed(issue, "worklog_deleted", log, -log.seconds)
    return "", HTTPStatus.NO_CONTENT


def _changed(issue: Issue, event: str, log: Worklog, seconds: int) -> None:
    """Store it, write the changelog of the issue, and tell those who listen."""
    site, me = current_site(), member()
    before = sum(one.seconds for one in site.issues.annexes.worklogs.of(issue.id))
    site.issues.surroundings.note(issue.id, site.now())
    if event == "worklog_deleted":
        site.issues.annexes.worklogs.remove(log.id)
    else:
        site.issues.annexes.worklogs.put(log)
    if seconds:
        spent = FieldChange(
            "timespent",
            str(before) if before else None,
            str(before) if before else None,
            str(before + seconds),
            str(before + seconds),
        )
        number = FieldChange("WorklogId", None, None, str(log.id), str(log.id), "")
        site.desk.touch(issue, me, [spent, number])
    site.announce(worklog_event(event, log, writer()), issue=issue)


def _found(issue: Issue, log_id: str) -> Worklog:
    for log in current_site().issues.annexes.worklogs.of(issue.id):
        if str(log.id) == log_id:
            return log
    message = f"Cannot find worklog with id: '{log_id}'."
    raise errors.jira(HTTPStatus.NOT_FOUND, [message])


def _own(log: Worklog) -> Worklog:
    me = member()
    if log.author != me.account_id and not PERMISSIONS["ADMINISTER"].held_by(me):
        message = "You do not have the permission to change this worklog."
        raise errors.jira(HTTPStatus.BAD_REQUEST, [message])
    return log


def _seconds(body: JsonObject) -> int | None:
    """From seconds or from words; None when neither is given."""
    given, text = body.get("timeSpentSeconds"), body.get("timeSpent")
    if given is None and text is None:
        return None
    seconds = given
    if given is None:
        seconds = seconds_of(as_text(text))
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        raise _wrong("timeLogged", "Invalid time duration entered.")
    if not 0 < seconds <= LONGEST_SECONDS:
        raise _wrong("timeLogged", "Worklog must not be null.")
    return seconds


def _started(given: object) -> datetime | None:
    if given is None:
        return None
    try:
        return datetime.strptime(as_text(given), f"{JIRA_FORMAT}%z")
    except ValueError as error:
        raise errors.jira(
            HTTPStatus.BAD_REQUEST,
            ["The date of the worklog is not of the format yyyy-MM-dd'T'HH:mm:ss.SSSZ."],
        ) from error


def _comment(given: object) -> JsonObject | None:
    if given is None:
        return None
    document = as_document(given)
    if not is_document(document):
        raise _wrong("comment", "Worklog comment is not valid!")
    return document


def _wrong(name: str, sentence: str) -> errors.Refused:
    return errors.jira(HTTPStatus.BAD_REQUEST, errors={name: sentence})
