"""Boards and the sprints that begin on them."""

from dataclasses import asdict, dataclass, replace

from sandbox.database import Database

TABLES = (
    "CREATE TABLE boards (id INTEGER PRIMARY KEY, project TEXT, name TEXT, type TEXT)",
    "CREATE TABLE sprints (id INTEGER PRIMARY KEY, board INTEGER, name TEXT, state TEXT,"
    " goal TEXT, created TEXT, start TEXT, finish TEXT, completed TEXT)",
)
FUTURE, ACTIVE, CLOSED = "future", "active", "closed"
STATES = (FUTURE, ACTIVE, CLOSED)


@dataclass(frozen=True, slots=True)
class Board:
    """`type`: scrum, kanban, or simple for that of a team-managed project."""

    id: int
    project: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Sprint:
    """Moments are ISO texts in UTC."""

    id: int
    board: int
    name: str
    state: str = FUTURE
    goal: str = ""
    created: str | None = None
    start: str | None = None
    finish: str | None = None
    completed: str | None = None


class Boards:
    def __init__(self, database: Database) -> None:
        self._db = database

    def open(self, project: str, kind: str) -> int:
        return self._db.execute(
            "INSERT INTO boards (project, name, type) VALUES (?, ?, ?)",
            (project, f"{project} board", kind),
        )

    def all(self) -> list[Board]:
        return [Board(**dict(row)) for row in self._db.rows("SELECT * FROM boards ORDER BY id")]

    def find(self, board_id: int | str) -> Board | None:
        return next((one for one in self.all() if str(one.id) == str(board_id)), None)


class Sprints:
    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, sprint: Sprint) -> Sprint:
        with self._db.transaction():
            row = self._db.row("SELECT coalesce(max(id), 0) + 1 AS id FROM sprints")
            assert row is not None
            made = replace(sprint, id=int(row["id"]))
            self.put(made)
        return made

    def put(self, sprint: Sprint) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO sprints VALUES (:id, :board, :name, :state, :goal, :created,"
            " :start, :finish, :completed)",
            asdict(sprint),
        )

    def all(self) -> list[Sprint]:
        return [Sprint(**dict(row)) for row in self._db.rows("SELECT * FROM sprints ORDER BY id")]

    def of(self, board_id: int) -> list[Sprint]:
        return [sprint for sprint in self.all() if sprint.board == board_id]

    def find(self, sprint_id: int | str) -> Sprint | None:
        return next((one for one in self.all() if str(one.id) == str(sprint_id)), None)

    def remove(self, sprint_id: int) -> None:
        self._db.execute("DELETE FROM sprints WHERE id = ?", (sprint_id,))
