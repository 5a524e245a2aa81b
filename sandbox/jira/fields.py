"""The answer of `GET /rest/api/3/field`."""

from sandbox.jira.wire import EPIC_LINK, STORY_POINTS
from sandbox.wire import JsonObject

_SYSTEM = (
    ("issuetype", "Issue Type", "issuetype", None),
    ("parent", "Parent", "issuelink", None),
    ("project", "Project", "project", None),
    ("resolution", "Resolution", "resolution", None),
    ("resolutiondate", "Resolved", "datetime", None),
    ("created", "Created", "datetime", None),
    ("priority", "Priority", "priority", None),
    ("labels", "Labels", "array", "string"),
    ("issuelinks", "Linked Issues", "array", "issuelinks"),
    ("assignee", "Assignee", "user", None),
    ("updated", "Updated", "datetime", None),
    ("status", "Status", "status", None),
    ("components", "Components", "array", "component"),
    ("fixVersions", "Fix versions", "array", "version"),
    ("timeoriginalestimate", "Original estimate", "number", None),
    ("timespent", "Time Spent", "number", None),
    ("description", "Description", "string", None),
    ("summary", "Summary", "string", None),
    ("creator", "Creator", "user", None),
    ("reporter", "Reporter", "user", None),
    ("subtasks", "Sub-tasks", "array", "issuelinks"),
    ("duedate", "Due date", "date", None),
    ("progress", "Progress", "progress", None),
    ("aggregateprogress", "Σ Progress", "progress", None),
    ("comment", "Comment", "comments-page", None),
    ("votes", "Votes", "votes", None),
)
_CLAUSES = {
    "resolutiondate": ["resolutiondate", "resolved"],
    "created": ["created", "createdDate"],
    "updated": ["updated", "updatedDate"],
    "duedate": ["due", "duedate"],
    "issuetype": ["issuetype", "type"],
}
_CUSTOM = (
    (STORY_POINTS, "Story point estimate", "number", "com.pyxis.greenhopper.jira:jsw-story-points"),
    (EPIC_LINK, "Epic Link", "any", "com.pyxis.greenhopper.jira:gh-epic-link"),
)


def known_fields() -> list[JsonObject]:
    return [*map(_system, _SYSTEM), *map(_custom, _CUSTOM)]


def _system(row: tuple[str, str, str, str | None]) -> JsonObject:
    identity, name, kind, items = row
    schema = {"type": kind, "system": identity} | ({"items": items} if items else {})
    return {
        "id": identity,
        "key": identity,
        "name": name,
        "custom": False,
        "orderable": True,
        "navigable": identity not in {"issuelinks", "comment"},
        "searchable": True,
        "clauseNames": _CLAUSES.get(identity, [identity]),
        "schema": schema,
    }


def _custom(row: tuple[str, str, str, str]) -> JsonObject:
    identity, name, kind, custom = row
    number = int(identity.removeprefix("customfield_"))
    return {
        "id": identity,
        "key": identity,
        "name": name,
        "custom": True,
        "orderable": True,
        "navigable": True,
        "searchable": True,
        "clauseNames": [f"cf[{number}]", name],
        "schema": {"type": kind, "custom": custom, "customId": number},
    }
