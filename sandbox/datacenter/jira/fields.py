"""The fields of the site: their ids, kinds and names. Those of epics are custom fields here."""

from collections.abc import Iterable
from dataclasses import dataclass

from sandbox.datacenter.jira.words import Words
from sandbox.wire import JsonObject

EPIC_LINK = "customfield_10100"
EPIC_STATUS = "customfield_10101"
EPIC_NAME = "customfield_10102"
EPIC_COLOUR = "customfield_10103"
SPRINT = "customfield_10104"
RANK = "customfield_10105"
STORY_POINTS = "customfield_10106"
_GREENHOPPER = "com.pyxis.greenhopper.jira"
_SYSTEM = "com.atlassian.jira.plugin.system.customfieldtypes"


@dataclass(frozen=True, slots=True)
class Known:
    """`kind` and `items` are of the value, `custom` the type of a custom field."""

    id: str
    name: str
    kind: str
    items: str | None = None
    custom: str | None = None
    clauses: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        return int(self.id.removeprefix("customfield_"))


SYSTEM = (
    Known("issuetype", "Issue Type", "issuetype", clauses=("issuetype", "type")),
    Known("parent", "Parent", "issuelink"),
    Known("project", "Project", "project"),
    Known("resolution", "Resolution", "resolution"),
    Known("resolutiondate", "Resolved", "datetime", clauses=("resolutiondate", "resolved")),
    Known("created", "Created", "datetime", clauses=("created", "createdDate")),
    Known("priority", "Priority", "priority"),
    Known("labels", "Labels", "array", "string"),
    Known("issuelinks", "Linked Issues", "array", "issuelinks", clauses=()),
    Known("assignee", "Assignee", "user"),
    Known("updated", "Updated", "datetime", clauses=("updated", "updatedDate")),
    Known("status", "Status", "status"),
    Known("components", "Component/s", "array", "component", clauses=("component",)),
    Known("fixVersions", "Fix Version/s", "array", "version", clauses=("fixVersion",)),
    Known("versions", "Affects Version/s", "array", "version", clauses=("affectedVersion",)),
    Known("timeoriginalestimate", "Original Estimate", "number"),
    Known("timespent", "Time Spent", "number"),
    Known("description", "Description", "string"),
    Known("summary", "Summary", "string"),
    Known("creator", "Creator", "user"),
    Known("reporter", "Reporter", "user"),
    Known("subtasks", "Sub-Tasks", "array", "issuelinks"),
    Known("duedate", "Due Date", "date", clauses=("due", "duedate")),
    Known("progress", "Progress", "progress"),
    Known("aggregateprogress", "Σ Progress", "progress"),
    Known("comment", "Comment", "comments-page"),
    Known("votes", "Votes", "votes"),
    Known("watches", "Watchers", "watches", clauses=("watchers",)),
    Known("security", "Security Level", "securitylevel", clauses=("level",)),
    Known("environment", "Environment", "string"),
    Known("timetracking", "Time Tracking", "timetracking"),
    Known("worklog", "Log Work", "array", "worklog"),
    Known("attachment", "Attachment", "array", "attachment", clauses=("attachments",)),
)
CUSTOM = (
    Known(EPIC_LINK, "Epic Link", "any", custom=f"{_GREENHOPPER}:gh-epic-link"),
    Known(EPIC_STATUS, "Epic Status", "option", custom=f"{_GREENHOPPER}:gh-epic-status"),
    Known(EPIC_NAME, "Epic Name", "string", custom=f"{_GREENHOPPER}:gh-epic-label"),
    Known(EPIC_COLOUR, "Epic Colour", "string", custom=f"{_GREENHOPPER}:gh-epic-color"),
    Known(SPRINT, "Sprint", "array", "string", custom=f"{_GREENHOPPER}:gh-sprint"),
    Known(RANK, "Rank", "any", custom=f"{_GREENHOPPER}:gh-lexo-rank"),
    Known(STORY_POINTS, "Story Points", "number", custom=f"{_SYSTEM}:float"),
)
FIELDS = {known.id: known for known in (*SYSTEM, *CUSTOM)}


def schema(known: Known) -> JsonObject:
    kind = {"type": known.kind} | ({"items": known.items} if known.items else {})
    if known.custom:
        return {**kind, "custom": known.custom, "customId": known.number}
    return {**kind, "system": known.id}


def field(known: Known, words: Words) -> JsonObject:
    """As `GET /rest/api/2/field` lists it."""
    name = words.field(known.name)
    clauses = [f"cf[{known.number}]", name] if known.custom else list(known.clauses or (known.id,))
    return {
        "id": known.id,
        "name": name,
        "custom": known.custom is not None,
        "orderable": True,
        "navigable": known.id not in {"issuelinks", "comment"},
        "searchable": True,
        "clauseNames": clauses,
        "schema": schema(known),
    }


def all_fields(words: Words) -> list[JsonObject]:
    return [field(known, words) for known in FIELDS.values()]


def named(ids: Iterable[str], words: Words) -> dict[str, str]:
    return {name: words.field(FIELDS[name].name) for name in ids if name in FIELDS}
