"""What epics have of their own: a short name and a status beside the workflow's."""

from dataclasses import dataclass
from threading import Lock

from sandbox.jira.model import Issue

COLOURS = tuple(f"ghx-label-{number}" for number in range(1, 15))


@dataclass(frozen=True, slots=True)
class EpicStatus:
    id: str
    name: str


EPIC_STATUSES = {
    status.id: status
    for status in (
        EpicStatus("10000", "To Do"),
        EpicStatus("10001", "In Progress"),
        EpicStatus("10002", "Done"),
    )
}


@dataclass(frozen=True, slots=True)
class EpicOwn:
    name: str
    status: EpicStatus
    colour: str


class Epics:
    def __init__(self) -> None:
        self._lock = Lock()
        self._own: dict[int, EpicOwn] = {}

    def of(self, epic: Issue) -> EpicOwn:
        """An epic nobody named has its summary for a name."""
        with self._lock:
            held = self._own.get(epic.id)
        colour = COLOURS[epic.id % len(COLOURS)]
        return held or EpicOwn(epic.summary, EPIC_STATUSES["10000"], colour)

    def put(self, epic: Issue, own: EpicOwn) -> None:
        with self._lock:
            self._own[epic.id] = own
