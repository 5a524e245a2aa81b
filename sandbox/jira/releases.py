"""Versions and components of projects."""

from dataclasses import asdict, dataclass, replace
from datetime import date

from sandbox.database import Database

TABLES = (
    "CREATE TABLE versions (id INTEGER PRIMARY KEY, project TEXT, name TEXT, description TEXT,"
    " archived INTEGER, released INTEGER, start TEXT, release TEXT, place REAL)",
    "CREATE TABLE components (id INTEGER PRIMARY KEY, project TEXT, name TEXT, description TEXT,"
    " lead TEXT)",
)
_FIRST_ID = 10000


@dataclass(frozen=True, slots=True)
class Version:
    """`place` orders the versions of a project; dates are ISO days."""

    id: int
    project: str
    name: str
    description: str = ""
    archived: bool = False
    released: bool = False
    start: str | None = None
    release: str | None = None
    place: float = 0.0

    def overdue(self, today: date) -> bool:
        return not self.released and self.release is not None and self.release < today.isoformat()


@dataclass(frozen=True, slots=True)
class Component:
    id: int
    project: str
    name: str
    description: str = ""
    lead: str | None = None


class Versions:
    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, version: Version) -> Version:
        """The version with an id of its own, behind all others of its project."""
        with self._db.transaction():
            row = self._db.row("SELECT coalesce(max(id), ?) + 1 AS id FROM versions", (_FIRST_ID,))
            assert row is not None
            made = replace(version, id=int(row["id"]), place=float(row["id"]))
            self.put(made)
        return made

    def put(self, version: Version) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO versions VALUES (:id, :project, :name, :description,"
            " :archived, :released, :start, :release, :place)",
            asdict(version),
        )

    def all(self) -> list[Version]:
        """In the order of their projects' lists."""
        rows = self._db.rows("SELECT * FROM versions ORDER BY project, place, id")
        return [
            Version(
                **{
                    **dict(row),
                    "archived": bool(row["archived"]),
                    "released": bool(row["released"]),
                }
            )
            for row in rows
        ]

    def of(self, project: str) -> list[Version]:
        return [version for version in self.all() if version.project == project]

    def find(self, version_id: int | str) -> Version | None:
        return next((one for one in self.all() if str(one.id) == str(version_id)), None)

    def remove(self, version_id: int) -> None:
        self._db.execute("DELETE FROM versions WHERE id = ?", (version_id,))


class Components:
    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, component: Component) -> Component:
        with self._db.transaction():
            row = self._db.row(
                "SELECT coalesce(max(id), ?) + 1 AS id FROM components", (_FIRST_ID,)
            )
            assert row is not None
            made = replace(component, id=int(row["id"]))
            self.put(made)
        return made

    def put(self, component: Component) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO components VALUES (:id, :project, :name, :description, :lead)",
            asdict(component),
        )

    def all(self) -> list[Component]:
        rows = self._db.rows("SELECT * FROM components ORDER BY project, name")
        return [Component(**dict(row)) for row in rows]

    def of(self, project: str) -> list[Component]:
        return [component for component in self.all() if component.project == project]

    def find(self, component_id: int | str) -> Component | None:
        return next((one for one in self.all() if str(one.id) == str(component_id)), None)

    def remove(self, component_id: int) -> None:
        self._db.execute("DELETE FROM components WHERE id = ?", (component_id,))
