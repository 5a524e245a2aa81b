"""Which key result is which after an edit: keys stay with the words they were given for.

In this order: exactly the same normalised text, then the one text that is clearly the most
similar in both directions. Anything else is new and gets a number never used before, so no
history is handed to the wrong key result.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import count
from typing import TypeVar
from unicodedata import normalize

from connector.core.okr import KeyResult, KrKey, Objective, ObjectiveKey, OkrPage

_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"(\d+)$")
_SIMILAR = 0.6
# Comparing costs time by the product of both sides. Where so much changed at once, whatever does
# not read the same is new; and of long texts the beginning tells.
_MOST_PAIRS = 2_500
_COMPARED = 200

One = TypeVar("One")
Other = TypeVar("Other")


def same_text(title: str) -> str:
    """The form in which two texts are compared: width, case and spacing do not matter.

    >>> same_text("ＮＰＳ 从 20 到 40") == same_text("nps从20到40")
    True
    """
    return _SPACE.sub("", normalize("NFKC", title)).casefold()


def keep_keys(before: OkrPage | None, now: OkrPage, *, last_number: int = 0) -> OkrPage:
    """`now` with the keys of `before` wherever something is known again.

    `last_number` is the highest number the page ever gave, so that none is used twice. Keys are
    `<page>-<n>` for key results and `<page>-O<n>` for objectives, each in first-seen order.
    """
    last = max(last_number, highest_number(before))
    old_objectives = before.objectives if before else ()
    old_results, results = _results(old_objectives), _results(now.objectives)
    keys = _rename(
        [(one.key, one.title) for one in old_results],
        [one.title for one in results],
        fresh=_fresh(f"{now.page}-", last),
    )
    objective_keys = _rename(
        [(one.key, one.title) for one in old_objectives],
        [one.title for one in now.objectives],
        fresh=_fresh(f"{now.page}-O", last),
    )
    given = iter(keys)
    return replace(
        now,
        objectives=tuple(
            replace(
                objective,
                key=ObjectiveKey(key),
                key_results=tuple(
                    replace(one, key=KrKey(next(given))) for one in objective.key_results
                ),
            )
            for objective, key in zip(now.objectives, objective_keys, strict=True)
        ),
    )


def highest_number(okrs: OkrPage | None) -> int:
    """The largest n of any key on the page; 0 when there is none."""
    objectives = okrs.objectives if okrs else ()
    keys = [*(one.key for one in objectives), *(one.key for one in _results(objectives))]
    return max(map(_number, keys), default=0)


def _rename(
    before: Sequence[tuple[str, str]], titles: Sequence[str], *, fresh: Iterator[str]
) -> list[str]:
    """A key for each title: the one it had, or the next fresh one."""
    texts = [same_text(title) for title in titles]
    left = {key: same_text(title) for key, title in before}
    found: dict[int, str] = {}
    for position, text in enumerate(texts):
        same = next((key for key, old in left.items() if old == text), None)
        if same is not None:
            found[position] = same
            del left[same]
    found.update(_mutually_nearest(left, {n: t for n, t in enumerate(texts) if n not in found}))
    return [found.get(position) or next(fresh) for position in range(len(titles))]


def _mutually_nearest(old: dict[str, str], new: dict[int, str]) -> dict[int, str]:
    """Pairs of which each is the other's clear favourite; a tie is nobody's."""
    if len(old) * len(new) > _MOST_PAIRS:
        return {}
    rated = list(_alike(old, new))
    of_old = _favourites(rated)
    of_new = _favourites((position, key, value) for key, position, value in rated)
    return {position: key for key, position in of_old.items() if of_new.get(position) == key}


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
