"""Which way the words beside a number point."""

import re
from itertools import pairwise

from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.patterns import any_of
from connector.core.lint.sentence import Sentence
from connector.core.okr import Metric
from connector.core.sieve import sifted

UP = sifted(rf"{any_of(zh.UP)}|[升增涨]|\b(?:{any_of(en.UP)})\b", re.IGNORECASE)
_DOWN = sifted(rf"{any_of(zh.DOWN)}|[降减]|\b(?:{any_of(en.DOWN)})\b", re.IGNORECASE)
# What may stand between a verb and its numbers.
_WORDS = re.compile(
    r"从|由|自|每[年季月周天日]|平均|基线值?|目标值?|当前|目前|现状|现在|原来|去年|为|[≥≤~约=]|"
    r"\b(?:from|baseline|target|goal|today|now|currently|average|averaging|at|of|was|is|a|an|the|"
    r"per)\b",
    re.IGNORECASE,
)
_EITHER_WAY = sifted(rf"{any_of(zh.EITHER_WAY)}|\b(?:{any_of(en.EITHER_WAY)})\b", re.IGNORECASE)
_BURDEN = sifted(rf"{any_of(zh.BURDEN)}|\b(?:{any_of(en.BURDEN)})\b", re.IGNORECASE)
_FASTER = sifted(rf"{any_of(zh.SPEED)}|\b(?:{any_of(en.SPEED)})\b", re.IGNORECASE)
_TIMES = frozenset(f"{en.TIMES} {zh.TIMES}".split())
_RANK = sifted(r"排名|名次|排位|位次|\brank(?:ing)?\b|\bplace\b", re.IGNORECASE)  # up is fewer


def points_up(sentence: Sentence, metric: Metric) -> bool | None:
    """Which way the verb beside the metric's numbers points; None where nothing is sure."""
    text, (first, last) = sentence.text, _numbers(sentence, metric)
    if _RANK.search(text):
        return None
    for place in (text[first:last], _clause(text[:first]), text[last:]):
        if _FASTER.search(place) and metric.unit.lower() in _TIMES:
            return False
        firmly = _EITHER_WAY.sub(" ", place) if _BURDEN.search(text) else place
        up, down = bool(UP.search(firmly)), bool(_DOWN.search(firmly))
        if up or down:
            return None if up == down else up
        if firmly != place:
            return None
    if _FASTER.search(text) and metric.unit.lower() in _TIMES:
        return False
    return _of_the_clause_before(text[:first])


def _of_the_clause_before(before: str) -> bool | None:
    """`减少流失, 流失率从 5% 到 7%`: the verb stands before, of the same thing."""
    parts = re.split(r"[,;:。]", before)
    if len(parts) < 2 or not _pairs(parts[-1]) & _pairs(parts[0]):
        return None
    up, down = bool(UP.search(parts[0])), bool(_DOWN.search(parts[0]))
    return None if up == down or _EITHER_WAY.search(parts[0]) else up


def _pairs(clause: str) -> set[str]:
    """Neighbouring characters in Chinese, words in English."""
    han = re.findall(r"(?=([\u3400-\u9fff]{2}))", clause)
    return {*han, *re.findall(r"[a-z]{4,}", clause.lower())}


def _numbers(sentence: Sentence, metric: Metric) -> tuple[int, int]:
    """Where the baseline and the target stand; the first two numbers where neither is said."""
    found = sentence.quantities
    for one, other in pairwise(found):
        if (one.quantity.value, other.quantity.value) == (metric.baseline, metric.target):
            return one.start, other.start
    first = found[0].start if found else len(sentence.text)
    return first, found[1].start if len(found) > 1 else first


def _clause(before: str) -> str:
    """The words of the clause that the number stands in; of the one before where it has none."""
    parts = re.split(r"[,;:。]", before)
    while len(parts) > 1 and not _WORDS.sub("", parts[-1]).strip():
        parts.pop()
    return parts[-1]
