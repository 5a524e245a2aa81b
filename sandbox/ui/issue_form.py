"""The fields of an issue as a form writes them, and as the REST API takes them."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.jira.adf import document_of, plain_text
from sandbox.jira.custom_fields import COMPANY_POINTS, TEAM_POINTS
from sandbox.jira.model import Issue, Project
from sandbox.site import current_site
from sandbox.wire import JsonObject


@dataclass(frozen=True, slots=True)
class IssueForm:
    """Texts, as they were typed."""

    summary: str = ""
    assignee: str = ""
    points: str = ""
    parent: str = ""
    labels: str = ""
    due: str = ""
    description: str = ""


def shown_values(issue: Issue) -> IssueForm:
    parent = current_site().issues.by_id(issue.parent_id)
    return IssueForm(
        summary=issue.summary,
        assignee=issue.assignee or "",
        points="" if issue.points is None else f"{issue.points:g}",
        parent=parent.key if parent else "",
        labels=" ".join(issue.labels),
        due=issue.due.isoformat() if issue.due else "",
        description=plain_text(issue.description) or "",
    )


def typed(form: Mapping[str, str]) -> IssueForm:
    names = IssueForm.__slots__
    return IssueForm(**{name: form.get(name, "").replace("\r\n", "\n") for name in names})


def changed_fields(before: IssueForm, after: IssueForm, project: Project) -> JsonObject:
    """
    What differs, as `fields` of a request.

    A description nobody touched stays the document it was, with all its formatting.
    """
    written = _written(after, project)
    unchanged = {
        field
        for name, field in _names(project).items()
        if getattr(before, name).strip() == getattr(after, name).strip()
    }
    return {field: value for field, value in written.items() if field not in unchanged}


def _names(project: Project) -> dict[str, str]:
    return {
        "summary": "summary",
        "assignee": "assignee",
        "points": points_field(project),
        "parent": "parent",
        "labels": "labels",
        "due": "duedate",
        "description": "description",
    }


def points_field(project: Project) -> str:
    return TEAM_POINTS if project.team_managed else COMPANY_POINTS


def _written(form: IssueForm, project: Project) -> JsonObject:
    text = form.description.strip()
    return {
        "summary": form.summary,
        "assignee": {"accountId": form.assignee} if form.assignee else None,
        points_field(project): _number(form.points.strip()),
        "parent": {"key": form.parent.strip()} if form.parent.strip() else None,
        "labels": form.labels.split(),
        "duedate": form.due.strip() or None,
        "description": document_of(text) if text else None,
    }


def _number(text: str) -> float | str | None:
    """What is no number goes on as text, and is refused as the API refuses it."""
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        return text
