"""Bulk operations that were asked for, and what became of them."""

from dataclasses import dataclass
from datetime import datetime
from itertools import count


@dataclass(frozen=True, slots=True)
class Task:
    """`failed` maps issue ids to what went wrong with them."""

    id: str
    author: str
    at: datetime
    done: tuple[int, ...]
    failed: dict[int, str]
    unknown: int


class Tasks:
    def __init__(self) -> None:
        self._numbers = count(10001)
        self._held: dict[str, Task] = {}

    def add(
        self,
        *,
        author: str,
        at: datetime,
        done: tuple[int, ...],
        failed: dict[int, str],
        unknown: int,
    ) -> Task:
        task = Task(str(next(self._numbers)), author, at, done, failed, unknown)
        self._held[task.id] = task
        return task

    def find(self, task_id: str) -> Task | None:
        return self._held.get(task_id)
