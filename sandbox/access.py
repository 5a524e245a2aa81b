"""Who may look into a space or a project and who may work there: permissions of the place."""

from collections.abc import Iterable

from sandbox.database import Database
from sandbox.directory import User
from sandbox.jira.groups import EVERYBODY, GROUPS

SPACE = "space"
PROJECT = "project"
VIEW = "view"
EDIT = "edit"
OPERATIONS = (VIEW, EDIT)
ANONYMOUS = "anonymous"
_TABLE = (
    "CREATE TABLE IF NOT EXISTS grants (kind TEXT, place TEXT, operation TEXT, holder TEXT,"
    " PRIMARY KEY (kind, place, operation, holder))"
)


class Access:
    """
    Permissions of the spaces, or of the projects, by key.

    A holder is a group's name, an account id, or `anonymous`. Working somewhere needs looking
    there first, and an account: what is granted to `anonymous` is to look. The users of apps get
    every place when they are installed.
    """

    def __init__(self, database: Database, kind: str) -> None:
        self._db = database
        self.kind = kind
        database.execute(_TABLE)
        self._known: dict[tuple[str, str, str], frozenset[str]] = {}

    def forget(self) -> None:
        """What was read before; the database holds something else now."""
        self._known.clear()

    def found(self, place: str, *, public: bool) -> None:
        """A new place: everybody with an account may look and work, as on a fresh Cloud site."""
        for operation in OPERATIONS:
            self.grant(place, operation, EVERYBODY)
        if public:
            self.grant(place, VIEW, ANONYMOUS)

    def may(self, place: str, operation: str, user: User | None) -> bool:
        viewers = self.holders(place, VIEW)
        if user is None:
            return operation == VIEW and ANONYMOUS in viewers
        if user.is_app:
            return True
        if not _among(user, viewers):
            return False
        return operation == VIEW or _among(user, self.holders(place, operation))

    def public(self, places: Iterable[str]) -> bool:
        """Whether strangers may look into any of them."""
        return any(self.may(place, VIEW, None) for place in places)

    def holders(self, place: str, operation: str) -> frozenset[str]:
        wanted = (self.kind, place, operation)
        with self._db.lock:
            if wanted not in self._known:
                rows = self._db.rows(
                    "SELECT holder FROM grants WHERE kind = ? AND place = ? AND operation = ?",
                    wanted,
                )
                self._known[wanted] = frozenset(row["holder"] for row in rows)
            return self._known[wanted]

    def grant(self, place: str, operation: str, holder: str) -> None:
        with self._db.lock:
            self._db.execute(
                "INSERT OR IGNORE INTO grants VALUES (?, ?, ?, ?)",
                (self.kind, place, operation, holder),
            )
            self._known.clear()

    def revoke(self, place: str, operation: str, holder: str) -> None:
        with self._db.lock:
            self._db.execute(
                "DELETE FROM grants WHERE kind = ? AND place = ? AND operation = ? AND holder = ?",
                (self.kind, place, operation, holder),
            )
            self._known.clear()


def _among(user: User, holders: frozenset[str]) -> bool:
    """Whoever has an account may do what strangers may."""
    if ANONYMOUS in holders or user.account_id in holders:
        return True
    return any(user in GROUPS[name] for name in holders if name in GROUPS)
