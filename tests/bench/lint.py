"""How well the rules of lint judge sentences, on three sets of examples.

`python -m tests.bench.lint [SET …]` prints precision and recall of every rule and language, with
Wilson's 95 % interval (E. B. Wilson, JASA 22, 1927), and nothing else: no sentence is ever shown.
What counts is `fresh`, held out: nobody who changes a rule reads its sentences or what a rule says
of one. `apart` was held out before; it was counted three times and is now used for tuning, so its
numbers are kinder than the truth. With `known` the rules were written.
"""

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import sqrt

from tests.core.lint.examples import Example, examples, is_met

PURPOSES = {
    "fresh": "held out, the set that counts",
    "apart": "used for tuning, does not count",
    "known": "written with the rules, does not count",
}
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


def judged(chosen: str) -> dict[tuple[str, str], Counts]:
    """Counts by rule and language."""
    tally: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for one in examples(chosen):
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
    for chosen in (sys.argv[1:] if arguments is None else arguments) or PURPOSES:
        if chosen not in PURPOSES:
            sys.exit(f"no set {chosen}; there are {', '.join(PURPOSES)}")
        found = judged(chosen)
        print(f"{chosen} ({PURPOSES[chosen]})")
        print("  rule lang  precision            recall               examples  unread")
        for (rule, lang), counts in found.items():
            print(_line(f"{rule} {lang}", counts))
        for lang in ("zh", "en"):
            print(_line(f"all  {lang}", total([c for (_, k), c in found.items() if k == lang])))


def _line(name: str, counts: Counts) -> str:
    seen = counts.met + counts.missed + counts.wrong + counts.spared
    return f"  {name:<10} {counts.precision}  {counts.recall}  {seen:>6}  {counts.unread:>6}"


if __name__ == "__main__":
    main()
