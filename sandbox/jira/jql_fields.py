"""The fields JQL may ask about."""

from collections.abc import Mapping

from sandbox.directory import user_named
from sandbox.jira.adf import plain_text
from sandbox.jira.differences import PARENT
from sandbox.jira.jql_around import AROUND_FIELDS, property_field, text_with_comments
from sandbox.jira.jql_choice import choice, named, number_field
from sandbox.jira.jql_dates import date_field
from sandbox.jira.jql_functions import texts
from sandbox.jira.jql_plans import PLAN_FIELDS
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
from sandbox.jira.kinds import RESOLUTIONS, STATUSES
from sandbox.jira.model import Issue, known_types
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


def _issue_type(name: str, text: str, asking: Asking) -> frozenset[str]:
    """Types of one name may be the company's and those of several teams."""
    types = known_types(asking.store.projects())
    return named((kind.id, kind.name) for kind in types)(name, text, asking)


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


def _description(issue: Issue) -> str | None:
    return plain_text(issue.description)


def _all_text(issue: Issue) -> str:
    return f"{issue.summary}\n{_description(issue) or ''}"


def _epic(issue: Issue) -> frozenset[str]:
    return one(issue.parent_id) if issue.type.level == 0 else frozenset()


def _parent_epic(clause: Clause, asking: Asking) -> Test:
    """The epic above an issue, or above its parent."""
    store = asking.store

    def epic(issue: Issue) -> frozenset[str]:
        above = store.by_id(issue.parent_id)
        if above is not None and above.type.level < 1:
            above = store.by_id(above.parent_id)
        return one(above.id) if above is not None and above.type.level == 1 else frozenset()

    return choice(epic, _issue, kind="issue").build(clause, asking)


def _no_attachments(clause: Clause, _asking: Asking) -> Test:
    return lambda _issue: clause.operator == "is"


_CATEGORIES = {s.category.key: s.category for s in STATUSES.values()}.values()
_KEY_CHOICE = choice(lambda issue: one(issue.id), _issue, kind="issue")
_TYPE = choice(
    lambda issue: one(issue.type_id),
    _issue_type,
    kind="type",
)
_KEY = Field(
    ORDERED, _key_test, lambda issue: (False, f"{issue.project}-{issue.number:09d}"), kind="issue"
)
_CREATED = date_field(lambda issue: issue.created, whole_days=False)
_UPDATED = date_field(lambda issue: issue.updated, whole_days=False)
_RESOLVED = date_field(lambda issue: issue.resolved, whole_days=False)
_DUE = date_field(lambda issue: issue.due, whole_days=True)
_TEAM_POINTS = number_field(lambda issue: issue.points if issue.type.owner else None)
_COMPANY_POINTS = number_field(lambda issue: None if issue.type.owner else issue.points)
_CATEGORISED = date_field(lambda issue: issue.categorised or issue.created, whole_days=False)
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
    "parent": choice(lambda issue: one(issue.parent_id), _issue, kind="issue", history=PARENT),
    "epic link": _EPIC_LINK,
    "cf[10014]": _EPIC_LINK,
    "issuetype": _TYPE,
    "type": _TYPE,
    "hierarchylevel": number_field(lambda issue: issue.type.level),
    "status": _STATUS,
    "statuscategory": _CATEGORY,
    "resolution": choice(lambda i: one(i.resolution_id), _resolution, history="resolution"),
    "labels": choice(lambda issue: frozenset(map(str.casefold, issue.labels)), _label),
    "assignee": choice(lambda i: one(i.assignee), _person, kind="user", history="assignee"),
    "reporter": _REPORTER,
    "creator": choice(lambda issue: one(issue.reporter), _person, kind="user"),
    "summary": text_field(lambda issue: issue.summary),
    "description": text_field(_description),
    "text": text_with_comments(_all_text),
    "created": _CREATED,
    "createddate": _CREATED,
    "updated": _UPDATED,
    "updateddate": _UPDATED,
    "resolved": _RESOLVED,
    "resolutiondate": _RESOLVED,
    "due": _DUE,
    "duedate": _DUE,
    "statuscategorychangeddate": _CATEGORISED,
    "story point estimate": _TEAM_POINTS,
    "cf[10016]": _TEAM_POINTS,
    "story points": _COMPANY_POINTS,
    "cf[10036]": _COMPANY_POINTS,
    "parentepic": Field(CHOICE, _parent_epic, kind="issue"),
    "environment": text_field(lambda _issue: None),
    "attachments": Field(frozenset({"is", "is not"}), _no_attachments),
    "filter": _EMPTY,
    "savedfilter": _EMPTY,
    **PLAN_FIELDS,
    **AROUND_FIELDS,
}


def field_named(name: str, fields: Mapping[str, Field] = FIELDS) -> Field | None:
    """The field a query means; those over issue properties have no end."""
    return fields.get(name.casefold()) or property_field(name)
