"""The fields JQL may ask about."""

from sandbox.directory import user_named
from sandbox.jira.adf import plain_text
from sandbox.jira.jql_choice import choice, named, number_field
from sandbox.jira.jql_dates import date_field
from sandbox.jira.jql_functions import texts
from sandbox.jira.jql_terms import (
    CHOICE,
    COMPARISONS,
    NONE,
    ORDERED,
    Asking,
    Field,
    JqlError,
    Test,
    missing,
    one,
    single,
)
from sandbox.jira.jql_text import text_field
from sandbox.jira.model import ISSUE_TYPES, MEDIUM, PRIORITIES, RESOLUTIONS, STATUSES, Issue
from sandbox.query.tree import Clause


def _project(name: str, text: str, asking: Asking) -> frozenset[str]:
    wanted = text.casefold()
    found = frozenset(
        project.key
        for project in asking.store.projects()
        if asking.store.may_browse(project, asking.user)
        and wanted in {project.key.casefold(), project.name.casefold(), str(project.id)}
    )
    if not found:
        raise missing(name, text)
    return found


def _resolution(name: str, text: str, asking: Asking) -> frozenset[str]:
    """`resolution = Unresolved` is JQL's other way to say `resolution IS EMPTY`."""
    if text.casefold() == "unresolved":
        return frozenset({NONE})
    return named((r.id, r.name) for r in RESOLUTIONS.values())(name, text, asking)


def _person(name: str, text: str, _asking: Asking) -> frozenset[str]:
    user = user_named(text)
    if user is None:
        raise missing(name, text)
    return frozenset({user.account_id})


def _issue(name: str, text: str, asking: Asking) -> frozenset[str]:
    issue = asking.readable(text)
    if issue is not None:
        return frozenset({str(issue.id)})
    if text.isdecimal():
        raise JqlError(f"A value with ID '{text}' does not exist for the field '{name}'.")
    raise JqlError(f"An issue with key '{text}' does not exist for field '{name}'.")


def _key_test(clause: Clause, asking: Asking) -> Test:
    """Keys are equal by issue, and ordered by number within their project."""
    if clause.operator in CHOICE:
        return _KEY_CHOICE.build(clause, asking)
    text = single(clause, texts(clause.field, clause.operands, asking, kind="issue"))
    other = asking.readable(text)
    if other is None:
        raise JqlError(f"An issue with key '{text}' does not exist for field '{clause.field}'.")
    compare = COMPARISONS[clause.operator]
    return lambda issue: issue.project == other.project and compare(issue.number, other.number)


def _label(_name: str, text: str, _asking: Asking) -> frozenset[str]:
    """Labels are free: one that nobody uses finds nothing, and is no mistake."""
    return frozenset({text.casefold()})


def _nothing(name: str, text: str, _asking: Asking) -> frozenset[str]:
    raise missing(name, text)


def _unasked(_clause: Clause, _asking: Asking) -> Test:
    raise AssertionError("a field without operators is not asked about")


def _description(issue: Issue) -> str | None:
    return plain_text(issue.description)


def _all_text(issue: Issue) -> str:
    return f"{issue.summary}\n{_description(issue) or ''}"


def _epic(issue: Issue) -> frozenset[str]:
    return one(issue.parent_id) if issue.type.level == 0 else frozenset()


_CATEGORIES = {s.category.key: s.category for s in STATUSES.values()}.values()
_KEY_CHOICE = choice(lambda issue: one(issue.id), _issue, kind="issue")
_TYPE = choice(
    lambda issue: one(issue.type_id),
    named((k.id, k.name) for k in ISSUE_TYPES.values()),
    kind="type",
)
_KEY = Field(
    ORDERED, _key_test, lambda issue: (False, f"{issue.project}-{issue.number:09d}"), kind="issue"
)
_CREATED = date_field(lambda issue: issue.created, whole_days=False)
_UPDATED = date_field(lambda issue: issue.updated, whole_days=False)
_RESOLVED = date_field(lambda issue: issue.resolved, whole_days=False)
_DUE = date_field(lambda issue: issue.due, whole_days=True)
_POINTS = number_field(lambda issue: issue.points)
_EPIC_LINK = choice(_epic, _issue, kind="issue")
_REPORTER = choice(lambda issue: one(issue.reporter), _person, kind="user", history="reporter")
_EMPTY = choice(lambda _issue: frozenset(), _nothing)
_STATUS = choice(
    lambda issue: one(issue.status_id),
    named((s.id, s.name) for s in STATUSES.values()),
    history="status",
)
_CATEGORY = choice(
    lambda issue: one(issue.status.category.key),
    named(
        [(c.key, c.name) for c in _CATEGORIES]
        + [(c.key, c.key) for c in _CATEGORIES]
        + [(c.key, str(c.id)) for c in _CATEGORIES]
    ),
)

FIELDS: dict[str, Field] = {
    "project": choice(lambda issue: one(issue.project), _project, kind="project"),
    "key": _KEY,
    "issuekey": _KEY,
    "issue": _KEY,
    "id": _KEY,
    "parent": choice(lambda issue: one(issue.parent_id), _issue, kind="issue"),
    "epic link": _EPIC_LINK,
    "cf[10014]": _EPIC_LINK,
    "issuetype": _TYPE,
    "type": _TYPE,
    "hierarchylevel": number_field(lambda issue: issue.type.level),
    "status": _STATUS,
    "statuscategory": _CATEGORY,
    "resolution": choice(lambda i: one(i.resolution_id), _resolution, history="resolution"),
    "priority": choice(
        lambda _issue: one(MEDIUM.id),
        named((p.id, p.name) for p in PRIORITIES.values()),
        history="priority",
    ),
    "labels": choice(lambda issue: frozenset(map(str.casefold, issue.labels)), _label),
    "assignee": choice(lambda i: one(i.assignee), _person, kind="user", history="assignee"),
    "reporter": _REPORTER,
    "creator": choice(lambda issue: one(issue.reporter), _person, kind="user"),
    "summary": text_field(lambda issue: issue.summary),
    "description": text_field(_description),
    "text": text_field(_all_text, sortable=False),
    "created": _CREATED,
    "createddate": _CREATED,
    "updated": _UPDATED,
    "updateddate": _UPDATED,
    "resolved": _RESOLVED,
    "resolutiondate": _RESOLVED,
    "due": _DUE,
    "duedate": _DUE,
    "story point estimate": _POINTS,
    "cf[10016]": _POINTS,
    "component": _EMPTY,
    "fixversion": _EMPTY,
    "affectedversion": _EMPTY,
    "rank": Field(frozenset(), _unasked, lambda issue: (False, float(issue.id))),
}
