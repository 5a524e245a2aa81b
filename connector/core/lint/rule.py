"""What a rule is: one question about an OKR, put by a small generator."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Generic, TypeVar

from connector.core.findings import Finding, Place, Severity

Subject = TypeVar("Subject")
LONGEST_TEXT = 200
LONGEST_FACT = 120


@dataclass(frozen=True, slots=True)
class Limits:
    """The thresholds of the rules; the policy document changes them.

    Lengths count words in English and characters in Chinese; shares and means are 0..1.
    """

    title_words: tuple[int, int] = (4, 18)
    title_characters: tuple[int, int] = (6, 30)
    key_results: tuple[int, int] = (2, 5)
    objectives_fine: int = 3
    objectives_most: int = 5
    near_duplicate: Fraction = Fraction(6, 10)
    confidence_low: Fraction = Fraction(4, 10)
    confidence_high: Fraction = Fraction(75, 100)
    fantasy_below: Fraction = Fraction(25, 100)
    sandbagging_above: Fraction = Fraction(9, 10)
    levels: tuple[str, ...] = ("company", "department", "team", "individual")
    unchanged_weeks: int = 4
    confidence_worry: Fraction = Fraction(4, 10)
    aspirational_mean: Fraction = Fraction(85, 100)


DEFAULTS = Limits()


@dataclass(frozen=True, slots=True)
class LintPolicy:
    """Which rules a space has switched off, and the thresholds it has moved."""

    off: frozenset[str] = frozenset()
    limits: Limits = DEFAULTS


EVERYTHING_ON = LintPolicy()


@dataclass(frozen=True, slots=True)
class Remark:
    """That a rule is met: what it saw, and how grave where that differs from the rule's own."""

    facts: Mapping[str, str] = field(default_factory=dict)
    severity: Severity | None = None


Check = Callable[[Subject, Limits], Iterable[Remark]]


@dataclass(frozen=True, slots=True)
class Described:
    """What can be said of a rule of any family. `source` says who teaches it (`rule.source.…`).

    Its words are in the catalogue: `rule.<id>.title`, an example pair `rule.<id>.bad` and
    `.good`, `finding.<id>.hint`, and `finding.<id>.message`, or `finding.<id>.<case>.message`
    where the rule tells several cases apart by the fact `case`.
    """

    id: str
    severity: Severity
    source: str


@dataclass(frozen=True, slots=True)
class Rule(Described, Generic[Subject]):
    """One rule of one family: what it asks of its subject."""

    check: Check[Subject]


@dataclass(frozen=True, slots=True)
class About:
    """What a remark is about, in the words of the page, and where it stands there."""

    place: Place = Place()  # noqa: RUF009 - frozen
    objective: str = ""
    key_result: str = ""


def said(**facts: str) -> Remark:
    return Remark(facts)


def remarks(
    rules: Iterable[Rule[Subject]], subject: Subject, policy: LintPolicy = EVERYTHING_ON
) -> Iterator[tuple[Rule[Subject], Remark]]:
    """Every rule that is on and met, whatever another one says of the same sentence."""
    for rule in rules:
        if rule.id not in policy.off:
            for remark in rule.check(subject, policy.limits):
                yield rule, remark


def findings_of(
    rules: Iterable[Rule[Subject]],
    subject: Subject,
    policy: LintPolicy,
    about: About,
    *,
    said_by: Mapping[str, Set[str]] | None = None,
) -> Iterator[Finding]:
    """The remarks as findings; `said_by` names, for a rule, those that make it needless."""
    found = list(remarks(rules, subject, policy))
    met = {rule.id for rule, _ in found}
    for rule, remark in found:
        if said_by and said_by.get(rule.id, frozenset()) & met:
            continue
        facts = tuple((name, text[:LONGEST_FACT]) for name, text in remark.facts.items())
        severity = remark.severity or rule.severity
        texts = about.objective[:LONGEST_TEXT], about.key_result[:LONGEST_TEXT]
        yield Finding(rule.id, severity, about.place, *texts, facts)


def shown(value: Fraction) -> str:
    """A number in a remark, as short as it goes: 30, 0.7."""
    return f"{float(value):g}"
