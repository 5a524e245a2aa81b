"""What hangs on an issue, as Jira's REST API writes it: comments, links, time, votes, history."""

from dataclasses import dataclass

from sandbox.clock import jira_time
from sandbox.directory import user_by_id
from sandbox.jira.adf import plain_text
from sandbox.jira.annexes import LinkEnd
from sandbox.jira.comments import Comment
from sandbox.jira.model import Change, FieldChange, Issue
from sandbox.jira.wire_values import ValueWriter
from sandbox.jira.worklogs import Worklog, duration
from sandbox.wire import JsonObject


@dataclass(frozen=True, slots=True)
class AnnexWriter(ValueWriter):
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
            "items": [self.change_item(item) for item in change.items],
        }

    def change_item(self, item: FieldChange) -> JsonObject:
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
