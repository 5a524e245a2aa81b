"""What people and apps do to issues: each is stored, written to the changelog and announced."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sandbox.directory import User
from sandbox.jira.differences import differences
from sandbox.jira.edits import (
    FieldErrors,
    issue_type_of,
    new_type,
    parent_of,
    readable_finder,
    resolution_of,
    simple_values,
    updated_fields,
)
from sandbox.jira.edits_plans import Place
from sandbox.jira.kinds import RESOLVED_DONE, Status
from sandbox.jira.model import FieldChange, Issue
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
        kind = issue_type_of(given, project)
        place = Place(project, self.store.annexes)
        values = simple_values({"summary": None} | given, place=place)
        values.setdefault("reporter", author.account_id)
        parent = parent_of(given.get("parent"), kind=kind, find=self._finder(author))
        now = self.now()
        with self.store.transaction():
            issue = Issue(
                id=self.store.next_id(),
                key=self.store.next_key(project),
                project=project.key,
                type_id=kind.id,
                status_id=project.statuses[0].id,
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
        project = self.store.project(issue.project)
        assert project is not None
        with self.store.transaction():
            before = self.store.by_id(issue.id) or issue
            place = Place(project, self.store.annexes, before)
            given = updated_fields(
                as_object(body.get("update")), as_object(body.get("fields")), place
            )
            values = simple_values(given, place=place)
            if "issuetype" in given:
                values["type_id"] = new_type(given, project, before).id
            if "parent" in given:
                values["parent_id"] = parent_of(
                    given["parent"], kind=before.type, find=self._finder(author)
                )
            return self._apply(before, replace(before, **values), author)

    def plan(self, issue: Issue, author: User, **values: object) -> Issue:
        """Give an issue another sprint or another rank: what boards do."""
        with self.store.transaction():
            before = self.store.by_id(issue.id) or issue
            return self._apply(before, replace(before, **values), author)  # type: ignore[arg-type]  # fields of Issue

    def move(self, issue: Issue, status: Status, fields: JsonObject, author: User) -> Issue:
        """A transition; entering Done resolves the issue, leaving it clears the resolution."""
        asked = resolution_of(fields)
        done = status.category.key == "done"
        with self.store.transaction():
            before = self.store.by_id(issue.id) or issue
            moved = status.category is not before.status.category
            after = replace(
                before,
                status_id=status.id,
                categorised=self.now() if moved else before.categorised,
                resolution_id=(asked or before.resolution_id or RESOLVED_DONE) if done else None,
                resolved=(before.resolved or self.now()) if done else None,
            )
            return self._apply(before, after, author)

    def touch(self, issue: Issue, author: User, items: list[FieldChange]) -> None:
        """Note in the changelog of an issue what happened to something that hangs on it."""
        with self.store.transaction():
            after = replace(self.store.by_id(issue.id) or issue, updated=self.now())
            self.store.put(after, at=self.now())
            change_id = self.store.record(after, author=author, at=self.now(), items=items)
            self.announce("jira:issue_updated", after, author, change_id, items)

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
        items = differences(before, after, self.store)
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
