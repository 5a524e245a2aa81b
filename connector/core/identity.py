"""Which key result is which after an edit: keys stay with the words they were given for.

In this order: exactly the same normalised text, then the one text that is clearly the most
similar in both directions. Anything else is new and gets a number never used before, so no
history is handed to the wrong key result.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import count
from unicodedata import normalize

from connector.core.okr import KeyResult, KrKey, Objective, ObjectiveKey, OkrPage

_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"(\d+)$")
_SIMILAR = 0.6


def same_text(title: str) -> str:
    """The form in which two texts are compared: width, case and spacing do not matter.

    >>> same_text("ＮＰＳ 从 20 到 40") == same_text("nps从20到40")
    True
    """
    return _SPACE.sub("", normalize("NFKC", title)).casefold()


def keep_keys(before: OkrPage | None, now: OkrPage, *, last_number: int = 0) -> OkrPage:
    """`now` with the keys of `before` wherever something is known again.

    `last_number` is the highest number the page ever gave to a key result, so that none is used
    twice. Keys are `<page>-<n>` for key results and `<page>-O<n>` for objectives, in first-seen
    order.
    """
    old_objectives = before.objectives if before else ()
    old_results, results = _results(old_objectives), _results(now.objectives)
    keys = _rename(
        [(one.key, one.title) for one in old_results],
        [one.title for one in results],
        fresh=_fresh(f"{now.page}-", max(last_number, highest_number(before))),
    )
    objective_keys = _rename(
        [(one.key, one.title) for one in old_objectives],
        [one.title for one in now.objectives],
        fresh=_fresh(f"{now.page}-O", max((_number(one.key) for one in old_objectives), default=0)),
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
    """The largest n of any key result's `<page>-<n>`; 0 when there is none."""
    return max((_number(one.key) for one in _results(okrs.objectives if okrs else ())), default=0)


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
    likeness = {
        (key, position): SequenceMatcher(None, before, now, autojunk=False).ratio()
        for key, before in old.items()
        for position, now in new.items()
    }
    return {
        position: key
        for (key, position), value in likeness.items()
        if value >= _SIMILAR
        and value
        > max((v for k, v in likeness.items() if k[0] == key and k[1] != position), default=0)
        and value
        > max((v for k, v in likeness.items() if k[1] == position and k[0] != key), default=0)
    }


def _results(objectives: Sequence[Objective]) -> list[KeyResult]:
    return [one for objective in objectives for one in objective.key_results]


def _fresh(prefix: str, last: int) -> Iterator[str]:
    return (f"{prefix}{number}" for number in count(last + 1))


def _number(key: str) -> int:
    found = _NUMBER.search(key)
    return int(found[1]) if found else 0
