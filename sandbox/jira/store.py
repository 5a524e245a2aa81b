"""Projects and issues in SQLite, and the search index that may lag behind them."""

import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sandbox.access import EDIT, PROJECT, VIEW, Access
from sandbox.database import Database
from sandbox.directory import User
from sandbox.jira.annexes import Annexes, new_annexes
from sandbox.jira.issue_rows import (
    PlantedChange,
    WorkImage,
    change_of,
    issue_row,
    items_row,
    plain,
    unpacked,
)
from sandbox.jira.model import Change, FieldChange, Issue, Project
from sandbox.jira.search_view import Searchable, Unindexed
from sandbox.jira.surroundings import LateSurroundings


class IssueStore:
    def __init__(self, database: Database, *, search_lag: timedelta = timedelta()) -> None:
        self._db = database
        database.execute("ALTER TABLE projects ADD COLUMN style TEXT")
        database.execute("ALTER TABLE projects ADD COLUMN public INTEGER")
        self.access = Access(database, PROJECT)
        self.annexes: Annexes = new_annexes(database)
        self.surroundings = LateSurroundings(self.annexes, search_lag)
        self._lag = search_lag
        self._unindexed: list[Unindexed] = []
        self._cache: dict[int, Issue] | None = None
        self._projects: list[Project] | None = None
        self._named: dict[str, Project] = {}

    def transaction(self) -> AbstractContextManager[None]:
        return self._db.transaction()

    def projects(self) -> list[Project]:
        if self._projects is None:
            rows = self._db.rows(
                "SELECT id, key, name, workflow, lead, style, public FROM projects ORDER BY key"
            )
            self._projects = [
                Project(**dict(row) | {"public": bool(row["public"])}) for row in rows
            ]
        return self._projects

    def project(self, id_or_key: str) -> Project | None:
        with self._db.lock:
            if self._projects is None:
                self._named.clear()
            if not self._named:
                for project in self.projects():
                    self._named |= {project.key.casefold(): project, str(project.id): project}
            return self._named.get(id_or_key.casefold())

    def add_project(self, project: Project) -> None:
        self._db.execute(
            "INSERT INTO projects VALUES (:id, :key, :name, :workflow, :lead, 0, :style, :public)",
            asdict(project),
        )
        self.access.found(project.key, public=project.public)
        self.annexes.boards.open(project.key, "simple" if project.team_managed else "scrum")
        self._projects = None

    def manage_by_company(self) -> None:
        """Take every project from its team: on Data Center there are no others."""
        self._db.execute("UPDATE projects SET style = 'classic'")
        self._projects = None

    def may_browse(self, project: Project, user: User | None) -> bool:
        return self.access.may(project.key, VIEW, user)

    def may_work(self, project_key: str, user: User | None) -> bool:
        """To create, edit, move, comment and delete."""
        return self.access.may(project_key, EDIT, user)

    def may_read(self, issue: Issue, user: User | None) -> bool:
        """The project's permission, and the issue's own security; strangers are never named."""
        if not self.access.may(issue.project, VIEW, user):
            return False
        return issue.readers is None or (user is not None and user.account_id in issue.readers)

    def reader(self, user: User | None) -> Callable[[Issue], bool]:
        """`may_read` for many issues: projects are asked once."""
        projects: dict[str, bool] = {}

        def may_read(issue: Issue) -> bool:
            if issue.project not in projects:
                projects[issue.project] = self.access.may(issue.project, VIEW, user)
            if issue.security_id is not None:
                return self.may_read(issue, user)
            return projects[issue.project]

        return may_read

    def may_edit(self, issue: Issue, user: User | None) -> bool:
        return self.may_work(issue.project, user) and self.may_read(issue, user)

    def next_key(self, project: Project) -> str:
        """Keys count up and are never used twice."""
        with self._db.transaction():
            self._db.execute(
                "UPDATE projects SET last_number = last_number + 1 WHERE id = ?", (project.id,)
            )
            row = self._db.row("SELECT last_number FROM projects WHERE id = ?", (project.id,))
            assert row is not None
            return f"{project.key}-{row['last_number']}"

    def next_id(self) -> int:
        row = self._db.row("SELECT coalesce(max(id), 10000) + 1 AS id FROM issues")
        assert row is not None
        return int(row["id"])

    def all(self) -> list[Issue]:
        return list(self._issues().values())

    def by_id(self, issue_id: int | None) -> Issue | None:
        with self._db.lock:
            return self._cached().get(issue_id) if issue_id is not None else None

    def find(self, id_or_key: str) -> Issue | None:
        if id_or_key.isdecimal():
            return self.by_id(int(id_or_key))
        row = self._db.row("SELECT id FROM issues WHERE key = ?", (id_or_key.upper(),))
        return self.by_id(row["id"]) if row else None

    def children(self, issue: Issue) -> list[Issue]:
        rows = self._db.rows("SELECT id FROM issues WHERE parent_id = ? ORDER BY id", (issue.id,))
        return [child for row in rows if (child := self.by_id(row["id"]))]

    def put(self, issue: Issue, *, at: datetime) -> None:
        with self._db.lock:
            self._remember(issue.id, at)
            self._db.execute(
                "INSERT OR REPLACE INTO issues VALUES (?, ?, ?, ?, ?, ?)", issue_row(issue)
            )
            self._cached()[issue.id] = issue

    def plant(self, issues: Sequence[Issue], changes: Iterable[PlantedChange]) -> None:
        """Many new issues with their past, as if they had always been there."""
        with self._db.transaction():
            cache = self._cached()
            self._db.execute_many(
                "INSERT INTO issues VALUES (?, ?, ?, ?, ?, ?)", map(issue_row, issues)
            )
            cache.update((issue.id, issue) for issue in issues)
            self._count_on(issues)
            self._db.execute_many(
                "INSERT INTO issue_changes (issue_id, author, created, items) VALUES (?, ?, ?, ?)",
                (
                    (
                        change.issue_id,
                        change.author,
                        change.at.isoformat(),
                        items_row(change.items),
                    )
                    for change in changes
                ),
            )

    def image(self) -> WorkImage:
        """Projects, issues and changelogs, to be held by other stores too."""
        with self._db.lock:
            return WorkImage(
                tuple(self.projects()),
                tuple(self._cached().values()),
                plain(self._db.rows("SELECT * FROM issues ORDER BY id")),
                plain(self._db.rows("SELECT * FROM issue_changes ORDER BY id")),
            )

    def hold(self, image: WorkImage) -> None:
        """Hold what another store held, ids and all; issues never change, so they are shared."""
        with self._db.transaction():
            self._cached().update((issue.id, issue) for issue in image.issues)
            for project in image.projects:
                self.add_project(project)
            self._db.execute_many("INSERT INTO issues VALUES (?, ?, ?, ?, ?, ?)", image.issue_rows)
            self._db.execute_many(
                "INSERT INTO issue_changes VALUES (?, ?, ?, ?, ?)", image.change_rows
            )
            self._count_on(image.issues)

    def _count_on(self, issues: Iterable[Issue]) -> None:
        """The next key of a project is one that none of these has."""
        last: dict[str, int] = {}
        for issue in issues:
            last[issue.project] = max(issue.number, last.get(issue.project, 0))
        self._db.execute_many(
            "UPDATE projects SET last_number = max(last_number, ?) WHERE key = ?",
            [(number, project) for project, number in last.items()],
        )

    def remove(self, issue: Issue, *, at: datetime) -> None:
        with self._db.lock:
            self._remember(issue.id, at)
            self._db.execute("DELETE FROM issues WHERE id = ?", (issue.id,))
            self.annexes.forget(issue.id)
            self._cached().pop(issue.id, None)

    def searchable(self, *, now: datetime, fresh: Iterable[int] = ()) -> Searchable:
        """What search sees now; issues whose numeric id is in `fresh` are reconciled."""
        reconciled = set(fresh)
        with self._db.lock:
            self._unindexed = [change for change in self._unindexed if change.until > now]
            before = {
                change.issue_id: change.before
                for change in reversed(self._unindexed)
                if change.issue_id not in reconciled
            }
        return Searchable(self.all, self.by_id, before)

    def ids_below(self, parents: Iterable[int]) -> set[int]:
        return self._ids("parent_id = ?", [(parent,) for parent in parents])

    def ids_in(self, projects: Iterable[str]) -> set[int]:
        return self._ids("project = ?", [(project,) for project in projects])

    def ids_since(self, moment: datetime) -> set[int]:
        """Of issues that were updated then or later."""
        return self._ids("updated >= ?", [(moment.timestamp(),)])

    def _ids(self, condition: str, asked: Iterable[tuple[Any, ...]]) -> set[int]:
        sql = f"SELECT id FROM issues WHERE {condition}"  # noqa: S608 - one of the three above
        return {row["id"] for values in asked for row in self._db.rows(sql, values)}

    def record(self, issue: Issue, *, author: User, at: datetime, items: list[FieldChange]) -> int:
        return self._db.execute(
            "INSERT INTO issue_changes (issue_id, author, created, items) VALUES (?, ?, ?, ?)",
            (issue.id, author.account_id, at.isoformat(), items_row(items)),
        )

    def changes(self, issue: Issue) -> list[Change]:
        """Newest first, as Jira lists them."""
        rows = self._db.rows(
            "SELECT id, author, created, items FROM issue_changes WHERE issue_id = ?"
            " ORDER BY created DESC, id DESC",
            (issue.id,),
        )
        return [change_of(row) for row in rows]

    def _remember(self, issue_id: int, at: datetime) -> None:
        if self._lag:
            self._unindexed.append(Unindexed(issue_id, self.by_id(issue_id), at + self._lag))

    def _issues(self) -> dict[int, Issue]:
        """A copy that the caller may change, in the order of ids."""
        with self._db.lock:
            return dict(self._cached())

    def _cached(self) -> dict[int, Issue]:
        if self._cache is None:
            rows = self._db.rows("SELECT fields FROM issues ORDER BY id")
            issues = [unpacked(json.loads(row["fields"])) for row in rows]
            self._cache = {issue.id: issue for issue in issues}
        return self._cache
