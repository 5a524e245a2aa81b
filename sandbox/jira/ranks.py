"""The order of issues on boards: texts between any two of which there is room for another."""

from sandbox.jira.model import Issue

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_BASE = len(_DIGITS)
_WIDTH = 6


def rank_of(issue: Issue) -> str:
    """Issues that nobody ranked stand in the order of their ids."""
    return issue.rank or _written(issue.id)


def shown(issue: Issue) -> str:
    """As the Rank field writes it."""
    rank = rank_of(issue)
    return f"0|{rank[:_WIDTH]:0<{_WIDTH}}:{rank[_WIDTH:]}"


def between(low: str, high: str | None) -> str:
    """
    A rank behind `low` and before `high`, None for the end.

    >>> between("00001", "00002"), between("1", "9"), between("z", None)
    ('00001i', '5', 'zi')
    """
    found = ""
    for place in range(len(low) + len(high or "") + 1):
        here = _DIGITS.index(low[place]) if place < len(low) else 0
        limit = _DIGITS.index(high[place]) if high is not None and place < len(high) else _BASE
        if here == limit:
            found += _DIGITS[here]
            continue
        middle = (here + limit) // 2
        if middle > here:
            return found + _DIGITS[middle]
        found, high = found + _DIGITS[here], None
    return found + _DIGITS[_BASE // 2]


def _written(number: int) -> str:
    found = ""
    while number:
        number, digit = divmod(number, _BASE)
        found = _DIGITS[digit] + found
    return found.rjust(_WIDTH, "0")
