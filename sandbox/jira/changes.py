"""What people and apps do to issues: each is stored, written to the changelog and announced."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sandbox.directory import User, user_by_id
from sandbox.jira.edits import (
    FieldErrors,
    issue_type_of,
    labels_after,
    parent_of,
    readable_finder,
    resolution_of,
    simple_values,
)
from sandbox.jira.model import RESOLVED_DONE, FieldChange, Issue, Status
from sandbox.jira.store import IssueStore
from sandbox.wire import JsonObject, as_object


class Announce(Protocol):
    def __call__(
        self, event: str, issue: Issue, author: User, change_id: int, items: list[FieldChange]
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Where issues are changed."""

    store: IssueStore
    now: Callable[[], datetime]
    announce: Announce

    def create(self, given: JsonObject, author: User) -> Issue:
        """Raises `FieldErrors`."""
        asked = as_object(given.get("project"))
        project = self.store.project(str(asked.get("key") or asked.get("id") or ""))
        if project is None or not self.store.may_browse(project, author):
            raise FieldErrors({"project": "Specify a valid project ID or key"})
        if not self.store.may_work(project.key, author):
            raise FieldErrors({"project": "You cannot create issues in this project."})
        kind = issue_type_of(given)
        values = simple_values({"summary": None} | given, editing=False)
        parent = parent_of(given.get("parent"), kind=kind, find=self._finder(author))
        now = self.now()
        with self.store.transaction():
            issue = Issue(
                id=self.store.next_id(),
                key=self.store.next_key(project),
                project=project.key,
                type_id=kind.id,
                status_id=project.statuses[0].id,
                reporter=author.account_id,
                created=now,
                updated=now,
                parent_id=parent,
                **values,
            )
            self.store.put(issue, at=now)
        self.announce("jira:issue_created", issue, author, 0, [])
        return issue

    def edit(self, issue: Issue, body: JsonObject, author: User) -> Issue:
        """Raises `FieldErrors`."""
        given = as_object(body.get("fields"))
        update = as_object(body.get("update"))
        values = simple_values(given, editing=True)
        if "parent" in given:
            values["parent_id"] = parent_of(
                given["parent"], kind=issue.type, find=self._finder(author)
            )
        if unknown := set(update) - {"labels"}:
            raise FieldErrors({name: f"Field '{name}' cannot be set." for name in unknown})
        with self.store.transaction():
            before = self.store.by_id(issue.id) or issue
            if "labels" in update:
                start = values.get("labels", before.labels)
                values["labels"] = labels_after(start, update["labels"])
            return self._apply(before, replace(before, **values), author)

    def move(self, issue: Issue, status: Status, fields: JsonObject, author: User) -> Issue:
        """A transition; entering Done resolves the issue, leaving it clears the resolution."""
        asked = resolution_of(fields)
        done = status.category.key == "done"
        with self.store.transaction():
            before = self.store.by_id(issue.id) or issue
            after = replace(
                before,
                status_id=status.id,
                resolution_id=(asked or before.resolution_id or RESOLVED_DONE) if done else None,
                resolved=(before.resolved or self.now()) if done else None,
            )
            return self._apply(before, after, author)

    def delete(self, issue: Issue, author: User) -> None:
        """Sub-tasks go with their parent, as Jira does when asked to."""
        children = self.store.children(issue)
        if issue.type.level == 0:
            for child in children:
                self.delete(child, author)
        else:
            for child in children:
                self.store.put(replace(child, parent_id=None), at=self.now())
        self.store.remove(issue, at=self.now())
        self.announce("jira:issue_deleted", issue, author, 0, [])

    def allowed(self, issue: Issue) -> list[Status]:
        """Every other status of the project: the workflow is the simplified one."""
        project = self.store.project(issue.project)
        assert project is not None
        return [status for status in project.statuses if status.id != issue.status_id]

    def _apply(self, before: Issue, after: Issue, author: User) -> Issue:
        items = self._differences(before, after)
        if not items:
            return before
        now = self.now()
        after = replace(after, updated=now)
        self.store.put(after, at=now)
        change_id = self.store.record(after, author=author, at=now, items=items)
        self.announce("jira:issue_updated", after, author, change_id, items)
        return after

    def _finder(self, author: User) -> Callable[[str], Issue | None]:
        return readable_finder(self.store, lambda issue: self.store.may_read(issue, author))

    def _differences(self, before: Issue, after: Issue) -> list[FieldChange]:
        pairs = zip(self._described(before), self._described(after), strict=True)
        return [
            FieldChange(name, old, old_text, new, new_text)
            for (name, old, old_text), (_, new, new_text) in pairs
            if (old, old_text) != (new, new_text)
        ]

    def _described(self, issue: Issue) -> list[tuple[str, str | None, str | None]]:
        resolution, assignee = issue.resolution, user_by_id(issue.assignee)
        parent = self.store.by_id(issue.parent_id)
        return [
            ("resolution", issue.resolution_id, resolution.name if resolution else None),
            ("status", issue.status_id, issue.status.name),
            ("summary", None, issue.summary),
            ("labels", None, " ".join(issue.labels)),
            ("assignee", issue.assignee, assignee.name if assignee else None),
            ("duedate", _text(issue.due), _text(issue.due)),
            ("customfield_10016", None, _text(issue.points)),
            ("description", None, _text(issue.description)),
            ("IssueParentAssociation", _text(issue.parent_id), parent.key if parent else None),
        ]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
