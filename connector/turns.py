"""Measurements of one link take turns within this process, with a little air between them."""

import time
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from threading import Lock

from connector.core.okr import JiraLink


class LinkTurns:
    """One measurement per link at a time, the next not before `spacing` seconds have passed.

    The first of a burst goes at once; its followers wait, and then mostly find their news
    already counted. Other processes are not held up: a number read twice does no harm.
    """

    def __init__(self, spacing: float = 0.3) -> None:
        self._spacing = spacing
        self._guard = Lock()
        self._locks: dict[JiraLink, Lock] = {}
        self._began: dict[JiraLink, float] = {}

    @contextmanager
    def of(self, links: Collection[JiraLink]) -> Iterator[None]:
        with ExitStack() as held:
            for link in sorted(links, key=repr):
                held.enter_context(self._lock(link))
            yield

    def breathe(self, links: Collection[JiraLink]) -> None:
        earliest = max((self._began.get(link, 0.0) for link in links), default=0.0)
        wait = earliest + self._spacing - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        now = time.monotonic()
        self._began.update((link, now) for link in links)

    def _lock(self, link: JiraLink) -> Lock:
        with self._guard:
            return self._locks.setdefault(link, Lock())
