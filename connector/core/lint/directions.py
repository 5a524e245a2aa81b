"""Which way the words beside a number point."""

import re

from connector.core.lint import vocabulary_en as en
from connector.core.lint import vocabulary_zh as zh
from connector.core.lint.patterns import any_of
from connector.core.lint.sentence import Sentence
from connector.core.sieve import sifted

UP = sifted(rf"{any_of(zh.UP)}|[升增涨]|\b(?:{any_of(en.UP)})\b", re.IGNORECASE)
_DOWN = sifted(rf"{any_of(zh.DOWN)}|[降减]|\b(?:{any_of(en.DOWN)})\b", re.IGNORECASE)
_WORDS = re.compile(r"从|由|自|\bfrom\b|[≥≤~约]", re.IGNORECASE)
_FASTER = sifted(r"更快|加快|提速|\b(?:faster|quicker|sooner|speed up)\b", re.IGNORECASE)
_TIMES = frozenset(f"{en.TIMES} {zh.TIMES}".split())
_RANK = sifted(r"排名|名次|排位|位次|\brank(?:ing)?\b|\bplace\b", re.IGNORECASE)  # up is fewer


def points_up(sentence: Sentence) -> bool | None:
    """Which way the verb beside the numbers points; None where verbs of both kinds stand there."""
    text, found = sentence.text, sentence.quantities
    first = found[0].start if found else len(text)
    last = found[1].start if len(found) > 1 else first
    if _RANK.search(text):
        return None
    for place in (text[first:last], _clause(text[:first]), text[last:]):
        if _FASTER.search_in(text, place) and found and found[0].quantity.unit.lower() in _TIMES:
            return False
        up, down = bool(UP.search_in(text, place)), bool(_DOWN.search_in(text, place))
        if up or down:
            return None if up == down else up
    return None


def _clause(before: str) -> str:
    """The words of the clause that the number stands in; of the one before where it has none."""
    parts = re.split(r"[,;:。]", before)
    while len(parts) > 1 and not _WORDS.sub("", parts[-1]).strip():
        parts.pop()
    return parts[-1]
