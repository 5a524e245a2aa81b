"""What `expand` and `properties` add to an issue, and to an answer that holds issues."""

from collections.abc import Callable, Iterable
from html import escape

from sandbox.jira.adf import plain_text
from sandbox.jira.changes import Desk
from sandbox.jira.fields import known_fields
from sandbox.jira.fields_asked import choose_fields
from sandbox.jira.metadata import editable_fields
from sandbox.jira.model import Issue, Project
from sandbox.jira.wire import IssueWriter
from sandbox.wire import JsonObject

MOST_PROPERTIES = 5


def additions(
    issue: Issue, expand: Iterable[str], *, writer: IssueWriter, desk: Desk
) -> JsonObject:
    """Words that mean nothing are passed over, as Jira does."""
    known: dict[str, Callable[[], object]] = {
        "changelog": lambda: writer.changelog(desk.store.changes(issue)),
        "transitions": lambda: [writer.transition(status) for status in desk.allowed(issue)],
        "editmeta": lambda: {"fields": editable_fields(_project(issue, writer), writer)},
        "renderedFields": lambda: _rendered(issue),
    }
    return {name: known[name]() for name in expand if name in known}


def _project(issue: Issue, writer: IssueWriter) -> Project:
    project = writer.store.project(issue.project)
    assert project is not None
    return project


def about_fields(asked: Iterable[str], expand: Iterable[str]) -> JsonObject:
    """`names` and `schema` of the fields that were asked for."""
    words = {"names", "schema"} & set(expand)
    if not words:
        return {}
    chosen = choose_fields(asked)
    fields = [field for field in known_fields() if chosen(field["id"])]
    answer: JsonObject = {}
    if "names" in words:
        answer["names"] = {field["id"]: field["name"] for field in fields}
    if "schema" in words:
        answer["schema"] = {field["id"]: field["schema"] for field in fields}
    return answer


def properties(issue: Issue, asked: Iterable[str], *, writer: IssueWriter) -> JsonObject:
    """The properties that were asked for and that the issue has."""
    held = {key: writer.store.annexes.properties.get(issue.id, key) for key in asked}
    return {key: value[0] for key, value in held.items() if value is not None}


def _rendered(issue: Issue) -> JsonObject:
    lines = (plain_text(issue.description) or "").splitlines()
    return {"description": "".join(f"<p>{escape(line)}</p>" for line in lines if line)}
