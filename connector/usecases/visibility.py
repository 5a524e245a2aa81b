"""Who may see which pages and issues, remembered for a minute so that hosts are asked seldom."""

import random
import time
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from threading import Lock
from typing import Generic, Protocol, TypeVar

from connector.core.errors import Unavailable
from connector.core.okr import IssueKey, PageId
from connector.core.viewer import Viewer
from connector.places import Places
from connector.usecases.sites import Site

LASTING = timedelta(seconds=60)
MOST_KEPT = 100_000
# Hosts that are slow must not hold all the threads that answer macros and webhooks.
ASKING_AT_ONCE, ASKING_OF_ISSUES = 2, 1
PATIENCE = 2.0
_AT_A_TIME = 100
_SHORTEST, _PUNCTUAL = 0.1, 0.1

Thing = TypeVar("Thing", bound=str)
Who = tuple[str, str, str]


class RightsUnknown(Unavailable):
    """The hosts are asked about others already; nobody knows yet who may read what."""

    code = "rights_unknown"


@dataclass(frozen=True, slots=True)
class _Verdict:
    may: bool
    until: float


@dataclass(slots=True)
class _Known(Generic[Thing]):
    """What is known of one viewer; `asking` lets one thread at a time ask about them."""

    asking: Places
    verdicts: dict[Thing, _Verdict] = field(default_factory=dict)


class Rights(Protocol[Thing]):
    """`PageRights` or `IssueRights`."""

    def per_call(self, viewer: Viewer) -> int: ...

    def readable(self, viewer: Viewer, things: Collection[Thing], /) -> frozenset[Thing]: ...


class _Remembered(ABC, Generic[Thing]):
    """
    Remembers what hosts said, by site and person, for at most `lasting`.

    Where each page is a question of its own, a first answer is remembered for a random part of that
    time, and its successors for all of it: so questions about many things, asked at once, spread
    over the time from then on and cost no more. Where the host takes many things, a question holds
    as many: besides those that must be asked about, those that would be next. A host that does not
    answer is an error, and nothing that it said before is taken for longer.
    """

    _at_once = ASKING_AT_ONCE

    def __init__(
        self,
        *,
        lasting: timedelta = LASTING,
        most: int = MOST_KEPT,
        clock: Callable[[], float] = time.monotonic,
        part: Callable[[], float] = random.random,
        patience: float = PATIENCE,
    ) -> None:
        self._lasting = lasting.total_seconds()
        self._most = most
        self._clock = clock
        self._part = part
        self._patience = patience
        self._known: OrderedDict[Who, _Known[Thing]] = OrderedDict()
        self._guard = Lock()
        self._askers = Places(self._at_once, patience=patience)

    @abstractmethod
    def _rights(self, site: Site) -> Rights[Thing]:
        """Who is asked."""

    def visible(self, site: Site, viewer: Viewer, things: Collection[Thing]) -> frozenset[Thing]:
        """
        Of these things, those that the viewer may read.

        Raises what `PageRights.readable` raises, and RightsUnknown when too many ask at once.
        """
        if not things:
            return frozenset()
        known = self._of(site, viewer)
        found, unknown = self._recall(known, things)
        if not unknown:
            return found
        with self._turn(known):
            found, unknown = self._recall(known, things)
            return found | self._ask(known, site, viewer, unknown, things)

    def _recall(
        self, known: _Known[Thing], things: Collection[Thing]
    ) -> tuple[frozenset[Thing], list[Thing]]:
        """What may be read as far as it is known, and what is not known."""
        now, held = self._clock(), known.verdicts
        with self._guard:
            fresh = {one: held[one].may for one in things if one in held and held[one].until > now}
        may = frozenset(one for one, verdict in fresh.items() if verdict)
        return may, [one for one in dict.fromkeys(things) if one not in fresh]

    def _ask(
        self,
        known: _Known[Thing],
        site: Site,
        viewer: Viewer,
        unknown: list[Thing],
        things: Collection[Thing],
    ) -> frozenset[Thing]:
        """Whatever the host has said is kept, also when it then fails."""
        per_call = max(1, self._rights(site).per_call(viewer))
        wanted = unknown + self._next(known, unknown, things, per_call)
        at_a_time = per_call if per_call > 1 else _AT_A_TIME
        found: frozenset[Thing] = frozenset()
        for start in range(0, len(wanted), at_a_time):
            some = wanted[start : start + at_a_time]
            asked_at = self._clock()
            may = self._rights(site).readable(viewer, some)
            self._keep(known, some, may, asked_at, per_call)
            found |= may & frozenset(some)
        return found

    def _next(
        self, known: _Known[Thing], unknown: list[Thing], things: Collection[Thing], per_call: int
    ) -> list[Thing]:
        """Those that would be asked about next, as many as the last question has room for."""
        room = -len(unknown) % per_call
        if not room:
            return []
        new = frozenset(unknown)
        with self._guard:
            until = {one: held.until for one, held in known.verdicts.items()}
        others = [one for one in dict.fromkeys(things) if one not in new and one in until]
        return sorted(others, key=lambda one: until[one])[:room]

    def _keep(
        self,
        known: _Known[Thing],
        asked: list[Thing],
        may: frozenset[Thing],
        asked_at: float,
        per_call: int,
    ) -> None:
        with self._guard:
            for start in range(0, len(asked), per_call):
                together = asked[start : start + per_call]
                alone = per_call == 1
                life = self._life(known, together[0], asked_at) if alone else self._lasting
                for one in together:
                    known.verdicts[one] = _Verdict(one in may, asked_at + life)
            self._make_room(known)

    def _life(self, known: _Known[Thing], thing: Thing, now: float) -> float:
        """All of the time for a page that was asked about as soon as it was due."""
        before = known.verdicts.get(thing)
        if before is not None and now - before.until <= _PUNCTUAL * self._lasting:
            return self._lasting
        return (_SHORTEST + (1 - _SHORTEST) * self._part()) * self._lasting

    def _make_room(self, latest: _Known[Thing]) -> None:
        """What is out of date goes first, then whoever has not looked for the longest time."""
        if len(latest.verdicts) > self._most // 2:
            now = self._clock()
            old = [one for one, verdict in latest.verdicts.items() if verdict.until <= now]
            for one in old:
                del latest.verdicts[one]
        kept = sum(1 + len(one.verdicts) for one in self._known.values())
        for who in list(self._known):
            if kept <= self._most:
                return
            if self._known[who] is not latest:
                kept -= 1 + len(self._known.pop(who).verdicts)

    def _of(self, site: Site, viewer: Viewer) -> _Known[Thing]:
        """A token without a name is a person of its own, and never the one without both."""
        nameless = sha256(viewer.token.encode(errors="replace")).hexdigest() if viewer.token else ""
        who = (site.name, viewer.account, "" if viewer.account else nameless)
        with self._guard:
            known = self._known.get(who)
            if known is None:
                known = self._known[who] = _Known(Places(1, patience=self._patience))
                if len(self._known) > self._most:
                    self._known.popitem(last=False)
            self._known.move_to_end(who)
            return known

    @contextmanager
    def _turn(self, known: _Known[Thing]) -> Iterator[None]:
        """Raises RightsUnknown rather than wait for long: a waiting caller holds a thread."""
        with (
            known.asking.one(RightsUnknown("the host is being asked")),
            self._askers.one(RightsUnknown("too many hosts are being asked")),
        ):
            yield


class Visibility(_Remembered[PageId]):
    """Pages of the wiki."""

    def _rights(self, site: Site) -> Rights[PageId]:
        return site.rights


class IssueVisibility(_Remembered[IssueKey]):
    """Issues of the tracker."""

    _at_once = ASKING_OF_ISSUES

    def _rights(self, site: Site) -> Rights[IssueKey]:
        return site.issue_rights
