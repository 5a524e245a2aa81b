"""Milestones as people list them: `A 30%, B 70% (done)`, `M1 … M2 …`, lines with a tick."""

import re
from fractions import Fraction

from connector.core.okr import Milestone
from connector.core.text import exact, plain

_BETWEEN = re.compile(r"\s*(?:[,、;|\n]|→|->|(?<=\S)\s(?=M\d\b))\s*")
_SHARE = re.compile(r"\s*[(\[:=]?\s*(\d{1,3}(?:\.\d{1,4})?)\s?%\s*[)\]]?\s*")
_DONE = re.compile(
    r"\s*[(\[]?\s*(?:[✓✔✅☑]|(?<![未不])已?(?:完成|达成)|\b(?:done|reached|achieved|completed?)\b)\s*[)\]]?\s*",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[-*•·☐⬜✗✘❌\s]+")
_SAID = re.compile(r"(?:关键)?(?:里程碑|milestones?)\s*:\s*(.+)$", re.IGNORECASE | re.DOTALL)
_MARKED = re.compile(r"^M\d{1,2}\b", re.IGNORECASE)
_LONGEST = 2_000
_LONGEST_NAME = 120
_MOST = 30


def parse_milestones(lines: tuple[str, ...]) -> tuple[Milestone, ...]:
    """Two or more steps with their shares (equal where nobody gives one); else nothing.

    >>> [(m.name, str(m.weight), m.reached) for m in parse_milestones(("A 30%、B 70%（完成）",))]
    [('A', '3/10', False), ('B', '7/10', True)]
    """
    text = "\n".join(plain(line) for line in lines)
    parts = [part for part in _BETWEEN.split(text[:_LONGEST]) if part.strip()]
    read = [_step(part) for part in parts]
    steps = [(name, share, done) for name, share, done in read if name]
    if not 1 < len(steps) <= _MOST or len(steps) != len(parts):
        return ()
    shares = [share for _, share, _ in steps]
    if any(len(name) > _LONGEST_NAME for name, _, _ in steps) or not _consistent(shares):
        return ()
    equal = Fraction(1, len(steps))
    return tuple(
        Milestone(name, share if share is not None else equal, done) for name, share, done in steps
    )


def milestones_in(sentence: str) -> tuple[Milestone, ...]:
    """Those that a sentence announces: `里程碑：A 30%、B 70%`, or `M1 … M2 …` from its start.

    >>> [m.name for m in milestones_in("新平台上线。里程碑：设计、开发、验收")]
    ['设计', '开发', '验收']
    >>> milestones_in("NPS from 20 to 40")
    ()
    """
    said = plain(sentence[:_LONGEST])
    announced = _SAID.search(said)
    if announced:
        return parse_milestones((announced[1].rstrip(".。)] "),))
    steps = parse_milestones((said,)) if _MARKED.match(said) else ()
    return steps if all(_MARKED.match(step.name) for step in steps) else ()


def _step(part: str) -> tuple[str, Fraction | None, bool]:
    done = bool(_DONE.search(part))
    share = _SHARE.search(part)
    name = _SHARE.sub(" ", _DONE.sub(" ", part), count=1)
    name = _SIGN.sub("", name[:1]) + name[1:]
    value = exact(share[1]) / 100 if share else None
    return plain(name).strip(" :"), value, done


def _consistent(shares: list[Fraction | None]) -> bool:
    """All of them or none, and no more than the whole."""
    given = [share for share in shares if share is not None]
    return not given or (len(given) == len(shares) and sum(given) > 0 and min(given) > 0)
