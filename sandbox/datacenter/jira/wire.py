"""
Issues, projects and people as Jira Data Center writes them.

What Cloud has and Data Center has not: account ids, hierarchy levels, a parent for the issues of
an epic, the id of a field in a changelog.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.datacenter.jira.epics import EpicOwn, Epics
from sandbox.datacenter.jira.fields import (
    CUSTOM,
    EPIC_COLOUR,
    EPIC_LINK,
    EPIC_NAME,
    EPIC_STATUS,
    RANK,
    SPRINT,
    STORY_POINTS,
)
from sandbox.datacenter.jira.words import Words, company_type
from sandbox.datacenter.people import account_by_id, account_of
from sandbox.directory import User
from sandbox.jira import custom_fields as cloud
from sandbox.jira.comments import Comment
from sandbox.jira.kinds import (
    COMPANY_TYPES,
    PRIORITIES,
    RESOLUTIONS,
    STATUSES,
    IssueType,
    Priority,
    Resolution,
    Status,
    StatusCategory,
)
from sandbox.jira.model import Change, FieldChange, Issue, Project
from sandbox.jira.wire import IssueWriter
from sandbox.wire import JsonObject

_SIZES = (48, 24, 16, 32)
# How the shared rules name a change, and how this product names it.
_CHANGED = {
    "customfield_10014": "Epic Link",
    "customfield_10016": "Story Points",
    "Story point estimate": "Story Points",
    "IssueParentAssociation": "Epic Link",
}
_CUSTOM = {known.name for known in CUSTOM}
_PEOPLE = {"assignee", "reporter", "creator"}


@dataclass(frozen=True, slots=True)
class DataCenterWriter(IssueWriter):
    """Names things in the site's language and knows what epics have of their own."""

    words: Words = field(default_factory=lambda: Words("en"))
    epics: Epics = field(default_factory=Epics)

    def _plans(self, issue: Issue) -> dict[str, Callable[[], object]]:
        plans = IssueWriter._plans(self, issue)
        sprints = plans.pop(cloud.SPRINT)
        return plans | {SPRINT: lambda: _as_text(sprints())}

    def fields(self, issue: Issue) -> JsonObject:
        # Zero-argument super() does not work in a dataclass with slots.
        values = IssueWriter.fields(self, issue)
        parent = self.store.by_id(issue.parent_id)
        rank = values[cloud.RANK]
        for name in [name for name in values if name.startswith("customfield_")]:
            del values[name]
        values.pop("statuscategorychangedate", None)
        if not issue.type.subtask:
            values.pop("parent", None)
        epic = parent if parent and issue.type.level == 0 else None
        values |= {
            EPIC_LINK: epic.key if epic and self.store.may_read(epic, self.reader) else None,
            STORY_POINTS: issue.points,
            RANK: rank,
            "environment": None,
            "attachment": [],
        }
        if issue.type.level == 1:
            values |= self._own_fields(self.own(issue))
        return values

    def own(self, epic: Issue) -> EpicOwn:
        return self.epics.of(epic)

    def _own_fields(self, own: EpicOwn) -> JsonObject:
        return {
            EPIC_NAME: own.name,
            EPIC_COLOUR: own.colour,
            EPIC_STATUS: {
                "self": self.link(f"customFieldOption/{own.status.id}"),
                "value": own.status.name,
                "id": own.status.id,
                "disabled": False,
            },
        }

    def issue_type(self, kind: IssueType) -> JsonObject:
        known = company_type(kind)
        avatar = 10300 + int(known.id) - 10000
        address = (
            f"{self.base}/secure/viewavatar?size=xsmall&avatarId={avatar}&avatarType=issuetype"
        )
        return {
            "self": self.link(f"issuetype/{known.id}"),
            "id": known.id,
            "description": known.description,
            "iconUrl": address,
            "name": self.words.type(known),
            "subtask": known.subtask,
            "avatarId": avatar,
        }

    def status(self, status: Status) -> JsonObject:
        return IssueWriter.status(self, status) | {"name": self.words.status(status)}

    def category(self, category: StatusCategory) -> JsonObject:
        return IssueWriter.category(self, category) | {"name": self.words.category(category)}

    def resolution(self, resolution: Resolution) -> JsonObject:
        return IssueWriter.resolution(self, resolution) | {
            "name": self.words.resolution(resolution)
        }

    def priority(self, level: Priority) -> JsonObject:
        return IssueWriter.priority(self, level) | {"name": self.words.priority(level)}

    def project(self, project: Project) -> JsonObject:
        picture = f"{self.base}/secure/projectavatar?pid={project.id}&avatarId=10324"
        return {
            "self": self.link(f"project/{project.id}"),
            "id": str(project.id),
            "key": project.key,
            "name": project.name,
            "projectTypeKey": "software",
            "avatarUrls": {
                f"{size}x{size}": f"{picture}&size={word}"
                for size, word in zip(_SIZES, ("large", "small", "xsmall", "medium"), strict=True)
            },
        }

    def user(self, user: User | None) -> JsonObject | None:
        if user is None:
            return None
        account = account_of(user)
        picture = f"{self.base}/secure/useravatar?ownerId={account.jira_key}"
        return {
            "self": self.link(f"user?username={account.username}"),
            "key": account.jira_key,
            "name": account.username,
            "emailAddress": user.email,
            "avatarUrls": {f"{size}x{size}": f"{picture}&size={size}" for size in _SIZES},
            "displayName": user.name,
            "active": True,
            "timeZone": user.time_zone,
        }

    def transition(self, status: Status) -> JsonObject:
        return {
            "id": status.transition_id,
            "name": self.words.status(status),
            "description": "",
            "opsbarSequence": 10 * int(status.transition_id),
            "to": self.status(status),
        }

    def comment(self, issue: Issue, comment: Comment) -> JsonObject:
        written = IssueWriter.comment(self, issue, comment)
        written.pop("jsdPublic", None)
        return written

    def changelog(self, changes: list[Change]) -> JsonObject:
        """The oldest first, and all of them."""
        histories = [self.change(change) for change in reversed(changes)]
        total = len(histories)
        return {"startAt": 0, "maxResults": total, "total": total, "histories": histories}

    def change_item(self, item: FieldChange) -> JsonObject:
        written = IssueWriter.change_item(self, item)
        name = self._changed_name(item)
        written |= {"field": name, "fieldtype": "jira"}
        written.pop("fieldId", None)
        if name in _CUSTOM:
            written["fieldtype"] = "custom"
            written["field"] = self.words.field(name)
        if item.field in _PEOPLE:
            for end in ("from", "to"):
                account = account_by_id(written[end])
                written[end] = account.jira_key if account else written[end]
        for end in ("from", "to"):
            written[f"{end}String"] = self._said(item.field, written[end], written[f"{end}String"])
        return written

    def _changed_name(self, item: FieldChange) -> str:
        name = _CHANGED.get(item.field, item.field)
        if name != "Epic Link":
            return name
        ends = [self.store.by_id(int(end)) for end in (item.old, item.new) if end]
        return name if all(end is None or end.type.level == 1 for end in ends) else "Parent Issue"

    def _said(self, name: str, identity: str | None, text: str | None) -> str | None:
        if name == "status" and identity in STATUSES:
            return self.words.status(STATUSES[identity])
        if name == "resolution" and identity in RESOLUTIONS:
            return self.words.resolution(RESOLUTIONS[identity])
        if name == "priority" and identity in PRIORITIES:
            return self.words.priority(PRIORITIES[identity])
        if name == "issuetype":
            return next((self.words.type(k) for k in COMPANY_TYPES if k.id == identity), text)
        return text


def _as_text(sprints: object) -> list[str] | None:
    """Sprints as version 2 of the API has always told them: the words of a Java object."""
    if not isinstance(sprints, list):
        return None
    return [_sprint_text(held) for held in sprints]


def _sprint_text(held: JsonObject) -> str:
    told = {
        "id": held["id"],
        "rapidViewId": held["boardId"],
        "state": str(held["state"]).upper(),
        "name": held["name"],
        "startDate": held.get("startDate") or "<null>",
        "endDate": held.get("endDate") or "<null>",
        "completeDate": held.get("completeDate") or "<null>",
        "sequence": held["id"],
        "goal": held.get("goal") or "<null>",
    }
    inside = ",".join(f"{name}={value}" for name, value in told.items())
    return f"com.atlassian.greenhopper.service.sprint.Sprint@{int(held['id']):x}[{inside}]"
