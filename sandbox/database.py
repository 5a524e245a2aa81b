"""One SQLite database in memory, shared by every thread of the one process."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import RLock

SCHEMA = """
CREATE TABLE spaces (
    id INTEGER PRIMARY KEY, key TEXT UNIQUE, name TEXT, author TEXT, created TEXT, public INTEGER);
CREATE TABLE pages (
    id INTEGER PRIMARY KEY, space_id INTEGER, status TEXT, parent_id INTEGER,
    author TEXT, created TEXT, version INTEGER);
CREATE TABLE page_versions (
    page_id INTEGER, number INTEGER, title TEXT, body TEXT, author TEXT, created TEXT,
    message TEXT, minor INTEGER, PRIMARY KEY (page_id, number));
CREATE TABLE page_restrictions (
    page_id INTEGER, operation TEXT, account_id TEXT, PRIMARY KEY (page_id, operation, account_id));
CREATE TABLE page_group_restrictions (
    page_id INTEGER, operation TEXT, name TEXT, PRIMARY KEY (page_id, operation, name));
CREATE TABLE page_drafts (
    page_id INTEGER PRIMARY KEY, title TEXT, body TEXT, author TEXT, edited TEXT);
CREATE TABLE watches (
    kind TEXT, target TEXT, account_id TEXT, PRIMARY KEY (kind, target, account_id));
CREATE TABLE comments (
    id INTEGER PRIMARY KEY, page_id INTEGER, parent_id INTEGER, version INTEGER);
CREATE TABLE comment_versions (
    comment_id INTEGER, number INTEGER, body TEXT, author TEXT, created TEXT, message TEXT,
    PRIMARY KEY (comment_id, number));
CREATE TABLE page_labels (id INTEGER PRIMARY KEY, page_id INTEGER, prefix TEXT, name TEXT);
CREATE TABLE properties (
    id INTEGER PRIMARY KEY, page_id INTEGER, key TEXT, value TEXT, number INTEGER,
    author TEXT, created TEXT, message TEXT, UNIQUE (page_id, key));
CREATE TABLE projects (
    id INTEGER PRIMARY KEY, key TEXT UNIQUE, name TEXT, workflow TEXT, lead TEXT,
    last_number INTEGER);
CREATE TABLE issues (
    id INTEGER PRIMARY KEY, key TEXT UNIQUE, project TEXT, parent_id INTEGER, updated REAL,
    fields TEXT);
CREATE INDEX issues_by_parent ON issues (parent_id);
CREATE INDEX issues_by_project ON issues (project, updated);
CREATE INDEX issues_by_time ON issues (updated);
CREATE TABLE issue_changes (
    id INTEGER PRIMARY KEY, issue_id INTEGER, author TEXT, created TEXT, items TEXT);
CREATE INDEX changes_by_issue ON issue_changes (issue_id);
CREATE INDEX labels_by_page ON page_labels (page_id);
CREATE INDEX pages_by_parent ON pages (parent_id);
"""

Parameters = Sequence[object] | Mapping[str, object]


class Database:
    """Statements under one lock: a sandbox needs correctness under threads, not parallelism."""

    def __init__(self) -> None:
        self.lock = RLock()
        self._connection = sqlite3.connect(
            ":memory:", check_same_thread=False, isolation_level=None
        )
        self._connection.row_factory = sqlite3.Row
        self._connection.executescript(SCHEMA)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        with self.lock:
            return self._connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement; the id of the row it inserted."""
        with self.lock:
            return self._connection.execute(sql, parameters).lastrowid or 0

    def execute_many(self, sql: str, parameters: Iterable[Sequence[object]]) -> None:
        """One statement for each row of parameters."""
        with self.lock:
            self._connection.executemany(sql, parameters)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or none, and nobody in between. May be nested; the outermost decides."""
        with self.lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
