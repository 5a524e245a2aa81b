"""Who supports whom: objectives with their parents, and what a change of one of them touches.

A parent is named by a page's link, an objective's key or a key result's key; a link to a page
means every objective of it. References to what is not there yet are kept and hold as soon as it
is. Circles are told by the shortest way round, which is the same for every order of changes.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from connector.core.cycle import Cycle
from connector.core.okr import KrKey, Level, ObjectiveKey, PageId


@dataclass(frozen=True, slots=True)
class PageRef:
    page: PageId


@dataclass(frozen=True, slots=True)
class ObjectiveRef:
    key: ObjectiveKey


@dataclass(frozen=True, slots=True)
class KeyResultRef:
    key: KrKey


Ref = PageRef | ObjectiveRef | KeyResultRef


@dataclass(frozen=True, slots=True)
class Dependency:
    """What is needed of another team: confirmed by its owner, or somebody owns the risk."""

    needed: str
    confirmed: bool = False
    risk_owner: str = ""


@dataclass(frozen=True, slots=True)
class Aligned:
    """An objective as far as alignment looks at it.

    `key_results` are key and title; `contribution` says in words what it supports where it has
    no parent.
    """

    key: ObjectiveKey
    page: PageId
    title: str
    level: Level | None = None
    cycle: Cycle | None = None
    key_results: tuple[tuple[KrKey, str], ...] = ()
    parents: tuple[Ref, ...] = ()
    contribution: str = ""
    dependencies: tuple[Dependency, ...] = ()


class Network:
    """Objectives by key, changed one at a time.

    A change costs what it touches: the objective, those that name it, and those on its circles.
    """

    def __init__(self) -> None:
        self._objectives: dict[ObjectiveKey, Aligned] = {}
        self._meant: defaultdict[Ref, set[ObjectiveKey]] = defaultdict(set)
        self._named: defaultdict[Ref, set[ObjectiveKey]] = defaultdict(set)
        self._companies = 0

    @property
    def objectives(self) -> Mapping[ObjectiveKey, Aligned]:
        return self._objectives

    @property
    def has_company(self) -> bool:
        return self._companies > 0

    def put(self, one: Aligned) -> frozenset[ObjectiveKey]:
        """Add or replace an objective; the keys of all whose alignment may look different now."""
        touched = self.remove(one.key)
        self._objectives[one.key] = one
        self._companies += one.level is Level.COMPANY
        for name in _names_of(one):
            self._meant[name].add(one.key)
        for ref in one.parents:
            self._named[ref].add(one.key)
        return touched | {one.key} | self._around(one)

    def remove(self, key: ObjectiveKey) -> frozenset[ObjectiveKey]:
        """Take an objective out; those left behind that it touched. Nothing for an unknown key."""
        one = self._objectives.get(key)
        if one is None:
            return frozenset()
        touched = self._around(one)
        del self._objectives[key]
        self._companies -= one.level is Level.COMPANY
        for name in _names_of(one):
            _discard(self._meant, name, key)
        for ref in one.parents:
            _discard(self._named, ref, key)
        return touched - {key}

    def parents_of(self, key: ObjectiveKey) -> list[tuple[Aligned, Ref]]:
        """The parents that are there, in the order in which they are named."""
        found: dict[ObjectiveKey, Ref] = {}
        one = self._objectives[key]
        for ref in one.parents:
            for parent in sorted(self._meant.get(ref, ())):
                if parent != key or not isinstance(ref, PageRef):
                    found.setdefault(parent, ref)
        return [(self._objectives[parent], ref) for parent, ref in found.items()]

    def children_of(self, key: ObjectiveKey) -> set[ObjectiveKey]:
        one = self._objectives[key]
        named = {child for name in _names_of(one) for child in self._named.get(name, ())}
        return {child for child in named if any(p.key == key for p, _ in self.parents_of(child))}

    def circle_of(self, key: ObjectiveKey) -> tuple[ObjectiveKey, ...]:
        """The shortest way from an objective back to itself over parents; () for none.

        Of several as short, that of the smallest keys.
        """
        came_from: dict[ObjectiveKey, ObjectiveKey] = {}
        edge = [key]
        while edge:
            following: list[ObjectiveKey] = []
            for here in edge:
                for parent in self._up(here):
                    if parent == key:
                        return _way(came_from, key, here)
                    if parent not in came_from:
                        came_from[parent] = here
                        following.append(parent)
            edge = following
        return ()

    def _around(self, one: Aligned) -> frozenset[ObjectiveKey]:
        return frozenset(self.children_of(one.key) | self._ring(one.key))

    def _ring(self, key: ObjectiveKey) -> set[ObjectiveKey]:
        """All that are above the objective and below it at once."""
        above = self._above(key)
        if key not in above:
            return set()
        below, waiting = {key}, [key]
        while waiting:
            for child in self.children_of(waiting.pop()) & above:
                if child not in below:
                    below.add(child)
                    waiting.append(child)
        return below

    def _above(self, key: ObjectiveKey) -> set[ObjectiveKey]:
        seen: set[ObjectiveKey] = set()
        waiting = [key]
        while waiting:
            for parent in self._up(waiting.pop()):
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
        return seen

    def _up(self, key: ObjectiveKey) -> list[ObjectiveKey]:
        return sorted(parent.key for parent, _ in self.parents_of(key))


def _names_of(one: Aligned) -> Iterator[Ref]:
    yield PageRef(one.page)
    yield ObjectiveRef(one.key)
    for key, _ in one.key_results:
        yield KeyResultRef(key)


def _discard(index: defaultdict[Ref, set[ObjectiveKey]], name: Ref, key: ObjectiveKey) -> None:
    index[name].discard(key)
    if not index[name]:
        del index[name]


def _way(
    came_from: Mapping[ObjectiveKey, ObjectiveKey], start: ObjectiveKey, last: ObjectiveKey
) -> tuple[ObjectiveKey, ...]:
    way = [start, last] if last != start else [start]
    while way[-1] != start and came_from[way[-1]] != start:
        way.append(came_from[way[-1]])
    return (start, *reversed(way[1:]))
