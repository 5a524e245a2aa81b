"""Changelogs: of one issue, by id, and of many issues at once."""

from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from sandbox import errors
from sandbox.guard import caller
from sandbox.jira.model import Change, Issue
from sandbox.jira.pages import page_of
from sandbox.jira.requests import bad_payload, body_object, strings
from sandbox.jira.routes_issues import found_issue, writer
from sandbox.site import current_site
from sandbox.wire import JsonObject

api = Blueprint("changelog", __name__)

DEFAULT_CHANGES = 100
MOST_ISSUES = 1000
MOST_FIELDS = 10
DEFAULT_BULK = 1000
MOST_BULK = 10000


@api.get("/issue/<issue_id_or_key>/changelog")
def changelog(issue_id_or_key: str) -> ResponseReturnValue:
    """Oldest first, unlike `expand=changelog`."""
    changes = _oldest_first(found_issue(issue_id_or_key))
    return page_of(changes, writer().change, default=DEFAULT_CHANGES)


@api.post("/issue/<issue_id_or_key>/changelog/list")
def changelog_by_ids(issue_id_or_key: str) -> ResponseReturnValue:
    issue = found_issue(issue_id_or_key)
    wanted = set(strings(body_object(), "changelogIds"))
    if not wanted:
        raise bad_payload()
    return writer().changelog([c for c in _oldest_first(issue) if str(c.id) in wanted])


@api.post("/changelog/bulkfetch")
def bulk_fetch() -> ResponseReturnValue:
    """Issues that do not exist are left out; changes are filtered by the fields asked for."""
    body = body_object()
    names, fields = strings(body, "issueIdsOrKeys"), set(strings(body, "fieldIds"))
    if not 1 <= len(names) <= MOST_ISSUES or len(fields) > MOST_FIELDS:
        raise errors.jira(
            HTTPStatus.BAD_REQUEST,
            [f"Between 1 and {MOST_ISSUES} issues and at most {MOST_FIELDS} fields can be given."],
        )
    found = [(issue, change) for issue in _readable(names) for change in _filtered(issue, fields)]
    start, most = _token(body.get("nextPageToken")), _most(body.get("maxResults", DEFAULT_BULK))
    answer: JsonObject = {"issueChangeLogs": _grouped(found[start : start + most])}
    if start + most < len(found):
        answer["nextPageToken"] = str(start + most)
    return answer


def _oldest_first(issue: Issue) -> list[Change]:
    return current_site().issues.changes(issue)[::-1]


def _readable(names: list[str]) -> list[Issue]:
    store = current_site().issues
    found = {i.id: i for name in names if (i := store.find(name)) and store.may_read(i, caller())}
    return [found[issue_id] for issue_id in sorted(found)]


def _filtered(issue: Issue, fields: set[str]) -> list[Change]:
    changes = _oldest_first(issue)
    if not fields:
        return changes
    kept = (
        replace(
            change, items=tuple(item for item in change.items if fields & {item.id, item.field})
        )
        for change in changes
    )
    return [change for change in kept if change.items]


def _grouped(found: list[tuple[Issue, Change]]) -> list[JsonObject]:
    groups: dict[int, JsonObject] = {}
    for issue, change in found:
        group = groups.setdefault(issue.id, {"issueId": str(issue.id), "changeHistories": []})
        group["changeHistories"].append(writer().change(change))
    return list(groups.values())


def _token(value: object) -> int:
    if value is None:
        return 0
    if not isinstance(value, str) or not value.isascii() or not value.isdecimal():
        raise bad_payload()
    return int(value[:9])


def _most(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_BULK:
        raise bad_payload()
    return value
