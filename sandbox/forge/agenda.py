"""What is to be done later, each thing at its time, a few at once."""

import heapq
import logging
import time
from collections.abc import Callable
from itertools import count
from threading import BoundedSemaphore, Condition, Thread
from typing import TypeAlias

log = logging.getLogger(__name__)

Task: TypeAlias = Callable[[], None]
_AT_ONCE = 4


class Agenda:
    def __init__(self) -> None:
        self._changed = Condition()
        self._waiting: list[tuple[float, int, Task, bool]] = []
        self._order = count()
        self._busy = 0
        self._thread: Thread | None = None
        self._places = BoundedSemaphore(_AT_ONCE)

    def later(self, seconds: float, task: Task, *, recurring: bool = False) -> None:
        """What recurs is not waited for by `settle`."""
        with self._changed:
            entry = (time.monotonic() + seconds, next(self._order), task, recurring)
            heapq.heappush(self._waiting, entry)
            self._changed.notify_all()
            if self._thread is None:
                self._thread = Thread(target=self._work, name="forge-agenda", daemon=True)
                self._thread.start()

    def settle(self, seconds: float = 30.0) -> bool:
        """Wait until nothing is left but what recurs; False when that takes too long."""
        with self._changed:
            return self._changed.wait_for(self._settled, seconds)

    def _settled(self) -> bool:
        return not self._busy and all(recurring for *_, recurring in self._waiting)

    def _work(self) -> None:
        while True:
            task = self._next()
            self._places.acquire()
            Thread(target=self._run, args=(task,), name="forge", daemon=True).start()

    def _next(self) -> Task:
        with self._changed:
            while not self._waiting or self._waiting[0][0] > time.monotonic():
                left = self._waiting[0][0] - time.monotonic() if self._waiting else None
                self._changed.wait(left)
            _, _, task, _ = heapq.heappop(self._waiting)
            self._busy += 1
            return task

    def _run(self, task: Task) -> None:
        try:
            task()
        except Exception:
            log.exception("forge.task_failed")
        finally:
            self._places.release()
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()
