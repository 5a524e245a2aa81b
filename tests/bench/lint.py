"""How well the rules of lint judge sentences, on two halves of examples.

`python -m tests.bench.lint [HALF …]` prints precision and recall of every rule and language, with
Wilson's 95 % interval (E. B. Wilson, JASA 22, 1927), and nothing else: no sentence of the half
`apart` is ever shown. The rules were written with the half `known` in view, by the author of that
half. The half `apart` was written by somebody else, and the rules' author never read it; its
numbers were looked at three times: twice while the rules were written, and once at the end. So they
are a little kinder than those of a half never counted before.
"""

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import sqrt

from tests.core.lint.examples import Example, examples, is_met

HALVES = ("known", "apart")
_Z = 1.959964  # of the normal distribution, both sides of 95 %


@dataclass(frozen=True, slots=True)
class Counts:
    """How a rule judged: rightly met, missed, met without reason, rightly spared, not readable."""

    met: int = 0
    missed: int = 0
    wrong: int = 0
    spared: int = 0
    unread: int = 0

    @property
    def precision(self) -> str:
        return shown(self.met, self.met + self.wrong)

    @property
    def recall(self) -> str:
        return shown(self.met, self.met + self.missed)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The interval of a share.

    >>> [round(one, 3) for one in wilson(10, 10)]
    [0.722, 1.0]
    """
    share, square = hits / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    reach = _Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def shown(hits: int, of: int) -> str:
    if not of:
        return f"{'–':>18}"
    low, high = wilson(hits, of)
    return f"{hits / of:>5.0%} ({low:>4.0%}–{high:>4.0%})"


def judged(half: str) -> dict[tuple[str, str], Counts]:
    """Counts by rule and language."""
    tally: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in examples(half):
        tally[one.rule, one.lang][_verdict(one)] += 1
    return {key: Counts(**counted) for key, counted in sorted(tally.items())}


def _verdict(one: Example) -> str:
    try:
        met = is_met(one)
    except (KeyError, TypeError, ValueError, AttributeError):
        return "unread"  # a shape that the reader of examples does not know
    if one.meets:
        return "met" if met else "missed"
    return "wrong" if met else "spared"


def total(counts: list[Counts]) -> Counts:
    names = ("met", "missed", "wrong", "spared", "unread")
    return Counts(**{name: sum(getattr(one, name) for one in counts) for name in names})


def main(arguments: list[str] | None = None) -> None:
    chosen = (sys.argv[1:] if arguments is None else arguments) or HALVES
    for half in chosen:
        found = judged(half)
        print(f"{half}: rule lang  precision            recall               examples  unread")
        for (rule, lang), counts in found.items():
            print(_line(f"{rule} {lang}", counts))
        for lang in ("zh", "en"):
            print(_line(f"all  {lang}", total([c for (_, k), c in found.items() if k == lang])))


def _line(name: str, counts: Counts) -> str:
    seen = counts.met + counts.missed + counts.wrong + counts.spared
    return f"  {name:<10} {counts.precision}  {counts.recall}  {seen:>6}  {counts.unread:>6}"


if __name__ == "__main__":
    main()
