"""What issues refer to, as Jira's REST API writes it: types, statuses, people, each other."""

from dataclasses import dataclass
from datetime import datetime

from sandbox.clock import jira_time
from sandbox.directory import User
from sandbox.jira.annexes import LinkType
from sandbox.jira.kinds import IssueType, Priority, Resolution, Status, StatusCategory
from sandbox.jira.model import Issue, Project
from sandbox.jira.store import IssueStore
from sandbox.wire import JsonObject

_SIZES = (48, 24, 16, 32)


@dataclass(frozen=True, slots=True)
class ValueWriter:
    """Writes for one reader; `version` is the REST version that links name."""

    base: str
    store: IssueStore
    reader: User | None
    version: int = 3

    def link(self, path: str) -> str:
        return f"{self.base}/rest/api/{self.version}/{path}"

    def moment(self, at: datetime) -> str:
        return jira_time(at)

    def reference(self, issue: Issue) -> JsonObject:
        return {"id": str(issue.id), "key": issue.key, "self": self.link(f"issue/{issue.id}")}

    def brief(self, issue: Issue) -> JsonObject:
        """How an issue appears inside another one."""
        return {
            **self.reference(issue),
            "fields": {
                "summary": issue.summary,
                "status": self.status(issue.status),
                "priority": self.priority(issue.priority),
                "issuetype": self.issue_type(issue.type),
            },
        }

    def issue_type(self, kind: IssueType) -> JsonObject:
        """Types of team-managed projects have a scope."""
        scope = {"type": "PROJECT", "project": {"id": str(kind.owner)}}
        return {
            "self": self.link(f"issuetype/{kind.id}"),
            "id": kind.id,
            "description": kind.description,
            "iconUrl": f"{self.base}/images/icons/issuetypes/{kind.id}.svg",
            "name": kind.name,
            "subtask": kind.subtask,
            "avatarId": 10300 + int(kind.id) - 10000,
            "hierarchyLevel": kind.level,
            **({"scope": scope} if kind.owner else {}),
        }

    def status(self, status: Status) -> JsonObject:
        return {
            "self": self.link(f"status/{status.id}"),
            "description": "",
            "iconUrl": f"{self.base}/images/icons/status_generic.gif",
            "name": status.name,
            "id": status.id,
            "statusCategory": self.category(status.category),
        }

    def category(self, category: StatusCategory) -> JsonObject:
        return {
            "self": self.link(f"statuscategory/{category.id}"),
            "id": category.id,
            "key": category.key,
            "colorName": category.colour,
            "name": category.name,
        }

    def resolution(self, resolution: Resolution) -> JsonObject:
        return {
            "self": self.link(f"resolution/{resolution.id}"),
            "id": resolution.id,
            "description": resolution.description,
            "name": resolution.name,
        }

    def priority(self, level: Priority) -> JsonObject:
        return {
            "self": self.link(f"priority/{level.id}"),
            "iconUrl": f"{self.base}/images/icons/priorities/{level.name.casefold()}.svg",
            "name": level.name,
            "id": level.id,
        }

    def link_type(self, kind: LinkType) -> JsonObject:
        return {
            "id": kind.id,
            "name": kind.name,
            "inward": kind.inward,
            "outward": kind.outward,
            "self": self.link(f"issueLinkType/{kind.id}"),
        }

    def project(self, project: Project) -> JsonObject:
        return {
            "self": self.link(f"project/{project.id}"),
            "id": str(project.id),
            "key": project.key,
            "name": project.name,
            "projectTypeKey": "software",
            "simplified": project.team_managed,
            "avatarUrls": {
                f"{size}x{size}": f"{self.base}/secure/projectavatar?pid={project.id}&size={size}"
                for size in _SIZES
            },
        }

    def user(self, user: User | None) -> JsonObject | None:
        if user is None:
            return None
        picture = f"{self.base}/secure/useravatar?ownerId={user.account_id}"
        return {
            "self": self.link(f"user?accountId={user.account_id}"),
            "accountId": user.account_id,
            "emailAddress": user.email,
            "avatarUrls": {f"{size}x{size}": f"{picture}&size={size}" for size in _SIZES},
            "displayName": user.name,
            "active": True,
            "timeZone": user.time_zone,
            "accountType": user.account_type,
        }

    def transition(self, status: Status) -> JsonObject:
        return {
            "id": status.transition_id,
            "name": status.name,
            "to": self.status(status),
            "hasScreen": False,
            "isGlobal": True,
            "isInitial": False,
            "isAvailable": True,
            "isConditional": False,
            "looped": False,
        }
