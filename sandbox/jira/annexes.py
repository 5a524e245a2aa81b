"""
What hangs on issues: links between them and to other sites, properties, comments, worklogs,
watchers and votes; and what they are planned by: versions, components, boards, sprints.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sandbox.database import Database
from sandbox.jira import attention, comments, releases, sprints, worklogs
from sandbox.jira.attention import Marks
from sandbox.jira.comments import Comments
from sandbox.jira.releases import Components, Versions
from sandbox.jira.sprints import Boards, Sprints
from sandbox.jira.worklogs import Worklogs
from sandbox.wire import JsonObject

_TABLES = (
    "CREATE TABLE issue_links (id INTEGER PRIMARY KEY, type TEXT, source INTEGER, target INTEGER)",
    "CREATE TABLE remote_links (id INTEGER PRIMARY KEY, issue_id INTEGER, global_id TEXT,"
    " told TEXT, UNIQUE (issue_id, global_id))",
    "CREATE TABLE issue_properties (issue_id INTEGER, key TEXT, value TEXT,"
    " PRIMARY KEY (issue_id, key))",
    comments.TABLE,
    worklogs.TABLE,
    *attention.TABLES,
    *releases.TABLES,
    *sprints.TABLES,
)
_FIRST_ID = 10000


@dataclass(frozen=True, slots=True)
class LinkType:
    id: str
    name: str
    inward: str
    outward: str


LINK_TYPES = {
    kind.id: kind
    for kind in (
        LinkType("10000", "Blocks", "is blocked by", "blocks"),
        LinkType("10001", "Cloners", "is cloned by", "clones"),
        LinkType("10002", "Duplicate", "is duplicated by", "duplicates"),
        LinkType("10003", "Relates", "relates to", "relates to"),
    )
}


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """A link as one of its two issues sees it; `issue_id` is the other one."""

    id: int
    type: LinkType
    issue_id: int
    outward: bool

    @property
    def word(self) -> str:
        return self.type.outward if self.outward else self.type.inward


class IssueLinks:
    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, kind: LinkType, *, source: int, target: int) -> int:
        """The source `blocks` the target. A link that is there already stays the only one."""
        row = self._db.row(
            "SELECT id FROM issue_links WHERE type = ? AND source = ? AND target = ?",
            (kind.id, source, target),
        )
        if row is not None:
            return int(row["id"])
        return self._db.execute(
            "INSERT INTO issue_links SELECT coalesce(max(id), ?) + 1, ?, ?, ? FROM issue_links",
            (_FIRST_ID, kind.id, source, target),
        )

    def of(self, issue_id: int) -> list[LinkEnd]:
        rows = self._db.rows(
            "SELECT * FROM issue_links WHERE ? IN (source, target) ORDER BY id", (issue_id,)
        )
        return [
            LinkEnd(
                row["id"],
                LINK_TYPES[row["type"]],
                row["target"] if row["source"] == issue_id else row["source"],
                row["source"] == issue_id,
            )
            for row in rows
        ]

    def all(self) -> list[tuple[LinkType, int, int]]:
        """The kind, the source and the target of each."""
        rows = self._db.rows("SELECT * FROM issue_links ORDER BY id")
        return [(LINK_TYPES[row["type"]], row["source"], row["target"]) for row in rows]

    def ends(self, link_id: int) -> tuple[LinkType, int, int] | None:
        row = self._db.row("SELECT * FROM issue_links WHERE id = ?", (link_id,))
        return (LINK_TYPES[row["type"]], row["source"], row["target"]) if row else None

    def remove(self, link_id: int) -> None:
        self._db.execute("DELETE FROM issue_links WHERE id = ?", (link_id,))

    def forget(self, issue_id: int) -> None:
        self._db.execute("DELETE FROM issue_links WHERE ? IN (source, target)", (issue_id,))


@dataclass(frozen=True, slots=True)
class RemoteLink:
    id: int
    global_id: str | None
    told: JsonObject


class RemoteLinks:
    def __init__(self, database: Database) -> None:
        self._db = database

    def put(self, issue_id: int, global_id: str | None, told: JsonObject) -> tuple[int, bool]:
        """The link's id, and whether it is new: a global id that is known is written over."""
        with self._db.transaction():
            known = self.by_global_id(issue_id, global_id) if global_id is not None else None
            if known is not None:
                self.replace(known.id, global_id, told)
                return known.id, False
            link_id = self._db.execute(
                "INSERT INTO remote_links SELECT coalesce(max(id), ?) + 1, ?, ?, ?"
                " FROM remote_links",
                (_FIRST_ID, issue_id, global_id, json.dumps(told)),
            )
            return link_id, True

    def replace(self, link_id: int, global_id: str | None, told: JsonObject) -> None:
        self._db.execute(
            "UPDATE remote_links SET global_id = ?, told = ? WHERE id = ?",
            (global_id, json.dumps(told), link_id),
        )

    def of(self, issue_id: int) -> list[RemoteLink]:
        rows = self._db.rows(
            "SELECT * FROM remote_links WHERE issue_id = ? ORDER BY id", (issue_id,)
        )
        return [RemoteLink(row["id"], row["global_id"], json.loads(row["told"])) for row in rows]

    def by_global_id(self, issue_id: int, global_id: str) -> RemoteLink | None:
        return next((ln for ln in self.of(issue_id) if ln.global_id == global_id), None)

    def issues_with(self, global_ids: Iterable[str]) -> list[int]:
        wanted = list(global_ids)
        marks = ", ".join("?" * len(wanted))
        rows = self._db.rows(
            f"SELECT DISTINCT issue_id FROM remote_links WHERE global_id IN ({marks})",  # noqa: S608 - only marks
            wanted,
        )
        return [row["issue_id"] for row in rows]

    def remove(self, link_id: int) -> None:
        self._db.execute("DELETE FROM remote_links WHERE id = ?", (link_id,))

    def forget(self, issue_id: int) -> None:
        self._db.execute("DELETE FROM remote_links WHERE issue_id = ?", (issue_id,))


class IssueProperties:
    def __init__(self, database: Database) -> None:
        self._db = database

    def keys(self, issue_id: int) -> list[str]:
        rows = self._db.rows(
            "SELECT key FROM issue_properties WHERE issue_id = ? ORDER BY key", (issue_id,)
        )
        return [row["key"] for row in rows]

    def get(self, issue_id: int, key: str) -> tuple[Any] | None:
        """The value in a tuple, since it may be null; None when there is no such property."""
        row = self._db.row(
            "SELECT value FROM issue_properties WHERE issue_id = ? AND key = ?", (issue_id, key)
        )
        return (json.loads(row["value"]),) if row else None

    def everywhere(self, key: str) -> dict[int, Any]:
        """The values of one property, by issue."""
        rows = self._db.rows("SELECT issue_id, value FROM issue_properties WHERE key = ?", (key,))
        return {row["issue_id"]: json.loads(row["value"]) for row in rows}

    def put(self, issue_id: int, key: str, value: object) -> bool:
        """True when the property is new."""
        with self._db.transaction():
            new = self.get(issue_id, key) is None
            self._db.execute(
                "INSERT OR REPLACE INTO issue_properties VALUES (?, ?, ?)",
                (issue_id, key, json.dumps(value, ensure_ascii=False)),
            )
        return new

    def remove(self, issue_id: int, key: str) -> None:
        self._db.execute(
            "DELETE FROM issue_properties WHERE issue_id = ? AND key = ?", (issue_id, key)
        )

    def forget(self, issue_id: int) -> None:
        self._db.execute("DELETE FROM issue_properties WHERE issue_id = ?", (issue_id,))


@dataclass(frozen=True, slots=True)
class Annexes:
    links: IssueLinks
    remote_links: RemoteLinks
    properties: IssueProperties
    comments: Comments
    worklogs: Worklogs
    watchers: Marks
    votes: Marks
    versions: Versions
    components: Components
    boards: Boards
    sprints: Sprints

    def forget(self, issue_id: int) -> None:
        """What belongs to an issue goes with it."""
        for annex in (
            self.links,
            self.remote_links,
            self.properties,
            self.comments,
            self.worklogs,
            self.watchers,
            self.votes,
        ):
            annex.forget(issue_id)


def new_annexes(database: Database) -> Annexes:
    for table in _TABLES:
        database.execute(table)
    return Annexes(
        IssueLinks(database),
        RemoteLinks(database),
        IssueProperties(database),
        Comments(database),
        Worklogs(database),
        Marks(database, "issue_watchers"),
        Marks(database, "issue_votes"),
        Versions(database),
        Components(database),
        Boards(database),
        Sprints(database),
    )
