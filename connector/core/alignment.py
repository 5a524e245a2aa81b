"""Who supports whom and who needs whom: objectives, and what a change of one of them touches.

A parent is named by a page's link, an objective's key, a key result's key or number, or by words
that are the title of exactly one thing; a link to a page means every objective of it. References
to what is not there yet are kept and hold as soon as it is. Circles are told by the shortest way
round, which is the same for every order of changes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from connector.core.alignment_names import (
    KeyResultRef,
    LevelRef,
    ObjectiveRef,
    PageRef,
    Ref,
    TitledRef,
    WordsRef,
    folded,
    is_part,
    whole_of,
)
from connector.core.cycle import Cycle
from connector.core.okr import KrKey, Level, ObjectiveKey, PageId

__all__ = ["Aligned", "Dependency", "KeyResultRef", "Network", "ObjectiveRef", "PageRef", "Ref"]

N = TypeVar("N")


@dataclass(frozen=True, slots=True)
class Dependency:
    """What is needed of another team: confirmed by its owner, or somebody owns the risk.

    `refs` name the other side, where the words name anything; it may confirm on its own page.
    """

    needed: str
    confirmed: bool = False
    risk_owner: str = ""
    refs: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Aligned:
    """An objective as far as alignment looks at it.

    `key_results` are key and title; `contribution` says in words what it supports where it has
    no parent. `needed_by` names those whose dependency on it its owners have confirmed. `number`
    is its place on the page from 1, and `alone` that no other stands there. One that is not
    `live` is history: others may support it, and nothing is remarked about it.
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
    needed_by: tuple[Ref, ...] = ()
    space: str = ""
    page_title: str = ""
    number: int = 0
    alone: bool = False
    live: bool = True


class Network:
    """Objectives by key, changed one or one page at a time.

    A change costs what it touches: the objectives, those that name them, those whose dependency
    such a one confirms, and those on their circles.
    """

    def __init__(self, objectives: Iterable[Aligned] = ()) -> None:
        self._objectives: dict[ObjectiveKey, Aligned] = {}
        self._pages: defaultdict[PageId, set[ObjectiveKey]] = defaultdict(set)
        self._meant: defaultdict[Ref, set[ObjectiveKey]] = defaultdict(set)
        self._named: defaultdict[Ref, set[ObjectiveKey]] = defaultdict(set)
        self._companies = 0
        for one in objectives:
            self._out(one.key)
            self._in(one)

    @property
    def objectives(self) -> Mapping[ObjectiveKey, Aligned]:
        return self._objectives

    @property
    def has_company(self) -> bool:
        return self._companies > 0

    def on_page(self, page: PageId) -> list[Aligned]:
        """By their keys."""
        return [self._objectives[key] for key in sorted(self._pages.get(page, ()))]

    def put(self, one: Aligned) -> frozenset[ObjectiveKey]:
        """Add or replace an objective; the keys of all whose alignment may look different now."""
        return self._change({one.key: one})

    def remove(self, key: ObjectiveKey) -> frozenset[ObjectiveKey]:
        """Take an objective out; those left behind that it touched. Nothing for an unknown key."""
        return self._change({key: None})

    def replace(self, page: PageId, objectives: Iterable[Aligned]) -> frozenset[ObjectiveKey]:
        """Let the page hold these objectives and no others; whom that touches, as for `put`."""
        wanted: dict[ObjectiveKey, Aligned | None] = dict.fromkeys(self._pages.get(page, ()))
        return self._change(wanted | {one.key: one for one in objectives})

    def parents_of(self, key: ObjectiveKey) -> list[tuple[Aligned, Ref]]:
        """The parents that are there, in the order in which they are named."""
        found: dict[ObjectiveKey, Ref] = {}
        one = self._objectives[key]
        for ref in one.parents:
            for parent in self._those_meant(ref, one):
                found.setdefault(parent, ref)
        return [(self._objectives[parent], ref) for parent, ref in found.items()]

    def children_of(self, key: ObjectiveKey) -> set[ObjectiveKey]:
        one = self._objectives[key]
        return {child for child in self._naming(one) if key in self._up(child)}

    def needed_of(self, one: Aligned, dependency: Dependency) -> list[Aligned]:
        """Whom the words of a dependency name, as far as they are there."""
        keys = (key for ref in dependency.refs for key in self._those_meant(ref, one))
        return [self._objectives[key] for key in dict.fromkeys(keys) if key != one.key]

    def confirms(self, other: Aligned, one: Aligned) -> bool:
        """Whether `other` says on its own page that `one` may count on it."""
        return any(one.key in self._those_meant(ref, other) for ref in other.needed_by)

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

    def _change(self, wanted: Mapping[ObjectiveKey, Aligned | None]) -> frozenset[ObjectiveKey]:
        """
        Circles are looked at before and after: a change makes some and breaks others, also of
        those who named something else by a name that means two things now.
        """
        changed = [key for key, one in wanted.items() if self._objectives.get(key) != one]
        both = [one for key in changed for one in (self._objectives.get(key), wanted[key]) if one]
        names = {name for one in both for name in _names_of(one)}
        touched = self._reach(changed, names)
        for key in changed:
            self._out(key)
            one = wanted[key]
            if one is not None:
                self._in(one)
        return frozenset((touched | self._reach(changed, names)) & self._objectives.keys())

    def _in(self, one: Aligned) -> None:
        self._objectives[one.key] = one
        self._pages[one.page].add(one.key)
        self._companies += _is_company(one)
        for name in _names_of(one):
            self._meant[name].add(one.key)
        for ref in _refs_in(one):
            self._named[whole_of(ref)].add(one.key)

    def _out(self, key: ObjectiveKey) -> None:
        one = self._objectives.pop(key, None)
        if one is None:
            return
        _discard(self._pages, one.page, key)
        self._companies -= _is_company(one)
        for name in _names_of(one):
            _discard(self._meant, name, key)
        for ref in {whole_of(ref) for ref in _refs_in(one)}:
            _discard(self._named, ref, key)

    def _reach(self, keys: Iterable[ObjectiveKey], names: Iterable[Ref]) -> set[ObjectiveKey]:
        """Those objectives, who uses one of the names, whom the latter confirm, and all on their
        circles."""
        naming = {other for name in names for other in self._named.get(name, ())}
        confirming = [one for key in naming if (one := self._objectives[key]).needed_by]
        reached = naming | {key for key in keys if key in self._objectives}
        circles = {other for key in reached for other in self._ring(key)}
        return reached | circles | {other for one in confirming for other in self._naming(one)}

    def _naming(self, one: Aligned) -> set[ObjectiveKey]:
        """Who may mean it, whether or not the name is clear."""
        return {other for name in _names_of(one) for other in self._named.get(name, ())}

    def _those_meant(self, ref: Ref, by: Aligned) -> list[ObjectiveKey]:
        """Nobody, where a name means several things: it is never guessed."""
        found = [self._objectives[key] for key in sorted(self._meant.get(whole_of(ref), ()))]
        match ref:
            case ObjectiveRef() | KeyResultRef():
                return [one.key for one in found]
            case WordsRef(words=words):
                others = _at_my_time([one for one in found if one.key != by.key], by)
                clear = len(others) == 1 or all(folded(one.page_title) == words for one in others)
                return _of_one_page(others) if clear else []
            case PageRef(part=part) | TitledRef(part=part) | LevelRef(part=part):
                if not part:
                    found = [one for one in found if one.key != by.key]
                found = found if isinstance(ref, PageRef) else _at_my_time(found, by)
                named = _of_one_page(found)
                return [key for key in named if _has_part(self._objectives[key], part)]

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


def _is_company(one: Aligned) -> bool:
    return one.live and one.level is Level.COMPANY


def _names_of(one: Aligned) -> Iterator[Ref]:
    """All that it answers to, each once."""
    yield PageRef(one.page)
    yield ObjectiveRef(one.key)
    for key, _ in one.key_results:
        yield KeyResultRef(key)
    if one.page_title:
        title = folded(one.page_title)
        yield from {TitledRef(one.space, title), TitledRef("", title)}
    if one.level is Level.COMPANY:  # of other levels there are many
        yield LevelRef(one.level)
    words = (one.title, one.page_title, *(title for _, title in one.key_results))
    yield from {WordsRef(said) for text in words if (said := folded(text))}


def _refs_in(one: Aligned) -> Iterator[Ref]:
    yield from one.parents
    yield from one.needed_by
    for dependency in one.dependencies:
        yield from dependency.refs


def _has_part(one: Aligned, part: str) -> bool:
    return not part or is_part(part, one.number, len(one.key_results), alone=one.alone)


def _at_my_time(found: list[Aligned], by: Aligned) -> list[Aligned]:
    """Of several pages, those of a cycle that overlaps: titles come again each quarter."""
    mine = by.cycle
    if mine is None or len({one.page for one in found}) < 2:
        return found
    return [
        one
        for one in found
        if one.cycle is None or (one.cycle.start <= mine.end and mine.start <= one.cycle.end)
    ]


def _of_one_page(found: list[Aligned]) -> list[ObjectiveKey]:
    return [one.key for one in found] if len({one.page for one in found}) == 1 else []


def _discard(index: defaultdict[N, set[ObjectiveKey]], name: N, key: ObjectiveKey) -> None:
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
