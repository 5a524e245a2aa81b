"""What an edit changed, in the words of Jira's changelogs."""

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.directory import user_by_id
from sandbox.jira.custom_fields import COMPANY_POINTS, RANK, SPRINT, TEAM_POINTS
from sandbox.jira.kinds import SECURITY_LEVELS
from sandbox.jira.model import FieldChange, Issue
from sandbox.jira.ranks import rank_of
from sandbox.jira.store import IssueStore

# As the recorded changelogs name them; the field of a parent has no id there.
FIX_VERSION, AFFECTED, COMPONENT, PARENT = (
    "Fix Version",
    "Version",
    "Component",
    "IssueParentAssociation",
)


@dataclass(frozen=True, slots=True)
class _Aspect:
    """One field: the id and the words of its value."""

    field: str
    value: str | None
    text: str | None
    field_id: str | None = None


def differences(before: Issue, after: Issue, store: IssueStore) -> list[FieldChange]:
    pairs = zip(_aspects(before, store), _aspects(after, store), strict=True)
    found = [
        FieldChange(old.field, old.value, old.text, new.value, new.text, old.field_id)
        for old, new in pairs
        if (old.value, old.text) != (new.value, new.text)
    ]
    found += _members(before, after, store)
    if rank_of(before) != rank_of(after):
        higher = rank_of(after) < rank_of(before)
        word = "Ranked higher" if higher else "Ranked lower"
        found.append(FieldChange("Rank", "", "", "", word, RANK))
    return found


def _aspects(issue: Issue, store: IssueStore) -> list[_Aspect]:
    resolution, parent = issue.resolution, store.by_id(issue.parent_id)
    level = SECURITY_LEVELS[issue.security_id].name if issue.security_id else None
    return [
        _Aspect("resolution", issue.resolution_id, resolution.name if resolution else None),
        _Aspect("status", issue.status_id, issue.status.name),
        _Aspect("issuetype", issue.type_id, issue.type.name),
        _Aspect("summary", None, issue.summary),
        _Aspect("labels", None, " ".join(issue.labels)),
        _Aspect("assignee", issue.assignee, _name(issue.assignee)),
        _Aspect("reporter", issue.reporter, _name(issue.reporter)),
        _Aspect("priority", issue.priority_id, issue.priority.name),
        _Aspect("duedate", _text(issue.due), _text(issue.due)),
        _points(issue, store),
        _sprint(issue, store),
        _Aspect("security", issue.security_id, level),
        _Aspect("description", None, _text(issue.description)),
        _Aspect(PARENT, _text(issue.parent_id), parent.key if parent else None, ""),
    ]


def _points(issue: Issue, store: IssueStore) -> _Aspect:
    project = store.project(issue.project)
    text = None if issue.points is None else f"{issue.points:g}"
    if project is not None and project.team_managed:
        return _Aspect("Story point estimate", None, text, TEAM_POINTS)
    return _Aspect("Story Points", None, text, COMPANY_POINTS)


def _sprint(issue: Issue, store: IssueStore) -> _Aspect:
    held = [one for one in store.annexes.sprints.all() if one.id in issue.sprints]
    ids, names = ", ".join(str(one.id) for one in held), ", ".join(one.name for one in held)
    return _Aspect("Sprint", ids, names, SPRINT)


def _members(before: Issue, after: Issue, store: IssueStore) -> list[FieldChange]:
    """Of versions and components each one that came or went is a line of its own."""
    versions = {one.id: one.name for one in store.annexes.versions.of(after.project)}
    components = {one.id: one.name for one in store.annexes.components.of(after.project)}
    return [
        *_moved(FIX_VERSION, "fixVersions", before.fix_versions, after.fix_versions, versions),
        *_moved(AFFECTED, "versions", before.affected_versions, after.affected_versions, versions),
        *_moved(COMPONENT, "components", before.components, after.components, components),
    ]


def _moved(
    field: str, field_id: str, before: Iterable[int], after: Iterable[int], names: dict[int, str]
) -> list[FieldChange]:
    old, new = set(before), set(after)
    gone = [
        FieldChange(field, str(one), names.get(one, str(one)), None, None, field_id)
        for one in sorted(old - new)
    ]
    come = [
        FieldChange(field, None, None, str(one), names.get(one, str(one)), field_id)
        for one in sorted(new - old)
    ]
    return gone + come


def _name(account_id: str | None) -> str | None:
    user = user_by_id(account_id)
    return user.name if user else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)
