"""Rules about a set: the key results of an objective, the objectives of a unit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from connector.core.findings import Severity
from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.likeness import alike, bare_words, content_of
from connector.core.lint.patterns import any_of
from connector.core.lint.rule import Limits, Remark, Rule, said, shown
from connector.core.lint.sentence import Sentence
from connector.core.okr import Objective, OkrPage
from connector.core.sieve import sifted

_MOST_COMPARED = 30
_ASIDE = sifted(
    r"\b(?:older|longer|more|less) than \d+ \w+|超过\s?\d+\s?天|(?<=%) of (?:the |our |all |"
    r"new )?[a-z-]+|"
    r"(?:客户|用户|会员|粉丝|访客|门店|订单)(?!数|量|达|增|从|由|到|突破|超|规模|总|净|\s?\d|$)",
    re.IGNORECASE,
)
_SUMS = (Fraction(1), Fraction(100))
_LOOKS = {
    name: sifted(
        rf"{any_of(words)}|\b(?:{any_of(en.DIMENSIONS[name])})\b",
        re.IGNORECASE,
    )
    for name, words in zh.DIMENSIONS.items()
}
_UNITS = {
    "money": frozenset(
        [
            "元",
            "万元",
            "亿元",
            "人民币",
            "美元",
            "欧元",
            "€",
            "$",
            "£",
            "¥",
            "us$",
            "eur",
            "usd",
            "gbp",
            "cny",
            "rmb",
            "euro",
            "euros",
            "dollars",
            "pounds",
        ]
    ),
    "speed": frozenset(f"{en.TIMES} {zh.TIMES} ms 工作日 个工作日".split()),
    "opinion": frozenset(["分", "points", "point", "stars", "星", "颗星", "marks"]),
}
_RATE = "率"
_TELLING = frozenset(_UNITS)
_WHOSE = frozenset(
    f"{zh.OUR} 客户 用户 员工 门店 产品 学生 患者 商家 会员 {en.OUR} rate person".split()
)


@dataclass(frozen=True, slots=True)
class UnitIn:
    """What one unit (a page's people) wants in one cycle."""

    page: OkrPage
    objectives: Sequence[Objective]


@dataclass(frozen=True, slots=True)
class SetIn:
    """An objective with its key results, and the rest of its page."""

    objective: Objective
    page: OkrPage


def how_many_results(subject: SetIn, limits: Limits) -> Iterator[Remark]:
    """S-01: one is a task in disguise, six are a plan; none is E."""
    count, (least, most) = len(subject.objective.key_results), limits.key_results
    if not least <= count <= most:
        grave = Severity.E if count == 0 else Severity.W
        yield Remark({"count": str(count), "least": str(least), "most": str(most)}, grave)


def how_many_objectives(unit: UnitIn, limits: Limits) -> Iterator[Remark]:
    """S-02: who wants everything wants nothing most."""
    count = len(unit.objectives)
    if count > limits.objectives_fine:
        grave = Severity.E if count > limits.objectives_most else Severity.W
        yield Remark({"count": str(count), "fine": str(limits.objectives_fine)}, grave)


def near_duplicates(subject: SetIn, limits: Limits) -> Iterator[Remark]:
    """S-03: the same thing said twice counts twice."""
    titles = [one.title for one in subject.objective.key_results[:_MOST_COMPARED]]
    told = [(title, bare_words(title), content_of(title)) for title in titles]
    for (one, bare, here), (other, other_bare, there) in combinations(told, 2):
        if bare == other_bare or alike(here, there, limits.near_duplicate):
            yield said(one=one, other=other)


def one_dimension(subject: SetIn, _limits: Limits) -> Iterator[Remark]:
    """S-04: what is measured from one side only is pushed to the other."""
    titles = [_ASIDE.sub("", Sentence.of(one.title).text) for one in subject.objective.key_results]
    if len(titles) < 2:
        return
    looked = [{name for name, look in _LOOKS.items() if look.search(title)} for title in titles]
    shared = set.intersection(*looked)
    if shared:
        yield said(dimension=min(shared))
        return
    kind = _one_kind(titles)
    if kind:
        yield said(dimension=kind)


def _one_kind(titles: Sequence[str]) -> str | None:
    """All in money, in time or in points, or all of one thing: visitors by day and by night."""
    kinds = {_kind_of(title) for title in titles}
    if len(kinds) > 1 or None in kinds:
        return None
    kind = next(iter(kinds))
    if kind in _TELLING:
        return kind
    return "volume" if _shared_thing([content_of(title).order for title in titles]) else None


def _kind_of(title: str) -> str | None:
    found = Sentence.of(title).quantities
    if not found:
        return None
    unit = found[-1].quantity.unit.lower()
    known = (kind for kind, units in _UNITS.items() if unit in units)
    return next(known, "share" if unit == "%" else "count")


def _shared_thing(orders: Sequence[tuple[str, ...]]) -> bool:
    """An English word that all of them have; in Chinese what they end with, 来客 or 满班率."""
    words = set.intersection(*({one for one in order if one.isascii()} for order in orders))
    ends = {"".join(one for one in order if one != _RATE)[-2:] for order in orders}
    chinese = len(ends) == 1 and len(min(ends)) > 1 and not min(ends).isascii()
    return bool(words - _WHOSE) or (chinese and not ends & _WHOSE)


def mean_confidence(subject: SetIn, limits: Limits) -> Iterator[Remark]:
    """S-05: when set, between doubt and certainty."""
    results = subject.objective.key_results
    known = [one.confidence for one in results if one.confidence is not None]
    if not known:
        return
    mean = sum(known, Fraction(0)) / len(known)
    if not limits.confidence_low <= mean <= limits.confidence_high:
        yield said(case=_tone(mean, limits), mean=f"{float(mean * 10):.1f}")


def _tone(mean: Fraction, limits: Limits) -> str:
    if mean < limits.fantasy_below:
        return "fantasy"
    if mean > limits.sandbagging_above:
        return "sandbagging"
    return "low" if mean < limits.confidence_low else "high"


def weights_sum(subject: SetIn, _limits: Limits) -> Iterator[Remark]:
    """S-06: shares of one whole: of the objective, or of the page where a table counts so.

    A third written as 33.3 three times is near enough.
    """
    results = subject.objective.key_results
    weights = [one.weight for one in results if one.weight is not None]
    if any(weight <= 0 for weight in weights):
        yield said(case="zero", sum=shown(sum(weights, Fraction(0))))
    elif len(weights) < len(results):
        if sum(weights, Fraction(0)) > (100 if max(weights, default=0) > 1 else 1):
            yield said(case="sum", sum=shown(sum(weights, Fraction(0))))  # nothing is left
    elif weights and not _whole(weights):
        everywhere = [r.weight for o in subject.page.objectives for r in o.key_results]
        if not _whole([weight for weight in everywhere if weight is not None]):
            yield said(case="sum", sum=shown(sum(weights, Fraction(0))))


def _whole(weights: Sequence[Fraction]) -> bool:
    total = sum(weights, Fraction(0))
    return any(abs(total - whole) * 100 <= whole for whole in _SUMS)


SET_RULES = (
    Rule("S-01", Severity.W, "guide-2.2", how_many_results),
    Rule("S-03", Severity.W, "guide-2.2", near_duplicates),
    Rule("S-04", Severity.I, "practice", one_dimension),
    Rule("S-05", Severity.W, "wodtke", mean_confidence),
    Rule("S-06", Severity.E, "lark", weights_sum),
)
UNIT_RULES = (Rule("S-02", Severity.W, "practice", how_many_objectives),)
