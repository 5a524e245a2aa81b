"""The answer of `GET /rest/api/3/field`."""

from sandbox.jira.custom_fields import COMPANY_POINTS, EPIC_LINK, RANK, SPRINT, TEAM_POINTS
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
    ("watches", "Watchers", "watches", None),
    ("worklog", "Log Work", "array", "worklog"),
    ("timetracking", "Time tracking", "timetracking", None),
    ("versions", "Affects versions", "array", "version"),
    ("security", "Security Level", "securitylevel", None),
    ("statuscategorychangedate", "Status Category Changed", "datetime", None),
)
_CLAUSES = {
    "resolutiondate": ["resolutiondate", "resolved"],
    "created": ["created", "createdDate"],
    "updated": ["updated", "updatedDate"],
    "duedate": ["due", "duedate"],
    "issuetype": ["issuetype", "type"],
    "components": ["component"],
    "fixVersions": ["fixVersion"],
    "versions": ["affectedVersion"],
    "watches": ["watchers"],
    "security": ["level"],
    "statuscategorychangedate": ["statusCategoryChangedDate"],
}
_NOT_NAVIGABLE = {"issuelinks", "comment", "worklog", "timetracking"}
_AGILE = "com.pyxis.greenhopper.jira"
_CUSTOM = (
    (TEAM_POINTS, "Story point estimate", "number", f"{_AGILE}:jsw-story-points", None),
    (
        COMPANY_POINTS,
        "Story Points",
        "number",
        "com.atlassian.jira.plugin.system.customfieldtypes:float",
        None,
    ),
    (EPIC_LINK, "Epic Link", "any", f"{_AGILE}:gh-epic-link", None),
    (RANK, "Rank", "any", f"{_AGILE}:gh-lexo-rank", None),
    (SPRINT, "Sprint", "array", f"{_AGILE}:gh-sprint", "json"),
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
        "navigable": identity not in _NOT_NAVIGABLE,
        "searchable": True,
        "clauseNames": _CLAUSES.get(identity, [identity]),
        "schema": schema,
    }


def _custom(row: tuple[str, str, str, str, str | None]) -> JsonObject:
    identity, name, kind, custom, items = row
    number = int(identity.removeprefix("customfield_"))
    schema = {"type": kind, "custom": custom, "customId": number}
    return {
        "id": identity,
        "key": identity,
        "name": name,
        "custom": True,
        "orderable": True,
        "navigable": True,
        "searchable": True,
        "clauseNames": [f"cf[{number}]", name],
        "schema": schema | ({"items": items} if items else {}),
    }
