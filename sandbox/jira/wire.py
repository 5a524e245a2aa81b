"""Issues as Jira's REST API writes them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sandbox.clock import jira_time
from sandbox.directory import user_by_id
from sandbox.jira import ranks, wire_plans
from sandbox.jira.adf import plain_text
from sandbox.jira.custom_fields import COMPANY_POINTS, EPIC_LINK, RANK, SPRINT, TEAM_POINTS
from sandbox.jira.fields_asked import choose_fields
from sandbox.jira.kinds import SECURITY_LEVELS
from sandbox.jira.model import Issue
from sandbox.jira.wire_annexes import AnnexWriter
from sandbox.jira.worklogs import duration
from sandbox.wire import JsonObject

_LOGS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class IssueWriter(AnnexWriter):
    """Writes issues for one reader; a field is looked up only when it is asked for."""

    def issue(self, issue: Issue, asked: Iterable[str] = ("*all",)) -> JsonObject:
        chosen = choose_fields(asked)
        values = self.fields(issue) | {
            name: value() for name, value in self._plans(issue).items() if chosen(name)
        }
        return {
            "expand": "operations,versionedRepresentations,editmeta,changelog,renderedFields",
            **self.reference(issue),
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
