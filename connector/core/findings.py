"""A remark about a page: what, how grave, where, and what to do about it."""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Severity(StrEnum):
    """E must be mended, W should be, I is good to know."""

    E = "E"
    W = "W"
    I = "I"  # noqa: E741 - the published names of the severities


@dataclass(frozen=True, slots=True)
class Place:
    """Where on a page, in the words of people and in the bytes of its body.

    `table` and `row` count from 1 as people count (the header row is row 1); `start` and `end`
    are byte offsets into the UTF-8 storage body, `end` exclusive.
    """

    heading: str = ""
    table: int | None = None
    row: int | None = None
    column: str = ""
    line: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark; its words come from the catalogue by `rule`, filled with `facts`.

    `blocks` is true only where the page cannot be taken as it is: then its last good OKRs are
    kept and shown as such. Lint never blocks.
    """

    rule: str
    severity: Severity
    place: Place = field(default_factory=Place)
    objective: str = ""
    key_result: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    blocks: bool = False

    def about(self, objective: str, key_result: str = "") -> "Finding":
        """The same remark, said of this objective or key result."""
        return replace(self, objective=objective, key_result=key_result)


def is_about_reading(finding: Finding) -> bool:
    """Whether it says what of a page was not understood, and not how its OKRs could be better.

    >>> is_about_reading(Finding("F-07", Severity.W)), is_about_reading(Finding("K-03", Severity.E))
    (True, False)
    """
    return finding.rule.startswith("F-")
