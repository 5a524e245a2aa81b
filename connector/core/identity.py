"""Which key result is which after an edit: keys stay with the rows and the words they belong to.

The evidence counts in this order: our own key written in the row, a macro's id, the editor's
`local-id`, exactly the same normalised text, then the one text that is clearly the most similar
in both directions. Evidence that points to several is none. What stays open although something
like it was there before gets a number never used before and is told (F-27), so no history is
handed to the wrong key result. A copied page begins anew: its keys bear its own number.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import count
from typing import TypeVar
from unicodedata import normalize

from connector.core.findings import Finding, Severity
from connector.core.okr import (
    Anchor,
    AnchorKind,
    KeyResult,
    KrKey,
    Objective,
    ObjectiveKey,
    OkrPage,
)

_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"(\d+)$")
_SIMILAR = 0.6
# Comparing costs time by the product of both sides. Where so much changed at once, whatever does
# not read the same is new; and of long texts the beginning tells.
_MOST_PAIRS = 2_500
_COMPARED = 200
RELINK = "F-27"
_FACT = 120

One = TypeVar("One")
Other = TypeVar("Other")


def same_text(title: str) -> str:
    """The form in which two texts are compared: width, case and spacing do not matter.

    >>> same_text("ＮＰＳ 从 20 到 40") == same_text("nps从20到40")
    True
    """
    return _SPACE.sub("", normalize("NFKC", title)).casefold()


@dataclass(frozen=True, slots=True)
class Kept:
    """The OKRs with their keys, and those of which nobody can say whether they are new."""

    okrs: OkrPage
    unsure: tuple[KrKey, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """One for each key result that a person must link again."""
        return tuple(
            Finding(
                RELINK, Severity.W, result.place, facts=(("text", result.title[:_FACT]),)
            ).about(objective.title, result.title)
            for objective in self.okrs.objectives
            for result in objective.key_results
            if result.key in self.unsure
        )


def keep_keys(before: OkrPage | None, now: OkrPage, *, last_number: int = 0) -> OkrPage:
    """`match_keys`, for those who need the OKRs alone."""
    return match_keys(before, now, last_number=last_number).okrs


def match_keys(before: OkrPage | None, now: OkrPage, *, last_number: int = 0) -> Kept:
    """`now` with the keys of `before` wherever something is known again.

    `last_number` is the highest number the page ever gave, so that none is used twice. Keys are
    `<page>-<n>` for key results and `<page>-O<n>` for objectives, each in first-seen order.
    """
    marks = (mark for one in _results(now.objectives) for mark in one.anchors)
    named = (_number(mark.value) for mark in marks if mark.kind is AnchorKind.KEY)
    last = max(last_number, highest_number(before), *named, 0)
    old = before.objectives if before and before.page == now.page else ()
    keys, unsure = _rename(
        [_Known(one.key, same_text(one.title), one.anchors) for one in _results(old)],
        [_Known("", same_text(one.title), one.anchors) for one in _results(now.objectives)],
        fresh=_fresh(f"{now.page}-", last),
    )
    objective_keys, _ = _rename(
        [_Known(one.key, same_text(one.title)) for one in old],
        [_Known("", same_text(one.title)) for one in now.objectives],
        fresh=_fresh(f"{now.page}-O", last),
    )
    given = iter(keys)
    objectives = tuple(
        replace(
            objective,
            key=ObjectiveKey(key),
            key_results=tuple(
                replace(one, key=KrKey(next(given))) for one in objective.key_results
            ),
        )
        for objective, key in zip(now.objectives, objective_keys, strict=True)
    )
    return Kept(replace(now, objectives=objectives), tuple(KrKey(key) for key in unsure))


def highest_number(okrs: OkrPage | None) -> int:
    """The largest n of any key on the page; 0 when there is none."""
    objectives = okrs.objectives if okrs else ()
    keys = [*(one.key for one in objectives), *(one.key for one in _results(objectives))]
    return max(map(_number, keys), default=0)


@dataclass(frozen=True, slots=True)
class _Known:
    key: str
    text: str
    anchors: tuple[Anchor, ...] = ()


def _rename(
    before: Sequence[_Known], now: Sequence[_Known], *, fresh: Iterator[str]
) -> tuple[list[str], list[str]]:
    """A key for each of `now`: the one it had, or the next fresh one; and which are unsure."""
    left = {one.key: one for one in before}
    open_ = dict(enumerate(now))
    found: dict[int, str] = {}
    torn: set[int] = set()
    for marks, telling in _EVIDENCE:
        pairs, several = _one_to_one(left, open_, marks, in_order=marks is _text)
        torn |= several if telling else set()
        for position, key in pairs.items():
            found[position] = key
            del left[key], open_[position]
    near, several = _mutually_nearest(
        {key: one.text for key, one in left.items()}, {at: one.text for at, one in open_.items()}
    )
    found.update(near)
    torn |= several
    found.update(_restored(open_, used={one.key for one in before}))
    keys = [found.get(position) or next(fresh) for position in range(len(now))]
    return keys, [keys[position] for position in sorted(torn) if position not in found]


def _restored(new: Mapping[int, _Known], *, used: set[str]) -> dict[int, str]:
    """Keys that no row had and that one row alone names: it came back, or all is read anew."""
    bearers = _bearers(new, _by_anchor(AnchorKind.KEY))
    return {
        positions[0]: key
        for key, positions in bearers.items()
        if len(positions) == 1
        and key not in used
        and len(_by_anchor(AnchorKind.KEY)(new[positions[0]])) == 1
    }


def _by_anchor(kind: AnchorKind) -> Callable[[_Known], tuple[str, ...]]:
    def marks(one: _Known) -> tuple[str, ...]:
        written = tuple(mark.value for mark in one.anchors if mark.kind is kind)
        own = (one.key,) if kind is AnchorKind.KEY and one.key else ()
        return own or written

    return marks


def _text(one: _Known) -> tuple[str, ...]:
    return (one.text,)


# and whether it is told when it points to several; rows copied in the editor may share a local id
_EVIDENCE: tuple[tuple[Callable[[_Known], tuple[str, ...]], bool], ...] = (
    (_by_anchor(AnchorKind.KEY), True),
    (_by_anchor(AnchorKind.MACRO), False),
    (_by_anchor(AnchorKind.LOCAL), False),
    (_text, True),
)


def _one_to_one(
    old: dict[str, _Known],
    new: dict[int, _Known],
    marks: Callable[[_Known], tuple[str, ...]],
    *,
    in_order: bool,
) -> tuple[dict[int, str], set[int]]:
    """Pairs that a mark names on both sides once, and those of `new` for whom it names several.

    `in_order`: a mark that as many bear on both sides pairs them as they stand.
    """
    before, now = _bearers(old, marks), _bearers(new, marks)
    wanted: dict[int, set[str]] = {}
    claimed: dict[str, set[int]] = {}
    several: set[int] = set()
    for mark in now.keys() & before.keys():
        if len(now[mark]) != len(before[mark]) or (len(now[mark]) > 1 and not in_order):
            several.update(now[mark])
            continue
        for position, key in zip(now[mark], before[mark], strict=True):
            wanted.setdefault(position, set()).add(key)
            claimed.setdefault(key, set()).add(position)
    pairs = {
        position: key
        for position, (key, *more) in ((at, sorted(keys)) for at, keys in wanted.items())
        if not more and len(claimed[key]) == 1
    }
    return pairs, several | (wanted.keys() - pairs.keys())


def _bearers(
    known: Mapping[One, _Known], marks: Callable[[_Known], tuple[str, ...]]
) -> dict[str, list[One]]:
    found: dict[str, list[One]] = {}
    for name, one in known.items():
        for mark in marks(one):
            found.setdefault(mark, []).append(name)
    return found


def _mutually_nearest(old: dict[str, str], new: dict[int, str]) -> tuple[dict[int, str], set[int]]:
    """Pairs of which each is the other's clear favourite, and those that like one in vain."""
    if len(old) * len(new) > _MOST_PAIRS:
        return {}, set()
    rated = list(_alike(old, new))
    of_old = _favourites(rated)
    of_new = _favourites((position, key, value) for key, position, value in rated)
    pairs = {position: key for key, position in of_old.items() if of_new.get(position) == key}
    taken = set(pairs.values())
    free = {position for key, position, _ in rated if key not in taken}
    return pairs, free - pairs.keys()


def _alike(old: dict[str, str], new: dict[int, str]) -> Iterator[tuple[str, int, float]]:
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    for position, now in new.items():
        matcher.set_seq2(now[:_COMPARED])
        for key, before in old.items():
            matcher.set_seq1(before[:_COMPARED])
            # two upper bounds that cost little, then the ratio itself
            if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < _SIMILAR:
                continue
            if (value := matcher.ratio()) >= _SIMILAR:
                yield key, position, value


def _favourites(rated: Iterable[tuple[One, Other, float]]) -> dict[One, Other]:
    """Whom each finds most alike; nobody where two are equally so."""
    best: dict[One, tuple[float, list[Other]]] = {}
    for one, other, value in rated:
        most, liked = best.get(one, (0.0, []))
        if value > most:
            best[one] = value, [other]
        elif value == most:
            liked.append(other)
    return {one: liked[0] for one, (_, liked) in best.items() if len(liked) == 1}


def _results(objectives: Sequence[Objective]) -> list[KeyResult]:
    return [one for objective in objectives for one in objective.key_results]


def _fresh(prefix: str, last: int) -> Iterator[str]:
    return (f"{prefix}{number}" for number in count(last + 1))


def _number(key: str) -> int:
    found = _NUMBER.search(key)
    return int(found[1]) if found else 0
