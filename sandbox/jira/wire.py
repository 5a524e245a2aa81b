"""Issues, projects and people as Jira's REST API writes them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sandbox.clock import jira_time
from sandbox.directory import User, user_by_id
from sandbox.jira import ranks, wire_plans
from sandbox.jira.adf import plain_text
from sandbox.jira.annexes import LinkEnd, LinkType
from sandbox.jira.comments import Comment
from sandbox.jira.model import (
    SECURITY_LEVELS,
    Change,
    FieldChange,
    Issue,
    IssueType,
    Priority,
    Project,
    Resolution,
    Status,
    StatusCategory,
)
from sandbox.jira.store import IssueStore
from sandbox.jira.worklogs import Worklog, duration
from sandbox.wire import JsonObject

TEAM_POINTS = "customfield_10016"
COMPANY_POINTS = "customfield_10036"
EPIC_LINK = "customfield_10014"
RANK = "customfield_10019"
SPRINT = "customfield_10020"
_LOGS_SHOWN = 20
_SIZES = (48, 24, 16, 32)
_NOT_NAVIGABLE = {"comment", "attachment", "worklog", "timetracking", "issuelinks"}


@dataclass(frozen=True, slots=True)
class IssueWriter:
    """Writes issues for one reader; `version` is the REST version that links name."""

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

    def issue(self, issue: Issue, asked: Iterable[str] = ("*all",)) -> JsonObject:
        chosen = choose_fields(asked)
        values = self.fields(issue) | {
            name: value() for name, value in self._plans(issue).items() if chosen(name)
        }
        return {
            "expand": "operations,versionedRepresentations,editmeta,changelog,renderedFields",
            "id": str(issue.id),
            "self": self.link(f"issue/{issue.id}"),
            "key": issue.key,
            "fields": {name: value for name, value in values.items() if chosen(name)},
        }

    def fields(self, issue: Issue) -> JsonObject:
        project = self.store.project(issue.project)
        parent = self.store.by_id(issue.parent_id)
        values: JsonObject = {
            "labels": list(issue.labels),
            "timeoriginalestimate": None,
            TEAM_POINTS: issue.points if project and project.team_managed else None,
            COMPANY_POINTS: issue.points if project and not project.team_managed else None,
            EPIC_LINK: parent.key if parent and parent.type.level == 1 else None,
            "summary": issue.summary,
            "duedate": issue.due.isoformat() if issue.due else None,
            "statuscategorychangedate": jira_time(issue.categorised or issue.created),
            RANK: ranks.shown(issue),
        }
        if parent is not None:
            values["parent"] = self.brief(parent)
        return values

    def _references(self, issue: Issue) -> dict[str, Callable[[], object]]:
        """Objects of several lines, and texts that are made: written when they are asked for."""
        found, project = issue.resolution, self.store.project(issue.project)
        at = issue.resolved
        return {
            "issuetype": lambda: self.issue_type(issue.type),
            "project": lambda: self.project(project) if project else None,
            "resolution": lambda: self.resolution(found) if found else None,
            "resolutiondate": lambda: jira_time(at) if at else None,
            "created": lambda: jira_time(issue.created),
            "updated": lambda: jira_time(issue.updated),
            "priority": lambda: self.priority(issue.priority),
            "status": lambda: self.status(issue.status),
            "description": lambda: (
                issue.description if self.version > 2 else plain_text(issue.description)
            ),
            "assignee": lambda: self.user(user_by_id(issue.assignee)),
            "creator": lambda: self.user(user_by_id(issue.reporter)),
            "reporter": lambda: self.user(user_by_id(issue.reporter)),
            "issuelinks": lambda: self.links(issue),
            "subtasks": lambda: self._subtasks(issue),
            "comment": lambda: self.comments(issue),
        }

    def _subtasks(self, issue: Issue) -> list[JsonObject]:
        children = self.store.children(issue) if issue.type.level == 0 else []
        return [self.brief(child) for child in children if self.store.may_read(child, self.reader)]

    def _plans(self, issue: Issue) -> dict[str, Callable[[], object]]:
        """What is looked up only when it is asked for."""
        annexes, level = self.store.annexes, issue.security_id
        versions = self._versions
        return {
            "components": lambda: [
                wire_plans.component(self.link, held)
                for held in annexes.components.of(issue.project)
                if held.id in issue.components
            ],
            "fixVersions": lambda: versions(issue.project, issue.fix_versions),
            "versions": lambda: versions(issue.project, issue.affected_versions),
            "security": lambda: (
                wire_plans.security(self.link, SECURITY_LEVELS[level]) if level else None
            ),
            "votes": lambda: self.votes(issue),
            "watches": lambda: self.watches(issue),
            SPRINT: lambda: (
                [
                    wire_plans.sprint(held)
                    for held in annexes.sprints.all()
                    if held.id in issue.sprints
                ]
                or None
            ),
            **self._time(issue),
            **self._references(issue),
        }

    def _versions(self, project: str, ids: tuple[int, ...]) -> list[JsonObject]:
        held = self.store.annexes.versions.of(project) if ids else []
        return [wire_plans.version(self.link, one) for one in held if one.id in ids]

    def _time(self, issue: Issue) -> dict[str, Callable[[], object]]:
        """Without estimates all the time there is has been spent."""

        def spent() -> int:
            return sum(log.seconds for log in self.store.annexes.worklogs.of(issue.id))

        def progress() -> JsonObject:
            seconds = spent()
            told = {"progress": seconds, "total": seconds}
            return told | ({"percent": 100} if seconds else {})

        def tracking() -> JsonObject:
            seconds = spent()
            told = {"timeSpent": duration(seconds), "timeSpentSeconds": seconds}
            return told if seconds else {}

        return {
            "timespent": lambda: spent() or None,
            "timetracking": tracking,
            "progress": progress,
            "aggregateprogress": progress,
            "worklog": lambda: self.worklogs(issue, most=_LOGS_SHOWN),
        }

    def worklogs(self, issue: Issue, *, start: int = 0, most: int) -> JsonObject:
        held = self.store.annexes.worklogs.of(issue.id)
        return {
            "startAt": start,
            "maxResults": most,
            "total": len(held),
            "worklogs": [self.worklog(log) for log in held[start : start + most]],
        }

    def worklog(self, log: Worklog) -> JsonObject:
        comment = log.comment if self.version > 2 else plain_text(log.comment)
        return {
            "self": self.link(f"issue/{log.issue_id}/worklog/{log.id}"),
            "author": self.user(user_by_id(log.author)),
            "updateAuthor": self.user(user_by_id(log.editor)),
            **({"comment": comment} if comment is not None else {}),
            "created": jira_time(log.created),
            "updated": jira_time(log.updated),
            "started": jira_time(log.started),
            "timeSpent": duration(log.seconds),
            "timeSpentSeconds": log.seconds,
            "id": str(log.id),
            "issueId": str(log.issue_id),
        }

    def votes(self, issue: Issue) -> JsonObject:
        voters = self.store.annexes.votes.of(issue.id)
        return {
            "self": self.link(f"issue/{issue.key}/votes"),
            "votes": len(voters),
            "hasVoted": self._is_among(voters),
        }

    def watches(self, issue: Issue) -> JsonObject:
        watchers = self.store.annexes.watchers.of(issue.id)
        return {
            "self": self.link(f"issue/{issue.key}/watchers"),
            "watchCount": len(watchers),
            "isWatching": self._is_among(watchers),
        }

    def _is_among(self, accounts: list[str]) -> bool:
        return self.reader is not None and self.reader.account_id in accounts

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

    def links(self, issue: Issue) -> list[JsonObject]:
        """Links to issues that the reader may not see are left out."""
        return [
            self._link(end, other)
            for end in self.store.annexes.links.of(issue.id)
            if (other := self.store.by_id(end.issue_id)) and self.store.may_read(other, self.reader)
        ]

    def _link(self, end: LinkEnd, other: Issue) -> JsonObject:
        return {
            "id": str(end.id),
            "self": self.link(f"issueLink/{end.id}"),
            "type": self.link_type(end.type),
            "outwardIssue" if end.outward else "inwardIssue": self.brief(other),
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
            "accountType": "atlassian",
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

    def comments(self, issue: Issue) -> JsonObject:
        found = [self.comment(issue, held) for held in self.store.annexes.comments.of(issue.id)]
        return {
            "comments": found,
            "self": self.link(f"issue/{issue.id}/comment"),
            "maxResults": len(found),
            "total": len(found),
            "startAt": 0,
        }

    def comment(self, issue: Issue, comment: Comment) -> JsonObject:
        return {
            "self": self.link(f"issue/{issue.id}/comment/{comment.id}"),
            "id": str(comment.id),
            "author": self.user(user_by_id(comment.author)),
            "body": comment.body if self.version > 2 else plain_text(comment.body),
            "updateAuthor": self.user(user_by_id(comment.editor)),
            "created": jira_time(comment.created),
            "updated": jira_time(comment.updated),
            "jsdPublic": True,
        }

    def changelog(self, changes: list[Change]) -> JsonObject:
        histories = [self.change(change) for change in changes]
        total = len(histories)
        return {"startAt": 0, "maxResults": total, "total": total, "histories": histories}

    def change(self, change: Change) -> JsonObject:
        return {
            "id": str(change.id),
            "author": self.user(user_by_id(change.author)),
            "created": jira_time(change.created),
            "items": [change_item(item) for item in change.items],
        }


def change_item(item: FieldChange) -> JsonObject:
    """Custom fields go by their name and their id; links and parents have no id at all."""
    return {
        "field": item.field,
        "fieldtype": "custom" if item.id.startswith("customfield_") else "jira",
        **({"fieldId": item.id} if item.id else {}),
        "from": item.old,
        "fromString": item.old_text,
        "to": item.new,
        "toString": item.new_text,
    }


def choose_fields(asked: Iterable[str]) -> Callable[[str], bool]:
    """
    Which fields a `fields` parameter wants.

    >>> chosen = choose_fields(["*all", "-summary"])
    >>> chosen("summary"), chosen("status")
    (False, True)
    """
    return _chooser(tuple(asked))


@lru_cache(maxsize=256)
def _chooser(asked: tuple[str, ...]) -> Callable[[str], bool]:
    wanted = [name.strip() for name in asked if name.strip()]
    refused = {name[1:] for name in wanted if name.startswith("-")}
    named = {name for name in wanted if not name.startswith("-")}
    everything = "*all" in named or (bool(refused) and not named)
    navigable = "*navigable" in named

    def chosen(name: str) -> bool:
        if name in refused:
            return False
        return everything or name in named or (navigable and name not in _NOT_NAVIGABLE)

    return chosen
